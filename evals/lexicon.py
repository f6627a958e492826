"""Lexicons: words that should stand otherwise, a table with a source for each, and where a text uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Name = Literal["colloquial", "confusables"]

_NAMED_OR_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”|‘[^‘’]*’|「[^」]*」")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: `key` stands in every text that `pattern` matches; `right` may be several, parted by /; `source` says who says so."""

    key: str
    pattern: re.Pattern[str]
    right: str
    source: str


@dataclass(frozen=True, slots=True)
class Use:
    """An entry at `start`..`end` of a text; `right` with the groups of the match filled in."""

    entry: Entry
    start: int
    end: int
    right: str


@cache
def entries(name: Name) -> tuple[Entry, ...]:
    """The rows of lexicons/NAME.tsv: key, pattern (empty: the key itself), right, source. Raises ValueError for a malformed row."""
    source = files("evals").joinpath("lexicons", f"{name}.tsv").read_text(encoding="utf-8")
    rows = (line for line in source.splitlines() if line and not line.startswith("#"))
    return tuple(_entry(name, row) for row in rows)


def _entry(name: Name, row: str) -> Entry:
    columns = row.split("\t")
    if len(columns) != 4 or not columns[0] or not columns[3]:
        raise ValueError(f"{name}.tsv: 须为 词、条件、改为、出处 四列：{row}")
    key, pattern, right, source = columns
    return Entry(key, re.compile(pattern or re.escape(key)), right, source)


def used(name: Name, whole: str) -> tuple[Entry, ...]:
    """The entries whose key stands anywhere in a document: a substring search each, so that a clean text costs no pattern."""
    return tuple(entry for entry in entries(name) if entry.key in whole)


def uses(given: tuple[Entry, ...], text: str) -> Iterator[Use]:
    """Where these entries are used in one text; never inside 《titles》 and quotations, which are other people's words."""
    hidden = [match.span() for match in _NAMED_OR_QUOTED.finditer(text)]
    for entry in given:
        for match in entry.pattern.finditer(text) if entry.key in text else ():
            if not any(start < match.end() and match.start() < end for start, end in hidden):
                yield Use(entry, match.start(), match.end(), match.expand(entry.right))
