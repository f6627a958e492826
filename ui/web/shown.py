"""What the page of reports shows: the rows of its table, a report's history, two versions compared. Handlers fill these, HTML renders them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from drafting.changes.comparison import Comparison
from drafting.changes.summary import Summary
from drafting.workspace.reviewing import Standing
from drafting.workspace.rows import Document, Remark, Step, Version

Shown = Literal["draft", "review", "returned", "signed"]
_SHOWN: dict[str, Shown] = {"submitted": "review", "passed": "review", "returned": "returned", "signed": "signed"}


@dataclass(frozen=True, slots=True)
class Row:
    """One report of the table; `errors` None where nobody has had this version checked. `kind` is the kind's name.

    `writes` is whether the user may write it.
    """

    document: Document
    head: Version
    standing: Standing
    kind: str
    errors: int | None
    writes: bool = False

    @property
    def state(self) -> Shown:
        return _SHOWN.get(self.standing.state, "draft")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that match, the last changed first, and how many there are in all."""

    rows: tuple[Row, ...]
    all: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A version, what reviewers did with it, what was said about it. `pending` counts undecided changes; None for what is no proposal."""

    version: Version
    steps: tuple[Step, ...]
    remarks: tuple[tuple[Remark, str], ...]
    pending: int | None


@dataclass(frozen=True, slots=True)
class History:
    """A report and its versions, the youngest first; `conflicts` wait for a decision. `pair` are the two to compare first."""

    document: Document
    kind: str
    standing: Standing
    entries: tuple[Entry, ...]
    conflicts: int
    pair: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions and their comparison."""

    old: Version
    new: Version
    comparison: Comparison
    summary: Summary
