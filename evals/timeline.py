"""The timeline: what was founded, planned, held or campaigned for, and from when to when."""

from __future__ import annotations

import json
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

EntryKind = Literal[
    "founding", "plan", "congress", "plenum", "session", "campaign", "task", "concept", "body", "census", "nth-day"
]
Certainty = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `first` is the earliest day that it may mean and `last` the latest, None where it has not ended.

    `since` and `until` keep them as written: a day, a month (1934-10) or a year, as far as they are known.
    """

    term: str
    variants: tuple[str, ...]
    kind: EntryKind
    since: str
    until: str
    certainty: Certainty
    source: str
    note: str

    @property
    def names(self) -> tuple[str, ...]:
        return (self.term, *self.variants)

    @property
    def first(self) -> date:
        return _days(self.since)[0]

    @property
    def last(self) -> date | None:
        return _days(self.until)[1] if self.until else None


@cache
def timeline() -> tuple[Entry, ...]:
    """Every entry in the file's order. ValueError names the line that cannot be read."""
    text = files("evals").joinpath("timeline.yaml").read_text(encoding="utf-8")
    lines = enumerate(text.splitlines(), start=1)
    return tuple(_entry(line, number) for number, line in lines if line.startswith("- "))


def of_kind(*kinds: EntryKind) -> tuple[Entry, ...]:
    return tuple(entry for entry in timeline() if entry.kind in kinds)


def _entry(line: str, number: int) -> Entry:
    try:
        row = json.loads(line[2:])
        entry = Entry(
            term=row["term"],
            variants=tuple(row["variants"]),
            kind=row["kind"],
            since=row["first"],
            until=row["last"],
            certainty=row["certainty"],
            source=row["source"],
            note=row["note"],
        )
        known = entry.kind in get_args(EntryKind) and entry.certainty in get_args(Certainty)
        if not known or (entry.last and entry.last < entry.first):
            raise ValueError("kind, certainty or the order of first and last")
    except (KeyError, ValueError) as error:
        raise ValueError(f"timeline.yaml:{number}: {error}") from error
    return entry


def _days(written: str) -> tuple[date, date]:
    """The first and last day of 2024-07-15, 1934-10 or 2027."""
    year, month, day = (*(int(part) for part in written.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)
