"""What stands near a place in a text, found without looking through all of it: a block may be one line of 200,000 characters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Protocol, TypeVar


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


T = TypeVar("T", bound=_Placed)

_START = attrgetter("start")


def ends_at(pattern: re.Pattern[str], text: str, at: int, reach: int) -> re.Match[str] | None:
    """The match of a pattern that closes with $, ending at that place and beginning at most `reach` characters before it."""
    return pattern.search(text, max(0, at - reach), at)


def starting_in(placed: Sequence[T], start: int, end: int) -> Sequence[T]:
    """Of things in the order of the text, those that start within these bounds."""
    return placed[bisect_left(placed, start, key=_START) : bisect_left(placed, end, key=_START)]
