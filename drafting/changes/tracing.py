"""Tracing: who made each change between two versions, told from the versions that lie between them.

A word came in with the version behind the last one that lacks it, and went with the version behind the last one that still has it. So what
was made, undone and made again is the last maker's. Each version is held against both ends, never against its neighbour: what one
comparison sees too coarsely does not grow along the chain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from drafting.changes.alignment import Row, align
from drafting.changes.comparison import BREAK, Change, Comparison
from drafting.changes.edits import Edit, edits
from drafting.comments import Hand
from drafting.report import Block, Report


@dataclass(frozen=True, slots=True)
class Hands:
    """Who took out what went and who put in what came; one hand in both where nothing went, or nothing came.

    `last` is the one of the two whose version is the later. Where several hands made a side, that side is the last one's.
    """

    gone: Hand
    came: Hand
    last: Hand


class Span(NamedTuple):
    """`start`..`end` of a block's text, by the block's index; an `end` past the text takes the break behind the block with it."""

    block: int
    start: int
    end: int

    @property
    def size(self) -> int:
        return self.end - self.start

    def shared(self, other: Span) -> int:
        """How many characters are in both."""
        if self.block != other.block:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


def authorship(chain: Sequence[tuple[Report, Hand]]) -> Callable[[Change], Hand]:
    """Who made each change of `compare(chain[0][0], chain[-1][0])`; the last of them where they were several.

    `chain` holds the versions from the old one to the new, each with the hand that made it; the first one's hand made none of the changes.
    Every change has a hand: all are the new version's where the chain is only the two. Raises ValueError for an empty chain.
    """
    told = hands(chain)
    return lambda change: told(change).last


def hands(chain: Sequence[tuple[Report, Hand]]) -> Callable[[Change], Hands]:
    """As `authorship`, with those who took out and those who put in told apart."""
    if not chain:
        raise ValueError("a chain holds at least one version")
    trace = _Trace([report for report, _ in chain])

    def told(change: Change) -> Hands:
        gone, came = trace.steps(change)
        return Hands(chain[gone][1], chain[came][1], chain[max(gone, came)][1])

    return told


def spans(blocks: Sequence[Block], indexes: Iterable[int], start: int, end: int) -> Iterator[Span]:
    """`start`..`end` of these blocks' texts, joined by a line feed, as spans of each block; none is empty."""
    at = 0
    for index in indexes:
        size = len(blocks[index].text) + len(BREAK)
        if max(start, at) < min(end, at + size):
            yield Span(index, max(start - at, 0), min(end - at, size))
        at += size


class _Trace:
    """The versions between the old and the new one, held against both."""

    def __init__(self, versions: Sequence[Report]) -> None:
        known: _Known = {}
        self._old, self._new = versions[0], versions[-1]
        self._between = versions[1:-1]
        self._rows = align(self._old.blocks, self._new.blocks)
        self._by_old = [_Held(self._old, version, "old", known) for version in self._between]
        self._by_new = [_Held(version, self._new, "new", known) for version in self._between]

    def steps(self, change: Change) -> tuple[int, int]:
        """The positions in the chain of the versions that took out and put in; one position in both where there is one side."""
        if change.kind == "particulars":
            return (self._behind_last(self._is_told_otherwise),) * 2
        row = self._rows[change.row]
        if change.kind == "move":
            crossed = self._crossed(row)
            return (self._behind_last(lambda at: self._stands_before_move(at, row, crossed)),) * 2
        if change.kind == "role":
            return (self._behind_last(lambda at: self._has_other_role(at, row)),) * 2
        gone, came = self._sides(change, row)
        went = self._behind_last(lambda at: any(self._by_old[at].lacked(span) < span.size for span in gone))
        come = self._behind_last(lambda at: any(self._by_new[at].lacked(span) for span in came))
        return went if gone else come, come if came else went

    def _behind_last(self, unmade: Callable[[int], bool]) -> int:
        """The position in the chain of the version behind the last one in which the change is not made. In the old one it never is."""
        last = next((at for at in reversed(range(len(self._between))) if unmade(at)), -1)
        return last + 2

    def _sides(self, change: Change, row: Row) -> tuple[list[Span], list[Span]]:
        if change.kind == "block":
            return _whole(self._old.blocks, row.old), _whole(self._new.blocks, row.new)
        return (
            list(spans(self._old.blocks, row.old, change.old_start, change.old_end)),
            list(spans(self._new.blocks, row.new, change.new_start, change.new_end)),
        )

    def _is_told_otherwise(self, at: int) -> bool:
        return _particulars(self._between[at]) != _particulars(self._new)

    def _crossed(self, moved: Row) -> list[Row]:
        """The rows that stayed and that the moved one passed. Which of two rows moved is the aligner's choice, their order is not."""
        return [
            row
            for row in self._rows
            if row.old and row.new and not row.moved and (row.old < moved.old) != (row.new < moved.new)
        ]

    def _stands_before_move(self, at: int, moved: Row, crossed: Sequence[Row]) -> bool:
        place = self._by_new[at].place
        here = place(moved.new[0])
        if here is None:
            return True
        others = ((row, there) for row in crossed if (there := place(row.new[0])) is not None)
        return any((there < here) == (row.old < moved.old) for row, there in others)

    def _has_other_role(self, at: int, row: Row) -> bool:
        """A block with another text tells its type and level; its points it tells with its text."""
        for index in row.new:
            place, block = self._by_new[at].place(index), self._new.blocks[index]
            if place is None:
                return True
            other = self._between[at].blocks[place]
            if other != block and (other.text == block.text or (other.type, other.level) != (block.type, block.level)):
                return True
        return False


_Known = dict[tuple[str, str], list[Edit]]
"""The edits of each pair of texts: from version to version most blocks are the same."""


class _Held:
    """A version held against one end of the chain, which is the pair's old or new version."""

    def __init__(self, old: Report, new: Report, end: Literal["old", "new"], known: _Known) -> None:
        self._pair = Comparison(old, new, tuple(align(old.blocks, new.blocks)), ())
        self._is_new = end == "new"
        self._known = known
        self._rows = {index: row for row in self._pair.rows for index in (row.new if self._is_new else row.old)}
        self._unshared: dict[Row, list[Span]] = {}

    def place(self, block: int) -> int | None:
        """Where a block of the end stands in the version; None where it does not."""
        row = self._rows[block]
        other = row.old if self._is_new else row.new
        return other[0] if other else None

    def lacked(self, span: Span) -> int:
        """How many characters of a span of the end the version lacks."""
        row = self._rows[span.block]
        if not row.old or not row.new:
            return span.size
        if row not in self._unshared:
            self._unshared[row] = list(self._unshared_in(row))
        return sum(span.shared(one) for one in self._unshared[row])

    def _unshared_in(self, row: Row) -> Iterator[Span]:
        texts = self._pair.old_text(row), self._pair.new_text(row)
        if texts not in self._known:
            self._known[texts] = edits(*texts)
        for edit in self._known[texts]:
            if self._is_new:
                yield from spans(self._pair.new.blocks, row.new, edit.new_start, edit.new_end)
            else:
                yield from spans(self._pair.old.blocks, row.old, edit.old_start, edit.old_end)


def _whole(blocks: Sequence[Block], indexes: Sequence[int]) -> list[Span]:
    """Whole blocks, the break behind each with it: an empty paragraph is something too."""
    return [Span(index, 0, len(blocks[index].text) + len(BREAK)) for index in indexes]


def _particulars(report: Report) -> Report:
    return replace(report, blocks=(), waivers=())
