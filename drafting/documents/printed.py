"""Printed characters, counted through a text: a place that outlives another setting of white space, line breaks and blocks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple


class Span(NamedTuple):
    """`start`..`end` of a block's text; empty for a place between two characters."""

    block: int
    start: int
    end: int


def is_printed(char: str) -> bool:
    """Does the character leave ink? White space, controls and private-use characters do not."""
    return char.isprintable() and not char.isspace()


def count(text: str) -> int:
    """How many characters of the text are printed."""
    return sum(map(is_printed, text))


class Printed:
    """The printed characters of some texts, in order, counted from 0 through all of them.

    Two documents that print the same, however their white space and blocks differ, have the same counts; so the span of one is found in
    the other.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._lengths = [len(text) for text in texts]
        self._offsets = [[at for at, char in enumerate(text) if is_printed(char)] for text in texts]
        self._first = [0, *accumulate(map(len, self._offsets))]

    @property
    def total(self) -> int:
        return self._first[-1]

    def counts(self, span: Span) -> tuple[int, int]:
        """How many printed characters stand before the span's start and before its end."""
        offsets, first = self._offsets[span.block], self._first[span.block]
        return first + bisect_left(offsets, span.start), first + bisect_left(offsets, span.end)

    def carried(self, span: Span, other: Printed) -> list[Span]:
        """Where a span of these texts stands in others that print the same, one span a block."""
        start, end = self.counts(span)
        return other.spans(start, end, opens=start == self._first[span.block])

    def spans(self, start: int, end: int, *, opens: bool = False) -> list[Span]:
        """Where the characters from the `start`-th to before the `end`-th stand, one span a block; none where nothing is printed at all.

        With no character in between it is what stands between the two: white space, or an empty span. Between two blocks that is the end of
        the first, unless it `opens` the second.
        """
        if not self.total:
            return []
        if start >= end:
            return [self._between(start, opens=opens)]
        (first, begin), (last, stop) = self._at(start), self._at(end - 1)
        if first == last:
            return [Span(first, begin, stop + 1)]
        whole = [Span(block, 0, self._lengths[block]) for block in range(first + 1, last)]
        return [Span(first, begin, self._lengths[first]), *whole, Span(last, 0, stop + 1)]

    def _at(self, number: int) -> tuple[int, int]:
        """The block and offset of a printed character."""
        block = bisect_right(self._first, number) - 1
        return block, self._offsets[block][number - self._first[block]]

    def _between(self, number: int, *, opens: bool) -> Span:
        if number <= 0:
            block, offset = self._at(0)
            return Span(block, offset, offset)
        before, offset = self._at(min(number, self.total) - 1)
        if number >= self.total:
            return Span(before, offset + 1, offset + 1)
        behind, next_offset = self._at(number)
        if before == behind:
            return Span(before, offset + 1, next_offset)
        return Span(behind, next_offset, next_offset) if opens else Span(before, offset + 1, offset + 1)
