"""Weighing: the runs in which two versions of one sentence differ. A mark costs an editor as much as three characters do.

So one character that both share by chance between two edits is struck with them, a word of two that stayed is left standing, and a comma
or a number always is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from drafting.changes import pairing
from drafting.changes.tokens import is_number, is_punctuation

_OPEN = 6
_CHARACTER, _MARK, _NUMBER, _SPACE, _LONGEST_WORD = 2, 4, 6, 1, 8
_CELLS = 160_000
"""Tokens of one times tokens of the other, up to which runs are weighed; beyond, the shortest script has to do."""
_DISTANCE = 12_000
"""Insertions and deletions of a shortest script that still comes within seconds."""


class Run(NamedTuple):
    """Tokens old_start..old_end of the old text become new_start..new_end of the new one."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int

    @property
    def size(self) -> int:
        return max(self.old_end - self.old_start, self.new_end - self.new_start)

    @property
    def replaces(self) -> bool:
        return self.old_start < self.old_end and self.new_start < self.new_end


def trimmed(ours: Sequence[str], theirs: Sequence[str], run: Run, shortest: int = 1) -> Run:
    """Without what both begin and end with, where that is `shortest` tokens or more."""
    start, end, new_start, new_end = run
    most = min(end - start, new_end - new_start)
    head = 0
    while head < most and ours[start + head] == theirs[new_start + head]:
        head += 1
    head = head if head >= shortest else 0
    tail = 0
    while tail < most - head and ours[end - 1 - tail] == theirs[new_end - 1 - tail]:
        tail += 1
    tail = tail if tail >= shortest else 0
    return Run(start + head, end - tail, new_start + head, new_end - tail)


def differing(ours: Sequence[str], theirs: Sequence[str], run: Run) -> list[Run]:
    """The runs inside `run`, in order, none touching the next; the run itself where it is so long and different that nobody could wait for more."""
    old, new = ours[run.old_start : run.old_end], theirs[run.new_start : run.new_end]
    if len(old) * len(new) <= _CELLS:
        return [_shifted(inner, run) for inner in _cheapest(old, new)]
    if Indel.distance(old, new, score_cutoff=_DISTANCE) > _DISTANCE:  # the library below would take minutes
        return [run]
    return [_shifted(inner, run) for inner in _shortest(old, new)]


def _shifted(inner: Run, run: Run) -> Run:
    a, b, c, d = inner
    return Run(a + run.old_start, b + run.old_start, c + run.new_start, d + run.new_start)


def _weight(token: str) -> int:
    if is_number(token):
        return _NUMBER
    if is_punctuation(token):
        return _MARK
    if token.isspace():
        return _SPACE
    return min(_CHARACTER * len(token), _LONGEST_WORD)


def _cheapest(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """The cheapest runs where each costs `_OPEN` and the weights of its tokens: alignment with affine gaps (Gotoh 1982), read from the end.

    `still[j]` is the least cost of the rest where no run is open, `within[j]` where one is and may go on without a price.
    """
    weights, new_weights = [_weight(token) for token in old], [_weight(token) for token in new]
    count = len(new)
    within = [0] * (count + 1)
    for j in range(count - 1, -1, -1):
        within[j] = within[j + 1] + new_weights[j]
    still = [cost + _OPEN for cost in within]
    still[count] = 0
    stays: list[bytearray] = []
    """For each place: bit 1, outside a run the tokens are kept; bit 2, a run ends here; bit 4, inside a run the old token goes first."""
    for i in range(len(old) - 1, -1, -1):
        token, weight = old[i], weights[i]
        marks = bytearray(count + 1)
        diagonal = still[count]
        within[count] += weight
        still[count] = within[count] + _OPEN
        marks[count] = 4
        for j in range(count - 1, -1, -1):
            goes, comes = within[j] + weight, within[j + 1] + new_weights[j]
            mark = 4 if goes <= comes else 0
            cost = goes if mark else comes
            below = still[j]
            if token == new[j]:
                if diagonal <= cost + _OPEN:
                    still[j], mark = diagonal, mark | 1
                else:
                    still[j] = cost + _OPEN
                if diagonal <= cost:
                    cost, mark = diagonal, mark | 2
            else:
                still[j] = cost + _OPEN
            within[j] = cost
            diagonal = below
            marks[j] = mark
        stays.append(marks)
    stays.reverse()
    return _traced(stays, len(old), count)


def _traced(stays: Sequence[bytearray], old: int, new: int) -> list[Run]:
    runs: list[Run] = []
    i = j = 0
    opened: tuple[int, int] | None = None
    while i < old or j < new:
        mark = stays[i][j] if i < old else 0
        if mark & (2 if opened else 1):
            if opened:
                runs.append(Run(opened[0], i, opened[1], j))
                opened = None
            i, j = i + 1, j + 1
            continue
        opened = opened or (i, j)
        if i < old and (mark & 4 or j == new):
            i += 1
        else:
            j += 1
    return [*runs, Run(opened[0], old, opened[1], new)] if opened else runs


def _shortest(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """The runs of the shortest script, a deletion and an insertion side by side as one."""
    runs: list[Run] = []
    i = j = 0
    for operation, count in pairing.script(old, new):
        gone, come = (count if operation != "+" else 0), (count if operation != "-" else 0)
        if operation != "=":
            if runs and (runs[-1].old_end, runs[-1].new_end) == (i, j):
                runs[-1] = runs[-1]._replace(old_end=i + gone, new_end=j + come)
            else:
                runs.append(Run(i, i + gone, j, j + come))
        i, j = i + gone, j + come
    return runs
