"""Alignment: which blocks of two versions are the same ones, changed or not, which moved, which came and went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import fast_diff_match_patch as matching
from rapidfuzz.fuzz import ratio

from drafting.report import Block

_ALIKE, _SAME_ROLE, _MOVED = 50.0, 25.0, 85.0
_ONCE = frozenset(("title", "recipient", "lead", "signature", "date"))
_BAND = 40
_SHORTEST_MOVE = 6


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
    pairs = _equal(old, new)
    for gap_old, gap_new in _gaps(pairs, len(old), len(new)):
        pairs += _similar(old, new, gap_old, gap_new)
    pairs.sort()
    moves = _moves(old, new, _unpaired(len(old), (i for i, _ in pairs)), _unpaired(len(new), (j for _, j in pairs)))
    return _with_joins(old, new, _rows(pairs, moves, len(old), len(new)))


def words(block: Block) -> str:
    """A block's text without its number: 三、 may become 二、 when a section goes, and it is the same section."""
    return block.text[len(block.number) :]


def _equal(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """The longest common run of blocks with the same words, by the same algorithm as for tokens: each text is one character."""
    letters: dict[str, str] = {}
    ours, theirs = (
        "".join(letters.setdefault(words(block), chr(0x10000 + len(letters))) for block in blocks)
        for blocks in (old, new)
    )
    pairs, i, j = [], 0, 0
    for operation, count in matching.diff(ours, theirs, timelimit=0, checklines=False, cleanup="No", counts_only=True):
        if operation == "=":
            pairs += [(i + step, j + step) for step in range(count)]
        i += count if operation != "+" else 0
        j += count if operation != "-" else 0
    return pairs


def _gaps(pairs: Sequence[tuple[int, int]], old: int, new: int) -> Iterator[tuple[range, range]]:
    bounds = [(-1, -1), *pairs, (old, new)]
    for (i, j), (next_i, next_j) in pairwise(bounds):
        if next_i - i > 1 and next_j - j > 1:
            yield range(i + 1, next_i), range(j + 1, next_j)


def _similar(old: Sequence[Block], new: Sequence[Block], ours: range, theirs: range) -> list[tuple[int, int]]:
    """The pairs inside a gap, in order, that are most alike in sum: dynamic programming, within a band where the gap is long."""
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    alike: dict[tuple[int, int], float] = {}
    slope = len(theirs) / len(ours)
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if abs(j - i * slope) <= _BAND:
                score = _likeness(old[ours[i]], new[theirs[j]])
                alike[i, j] = score
                if score and score + best[i + 1][j + 1] > best[i][j]:
                    best[i][j] = score + best[i + 1][j + 1]
    pairs, i, j = [], 0, 0
    while i < len(ours) and j < len(theirs):
        score = alike.get((i, j), 0.0)
        if score and best[i][j] == score + best[i + 1][j + 1]:
            pairs.append((ours[i], theirs[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(one: Block, other: Block) -> float:
    """0 where they are no version of each other, else up to 100."""
    same_role = one.type == other.type and (one.type in _ONCE or (one.type == "heading" and one.level == other.level))
    if one.type != other.type and "heading" in (one.type, other.type) and "title" in (one.type, other.type):
        return 0.0
    return ratio(words(one), words(other), score_cutoff=_SAME_ROLE if same_role else _ALIKE)


def _unpaired(count: int, paired: Iterator[int]) -> list[int]:
    taken = set(paired)
    return [index for index in range(count) if index not in taken]


def _moves(
    old: Sequence[Block], new: Sequence[Block], gone: Sequence[int], come: Sequence[int]
) -> list[tuple[int, int]]:
    """Blocks that went here and came there with the same words, or nearly."""
    moves: list[tuple[int, int]] = []
    left = [index for index in come if len(words(new[index])) >= _SHORTEST_MOVE]
    for index in gone:
        text = words(old[index])
        if len(text) < _SHORTEST_MOVE or not left:
            continue
        scores = [(ratio(text, words(new[other]), score_cutoff=_MOVED), -abs(other - index), other) for other in left]
        score, _, other = max(scores)
        if score:
            moves.append((index, other))
            left.remove(other)
    return moves


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
