"""Moving: which blocks without a counterpart in their place stand elsewhere in the other version."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from drafting.changes.likeness import NEARLY, ONCE, Likeness
from drafting.report import Block

_SHORTEST = 6
_MOST_COMPARED = 4_000_000
"""Pairs of blocks; beyond that only blocks that moved word for word are found."""
_LONGEST_COMPARED = 50_000
"""Characters of a block that is looked for as nearly the same."""


def moves(likeness: Likeness, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Blocks that went here and came there with the same words, or nearly, and their neighbours that moved along; in the old order."""
    found = _same_elsewhere(likeness, *_left(likeness, pairs))
    gone, come = _left(likeness, [*pairs, *found.items()])
    if len(gone) * len(come) <= _MOST_COMPARED:
        found |= _alike_elsewhere(likeness, gone, come)
    return sorted(_with_neighbours(likeness, found, pairs).items())


def _left(likeness: Likeness, pairs: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    taken = list(pairs)
    return (
        _movable(likeness.old, likeness.old_words, {i for i, _ in taken}),
        _movable(likeness.new, likeness.new_words, {j for _, j in taken}),
    )


def _movable(blocks: Sequence[Block], words: Sequence[str], taken: set[int]) -> list[int]:
    """Blocks without a counterpart that are long enough to be known again, and of which a document may have more than one."""
    return [
        index
        for index, block in enumerate(blocks)
        if index not in taken and block.type not in ONCE and len(words[index]) >= _SHORTEST
    ]


def _same_elsewhere(likeness: Likeness, gone: Sequence[int], come: Sequence[int]) -> dict[int, int]:
    places: dict[str, deque[int]] = {}
    for index in come:
        places.setdefault(likeness.new_words[index], deque()).append(index)
    return {index: places[text].popleft() for index in gone if places.get(text := likeness.old_words[index])}


def _alike_elsewhere(likeness: Likeness, gone: Sequence[int], come: Sequence[int]) -> dict[int, int]:
    left = {index: text for index in come if len(text := likeness.new_words[index]) <= _LONGEST_COMPARED}
    found = {}
    for index in gone:
        best = process.extractOne(likeness.old_words[index], left, scorer=ratio, score_cutoff=NEARLY)
        if best:
            found[index] = best[2]
            del left[best[2]]
    return found


def _with_neighbours(likeness: Likeness, found: dict[int, int], pairs: Sequence[tuple[int, int]]) -> dict[int, int]:
    """A heading of four characters before a paragraph that moved went with it, and so did a paragraph of the section that was changed."""
    taken = {i for i, _ in pairs} | set(found)
    taken_new = {j for _, j in pairs} | set(found.values())
    grown = dict(found)
    for step in (-1, 1):
        for i, j in found.items():
            i, j = i + step, j + step
            while _moved_along(likeness, i, j, taken, taken_new):
                grown[i] = j
                taken.add(i)
                taken_new.add(j)
                i, j = i + step, j + step
    return grown


def _moved_along(likeness: Likeness, i: int, j: int, taken: set[int], taken_new: set[int]) -> bool:
    if not (0 <= i < len(likeness.old) and 0 <= j < len(likeness.new)) or i in taken or j in taken_new:
        return False
    one = likeness.old[i].type
    return one == likeness.new[j].type and one not in ONCE and likeness.roughly(i, j) > 0
