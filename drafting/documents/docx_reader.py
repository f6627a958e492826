"""A .docx as lines: paragraphs and table cells in order, automatic numbers put back, with tracked changes accepted or rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from drafting.complaints import Complaints
from drafting.documents.auto_numbering import Numbering, W, numbering
from drafting.documents.docx_notes import changes_note, comments_note, pictures, unread_notes
from drafting.documents.docx_styles import ParagraphStyle, emphasis, outline_level, paragraph_styles
from drafting.documents.lines import Line, Place, strip
from drafting.documents.package import Package, opened

if TYPE_CHECKING:
    from lxml.etree import _Element

View = Literal["accepted", "rejected"]
"""A file with tracked changes is two documents: the one with all of them made, and the one with none."""

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NEVER_PRINTED = frozenset(
    f"{W}{name}" for name in "pPr rPr instrText delInstrText txbxContent rt pict drawing object".split()
) | {f"{_ALTERNATE}AlternateContent"}
_CAME, _WENT = frozenset((f"{W}ins", f"{W}moveTo")), frozenset((f"{W}del", f"{W}moveFrom"))
_HIDES: Mapping[View, frozenset[str]] = {"accepted": _WENT, "rejected": _CAME}
_SHOWS: Mapping[View, frozenset[str]] = {"accepted": _CAME, "rejected": _WENT}
_LETTERS: Mapping[View, frozenset[str]] = {
    "accepted": frozenset((f"{W}t", f"{_M}t")),
    "rejected": frozenset((f"{W}t", f"{_M}t", f"{W}delText")),
}
_CELL_CHANGE: Mapping[View, str] = {"accepted": "cellDel", "rejected": "cellIns"}
_CHARACTERS = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_MARKERS = frozenset((f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference"))
_PAGE_BREAKS = ("page", "column")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that one element prints, or none where a comment begins, ends or stands; `change` is the tracked change around them."""

    text: str
    element: _Element
    change: _Element | None = None


@dataclass(frozen=True, slots=True)
class Traced:
    """A line with the pieces that it was read from. An empty line prints nothing and still may hold a comment's marks.

    `told` is the paragraph's style, None where paragraphs of several styles ran together. `mark` is the tracked change that the break
    behind the line owes itself to, `format` the one of the paragraph's format.
    """

    line: Line
    pieces: tuple[Piece, ...]
    told: ParagraphStyle | None
    mark: _Element | None = None
    format: _Element | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """The parts of an opened .docx that its text is read from."""

    package: Package
    body: _Element
    styles: Mapping[str, ParagraphStyle]

    def read(self, view: View, *, boxes: bool = False) -> tuple[list[Traced], Counter[str]]:
        """Every line, empty ones too; and how often a table, a text box, a line of contents, a line of the red header was seen.

        Text boxes are read where they are asked for: each after the paragraph that it is anchored in.
        """
        package = self.package
        reader = _Reader(view, self.styles, numbering(package.root(package.beside("numbering.xml"))), boxes=boxes)
        return [*reader.lines(self.body), *reader.settled()], reader.seen


def story(data: bytes, complaints: Complaints) -> Story:
    """Stops the complaints where the bytes are no .docx, or hold no text."""
    package = opened(data, complaints)
    root = package.root(package.main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        complaints.stop(0, 0, f"{package.main} 里没有正文，文件已损坏")
    return Story(package, body, paragraph_styles(package.root(package.beside("styles.xml"))))


def lines_of_docx(data: bytes, complaints: Complaints) -> tuple[list[Line], tuple[str, ...]]:
    """The lines as accepted, and what a reader should know of how they were read. Stops the complaints where there is no text."""
    found = story(data, complaints)
    traced, seen = found.read("accepted", boxes=True)
    notes = [*changes_note(found.body), *comments_note(found.package), *unread_notes(found.package, found.body, seen)]
    lines = [each.line for each in traced if each.line.text]
    if not lines and pictures(found.body):
        complaints.stop(0, 0, "文档里只有图片，没有文字，像是扫描件：请先识别文字，再存为 .docx")
    if not lines:
        complaints.stop(0, 0, "文档里没有文字")
    return lines, tuple(notes)


@dataclass(slots=True)
class _Reader:
    """One document being read; `row` counts lines of the text as read, `held` are paragraphs that run on into the next."""

    view: View
    styles: Mapping[str, ParagraphStyle]
    numbers: Numbering
    boxes: bool = False
    row: int = 1
    held: list[_Element] = field(default_factory=list)
    loose: list[Piece] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def lines(self, parent: _Element, *, cell: bool = False, change: _Element | None = None) -> Iterator[Traced]:
        """The lines under an element, tables and content controls included; `change` is that of the table row around it."""
        for child in parent:
            tag = child.tag
            if tag == f"{W}p":
                self.held.append(child)
                if self._mark(child, _HIDES) is None:
                    yield from self.settled(cell=cell, change=change)
            elif tag == f"{W}tbl":
                yield from self.settled(cell=cell, change=change)
                yield from self._table(child)
            elif tag in _MARKERS:
                self.loose.append(Piece("", child))
            elif tag in _HIDES[self.view]:
                self.loose += _markers(child)
            elif isinstance(tag, str) and tag != f"{W}sectPr":
                yield from self.lines(child, cell=cell, change=child if tag in _SHOWS[self.view] else change)

    def settled(self, *, cell: bool = False, change: _Element | None = None) -> Iterator[Traced]:
        """The paragraphs held, as one line: Word cannot run one on into a table, nor out of a cell or past the end."""
        paragraphs, self.held = self.held, []
        if paragraphs:
            yield from self._paragraph(paragraphs, cell=cell, change=change)

    def _table(self, table: _Element) -> Iterator[Traced]:
        self.seen["table"] += 1
        for cell in table.iter(f"{W}tc"):
            if not _is_own(cell, table):
                continue
            row = next(cell.iterancestors(f"{W}tr"))
            if (
                self._change(row, "trPr", _HIDES) is not None
                or cell.find(f"{W}tcPr/{W}{_CELL_CHANGE[self.view]}") is not None
            ):
                self.loose += _markers(cell)
                continue
            change = self._change(row, "trPr", _SHOWS)
            yield from self.lines(cell, cell=True, change=change)
            yield from self.settled(cell=True, change=change)

    def _paragraph(self, paragraphs: Sequence[_Element], *, cell: bool, change: _Element | None) -> Iterator[Traced]:
        """One line of paragraphs of which all but the last lost their mark. The last that prints anything gives style and number."""
        read = [(each, tuple(self._pieces(each, change))) for each in paragraphs]
        printed = [each for each, pieces in read if any(piece.text for piece in pieces)] or [paragraphs[-1]]
        style = self._style(printed[-1])
        if style.is_contents or style.is_red_header:
            self.seen["contents" if style.is_contents else "header"] += 1
            return
        number = self._number(printed[-1], style)
        automatic = [Piece(number, printed[-1])] if number else []
        pieces = (*self.loose, *automatic, *(piece for _, found in read for piece in found))
        self.loose = []
        line = _line(number, "".join(piece.text for _, found in read for piece in found), self.row, style, cell=cell)
        if style.type is None and self._is_emphatic(printed, style):
            line = replace(line, emphatic=True)
        row, self.row = self.row, self.row + 1 + line.text.count("\n")
        told = style if all(self._style(each) == style for each in paragraphs) else None
        yield Traced(line, pieces, told, self._mark(paragraphs[-1], _SHOWS), printed[-1].find(f"{W}pPr/{W}pPrChange"))
        if self.boxes:
            for each in paragraphs:
                yield from self._boxed(each, row)

    def _boxed(self, paragraph: _Element, row: int) -> Iterator[Traced]:
        """The lines of the text boxes that are anchored in a paragraph; of a box written twice, for old and new programs, the new one."""
        for box in paragraph.iter(f"{W}txbxContent"):
            around = {ancestor.tag for ancestor in box.iterancestors()}
            if around & _HIDES[self.view] or f"{_ALTERNATE}Fallback" in around:
                continue
            inside = _Reader(self.view, self.styles, self.numbers)
            read = [*inside.lines(box), *inside.settled()]
            self.seen["box"] += any(traced.line.text for traced in read)
            for traced in read:
                yield replace(traced, line=Line(traced.line.text, Place(row, 1), number=traced.line.number, box=True))

    def _pieces(self, element: _Element, change: _Element | None) -> Iterator[Piece]:
        """What is printed of a paragraph: field codes, text boxes and hidden text are not, nor is what this view does without."""
        for child in element:
            tag = child.tag
            if tag in _NEVER_PRINTED or tag in _HIDES[self.view] or not isinstance(tag, str):
                yield from _markers(child)
            elif tag in _LETTERS[self.view]:
                yield Piece(child.text or "", child, change)
            elif tag == f"{W}br":
                yield Piece("" if child.get(f"{W}type") in _PAGE_BREAKS else "\n", child, change)
            elif tag in _CHARACTERS:
                yield Piece(_CHARACTERS[tag], child, change)
            elif tag in _MARKERS:
                yield Piece("", child)
            elif tag == f"{W}r" and self._is_hidden(child):
                yield from _markers(child)
            else:
                yield from self._pieces(child, child if tag in _SHOWS[self.view] else change)

    def _mark(self, paragraph: _Element, kinds: Mapping[View, frozenset[str]]) -> _Element | None:
        """The tracked change of the paragraph's mark, if it is of these kinds."""
        return self._change(paragraph, f"pPr/{W}rPr", kinds)

    def _change(self, element: _Element, path: str, kinds: Mapping[View, frozenset[str]]) -> _Element | None:
        properties = element.find(f"{W}{path}")
        found = () if properties is None else properties
        return next((child for child in found if child.tag in kinds[self.view]), None)

    def _properties(self, element: _Element, name: str) -> _Element | None:
        """w:pPr or w:rPr; rejected, what it was before its format was changed."""
        now = element.find(f"{W}{name}")
        before = now.find(f"{W}{name}Change/{W}{name}") if now is not None and self.view == "rejected" else None
        return now if before is None else before

    def _style(self, paragraph: _Element) -> ParagraphStyle:
        properties = self._properties(paragraph, "pPr")
        named = None if properties is None else properties.find(f"{W}pStyle")
        key = "" if named is None else str(named.get(f"{W}val", ""))
        found = self.styles.get(key) or self.styles.get("") or ParagraphStyle()
        level = outline_level(properties) if found.type is None else 0
        return replace(found, type="heading", level=level) if level else found

    def _is_emphatic(self, paragraphs: Sequence[_Element], style: ParagraphStyle) -> bool:
        """Whether every letter that is printed is bold or black."""
        runs = [
            run
            for each in paragraphs
            for run in each.iter(f"{W}r")
            if any((text.text or "").strip() for text in run.iter(f"{W}t"))
        ]
        told = [emphasis(self._properties(run, "rPr")) for run in runs]
        return bool(told) and all(style.emphatic if one is None else one for one in told)

    def _number(self, paragraph: _Element, style: ParagraphStyle) -> str:
        properties = self._properties(paragraph, "pPr")
        own = None if properties is None else properties.find(f"{W}numPr")
        list_id, depth = style.list_id, style.depth
        if own is not None and not (self.view == "rejected" and own.find(f"{W}ins") is not None):
            list_id = _told(own, "numId") or list_id
            depth = int(_told(own, "ilvl") or depth)
        return self.numbers.next(list_id, depth) if list_id not in ("", "0") else ""

    def _is_hidden(self, run: _Element) -> bool:
        properties = self._properties(run, "rPr")
        vanish = None if properties is None else properties.find(f"{W}vanish")
        return vanish is not None and vanish.get(f"{W}val", "1") not in ("0", "false")


def _markers(hidden: _Element) -> Iterator[Piece]:
    """A comment's marks in what is not printed: it stays at that place."""
    return (Piece("", mark) for mark in hidden.iter(*_MARKERS))


def _line(number: str, text: str, row: int, style: ParagraphStyle, *, cell: bool) -> Line:
    if style.type == "title":
        text = text.replace("\n", "")  # a title's line breaks are its layout
    if not strip(text.strip("\n"))[0]:
        return Line("", Place(row, 1))
    number = number.lstrip()
    stripped, before = strip((number + text).strip("\n"))
    if cell:
        return Line(stripped, Place(row, before + 1), number=number, cell=True)
    return Line(stripped, Place(row, before + 1), style.type, style.level, number)


def _is_own(cell: _Element, table: _Element) -> bool:
    """Does the cell belong to this table, and not to one nested in it?"""
    return next(cell.iterancestors(f"{W}tbl")) is table


def _told(element: _Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    text = "" if child is None else str(child.get(f"{W}val", ""))
    return text if text.isdecimal() and len(text) < 10 else ""
