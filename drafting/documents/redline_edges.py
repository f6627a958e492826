"""Edges of a redline: no words that came stand on both sides of a paragraph mark that stayed.

LibreOffice joins two insertions of one author that only such a mark divides, the mark included: rejected, the two paragraphs are one. So the
first of the two is kept away from its paragraph's end, by whatever stands there anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafting.documents.redline_stretches import Stretch


def apart(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The same two texts, with other stretches where a paragraph ends in words that came and the next one begins with some."""
    found: list[Stretch] = []
    for at, stretch in enumerate(stretches):
        following = stretches[at + 1].state if at + 1 < len(stretches) else ""
        if stretch.is_mark and stretch.state == "same" and following == "come":
            found = _drawn_in(found)
        found.append(stretch)
    return found


def _drawn_in(found: list[Stretch]) -> list[Stretch]:
    """A text that ends in words that came, with something else behind them. Nothing can be done where the old paragraph was empty."""
    start = _start_of_last(found, "come")
    came = found[start:]
    if not came or not start or found[start - 1].is_mark:
        return found
    if found[start - 1].state == "gone":
        before = _start_of_last(found[:start], "gone")
        return [*found[:before], *came, *found[before:start]]
    return [*found[: start - 1], *_around_last_character(found[start - 1], came)]


def _start_of_last(found: Sequence[Stretch], state: str) -> int:
    """Where the last words of that state begin; the end where the text does not end in such."""
    start = len(found)
    while start and found[start - 1].state == state and not found[start - 1].is_mark:
        start -= 1
    return start


def _around_last_character(kept: Stretch, came: Sequence[Stretch]) -> list[Stretch]:
    """`……次。[签订责任书。]` is `……次[。签订责任书]。` as well; where the last characters differ, that of the kept words goes and comes again."""
    char, last = kept.text[-1], came[-1]
    head = [replace(kept, text=kept.text[:-1])] if len(kept.text) > 1 else []
    again = Stretch(char, "come", None, kept.now, last.change)
    if last.text[-1] == char and last.now == kept.now:
        tail = [replace(last, text=last.text[:-1])] if len(last.text) > 1 else []
        return [*head, again, *came[:-1], *tail, replace(kept, text=char)]
    return [*head, again, *came, Stretch(char, "gone", kept.was, None, last.change)]
