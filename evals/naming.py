"""Naming: where a document names what the timeline knows, quotes or none, plenums in lists (二十届二中、三中全会) among it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evals.examined import Examined
from evals.timeline import Entry, Timeline

_QUOTES = re.compile('[“”"「」]')
_ANY_QUOTE = '[“”"「」]?'
_PLENUMS = re.compile(
    r"(?P<congress>[十二三][十一二三四五六七八九]{0,2})届(?P<numbers>[一二三四五六七]中(?:[、和及与]{1,2}[一二三四五六七]中)+)全会"
)
_NUMBER = re.compile("[一二三四五六七]中")


@dataclass(frozen=True, slots=True)
class Named:
    """One entry as a block names it, at `start`..`end` of its text, quotes included."""

    entry: Entry
    block: int
    start: int
    end: int


def named(document: Examined, entries: Timeline) -> Iterator[Named]:
    """Where the document names these entries, the longest name first where one holds another."""
    plain = _QUOTES.sub("", document.text)
    names = {
        _QUOTES.sub("", name): (name, entry)
        for entry in entries
        for name in entry.names
        if _QUOTES.sub("", name) in plain
    }
    if names:
        spelt = sorted((name for name, _ in names.values()), key=len, reverse=True)
        pattern = re.compile("|".join(_with_quotes(name) for name in spelt))
        for block, text in enumerate(document.texts):
            for match in pattern.finditer(text):
                yield Named(names[_QUOTES.sub("", match.group())][1], block, match.start(), match.end())
    yield from _listed_plenums(document, {entry.term: entry for entry in entries if entry.kind == "plenum"})


def _listed_plenums(document: Examined, plenums: Mapping[str, Entry]) -> Iterator[Named]:
    for block, text in enumerate(document.texts if plenums else ()):
        for listed in _PLENUMS.finditer(text):
            for number in _NUMBER.finditer(text, listed.start("numbers"), listed.end("numbers")):
                entry = plenums.get(f"{listed['congress']}届{number.group()}全会")
                if entry:
                    last = number.end() == listed.end("numbers")
                    yield Named(entry, block, number.start(), listed.end() if last else number.end())


def _with_quotes(name: str) -> str:
    """A pattern for the name: the quotes that it has may be missing, and it may stand in quotes of its own."""
    inner = "".join(_ANY_QUOTE if _QUOTES.match(character) else re.escape(character) for character in name)
    return inner if inner != re.escape(name) else f"(?:“{inner}”|{inner})"
