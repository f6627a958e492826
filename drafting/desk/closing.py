"""The outlook as a drafting job words it: a model words what is planned, the kind's formula stands around it.

Its one point words all the outlook's facts. Who will do it and when is the formula's, so that no model names the organ or the next period.
"""

from __future__ import annotations

import re
from dataclasses import replace

from drafting import outline
from drafting.facts import Brief, Fact
from drafting.outline import PlannedPoint
from drafting.profile import Profile
from drafting.questions import Wish
from drafting.report import Point
from drafting.writer import Part

_HEADING = "下一步打算"


def part(brief: Brief, profile: Profile, standing: str, instruction: str) -> Part:
    """What is to be worded, beside the text that stands; `instruction` is for a rewording, and empty where nothing stands."""
    point = PlannedPoint(brief.outlook, "")
    wish = Wish(instruction, {point.ids: _planned(brief, standing)}) if instruction else None
    return Part("", profile.outlook_heading or _HEADING, (point,), wish=wish)


def wording_profile(profile: Profile) -> Profile:
    """The kind for a writer of the outlook: its point has no gist."""
    return replace(profile, point_style="plain")


def paragraph(brief: Brief, profile: Profile, point: Point) -> Point:
    """The worded point as the closing paragraph. What no model worded is the formula over the facts themselves."""
    if point.provenance.origin != "composed":
        brief = replace(brief, outlook=_items(point.body))
    return replace(point, gist="", enumerator="", body=outline.plan(brief, profile).outlook)


def _planned(brief: Brief, text: str) -> str:
    """The text behind 市水务局将: what a model may write."""
    return text.partition(f"{brief.organ}将")[2] or text


def _items(text: str) -> tuple[Fact, ...]:
    """The sentences of a wording as items of the formula; of a single one, its clauses, which the formula joins again."""
    parts = [part for part in re.split("[。；]", text) if part.strip()]
    if len(parts) == 1:
        parts = [part for part in parts[0].split("，") if part.strip()]
    return tuple(Fact(f"F{number}", part) for number, part in enumerate(parts, start=1))
