"""A .docx that people went on with in Word: as with all tracked changes made, as with none, whose each is, and the comments.

The file is read twice, once a view. Places are carried from the file's runs to the blocks by the printed characters before them
(`printed.py`), so that it does not matter what recognition joined and stripped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafting import textfile
from drafting.comments import Comment, Hand
from drafting.complaints import Complaints
from drafting.documents.auto_numbering import W
from drafting.documents.docx_comments import Remark, hand, remarks
from drafting.documents.docx_notes import KINDS, marked_version, unread_notes
from drafting.documents.docx_reader import Story, Traced, View, story
from drafting.documents.printed import Printed, Span, count
from drafting.documents.reading import LIMIT, Reading, reading_of
from drafting.documents.recognition import recognise
from drafting.documents.stamp import stamped
from drafting.errors import DocumentError
from drafting.report import Block, BlockType

if TYPE_CHECKING:
    from lxml.etree import _Element


_COMMENT_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
_OTHER_HALF = "moveTo"
"""What was moved is marked where it was and where it went: one change."""
_NAMED = 12
"""Characters of a comment that a note names it by."""


class Role(NamedTuple):
    """What a paragraph's style says that it is: nothing where `type` is None. `level` is a heading's."""

    type: BlockType | None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """`start`..`end` of a block's text, which `hand` put in or took out; an `end` past the text takes the break behind the block with it."""

    block: int
    start: int
    end: int
    hand: Hand


@dataclass(frozen=True, slots=True)
class Side:
    """The document with all tracked changes made, or with none.

    `roles` are what each block's style says of it, None where there is no style or several ran together. `stretches` are what was put in,
    where all changes are made; what was taken out, where none is. `formats` tells by block who changed its format. `comments` are the same
    on both sides, in the same order, each at its place here; a comment on words that this side lacks has an empty span.
    """

    reading: Reading
    roles: tuple[Role | None, ...]
    stretches: tuple[Stretch, ...] = ()
    formats: Mapping[int, Hand] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.reading.report.blocks


@dataclass(frozen=True, slots=True)
class Tracked:
    """A file and its tracked changes; `count` is 0 and both sides are one where it has none. A replacement is two, as in Word.

    `authors` are those of the changes, in the order of the text. `resolved` are the indexes of comments marked as done, `answers` leads from
    a comment's index to that of the one it answers. `notes` say what was not read, one line each. `versions` are those that the file
    says it was exported from, by their hashes or the beginnings of them: a redline two, a file from elsewhere none.
    """

    accepted: Side
    rejected: Side
    count: int = 0
    authors: tuple[str, ...] = ()
    resolved: frozenset[int] = frozenset()
    answers: Mapping[int, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()

    @property
    def comments(self) -> tuple[Comment, ...]:
        return self.accepted.comments


def revisions(source: Path | bytes, name: str = "") -> Tracked:
    """What a .docx holds; `name` is what messages call bytes. Raises DocumentError, one line that names the file, for what is none."""
    complaints = Complaints(name or (str(source) if isinstance(source, Path) else "输入"), DocumentError)
    data = source if isinstance(source, bytes) else textfile.read_bytes(source, complaints, LIMIT)
    found = story(data, complaints)
    said, notes = remarks(found.package)
    kept = tuple(remark for remark in said if not remark.is_evidence)
    if len(kept) < len(said):
        notes = (*notes, f"留痕批注 {len(said) - len(kept)} 条是导出时所附，未作为批注读入")
    changes = list(found.body.iter(*(f"{W}{kind}" for kind in (*KINDS, _OTHER_HALF))))
    accepted = _side(found, "accepted", kept, notes)
    rejected = _side(found, "rejected", kept, notes) if changes else accepted
    if not accepted.blocks and not rejected.blocks:
        complaints.stop(0, 0, "文档里没有文字")
    places = {remark.key: at for at, remark in reversed(list(enumerate(kept)))}
    return Tracked(
        accepted,
        rejected,
        _count(accepted, rejected, changes),
        tuple(dict.fromkeys(hand(change).name for change in changes)),
        frozenset(at for at, remark in enumerate(kept) if remark.resolved),
        {at: places[remark.answers] for at, remark in enumerate(kept) if remark.answers in places},
        accepted.reading.notes,
        stamped(found.package) or marked_version(found.package),
    )


def untracked(reading: Reading) -> Tracked:
    """A document of a format that tracks nothing and holds no comments."""
    side = Side(reading, (None,) * len(reading.report.blocks))
    return Tracked(side, side, notes=reading.notes)


def _count(accepted: Side, rejected: Side, changes: Sequence[_Element]) -> int:
    """How many changes people see: programs cut one into many runs. What shows on neither side counts as it stands in the file."""
    formats = sum(KINDS.get(str(change.tag).removeprefix(W)) == "格式" for change in changes)
    return _strokes(accepted) + _strokes(rejected) + formats or len(changes)


def _strokes(side: Side) -> int:
    """Stretches of one hand that adjoin are one."""
    ends = [
        (each.block + 1, 0, each.hand)
        if each.end > len(side.blocks[each.block].text)
        else (each.block, each.end, each.hand)
        for each in side.stretches
    ]
    return sum(
        (each.block, each.start, each.hand) != end for each, end in zip(side.stretches, [None, *ends], strict=False)
    )


def _side(found: Story, view: View, said: Sequence[Remark], notes: Sequence[str]) -> Side:
    traced, seen = found.read(view)
    lines = [each for each in traced if each.line.text]
    recognised = recognise([each.line for each in lines])
    trail = _Trail([block.text for block, _ in recognised])
    trail.follow(traced)
    comments = tuple(map(trail.comment, said))
    unread = unread_notes(found.package, found.body, seen)
    reading = reading_of(recognised, (*unread, *notes, *trail.notes), "docx")
    begins = {each.line.place.line: each for each in lines}
    heads = [begins[place.line] for place in reading.places]
    return Side(
        reading,
        tuple(Role(head.told.type, head.told.level) if head.told else None for head in heads),
        tuple(trail.stretches),
        {at: hand(head.format) for at, head in enumerate(heads) if head.format is not None},
        comments,
    )


class _Mark(NamedTuple):
    """Where a comment begins, ends or stands: behind how many printed characters, and whether at the head of a line."""

    passed: int
    opens: bool


class _Trail:
    """Follows the lines of a document and keeps where changes and comments stand, as spans of its blocks."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.stretches: list[Stretch] = []
        self.notes: list[str] = []
        self._printed = Printed(texts)
        self._marks: dict[tuple[str, str], _Mark] = {}
        self._line_ends: list[int] = []
        self._hands: dict[_Element, Hand] = {}

    def follow(self, traced: Sequence[Traced]) -> None:
        """Counts through the document once."""
        passed = 0
        for each in traced:
            begin = passed
            for piece in each.pieces:
                before, passed = passed, passed + (count(piece.text) if each.line.text else 0)
                if not piece.text:
                    kind, key = str(piece.element.tag).removeprefix(W), str(piece.element.get(f"{W}id", ""))
                    self._marks.setdefault((kind, key), _Mark(passed, passed == begin))
                elif piece.change is not None:
                    self._stretch(before, passed, piece.change)
            if each.mark is not None and each.line.text:
                behind = self._printed.spans(passed, passed)[0]
                self.stretches.append(Stretch(behind.block, behind.end, behind.end + 1, self._hand(each.mark)))
            self._line_ends.append(passed)

    def comment(self, remark: Remark) -> Comment:
        """The comment at its place: the first block that it stands on, or the whole version where the file does not say."""
        spans = self._spans(remark.key)
        named = f"批注“{remark.text[:_NAMED]}{'…' if len(remark.text) > _NAMED else ''}”"
        if not spans:
            self.notes.append(f"{named}在正文里没有位置，作为对全文的批注")
            return Comment(remark.text, remark.by)
        if len(spans) > 1:
            self.notes.append(f"{named}跨 {len(spans)} 段，只标在第一段")
        return Comment(remark.text, remark.by, *spans[0])

    def _spans(self, key: str) -> list[Span]:
        """Where a comment stands, as far as its marks are whole: a missing end is its mark's place, or the line's end."""
        start, end, mark = (self._marks.get((kind, key)) for kind in _COMMENT_MARKS)
        first = start or end or mark
        if first is None:
            return []
        last = end or (mark if mark and mark.passed >= first.passed else None)
        stop = last.passed if last else self._line_ends[bisect_left(self._line_ends, first.passed)]
        return self._printed.spans(first.passed, stop, opens=first.opens)

    def _stretch(self, start: int, end: int, change: _Element) -> None:
        by = self._hand(change)
        self.stretches += [Stretch(*span, by) for span in self._printed.spans(start, end) if span.start < span.end]

    def _hand(self, change: _Element) -> Hand:
        if change not in self._hands:
            self._hands[change] = hand(change)
        return self._hands[change]
