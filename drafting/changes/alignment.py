"""Alignment: which blocks of two versions are the same ones, changed or not, which moved, which came and went."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from drafting.changes import pairing
from drafting.changes.likeness import ALIKE, Likeness
from drafting.changes.moving import moves
from drafting.report import Block

_Pair = tuple[int, int]
_BETTER = 5.0
_UNSPLIT = ("title", "heading", "signature", "date")


@dataclass(frozen=True, slots=True)
class Row:
    """Blocks of the old version and the blocks of the new one that they became; by their indexes, both in order.

    One to one for a block that stayed or changed; one to more where a paragraph was split, more to one where paragraphs were joined;
    one side is empty for what came or went. `moved` rows stand elsewhere in the new version than in the old.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool = False


def align(old: Sequence[Block], new: Sequence[Block]) -> list[Row]:
    """Every block of both versions in exactly one row; rows that did not move are in the order of both versions.

    Rows that moved or came stand where the new version has them; rows that went stand behind what they followed in the old one.
    """
    likeness = Likeness(old, new)
    pairs = pairing.common(old, new, _weights(likeness.old_words))
    pairs = sorted([*pairs, *_same_words(likeness, pairs)])
    pairs = sorted([*pairs, *_nearly_the_same(likeness, pairs)])
    # A block that stands elsewhere word for word did not become the one that stands in its place now: what moved comes first.
    moved = moves(likeness, pairs)
    pairs = sorted([*pairs, *_rewritten(likeness, pairs, moved)])
    return _with_joins(old, new, _rows(pairs, moved, len(old), len(new)))


def _weights(words: Sequence[str]) -> list[int]:
    """A block weighs as much as it has characters, and a little besides: three short ones are more than a long one of the same length."""
    return [len(text) + 4 for text in words]


def _same_words(likeness: Likeness, pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """Between the blocks that did not change at all those with the same words: they have another number, or stand on other facts."""
    for ours, theirs in _gaps(likeness, pairs):
        old = likeness.old_words[ours.start : ours.stop]
        same = pairing.common(old, likeness.new_words[theirs.start : theirs.stop], _weights(old))
        yield from ((ours.start + i, theirs.start + j) for i, j in same)


def _nearly_the_same(likeness: Likeness, pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """Those that hardly changed: at each gap's beginning and end first, for a version in which little changed is all of these."""
    for gap, new_gap in _gaps(likeness, pairs):
        ours, theirs = list(gap), list(new_gap)
        for end in (0, -1):
            while ours and theirs and likeness.nearly(ours[end], theirs[end]):
                yield ours.pop(end), theirs.pop(end)
        yield from _best(ours, theirs, likeness.nearly)


def _rewritten(likeness: Likeness, pairs: Sequence[_Pair], moved: Sequence[_Pair]) -> Iterator[_Pair]:
    """What became something else in its place."""
    away, arrived = {i for i, _ in moved}, {j for _, j in moved}
    for gap, new_gap in _gaps(likeness, pairs):
        ours, theirs = [i for i in gap if i not in away], [j for j in new_gap if j not in arrived]
        yield from _best(ours, theirs, likeness.roughly)


def _gaps(likeness: Likeness, pairs: Sequence[_Pair]) -> Iterator[tuple[range, range]]:
    """The stretches between pairs that both versions have."""
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *pairs, (len(likeness.old), len(likeness.new))]):
        if next_i - i > 1 and next_j - j > 1:
            yield range(i + 1, next_i), range(j + 1, next_j)


def _best(ours: Sequence[int], theirs: Sequence[int], alike: Callable[[int, int], float]) -> Iterator[_Pair]:
    found = pairing.best(len(ours), len(theirs), lambda i, _, j, __: alike(ours[i], theirs[j]))
    return ((ours[i], theirs[j]) for i, _, j, _ in found)


# --- rows


def _rows(pairs: Sequence[tuple[int, int]], moves: Sequence[tuple[int, int]], old: int, new: int) -> list[Row]:
    """One scaffold of both versions: between two rows that stayed, first what went, in its old order, then what came or moved there."""
    moved_to = {j: i for i, j in moves}
    paired = {i for i, _ in pairs} | {i for i, _ in moves}
    rows: list[Row] = []
    last_i = last_j = -1
    for i, j in [*pairs, (old, new)]:
        rows += [Row((index,), ()) for index in range(last_i + 1, i) if index not in paired]
        rows += [
            Row((moved_to[index],), (index,), moved=True) if index in moved_to else Row((), (index,))
            for index in range(last_j + 1, j)
        ]
        if (i, j) != (old, new):
            rows.append(Row((i,), (j,)))
        last_i, last_j = i, j
    return rows


def _with_joins(old: Sequence[Block], new: Sequence[Block], rows: Sequence[Row]) -> list[Row]:
    """Rows where a paragraph was split or two were joined: one side of a pair continues in the neighbour that came or went."""
    joined: list[Row] = []
    for row in rows:
        before = joined[-1] if joined else None
        if before is not None and (together := _together(old, new, before, row)):
            joined[-1] = together
        else:
            joined.append(row)
    return joined


def _together(old: Sequence[Block], new: Sequence[Block], one: Row, other: Row) -> Row | None:
    if one.moved or other.moved or bool(one.old and one.new) == bool(other.old and other.new):
        return None
    together = Row((*one.old, *other.old), (*one.new, *other.new))
    blocks = [*(old[index] for index in together.old), *(new[index] for index in together.new)]
    if any(block.type in _UNSPLIT for block in blocks):
        return None
    if together.old and together.old[-1] - together.old[0] >= len(together.old):  # what stood between them moved away
        return None
    pair = one if one.old and one.new else other
    apart = ratio(_text(old, pair.old), _text(new, pair.new))
    return together if ratio(_text(old, together.old), _text(new, together.new)) > max(apart, ALIKE) + _BETTER else None


def _text(blocks: Sequence[Block], indexes: Sequence[int]) -> str:
    return "".join(blocks[index].text for index in indexes)
