"""What the workspace tells of itself: reports, versions and what people did with them, as read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from drafting.changes.merge import Conflict
from drafting.comments import Comment, Hand

VersionOrigin = Literal["drafted", "edited", "merged", "imported", "regenerated"]
MACHINE_MADE: tuple[VersionOrigin, ...] = ("drafted", "regenerated")
SHOWN = 12
"""Hexadecimal digits of a version's hash that are shown."""


@dataclass(frozen=True, slots=True)
class Document:
    """A report of the workspace through all its versions. `name` is what people call it, `source` the brief it was first drafted from,
    `created_by` who put it in."""

    id: int
    name: str
    kind: str
    organ: str
    topic: str
    period: str
    source: str
    created_by: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One version. `number` counts along the line of its report; a version that is only proposed has none."""

    id: int
    report_id: int
    number: int | None
    hash: str
    parent_id: int | None
    merged_id: int | None
    origin: VersionOrigin
    author: str
    at: datetime
    note: str

    @property
    def short(self) -> str:
        """The beginning of the hash, as it is shown and may be given back."""
        return self.hash[:SHOWN]

    @property
    def by(self) -> Hand:
        return Hand(self.author, self.at)


@dataclass(frozen=True, slots=True)
class StandingWaiver:
    """An error that a reviewer let stand in a version, with the reason."""

    id: int
    version_id: int
    code: str
    reason: str
    by: Hand


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on a version; `reply_to` is the comment it answers, `settled` who closed it."""

    id: int
    version_id: int
    comment: Comment
    reply_to: int | None
    settled: Hand | None


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A place where a person's words stand and a regeneration's wait for someone's decision."""

    id: int
    version_id: int
    other_id: int
    conflict: Conflict
    settled: Hand | None


@dataclass(frozen=True, slots=True)
class Check:
    """What the gate said of a version: `findings` are those of the check suite as JSON objects."""

    id: int
    version_id: int
    allowed: bool
    errors: int
    warnings: int
    findings: tuple[dict[str, object], ...]
    by: Hand


StepAction = Literal["submit", "pass", "sign", "return"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of review: submitted, passed at a level, signed off, or returned with a reason. `hash` names the text it speaks of."""

    id: int
    version_id: int
    hash: str
    action: StepAction
    level: int
    reason: str
    by: Hand
