"""Phrasing: the runs in which two versions of a sentence differ, as people read them: what reads as one, what as two, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafting.changes.tokens import is_number, is_punctuation
from drafting.changes.weighing import Run, differing, trimmed

_BY_CHANCE = 4
"""Characters that two sentences of one field may share in the middle of longer changes: 安全生产."""
_SCARCE = 0.3
"""The share of a sentence that has to be left for it to be the same sentence."""
_SLIDES = 400
"""How far an insertion is moved; only texts that say the same over and over let it go further."""
_ALONE = frozenset(
    "由在对从向与和及将把被为以按经据因于是的了等并且已未不均共约近超达各该本其每全再还又也都就才要应须需能可会〇零一二三四五六七八九十百千两第"
)
"""Characters that are words by themselves, or numerals."""
_STRONG = frozenset("。；！？\n")
_OPENING = frozenset("“‘《〈（(【〔「『")


def inner_runs(ours: Sequence[str], theirs: Sequence[str], whole: Run) -> list[Run]:
    """The runs inside `whole`, in order, none overlapping."""
    middle = trimmed(ours, theirs, whole)
    if middle.old_start == middle.old_end and middle.new_start == middle.new_end:
        return []
    runs = [middle] if not middle.replaces else _joined(differing(ours, theirs, middle), ours)
    if _rewritten(runs, whole):
        runs = [trimmed(ours, theirs, whole, shortest=2)]
    parts = [_whole_word(part, ours, theirs, whole) for run in runs for part in _parted(run, ours, theirs)]
    return list(_settled(parts, ours, theirs, whole))


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
    """A figure that changed, and apart from it what was put in or taken out beside it: 11份 → 9份, then ，立案2起."""
    count = _figures(run, ours, theirs)
    rest = run._replace(old_start=run.old_start + count, new_start=run.new_start + count)
    if count and rest.size and _stands_alone(rest, ours, theirs, 0):
        yield run._replace(old_end=rest.old_start, new_end=rest.new_start)
        yield from differing(ours, theirs, trimmed(ours, theirs, rest))
        return
    count = _figures(run, ours, theirs, from_end=True)
    rest = run._replace(old_end=run.old_end - count, new_end=run.new_end - count)
    if count and rest.size and _stands_alone(rest, ours, theirs, -1):
        yield from differing(ours, theirs, trimmed(ours, theirs, rest))
        yield run._replace(old_start=rest.old_end, new_start=rest.new_end)
        return
    yield run


def _figures(run: Run, ours: Sequence[str], theirs: Sequence[str], *, from_end: bool = False) -> int:
    """How many tokens at the run's beginning, or at its end, are figures on both sides."""
    old, new = ours[run.old_start : run.old_end], theirs[run.new_start : run.new_end]
    if from_end:
        old, new = old[::-1], new[::-1]
    return next(
        (at for at, pair in enumerate(zip(old, new, strict=False)) if not all(map(is_number, pair))),
        min(len(old), len(new)),
    )


def _stands_alone(rest: Run, ours: Sequence[str], theirs: Sequence[str], edge: int) -> bool:
    """Does what is left begin (edge 0) or end (−1) beside the figure with a token of both, or with a mark that only one has?"""
    old, new = ours[rest.old_start : rest.old_end], theirs[rest.new_start : rest.new_end]
    return old[edge] == new[edge] if old and new else is_punctuation((old or new)[edge])


def _whole_word(run: Run, ours: Sequence[str], theirs: Sequence[str], whole: Run) -> Run:
    """The run with the character that both share between it and a clause's beginning or end.

    加[强→大]领导 is 加强→加大, and an item of a list, 、早[报告→研判]、, is 早报告→早研判.
    Elsewhere nobody knows without a dictionary where a word begins.
    """
    if not run.replaces or any(_stays_apart(token) for token in _edges(run, ours, theirs)):
        return run
    first, last = run.old_start, run.old_end
    opens = first == whole.old_start or is_punctuation(ours[first - 1])
    closes = last == whole.old_end or is_punctuation(ours[last])
    head = (
        not opens
        and (first - 1 == whole.old_start or is_punctuation(ours[first - 2]))
        and _makes_words(ours[first - 1])
    )
    tail = not closes and (last + 1 == whole.old_end or is_punctuation(ours[last + 1])) and _makes_words(ours[last])
    before = int(head and (run.size == 1 or closes or tail))
    behind = int(tail and (run.size == 1 or opens or head))
    return Run(first - before, last + behind, run.new_start - before, run.new_end + behind)


def _edges(run: Run, ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    return ours[run.old_start], ours[run.old_end - 1], theirs[run.new_start], theirs[run.new_end - 1]


def _stays_apart(token: str) -> bool:
    return is_number(token) or is_punctuation(token)


def _makes_words(token: str) -> bool:
    return len(token) == 1 and token.isalpha() and token not in _ALONE


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
