"""Edits: where two texts differ, as a careful editor would mark it.

The shortest script of insertions and deletions is not what people read: 总体平稳 against 稳中向好 shares a 稳 by chance. So edits are joined
across one character that stands between them, never across punctuation; and an insertion that could stand in several places is put where
it makes whole clauses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import fast_diff_match_patch as matching

from drafting.changes.tokens import is_number, is_punctuation, tokens

_SCARCE = 3
_FIRST = 0x4E00


@dataclass(frozen=True, slots=True)
class Edit:
    """`old[old_start:old_end]` becomes `new[new_start:new_end]`; one of the two may be empty, not both. Offsets count characters."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def edits(old: str, new: str) -> list[Edit]:
    """The edits that make `new` of `old`, in order, none touching the next."""
    if old == new:
        return []
    ours, theirs = tokens(old), tokens(new)
    split = [part for run in _joined(_runs(ours, theirs), ours) for part in _split(run, ours, theirs)]
    runs = [_slid(run, ours, theirs) for run in split]
    old_at, new_at = [0, *accumulate(map(len, ours))], [0, *accumulate(map(len, theirs))]
    return [
        Edit(old_at[run.old_start], old_at[run.old_end], new_at[run.new_start], new_at[run.new_end])
        for run in _joined(runs, ours)
    ]


def _runs(ours: Sequence[str], theirs: Sequence[str]) -> list[Edit]:
    """The shortest script in tokens, a deletion and an insertion side by side as one. The library works on characters: each token is made one."""
    letters: dict[str, str] = {}
    for token in (*ours, *theirs):
        if token not in letters:
            letters[token] = _letter(len(letters))
    script = matching.diff(
        "".join(map(letters.__getitem__, ours)),
        "".join(map(letters.__getitem__, theirs)),
        timelimit=0,
        checklines=False,
        cleanup="No",
        counts_only=True,
    )
    runs: list[Edit] = []
    old_at = new_at = 0
    for operation, count in script:
        gone, come = (count if operation != "+" else 0), (count if operation != "-" else 0)
        if operation == "=":
            old_at, new_at = old_at + count, new_at + count
            continue
        if runs and (runs[-1].old_end, runs[-1].new_end) == (old_at, new_at):
            runs[-1] = replace(runs[-1], old_end=old_at + gone, new_end=new_at + come)
        else:
            runs.append(Edit(old_at, old_at + gone, new_at, new_at + come))
        old_at, new_at = old_at + gone, new_at + come
    return runs


def _letter(number: int) -> str:
    """A character of its own for each token, clear of the surrogates."""
    code = _FIRST + number
    return chr(code if code < 0xD800 else code + 0x800)


def _joined(runs: Sequence[Edit], ours: Sequence[str]) -> list[Edit]:
    """Edits with one character between them, or two that are fewer than what changes on both sides, become one."""
    joined: list[Edit] = []
    for run in runs:
        if joined and _reads_as_one(joined[-1], run, ours):
            joined[-1] = replace(joined[-1], old_end=run.old_end, new_end=run.new_end)
        else:
            joined.append(run)
    return joined


def _reads_as_one(one: Edit, other: Edit, ours: Sequence[str]) -> bool:
    between = ours[one.old_end : other.old_start]
    if one.old_end > one.old_start and is_number(ours[one.old_end - 1]) and between:
        return False
    if any(is_punctuation(token) or is_number(token) for token in between):
        return False
    if len(between) < 2:
        return True
    return len(between) == 2 and min(_size(one), _size(other)) >= _SCARCE


def _size(run: Edit) -> int:
    return max(run.old_end - run.old_start, run.new_end - run.new_start)


def _split(run: Edit, ours: Sequence[str], theirs: Sequence[str]) -> list[Edit]:
    """A replacement that holds the mark behind it is a replacement and an insertion: 5次→6次。三是B before 。 is 5次→6次, then 三是B。 more."""
    if run.old_start == run.old_end or run.new_start == run.new_end or run.old_end == len(ours):
        return [run]
    mark = ours[run.old_end]
    if not is_punctuation(mark):
        return [run]
    if mark in theirs[run.new_start + 1 : run.new_end]:
        cut = theirs.index(mark, run.new_start + 1, run.new_end)
        return [replace(run, new_end=cut), Edit(run.old_end + 1, run.old_end + 1, cut + 1, run.new_end + 1)]
    if mark in ours[run.old_start + 1 : run.old_end]:
        cut = ours.index(mark, run.old_start + 1, run.old_end)
        return [replace(run, old_end=cut), Edit(cut + 1, run.old_end + 1, run.new_end + 1, run.new_end + 1)]
    return [run]


def _slid(run: Edit, ours: Sequence[str], theirs: Sequence[str]) -> Edit:
    """A pure insertion or deletion at the best of the places where it could stand: [一是A。二是B]。 is the same text as 一是A。[二是B。]"""
    if run.old_start != run.old_end and run.new_start != run.new_end:
        return run
    return max(_places(run, ours, theirs), key=lambda place: _neatness(place, ours, theirs))


def _places(run: Edit, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Edit]:
    """The run itself, then every place to its left and to its right that gives the same texts."""
    yield run
    text, start, end = (
        (theirs, run.new_start, run.new_end) if run.old_start == run.old_end else (ours, run.old_start, run.old_end)
    )
    for shift in _shifts_left(text, start, end):
        if run.old_start < shift or run.new_start < shift:
            break
        yield _moved(run, -shift)
    for shift in _shifts_right(text, start, end):
        if run.old_end + shift > len(ours) or run.new_end + shift > len(theirs):
            break
        yield _moved(run, shift)


def _shifts_left(text: Sequence[str], start: int, end: int) -> Iterator[int]:
    shift = 0
    while start - shift > 0 and text[start - shift - 1] == text[end - shift - 1]:
        shift += 1
        yield shift


def _shifts_right(text: Sequence[str], start: int, end: int) -> Iterator[int]:
    shift = 0
    while end + shift < len(text) and text[start + shift] == text[end + shift]:
        shift += 1
        yield shift


def _moved(run: Edit, by: int) -> Edit:
    return Edit(run.old_start + by, run.old_end + by, run.new_start + by, run.new_end + by)


_STRONG = frozenset("。；！？\n")
_OPENING = frozenset("“‘《〈（(【〔「『")


def _neatness(run: Edit, ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How well the run is cut: whole sentences best, then whole clauses, then what ends where a clause ends; an opening mark stays with its words."""
    text, start, end = (
        (theirs, run.new_start, run.new_end) if run.old_start == run.old_end else (ours, run.old_start, run.old_end)
    )
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
