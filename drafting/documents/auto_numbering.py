"""Automatic numbers: what Word prints before a numbered paragraph, and does not write into its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drafting.outline import han_number

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_HAN_FORMATS = frozenset(
    "chineseCounting chineseCountingThousand japaneseCounting taiwaneseCounting taiwaneseCountingThousand koreanCounting ideographDigital "
    "japaneseDigitalTenThousand chineseLegalSimplified".split()
)
_LAST_CIRCLED = 20


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: its number format, its text with %1 … %9, and the number that it starts from."""

    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted. `lists` maps numId to (abstractNumId, its levels)."""

    lists: dict[str, tuple[str, tuple[_Level, ...]]]
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, list_id: str, depth: int) -> str:
        """The number of the next paragraph of a list at a depth from 0; empty for a bullet or an unknown list."""
        if list_id not in self.lists or not 0 <= depth < _LEVELS:
            return ""
        abstract, levels = self.lists[list_id]
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for level, start in self._restarts.get(list_id, {}).items():
                counts[level] = start - 1
        before = counts[depth]
        counts[depth] = levels[depth].start if before is None else before + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        return _PLACEHOLDER.sub(lambda match: _shown(levels, counts, int(match[1]) - 1), levels[depth].text)


def numbering(root: _Element | None) -> Numbering:
    """The numbering of word/numbering.xml; of none at all where there is no such part."""
    if root is None:
        return Numbering({})
    abstract = {
        _attribute(element, "abstractNumId"): tuple(_levels(element)) for element in root.iterfind(f"{W}abstractNum")
    }
    lists: dict[str, tuple[str, tuple[_Level, ...]]] = {}
    restarts: dict[str, dict[int, int]] = {}
    for element in root.iterfind(f"{W}num"):
        list_id, base = _attribute(element, "numId"), _value(element.find(f"{W}abstractNumId"))
        levels = list(abstract.get(base, ())) or [_Level()] * _LEVELS
        for override in element.iterfind(f"{W}lvlOverride"):
            depth = _whole(_attribute(override, "ilvl"), 0)
            own = override.find(f"{W}lvl")
            if own is not None and 0 <= depth < _LEVELS:
                levels[depth] = _level(own)
            start = override.find(f"{W}startOverride")
            if start is not None:
                restarts.setdefault(list_id, {})[depth] = _whole(_value(start), 1)
        lists[list_id] = (base, tuple(levels))
    return Numbering(lists, _restarts=restarts)


def _levels(element: _Element) -> Iterator[_Level]:
    told = {_whole(_attribute(level, "ilvl"), 0): _level(level) for level in element.iterfind(f"{W}lvl")}
    return (told.get(depth, _Level()) for depth in range(_LEVELS))


def _level(element: _Element) -> _Level:
    kind = _value(element.find(f"{W}numFmt")) or "decimal"
    # A bullet's text is a glyph of a symbol font, no number.
    text = "" if kind in ("bullet", "none") else _value(element.find(f"{W}lvlText"))
    return _Level(kind, text, _whole(_value(element.find(f"{W}start")), 1))


def _shown(levels: tuple[_Level, ...], counts: list[int | None], depth: int) -> str:
    count = counts[depth]
    return _formatted(levels[depth].format, levels[depth].start if count is None else count)


def _formatted(kind: str, count: int) -> str:
    if kind in _HAN_FORMATS and 1 <= count <= 99:
        return han_number(count)
    if kind == "decimalEnclosedCircle" and 1 <= count <= _LAST_CIRCLED:
        return chr(ord("①") + count - 1)
    if kind == "decimalFullWidth":
        return str(count).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    if kind in ("upperLetter", "lowerLetter") and count >= 1:
        letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if kind == "upperLetter" else letter.lower()
    return str(count)


def _attribute(element: _Element, name: str) -> str:
    return str(element.get(f"{W}{name}", ""))


def _value(element: _Element | None) -> str:
    return "" if element is None else _attribute(element, "val")


def _whole(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else default
