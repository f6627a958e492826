"""Weighing: the runs in which two versions of one sentence differ. A mark costs an editor as much as three characters do.

So one character that both share by chance between two edits is struck with them, a word of two that stayed is left standing, and a comma
or a number always is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from drafting.changes import pairing
from drafting.changes.tokens import is_number, is_punctuation

_OPEN = 6
_CHARACTER, _MARK, _NUMBER, _SPACE, _LONGEST_WORD = 2, 4, 6, 1, 8
_CELLS = 160_000
_DISTANCE = 12_000
_BY_CHANCE = 4
_SCARCE = 0.3
_SLIDES = 400


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


def inner_runs(ours: Sequence[str], theirs: Sequence[str], whole: Run) -> list[Run]:
    """The runs inside `whole`, in order, none overlapping."""
    middle = trimmed(ours, theirs, whole)
    if middle.old_start == middle.old_end and middle.new_start == middle.new_end:
        return []
    runs = [middle] if not middle.replaces else _joined(_differing(ours, theirs, middle), ours)
    if _rewritten(runs, whole):
        runs = [trimmed(ours, theirs, whole, shortest=2)]
    parts = [part for run in runs for part in _parted(run, ours, theirs)]
    return list(_settled(parts, ours, theirs, whole))


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


def _differing(ours: Sequence[str], theirs: Sequence[str], run: Run) -> list[Run]:
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


# --- what reads as one, and what as two


def _joined(runs: Sequence[Run], ours: Sequence[str]) -> list[Run]:
    """Runs with a word between them that is shorter than what changes on both of its sides become one."""
    joined: list[Run] = []
    for run in runs:
        joined.append(run)
        while len(joined) > 1 and _reads_as_one(joined[-2], joined[-1], ours):
            last = joined.pop()
            joined[-1] = joined[-1]._replace(old_end=last.old_end, new_end=last.new_end)
    return joined


def _reads_as_one(one: Run, other: Run, ours: Sequence[str]) -> bool:
    between = ours[one.old_end : other.old_start]
    if any(is_punctuation(token) or is_number(token) for token in between):
        return False
    return len(between) < 2 or (len(between) <= _BY_CHANCE and len(between) < min(one.size, other.size))


def _rewritten(runs: Sequence[Run], whole: Run) -> bool:
    """Is so little left of the sentence that it was written anew?"""
    if sum(run.replaces for run in runs) < 2:
        return False
    gone = sum(run.old_end - run.old_start for run in runs)
    come = sum(run.new_end - run.new_start for run in runs)
    kept = whole.old_end - whole.old_start - gone
    return kept < _SCARCE * (kept + max(gone, come))


def _parted(run: Run, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Run]:
    """A figure that changed, and apart from it what was put in or taken out behind it: 11份 → 9份, then ，立案2起."""
    if not run.replaces:
        yield run
        return
    i, j = run.old_start, run.new_start
    while i < run.old_end and j < run.new_end and is_number(ours[i]) and is_number(theirs[j]):
        i, j = i + 1, j + 1
    rest = Run(i, run.old_end, j, run.new_end)
    if i == run.old_start or not rest.size or not _stands_alone(rest, ours, theirs):
        yield run
        return
    yield Run(run.old_start, i, run.new_start, j)
    yield from _differing(ours, theirs, trimmed(ours, theirs, rest)) if rest.replaces else (rest,)


def _stands_alone(rest: Run, ours: Sequence[str], theirs: Sequence[str]) -> bool:
    if rest.replaces:
        return ours[rest.old_start] == theirs[rest.new_start]
    return is_punctuation(ours[rest.old_start] if rest.old_start < rest.old_end else theirs[rest.new_start])


# --- where an insertion or a deletion stands


def _settled(runs: Sequence[Run], ours: Sequence[str], theirs: Sequence[str], whole: Run) -> Iterator[Run]:
    """Pure insertions and deletions at the best of the places where they could stand between their neighbours."""
    at, other = whole.old_start, whole.new_start
    for index, run in enumerate(runs):
        end, new_end = (
            (runs[index + 1].old_start, runs[index + 1].new_start)
            if index + 1 < len(runs)
            else (whole.old_end, whole.new_end)
        )
        settled = run if run.replaces else _slid(run, ours, theirs, Run(at, end, other, new_end))
        yield settled
        at, other = settled.old_end, settled.new_end


def _slid(run: Run, ours: Sequence[str], theirs: Sequence[str], room: Run) -> Run:
    """[一是A，二是B]， is the same text as 一是A，[二是B，]"""
    return max(_places(run, ours, theirs, room), key=lambda place: _neatness(place, ours, theirs))


def _places(run: Run, ours: Sequence[str], theirs: Sequence[str], room: Run) -> Iterator[Run]:
    """The run itself, then every place to its left and to its right that gives the same texts."""
    yield run
    inserts = run.old_start == run.old_end
    text, start, end = (theirs, run.new_start, run.new_end) if inserts else (ours, run.old_start, run.old_end)
    left = min(run.old_start - room.old_start, run.new_start - room.new_start, _SLIDES)
    for shift in range(1, left + 1):
        if text[start - shift] != text[end - shift]:
            break
        yield _moved(run, -shift)
    right = min(room.old_end - run.old_end, room.new_end - run.new_end, _SLIDES)
    for shift in range(right):
        if text[start + shift] != text[end + shift]:
            break
        yield _moved(run, shift + 1)


def _moved(run: Run, by: int) -> Run:
    return Run(*(offset + by for offset in run))


_STRONG = frozenset("。；！？\n")
_OPENING = frozenset("“‘《〈（(【〔「『")


def _neatness(run: Run, ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How well the run is cut: whole sentences best, then whole clauses, then what ends where a clause ends; an opening mark stays with its words."""
    inserts = run.old_start == run.old_end
    text, start, end = (theirs, run.new_start, run.new_end) if inserts else (ours, run.old_start, run.old_end)
    before = text[start - 1] if start else "\n"
    last = text[end - 1]
    score = 0
    if before in _STRONG and last in _STRONG:
        score += 8
    elif is_punctuation(before) and before not in _OPENING and is_punctuation(last) and last not in _OPENING:
        score += 6
    elif end == len(text) or is_punctuation(text[end]):
        score += 2
    return score - (4 if last in _OPENING else 0)
