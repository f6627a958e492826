"""The timeline: what was founded, planned, held or campaigned for, from when to when, and what may be said of it then."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

EntryKind = Literal[
    "founding", "plan", "congress", "plenum", "session", "campaign", "task", "concept", "body", "census", "nth-day"
]
Certainty = Literal["high", "medium", "low"]
State = Literal["unnamed", "ahead", "current", "lasting", "past"]
"""What a text may say: nothing; that it is to come; that it goes on; that its outcome goes on; that it was."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `first` is the earliest day that it may mean and `last` the latest, None where it has not ended.

    `since` and `until` keep them as written: a day, a month (1934-10) or a year, as far as they are known. `before`, `during` and
    `after` are its states; `afterwards` holds the words that are right of it once it is over (成果, 常态化, 衔接).
    """

    term: str
    variants: tuple[str, ...]
    kind: EntryKind
    since: str
    until: str
    before: State
    during: State
    after: State
    afterwards: tuple[str, ...]
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

    @property
    def sure(self) -> bool:
        """Whether a rule may call a contradiction to this row an error."""
        return self.certainty == "high"

    @property
    def span(self) -> str:
        """The days as written: 2015-11-29至2021-02-25, 2017-10-18起."""
        return f"{self.since}至{self.until}" if self.until else f"{self.since}起"

    def state(self, day: date) -> State:
        """What a text of that day may say of it."""
        if day < self.first:
            return self.before
        return self.after if self.last and day > self.last else self.during


Timeline = tuple[Entry, ...]


@cache
def timeline() -> Timeline:
    """Every entry of ours in the file's order. ValueError names the line that cannot be read."""
    text = files("evals").joinpath("timeline.yaml").read_text(encoding="utf-8")
    lines = enumerate(text.splitlines(), start=1)
    return tuple(_row(line, number) for number, line in lines if line.startswith("- "))


def of_kind(*kinds: EntryKind, entries: Timeline | None = None) -> Timeline:
    """The entries of these kinds, of ours where no others are given."""
    return tuple(entry for entry in (timeline() if entries is None else entries) if entry.kind in kinds)


def entry_of(row: Mapping[str, Any]) -> Entry:
    """The entry that a row's columns make. KeyError for a missing column, ValueError for one that does not hold together."""
    entry = Entry(
        term=row["term"],
        variants=tuple(row["variants"]),
        kind=row["kind"],
        since=row["first"],
        until=row["last"],
        before=row["before"],
        during=row["during"],
        after=row["after"],
        afterwards=tuple(row["afterwards"]),
        certainty=row["certainty"],
        source=row["source"],
        note=row["note"],
    )
    _closed("kind", entry.kind, EntryKind)
    _closed("certainty", entry.certainty, Certainty)
    for state in (entry.before, entry.during, entry.after):
        _closed("before、during、after", state, State)
    if entry.first and entry.last and entry.last < entry.first:
        raise ValueError(f"last {entry.until} 早于 first {entry.since}")
    return entry


def _closed(column: str, value: str, allowed: object) -> None:
    if value not in get_args(allowed):
        raise ValueError(f"{column} 只能是 {'、'.join(get_args(allowed))}，不能是“{value}”")


def _row(line: str, number: int) -> Entry:
    try:
        return entry_of(json.loads(line[2:]))
    except (KeyError, ValueError) as error:
        raise ValueError(f"timeline.yaml:{number}: {error}") from error


@cache
def _days(written: str) -> tuple[date, date]:
    """The first and last day of 2024-07-15, 1934-10 or 2027. ValueError for anything else."""
    if not re.fullmatch(r"\d{4}(?:-\d{2}){0,2}", written):
        raise ValueError(f"日期须写成 2024-07-15、2024-07 或 2024，不能是“{written}”")
    year, month, day = (*(int(part) for part in written.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)
