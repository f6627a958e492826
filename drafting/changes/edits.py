"""Edits: where two texts differ, as a careful editor would mark it.

The shortest script of insertions and deletions is not what people read: 总体平稳 against 稳中向好 shares a 稳 by chance. So sentences are laid
beside each other first, and only sentences that are versions of each other are compared inside, clause by clause (`weighing`); what
is left over came or went whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from rapidfuzz.fuzz import ratio

from drafting.changes import pairing
from drafting.changes.tokens import enumerator, is_number, is_punctuation, tokens
from drafting.changes.weighing import Run, inner_runs, trimmed

_ALIKE = 45.0
_JOINED = 3
_FIGURE = "#"
_ENDS = frozenset("。；！？;!?\n")
_LEVELS = (_ENDS, _ENDS | frozenset("，,：:"))
_CLOSERS = frozenset("”’）)」』】")


@dataclass(frozen=True, slots=True)
class Edit:
    """`old[old_start:old_end]` becomes `new[new_start:new_end]`; one of the two may be empty, not both. Offsets count characters."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def edits(old: str, new: str) -> list[Edit]:
    """The edits that make `new` of `old`, in order, none overlapping.

    Two may touch where they are two things: a sentence that went and a number in the next one, a figure that changed and the clause put in behind it.
    """
    if old == new:
        return []
    ours, theirs = tokens(old), tokens(new)
    old_at, new_at = [0, *accumulate(map(len, ours))], [0, *accumulate(map(len, theirs))]
    return [
        Edit(old_at[run.old_start], old_at[run.old_end], new_at[run.new_start], new_at[run.new_end])
        for run in _runs(ours, theirs)
    ]


def _runs(ours: Sequence[str], theirs: Sequence[str]) -> list[Run]:
    found = _compared(ours, theirs, Run(0, len(ours), 0, len(theirs)), _LEVELS)
    return _together(found, ours, theirs)


def _compared(
    ours: Sequence[str], theirs: Sequence[str], whole: Run, levels: Sequence[frozenset[str]]
) -> Iterator[Run]:
    """The runs inside `whole`: what is left over between sentences that have a counterpart, and what differs inside these, clause by clause."""
    if not levels:
        yield from inner_runs(ours, theirs, whole)
        return
    at, other = whole.old_start, whole.new_start
    for pair in _side_by_side(ours, theirs, whole, levels[0]):
        yield from _left_over(ours, theirs, Run(at, pair.old_start, other, pair.new_start))
        if ours[pair.old_start : pair.old_end] != theirs[pair.new_start : pair.new_end]:
            yield from _compared(ours, theirs, pair, levels[1:])
        at, other = pair.old_end, pair.new_end
    yield from _left_over(ours, theirs, Run(at, whole.old_end, other, whole.new_end))


def _left_over(ours: Sequence[str], theirs: Sequence[str], run: Run) -> Iterator[Run]:
    """What stands between two pairs, without the marks that both have there: at most one run."""
    start, end, new_start, new_end = run
    if start < end and new_start < new_end:
        head = enumerator(ours[start:end])
        if ours[start : start + head] == theirs[new_start : new_start + head]:
            start, new_start = start + head, new_start + head
    while start < end and new_start < new_end and ours[start] == theirs[new_start] and is_punctuation(ours[start]):
        start, new_start = start + 1, new_start + 1
    while (
        start < end and new_start < new_end and ours[end - 1] == theirs[new_end - 1] and is_punctuation(ours[end - 1])
    ):
        end, new_end = end - 1, new_end - 1
    if start < end or new_start < new_end:
        yield Run(start, end, new_start, new_end)


def _together(runs: Iterable[Run], ours: Sequence[str], theirs: Sequence[str]) -> list[Run]:
    """Runs that touch and say one thing as one: a deletion and an insertion, two replacements of words; a figure stays by itself."""
    together: list[Run] = []
    for run in runs:
        if together and _touching_as_one(together[-1], run, ours):
            last = together.pop()
            run = trimmed(ours, theirs, Run(last.old_start, run.old_end, last.new_start, run.new_end))
        together.append(run)
    return together


def _touching_as_one(one: Run, other: Run, ours: Sequence[str]) -> bool:
    if (one.old_end, one.new_end) != (other.old_start, other.new_start):
        return False
    if one.replaces and other.replaces:
        return not is_number(ours[one.old_end - 1]) and not is_number(ours[other.old_start])
    return not one.replaces and not other.replaces


# --- sentences and clauses side by side


def _side_by_side(ours: Sequence[str], theirs: Sequence[str], whole: Run, ends: frozenset[str]) -> Iterator[Run]:
    """The stretches between such marks and what they became: the same ones first, then those alike in between."""
    old, new = (
        _stretches(ours, whole.old_start, whole.old_end, ends),
        _stretches(theirs, whole.new_start, whole.new_end, ends),
    )
    if len(old) == len(new) == 1:
        yield whole
        return
    same = pairing.common(["".join(ours[a:b]) for a, b in old], ["".join(theirs[a:b]) for a, b in new])
    pairs = [(i, i + 1, j, j + 1) for i, j in same]
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *same, (len(old), len(new))]):
        gap, new_gap = old[i + 1 : next_i], new[j + 1 : next_j]
        if gap and new_gap:
            likeness = _likeness(_masked(ours), _masked(theirs), gap, new_gap)
            inside = pairing.best(len(gap), len(new_gap), likeness, _JOINED)
            pairs += [(a + i + 1, b + i + 1, c + j + 1, d + j + 1) for a, b, c, d in inside]
    for a, b, c, d in sorted(pairs):
        yield Run(old[a][0], old[b - 1][1], new[c][0], new[d - 1][1])


def _stretches(text: Sequence[str], first: int, last: int, ends: frozenset[str]) -> list[tuple[int, int]]:
    """The spans between the marks, none of them empty; 。” ends one as well."""
    spans, start, ended = [], first, True
    for at in range(first, last):
        token = text[at]
        if token in ends:
            if not ended:
                spans.append((start, at))
            ended = True
        elif ended and (token not in _CLOSERS or at == first):
            start, ended = at, False
    if not ended:
        spans.append((start, last))
    return spans


def _masked(text: Sequence[str]) -> list[str]:
    """Every number the same: a sentence with another figure is the same sentence, however long the figure."""
    return [_FIGURE if is_number(token) else token for token in text]


def _likeness(
    ours: Sequence[str], theirs: Sequence[str], old: Sequence[tuple[int, int]], new: Sequence[tuple[int, int]]
) -> pairing.Likeness:
    def likeness(i: int, i2: int, j: int, j2: int) -> float:
        one = "".join(ours[old[i][0] : old[i2 - 1][1]])
        other = "".join(theirs[new[j][0] : new[j2 - 1][1]])
        score = ratio(one, other, score_cutoff=_ALIKE)
        return _ALIKE if not score and pairing.contained(one, other) else score

    return likeness
