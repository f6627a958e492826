"""A .docx as lines: paragraphs and table cells in order, automatic numbers put back, tracked changes as if accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drafting.complaints import Complaints
from drafting.documents.auto_numbering import Numbering, W, numbering
from drafting.documents.docx_styles import ParagraphStyle, paragraph_styles
from drafting.documents.lines import Line, Place, strip
from drafting.documents.package import Package, opened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NOT_PRINTED = "del moveFrom pPr rPr instrText delText delInstrText txbxContent rt pict drawing object".split()
_SKIPPED = {f"{W}{name}" for name in _NOT_PRINTED} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
}
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_CHARACTERS = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_PAGE_BREAKS = ("page", "column")
_CHANGES = {"ins": "插入", "del": "删除", "moveFrom": "移动", "pPrChange": "格式", "rPrChange": "格式"}


@dataclass(slots=True)
class _Reader:
    """One document being read; `row` counts lines of the text as read."""

    styles: Mapping[str, ParagraphStyle]
    numbers: Numbering
    row: int = 1
    held: str = ""
    seen: Counter[str] = field(default_factory=Counter)

    def lines(self, parent: _Element, *, cell: bool = False) -> Iterator[Line]:
        """The lines under an element, tables and content controls included."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, cell=cell)
            elif child.tag == f"{W}tbl":
                self.seen["table"] += 1
                for each in child.iter(f"{W}tc"):
                    if _is_own(each, child):
                        yield from self.lines(each, cell=True)
            elif child.tag not in (f"{W}del", f"{W}moveFrom", f"{W}sectPr") and isinstance(child.tag, str):
                yield from self.lines(child, cell=cell)

    def _paragraph(self, element: _Element, *, cell: bool) -> Iterator[Line]:
        style = self._style(element)
        number = self._number(element, style)
        text = self.held + "".join(_text(element))
        self.held = ""
        if element.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            # Its mark is deleted: accepted, the paragraph runs on into the next.
            self.held = text
            return
        if style.is_contents or style.is_red_header:
            self.seen["contents" if style.is_contents else "header"] += 1
            return
        line = _line(number, text, self.row, style, cell=cell)
        self.row += 1 + line.text.count("\n")
        if line.text:
            yield line

    def _style(self, element: _Element) -> ParagraphStyle:
        named = element.find(f"{W}pPr/{W}pStyle")
        key = "" if named is None else str(named.get(f"{W}val", ""))
        return self.styles.get(key) or self.styles.get("") or ParagraphStyle()

    def _number(self, element: _Element, style: ParagraphStyle) -> str:
        own = element.find(f"{W}pPr/{W}numPr")
        list_id, depth = style.list_id, style.depth
        if own is not None:
            list_id = _told(own, "numId") or list_id
            depth = int(_told(own, "ilvl") or depth)
        return self.numbers.next(list_id, depth) if list_id not in ("", "0") else ""


def lines_of_docx(data: bytes, complaints: Complaints) -> tuple[list[Line], tuple[str, ...]]:
    """The lines, and what a reader should know of how they were read. Stops the complaints where the bytes are no .docx."""
    package = opened(data, complaints)
    root = package.root(package.main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        complaints.stop(0, 0, f"{package.main} 里没有正文，文件已损坏")
    reader = _Reader(
        paragraph_styles(package.root(package.beside("styles.xml"))),
        numbering(package.root(package.beside("numbering.xml"))),
    )
    lines = list(reader.lines(body))
    return lines, tuple(_notes(package, body, reader.seen))


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


def _text(element: _Element) -> Iterator[str]:
    """What is printed of a paragraph: insertions count, deletions, field codes, text boxes and hidden text do not."""
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag in (f"{W}t", f"{_M}t"):
            yield child.text or ""
        elif tag == f"{W}br":
            yield "" if child.get(f"{W}type") in _PAGE_BREAKS else "\n"
        elif tag in _CHARACTERS:
            yield _CHARACTERS[tag]
        elif not (tag == f"{W}r" and _is_hidden(child)):
            yield from _text(child)


def _is_hidden(run: _Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in ("0", "false")


def _is_own(cell: _Element, table: _Element) -> bool:
    """Does the cell belong to this table, and not to one nested in it?"""
    return next(cell.iterancestors(f"{W}tbl")) is table


def _told(element: _Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    text = "" if child is None else str(child.get(f"{W}val", ""))
    return text if text.isdecimal() and len(text) < 10 else ""


# --- what a reader should know


def _notes(package: Package, body: _Element, seen: Counter[str]) -> Iterator[str]:
    changes = Counter(_CHANGES[name] for name in _CHANGES for _ in body.iter(f"{W}{name}"))
    if changes:
        told = "、".join(f"{kind} {count} 处" for kind, count in changes.items())
        yield f"有未处理的修订（{told}），按全部接受读入"
    comments = _count(package, "comments.xml", "comment")
    if comments:
        yield f"有 {comments} 条批注未处理，批注内容未读入"
    if seen["table"]:
        yield f"有 {seen['table']} 个表格，按单元格逐段读入"
    if seen["contents"]:
        yield f"目录 {seen['contents']} 行未读入"
    if seen["header"]:
        yield "版头（发文机关标志、发文字号）未读入正文"
    boxes = sum(1 for _ in body.iter(f"{W}txbxContent"))
    if boxes:
        yield "文本框中的文字未读入"
    pictures = sum(1 for tag in _PICTURES for _ in body.iter(tag))
    if pictures:
        yield f"有 {pictures} 张图片，图中文字未读入"
    if any(_is_hidden(run) for run in body.iter(f"{W}r")):
        yield "隐藏文字未读入"
    yield from _unread_parts(package)


def _unread_parts(package: Package) -> Iterator[str]:
    for name, what in (("footnotes.xml", "脚注"), ("endnotes.xml", "尾注")):
        root = package.root(package.beside(name))
        count = 0 if root is None else sum(note.get(f"{W}type") is None for note in root)
        if count:
            yield f"有 {count} 条{what}未读入"
    names = sorted(name for name in package.parts if name.rpartition("/")[2].startswith(("header", "footer")))
    if any(_holds_han(package, name) for name in names if name.endswith(".xml")):
        yield "页眉页脚中的文字未读入"


def _count(package: Package, part: str, tag: str) -> int:
    root = package.root(package.beside(part))
    return 0 if root is None else sum(1 for _ in root.iter(f"{W}{tag}"))


def _holds_han(package: Package, name: str) -> bool:
    root = package.root(name)
    return root is not None and any("一" <= char <= "鿿" for text in root.iter(f"{W}t") for char in text.text or "")
