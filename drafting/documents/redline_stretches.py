"""Stretches of a redline: what stayed, went and came between two sides, character by character of what they print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafting.changes import Change
from drafting.changes.marking import PieceState
from drafting.documents.redline_sides import BREAKS, MARK, Format, Side


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of one state and one format on each side that has them; a MARK stands by itself.

    `was` is the old side's format, `now` the new one's; None on a side without these characters. `change` is whose doing it is that
    they went, came, or are set in another format.
    """

    text: str
    state: PieceState
    was: Format | None
    now: Format | None
    change: Change

    @property
    def is_mark(self) -> bool:
        return self.text == MARK


def merged(old: Side, new: Side, changes: Sequence[Change], formats: Change) -> Iterator[Stretch]:
    """A row that is in both versions: the text changes by their offsets, everything else stayed.

    Without the stretches that came it is the old side, without those that went the new one; the last MARK stayed.
    """
    at = other = 0
    for change in changes:
        start, end = old.at[change.old_start], old.at[change.old_end]
        new_start, new_end = new.at[change.new_start], new.at[change.new_end]
        yield from _kept(old, new, (at, start), (other, new_start), formats)
        # Breaks that typesetting put before both: the title was broken here and still is.
        while (
            start < end and new_start < new_end and old.text[start] == new.text[new_start] and old.text[start] in BREAKS
        ):
            yield from _kept(old, new, (start, start + 1), (new_start, new_start + 1), formats)
            start, new_start = start + 1, new_start + 1
        yield from _gone(old, start, end, change)
        yield from _come(new, new_start, new_end, change)
        at, other = end, new_end
    end, new_end = len(old.text) - 1, len(new.text) - 1
    yield from _kept(old, new, (at, end), (other, new_end), formats)
    yield from _same(old, new, end, new_end, 1, formats)


def gone(side: Side, change: Change) -> Iterator[Stretch]:
    """The whole side went."""
    return _gone(side, 0, len(side.text), change)


def come(side: Side, change: Change) -> Iterator[Stretch]:
    """The whole side came."""
    return _come(side, 0, len(side.text), change)


def _gone(side: Side, start: int, end: int, change: Change) -> Iterator[Stretch]:
    for text, format in _cut(side, start, end):
        yield Stretch(text, "gone", format, None, change)


def _come(side: Side, start: int, end: int, change: Change) -> Iterator[Stretch]:
    for text, format in _cut(side, start, end):
        yield Stretch(text, "come", None, format, change)


def _cut(side: Side, start: int, end: int) -> Iterator[tuple[str, Format]]:
    if start < end:
        for stop, format in side.runs(start, end):
            yield side.text[start:stop], format
            start = stop


def _kept(old: Side, new: Side, ours: tuple[int, int], theirs: tuple[int, int], change: Change) -> Iterator[Stretch]:
    """The same characters on both sides; only a break may be another one, or stand on one side alone."""
    (at, end), (other, new_end) = ours, theirs
    while at < end or other < new_end:
        same = _common(old.text, new.text, at, end, other, new_end)
        if same:
            yield from _same(old, new, at, other, same, change)
            at, other = at + same, other + same
        elif at < end and old.text[at] in BREAKS:
            yield from _gone(old, at, at + 1, change)
            at += 1
        else:
            yield from _come(new, other, other + 1, change)
            other += 1


def _common(old: str, new: str, at: int, end: int, other: int, new_end: int) -> int:
    """How many characters are the same from here on."""
    most = min(end - at, new_end - other)
    if old[at : at + most] == new[other : other + most]:
        return most
    return next(step for step in range(most) if old[at + step] != new[other + step])


def _same(old: Side, new: Side, at: int, other: int, length: int, change: Change) -> Iterator[Stretch]:
    """Cut where the format changes on either side."""
    ours, theirs = old.runs(at, at + length), new.runs(other, other + length)
    (ours_to, was), (theirs_to, now) = next(ours), next(theirs)
    done = 0
    while done < length:
        if ours_to - at == done:
            ours_to, was = next(ours)
        if theirs_to - other == done:
            theirs_to, now = next(theirs)
        upto = min(ours_to - at, theirs_to - other)
        text = old.text[at + done : at + upto]
        if was.character_style == now.character_style:
            yield Stretch(text, "same", was, now, change)
        else:
            # LibreOffice does not put back a character style that a change of format took away.
            yield Stretch(text, "gone", was, None, change)
            yield Stretch(text, "come", None, now, change)
        done = upto
