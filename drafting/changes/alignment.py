"""Alignment: which blocks of two versions are the same ones, changed or not, which moved, which came and went."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from drafting.changes import pairing
from drafting.report import Block, BlockType

_ALIKE, _NEARLY = 50.0, 85.0
_STRUCTURE: frozenset[BlockType] = frozenset(("title", "heading", "signature", "date"))
_ONCE: frozenset[BlockType] = frozenset(("title", "recipient", "lead", "signature", "date"))
_SAME_HEADING, _SAME_ROLE = 25.0, 5.0
"""A heading over the same place is the same one reworded sooner than a paragraph is; of what a document has one of, the new one stands for the
old one however little is left of it."""
_SHORTEST_MOVE = 6
_MOST_COMPARED = 4_000_000
"""Pairs of blocks; beyond that only blocks that moved word for word are found."""

_Pair = tuple[int, int]


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

    The same blocks in order come first, then those nearly the same in between, then what moved, then what was rewritten in its place: a block
    that stands elsewhere word for word did not become the one that stands in its place now. Rows that moved or came stand where the new version has
    them; rows that went stand behind what they followed in the old one.
    """
    pairs = pairing.common(old, new)
    pairs = sorted([*pairs, *_same_words(old, new, pairs)])
    pairs = sorted([*pairs, *_in_gaps(old, new, pairs, (), _NEARLY)])
    moves = _moves(old, new, pairs)
    pairs = sorted([*pairs, *_in_gaps(old, new, pairs, moves, _ALIKE)])
    return _with_joins(old, new, _rows(pairs, moves, len(old), len(new)))


def words(block: Block) -> str:
    """A block's text without its number: 三、 may become 二、 when a section goes, and it is the same section."""
    return block.text[len(block.number) :]


def _same_words(old: Sequence[Block], new: Sequence[Block], pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """Between the blocks that did not change at all those with the same words: they have another number, or stand on other facts."""
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *pairs, (len(old), len(new))]):
        if next_i - i > 1 and next_j - j > 1:
            ours, theirs = (
                [words(block) for block in old[i + 1 : next_i]],
                [words(block) for block in new[j + 1 : next_j]],
            )
            yield from ((i + 1 + a, j + 1 + b) for a, b in pairing.common(ours, theirs))


def _in_gaps(
    old: Sequence[Block], new: Sequence[Block], pairs: Sequence[_Pair], moves: Sequence[_Pair], least: float
) -> Iterator[_Pair]:
    """The best pairs between those there are, of blocks that did not move; alike by `least` at least."""
    moved, moved_to = {i for i, _ in moves}, {j for _, j in moves}
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *pairs, (len(old), len(new))]):
        ours = [at for at in range(i + 1, next_i) if at not in moved]
        theirs = [at for at in range(j + 1, next_j) if at not in moved_to]
        if least == _NEARLY:
            yield from _at_both_ends(old, new, ours, theirs)
        if ours and theirs:
            likeness = _likeness([old[at] for at in ours], [new[at] for at in theirs], least)
            for a, _, b, _ in pairing.best(len(ours), len(theirs), likeness):
                yield ours[a], theirs[b]


def _at_both_ends(old: Sequence[Block], new: Sequence[Block], ours: list[int], theirs: list[int]) -> Iterator[_Pair]:
    """The pairs at the gap's beginning and end that are nearly the same; they are taken off. A version in which little changed is all of these."""
    for end in (0, -1):
        while ours and theirs and _nearly(old[ours[end]], new[theirs[end]]):
            yield ours.pop(end), theirs.pop(end)


def _nearly(one: Block, other: Block) -> bool:
    return one.type == other.type and ratio(words(one), words(other), score_cutoff=_NEARLY) > 0


def _likeness(old: Sequence[Block], new: Sequence[Block], least: float) -> pairing.Likeness:
    ours, theirs = [words(block) for block in old], [words(block) for block in new]

    def likeness(i: int, _: int, j: int, __: int) -> float:
        one, other = old[i], new[j]
        if one.type != other.type and _STRUCTURE & {one.type, other.type}:
            return 0.0
        if least == _NEARLY:
            return ratio(ours[i], theirs[j], score_cutoff=least)
        if one.type == other.type and one.type in _ONCE:
            return max(ratio(ours[i], theirs[j]), _SAME_ROLE)
        if one.type == other.type == "heading":
            return ratio(ours[i], theirs[j], score_cutoff=_SAME_HEADING if one.level == other.level else least)
        score = ratio(ours[i], theirs[j], score_cutoff=least)
        return least if not score and pairing.contained(ours[i], theirs[j]) else score

    return likeness


# --- what moved


def _moves(old: Sequence[Block], new: Sequence[Block], pairs: Sequence[_Pair]) -> list[_Pair]:
    """Blocks that went here and came there with the same words, or nearly, and their neighbours that moved along."""
    gone = _movable(old, {i for i, _ in pairs})
    come = _movable(new, {j for _, j in pairs})
    moves = _same_elsewhere(old, new, gone, come)
    gone, come = (
        _movable(old, {*moves, *(i for i, _ in pairs)}),
        _movable(new, {*moves.values(), *(j for _, j in pairs)}),
    )
    if len(gone) * len(come) <= _MOST_COMPARED:
        moves |= _alike_elsewhere(old, new, gone, come)
    return sorted(_with_neighbours(old, new, moves, pairs).items())


def _movable(blocks: Sequence[Block], taken: Set[int]) -> list[int]:
    """Blocks without a counterpart that are long enough to be known again, and of which a document may have more than one."""
    return [
        index
        for index, block in enumerate(blocks)
        if index not in taken and block.type not in _ONCE and len(words(block)) >= _SHORTEST_MOVE
    ]


def _same_elsewhere(
    old: Sequence[Block], new: Sequence[Block], gone: Sequence[int], come: Sequence[int]
) -> dict[int, int]:
    places: dict[str, deque[int]] = {}
    for index in come:
        places.setdefault(words(new[index]), deque()).append(index)
    moves = {}
    for index in gone:
        text = words(old[index])
        if places.get(text):
            moves[index] = places[text].popleft()
    return moves


def _alike_elsewhere(
    old: Sequence[Block], new: Sequence[Block], gone: Sequence[int], come: Sequence[int]
) -> dict[int, int]:
    left = {index: words(new[index]) for index in come}
    moves = {}
    for index in gone:
        found = process.extractOne(words(old[index]), left, scorer=ratio, score_cutoff=_NEARLY)
        if found:
            moves[index] = found[2]
            del left[found[2]]
    return moves


def _with_neighbours(
    old: Sequence[Block], new: Sequence[Block], moves: dict[int, int], pairs: Sequence[_Pair]
) -> dict[int, int]:
    """A heading of four characters before a paragraph that moved moved with it, and so did a paragraph of the section that was changed."""
    taken, taken_new = {i for i, _ in pairs} | set(moves), {j for _, j in pairs} | set(moves.values())
    grown = dict(moves)
    for step in (-1, 1):
        for i, j in moves.items():
            i, j = i + step, j + step
            while (
                0 <= i < len(old)
                and 0 <= j < len(new)
                and i not in taken
                and j not in taken_new
                and old[i].type == new[j].type
                and ratio(words(old[i]), words(new[j]), score_cutoff=_ALIKE)
            ):
                grown[i] = j
                taken.add(i)
                taken_new.add(j)
                i, j = i + step, j + step
    return grown


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
    if any(block.type in ("title", "heading", "signature", "date") for block in blocks):
        return None
    pair = one if one.old and one.new else other
    apart = ratio(_text(old, pair.old), _text(new, pair.new))
    return together if ratio(_text(old, together.old), _text(new, together.new)) > max(apart, _ALIKE) + 5 else None


def _text(blocks: Sequence[Block], indexes: Sequence[int]) -> str:
    return "".join(blocks[index].text for index in indexes)
