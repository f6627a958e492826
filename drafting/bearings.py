"""Bearings: what each number or date of a text is said of, so that two that changed places are seen.

发现隐患312处，整改308处 and 发现隐患308处，整改312处 hold the same numbers. Each number has words beside it, from the one before or the last
mark of punctuation up to the next; of these, some stand beside this number alone among the facts' numbers of its kind (发现, 整改). A
number that stands beside another's own words and beside none of its own has moved. One alone may be a free wording, two have changed places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

_T = TypeVar("_T")

Place = Literal["from", "to", ""]


@dataclass(frozen=True, slots=True)
class Borne:
    """The span of one number or date, the pairs of characters beside it, and which end of a change (由10%提高到15%) it is."""

    start: int
    end: int
    words: frozenset[str]
    place: Place


_STOP = re.compile(r"[，。；：、！？\n（）()]")
_HAN_RUN = re.compile("[一-鿿]+")
# 由去年的80件增加到今年的95件: from something, with a number that it comes to in the same clause.
_FROM = re.compile(r"(?:从|由|自)[^，。；]{0,10}$")
_COMES_TO = re.compile(r"[^，。；：]{0,12}?(?:到|至|为)[^，。；\d]{0,6}\d")
_TO = re.compile(r"(?:到|至|为)[^，。；\d]{0,6}$|[—–~～-]$")
_GOES_ON = re.compile(r"(?:至|到|[—–~～-]+)\d")
_REACH = 24


def bear(text: str, spans: Sequence[tuple[int, int]]) -> list[Borne]:
    """What stands beside each span; `spans` in order, not overlapping."""
    borne = []
    for index, (start, end) in enumerate(spans):
        previous = spans[index - 1][1] if index else 0
        following = spans[index + 1][0] if index + 1 < len(spans) else len(text)
        before = _STOP.split(text[max(previous, start - _REACH) : start])[-1]
        behind = _STOP.split(text[end : min(following, end + _REACH)])[0]
        borne.append(Borne(start, end, _pairs(before) | _pairs(behind), _place(text, start, end, before)))
    return borne


def _place(text: str, start: int, end: int, before: str) -> Place:
    if _GOES_ON.match(text, end) or (_FROM.search(before) and _COMES_TO.match(text, end)):
        return "from"
    return "to" if _TO.search(before or text[max(0, start - 1) : start]) else ""


def _pairs(words: str) -> frozenset[str]:
    return frozenset(run[at : at + 2] for run in _HAN_RUN.findall(words) for at in range(len(run) - 1))


def moved(
    written: Sequence[tuple[_T, Borne]], known: Sequence[tuple[_T, Borne]], same: Callable[[_T, _T], bool]
) -> list[tuple[_T, Borne]]:
    """The written ones that stand where another known one stood; `same(written, known)` tells which is which. None or two and more.

    All given are of one kind, so that any could be put for any other.
    """
    strayed, turned = [], []
    own = [_own(index, known) for index in range(len(known))]
    for item, borne in written:
        held = [index for index, (other, _) in enumerate(known) if same(item, other)]
        if len(held) != 1:
            continue
        others = [words for index, words in enumerate(own) if index != held[0]]
        if not own[held[0]] & borne.words and own[held[0]] and any(words & borne.words for words in others):
            strayed.append((item, borne))
        place = known[held[0]][1].place
        if place and borne.place and place != borne.place:
            turned.append((item, borne))
    return strayed if len(strayed) > 1 else turned if len(turned) > 1 else []


def _own(index: int, known: Sequence[tuple[_T, Borne]]) -> frozenset[str]:
    shared: set[str] = set()
    for position, (_, borne) in enumerate(known):
        if position != index:
            shared |= borne.words
    return known[index][1].words - shared
