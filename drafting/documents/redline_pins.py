"""Pins: where comments stand in the text of a redline. A comment is on words of the new version, whatever went around them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from docx.oxml.xmlchemy import BaseOxmlElement

from drafting.comments import Comment
from drafting.documents.redline_sides import MARK, Side
from drafting.documents.redline_stretches import Stretch
from drafting.documents.wordml import w


@dataclass(frozen=True, slots=True)
class Pin:
    """The range of the comment with this id, in characters of what the new version prints; without any it is a place."""

    id: int
    start: int
    end: int


def pinned(comments: Sequence[tuple[int, Comment]], blocks: Sequence[Side], before: int) -> list[Pin]:
    """`comments` by their ids; `blocks` are the new version's, `before` how many characters print before the first.

    A comment on the whole version stands on its title, which is what opens it. Raises LookupError for a block that the version has not.
    """
    firsts = list(accumulate((len(block.text) for block in blocks), initial=before))
    opening = next((index for index, block in enumerate(blocks) if block.text != MARK), None)
    found = []
    for key, comment in comments:
        index = opening if comment.block < 0 else comment.block
        if index is None:
            place = max(before - 1, 0)
            found.append(Pin(key, place, place))
            continue
        if index >= len(blocks):
            raise LookupError(f"批注在第 {index + 1} 段，新稿只有 {len(blocks)} 段")
        start, end = _range(comment, blocks[index])
        found.append(Pin(key, firsts[index] + start, firsts[index] + end))
    return found


def _range(comment: Comment, block: Side) -> tuple[int, int]:
    """In characters of what the block prints. Range marks stand inside paragraphs, so a break between two at either end is left out."""
    last = len(block.at) - 1
    ends = (0, last) if comment.block < 0 else (min(comment.start, last), min(comment.end, last))
    start, end = (block.at[at] for at in ends)
    while start < end and block.text[end - 1] == MARK:
        end -= 1
    return start, max(start, end)


def parted(stretches: Sequence[Stretch], pins: Sequence[Pin]) -> Iterator[Stretch]:
    """The same stretches, cut where a comment begins or ends."""
    cuts = sorted({at for pin in pins for at in (pin.start, pin.end)}, reverse=True)
    at = 0
    for stretch in stretches:
        end = at + _length(stretch)
        text, begin = stretch.text, at
        while cuts and cuts[-1] < end:
            cut = cuts.pop()
            if cut > begin:
                yield replace(stretch, text=text[: cut - begin])
                text, begin = text[cut - begin :], cut
        yield replace(stretch, text=text) if begin > at else stretch
        at = end


def _length(stretch: Stretch) -> int:
    """In characters of the new version."""
    return 0 if stretch.state == "gone" else len(stretch.text)


class Pins:
    """Hands out the marks of comments while the stretches are written, in their order."""

    def __init__(self, pins: Sequence[Pin]) -> None:
        self._at = 0
        self._references = sorted(max(pin.start, pin.end - 1) for pin in pins)
        self._opening: dict[int, list[Pin]] = defaultdict(list)
        self._closing: dict[int, list[Pin]] = defaultdict(list)
        for pin in pins:
            self._opening[pin.start].append(pin)
            if pin.end > pin.start:
                self._closing[pin.end].append(pin)

    def by_line(self, stretches: Sequence[Stretch]) -> list[bool]:
        """Does a comment end in it? For each line, which a mark ends."""
        found, at, passed = [], 0, 0
        for stretch in stretches:
            at += _length(stretch)
            if stretch.is_mark:
                reached = bisect_left(self._references, at)
                found.append(reached > passed)
                passed = reached
        return found

    def before(self, stretch: Stretch) -> Iterator[BaseOxmlElement]:
        """What opens where the stretch begins, unless the stretch went."""
        if stretch.state != "gone":
            for pin in self._opening.pop(self._at, ()):
                yield w("commentRangeStart", id=pin.id)
                if pin.end == pin.start:
                    yield from _closed(pin)

    def behind(self, stretch: Stretch) -> Iterator[BaseOxmlElement]:
        """What closes where the stretch ends."""
        if stretch.state != "gone":
            self._at += len(stretch.text)
            for pin in self._closing.pop(self._at, ()):
                yield from _closed(pin)


def _closed(pin: Pin) -> Iterator[BaseOxmlElement]:
    yield w("commentRangeEnd", id=pin.id)
    yield w("r", w("rPr", w("rStyle", val="CommentReference")), w("commentReference", id=pin.id))
