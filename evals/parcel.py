"""A parcel: an order as plain data, with all that another machine needs to do it as it would be done here.

A profile, a timeline and settings may come from files that only this machine has: what they say travels, under their names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from drafting import profiles
from drafting.canonical import canonical
from drafting.facts import Brief
from drafting.profile import Profile
from drafting.record import Record
from drafting.regeneration.order import Order
from evals.outcome import gate_of
from evals.settings import Setting
from evals.timeline import Entry, Timeline, timeline


def packed(brief: Brief, profile: Profile, name: str, entries: Timeline, settings: Sequence[Setting]) -> dict[str, Any]:
    """The order as JSON has it. An OSError passes where the file of a profile is gone."""
    ours = set(timeline())
    terms = {entry.term for entry in entries}
    return {
        "brief": brief.as_dict(),
        "path": brief.path,
        "name": name,
        "profile": _profile(profile),
        "entries": [asdict(entry) for entry in entries if entry not in ours],
        "without": sorted(entry.term for entry in ours if entry.term not in terms),
        "settings": [asdict(setting) for setting in settings],
    }


def unpacked(data: dict[str, Any], place: int = 0) -> Order:
    """The order that was packed. Raises ValueError or KeyError for what is none."""
    brief = replace(Brief.from_record(Record(data["brief"])), path=data["path"])
    told = data["profile"]
    profile = _read(told["path"], told["text"]) if told["text"] else profiles.load(told["path"])
    rows = canonical([data["entries"], data["without"]]) if data["entries"] or data["without"] else b""
    settings = tuple(Setting(one["place"], tuple(one["select"]), tuple(one["ignore"])) for one in data["settings"])
    return Order(brief, profile, data["name"], gate_of(profile, _timeline(rows), settings), place)


def _profile(profile: Profile) -> dict[str, str]:
    if profiles.load_if_any(profile.kind) == profile:
        return {"path": profile.kind, "text": ""}
    return {"path": profile.path, "text": Path(profile.path).read_text(encoding="utf-8")}


@lru_cache(maxsize=32)
def _read(path: str, text: str) -> Profile:
    return profiles.loads(text, path)


@lru_cache(maxsize=32)
def _timeline(rows: bytes) -> Timeline:
    if not rows:
        return timeline()
    import json

    entries, without = json.loads(rows)
    own = tuple(
        Entry(**{**row, "variants": tuple(row["variants"]), "afterwards": tuple(row["afterwards"])}) for row in entries
    )
    gone = {*without, *(entry.term for entry in own)}
    return (*(entry for entry in timeline() if entry.term not in gone), *own)
