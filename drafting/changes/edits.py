"""Edits: where two texts differ, as a careful editor would mark it.

The shortest script of insertions and deletions is not what people read: 总体平稳 against 稳中向好 shares a 稳 by chance. So sentences are laid
beside each other first, and only sentences that are versions of each other are compared inside, clause by clause (`phrasing`); what
is left over came or went whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from rapidfuzz.fuzz import ratio

from drafting.changes import pairing
from drafting.changes.phrasing import inner_runs
from drafting.changes.tokens import LONGEST_ENUMERATOR, enumerator, is_number, is_punctuation, tokens
from drafting.changes.weighing import Run, trimmed

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


@dataclass(frozen=True, slots=True)
class _Texts:
    """The tokens of both texts, and the same with every number alike: a sentence with another figure is the same, however long the figure."""

    old: Sequence[str]
    new: Sequence[str]
    old_masked: Sequence[str]
    new_masked: Sequence[str]

    @classmethod
    def of(cls, old: Sequence[str], new: Sequence[str]) -> _Texts:
        return cls(old, new, *([_FIGURE if is_number(token) else token for token in text] for text in (old, new)))


def edits(old: str, new: str) -> list[Edit]:
    """The edits that make `new` of `old`, in order, none overlapping.

    Two may touch where they are two things: a sentence that went and a number in the next one, a figure that changed and the clause put in behind it.
    """
    if old == new:
        return []
    texts = _Texts.of(tokens(old), tokens(new))
    old_at, new_at = [0, *accumulate(map(len, texts.old))], [0, *accumulate(map(len, texts.new))]
    return [
        Edit(old_at[run.old_start], old_at[run.old_end], new_at[run.new_start], new_at[run.new_end])
        for run in _together(_runs(texts, Run(0, len(texts.old), 0, len(texts.new)), _LEVELS), texts)
    ]


def _runs(texts: _Texts, whole: Run, levels: Sequence[frozenset[str]]) -> Iterator[Run]:
    """The runs inside `whole`: what is left over between sentences that have a counterpart, and what differs inside these, clause by clause."""
    if not levels:
        yield from inner_runs(texts.old, texts.new, whole)
        return
    at, other = whole.old_start, whole.new_start
    for pair in _side_by_side(texts, whole, levels[0]):
        yield from _left_over(texts, Run(at, pair.old_start, other, pair.new_start))
        if texts.old[pair.old_start : pair.old_end] != texts.new[pair.new_start : pair.new_end]:
            yield from _runs(texts, pair, levels[1:])
        at, other = pair.old_end, pair.new_end
    yield from _left_over(texts, Run(at, whole.old_end, other, whole.new_end))


def _left_over(texts: _Texts, run: Run) -> Iterator[Run]:
    """What stands between two pairs, without the marks and the enumerator that both have there: at most one run."""
    start, end, new_start, new_end = run
    old, new = texts.old, texts.new
    while start < end and new_start < new_end and old[start] == new[new_start] and is_punctuation(old[start]):
        start, new_start = start + 1, new_start + 1
    head = enumerator(old[start : min(end, start + LONGEST_ENUMERATOR)])
    if head and old[start : start + head] == new[new_start : min(new_end, new_start + head)]:
        start, new_start = start + head, new_start + head
    while start < end and new_start < new_end and old[end - 1] == new[new_end - 1] and is_punctuation(old[end - 1]):
        end, new_end = end - 1, new_end - 1
    if start < end or new_start < new_end:
        yield Run(start, end, new_start, new_end)


def _together(runs: Iterable[Run], texts: _Texts) -> list[Run]:
    """Runs that touch and say one thing as one: a deletion and an insertion, two replacements of words; a figure stays by itself."""
    together: list[Run] = []
    for run in runs:
        if together and _touching_as_one(together[-1], run, texts.old):
            last = together.pop()
            run = trimmed(texts.old, texts.new, Run(last.old_start, run.old_end, last.new_start, run.new_end))
        together.append(run)
    return together


def _touching_as_one(one: Run, other: Run, old: Sequence[str]) -> bool:
    if (one.old_end, one.new_end) != (other.old_start, other.new_start):
        return False
    if one.replaces and other.replaces:
        return not is_number(old[one.old_end - 1]) and not is_number(old[other.old_start])
    return not one.replaces and not other.replaces


# --- sentences and clauses side by side


def _side_by_side(texts: _Texts, whole: Run, ends: frozenset[str]) -> Iterator[Run]:
    """The stretches between such marks and what they became: the same ones first, then those alike in between."""
    old = _stretches(texts.old, whole.old_start, whole.old_end, ends)
    new = _stretches(texts.new, whole.new_start, whole.new_end, ends)
    if len(old) == len(new) == 1:
        yield whole
        return
    old_words, new_words = ["".join(texts.old[a:b]) for a, b in old], ["".join(texts.new[a:b]) for a, b in new]
    same = pairing.common(old_words, new_words, [len(words) for words in old_words])
    pairs = [(i, i + 1, j, j + 1) for i, j in same]
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *same, (len(old), len(new))]):
        gap, new_gap = old[i + 1 : next_i], new[j + 1 : next_j]
        if gap and new_gap:
            inside = pairing.best(len(gap), len(new_gap), _likeness(texts, gap, new_gap), _JOINED)
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


def _likeness(texts: _Texts, old: Sequence[tuple[int, int]], new: Sequence[tuple[int, int]]) -> pairing.Likeness:
    def likeness(i: int, i2: int, j: int, j2: int) -> float:
        one = "".join(texts.old_masked[old[i][0] : old[i2 - 1][1]])
        other = "".join(texts.new_masked[new[j][0] : new[j2 - 1][1]])
        score = ratio(one, other, score_cutoff=_ALIKE)
        return _ALIKE if not score and pairing.contained(one, other) else score

    return likeness
