"""What a reader of a .docx should know: tracked changes, comments, and what of the file was not read, a line each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafting.documents.auto_numbering import W
from drafting.documents.docx_comments import remarks
from drafting.documents.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_HAN = re.compile("[一-鿿]")
_DRAFT_MARK = re.compile(r"送审稿版本 ([0-9a-f]{12})(?:尚有 \d+ 项错误)?")
_FORMATS = "pPrChange rPrChange sectPrChange tblPrChange trPrChange tcPrChange numberingChange cellMerge".split()
KINDS = {"ins": "插入", "del": "删除", "moveFrom": "移动", "cellIns": "插入", "cellDel": "删除"} | dict.fromkeys(
    _FORMATS, "格式"
)
"""The tracked changes of WordprocessingML by element. A move's other half, moveTo, is not counted again."""


def changes_note(body: _Element) -> Iterator[str]:
    """How many tracked changes there are."""
    changes = Counter(kind for name, kind in KINDS.items() for _ in body.iter(f"{W}{name}"))
    if changes:
        told = "、".join(f"{kind} {count} 处" for kind, count in changes.items())
        yield f"有未处理的修订（{told}），按全部接受读入"


def comments_note(package: Package) -> Iterator[str]:
    """How many comments there are."""
    found, notes = remarks(package)
    if found:
        yield f"有 {len(found)} 条批注未处理，批注内容未读入"
    yield from notes


def marked_version(package: Package) -> tuple[str, ...]:
    """The beginning of the version that a copy for review says on its pages it is of; nothing where it does not say."""
    marks = (_DRAFT_MARK.fullmatch(_text(package, name)) for name in _headers(package))
    return next(((mark[1],) for mark in marks if mark), ())


def unread_notes(package: Package, body: _Element, seen: Counter[str]) -> Iterator[str]:
    """What of the text was not read, or only line by line; `seen` counts tables, text boxes, lines of contents and of the red header."""
    if seen["table"]:
        yield f"有 {seen['table']} 个表格，按单元格逐段读入"
    if seen["contents"]:
        yield f"目录 {seen['contents']} 行未读入"
    if seen["header"]:
        yield "版头（发文机关标志、发文字号）未读入正文"
    if seen["box"]:
        yield f"有 {seen['box']} 个文本框，其中文字逐段读入，不计入层次"
    elif any(True for _ in body.iter(f"{W}txbxContent")):
        yield "文本框中的文字未读入"
    count = pictures(body)
    if count:
        yield f"有 {count} 张图片，图中文字未读入"
    if any(vanish.get(f"{W}val", "1") not in ("0", "false") for vanish in body.iterfind(f".//{W}r/{W}rPr/{W}vanish")):
        yield "隐藏文字未读入"
    symbols = sum(1 for _ in body.iter(f"{W}sym"))
    if symbols:
        yield f"有 {symbols} 个符号字体的字符未读入"
    if any(True for _ in body.iter(f"{W}altChunk")):
        yield "嵌入的其他文档（altChunk）未读入"
    yield from _unread_parts(package)


def pictures(body: _Element) -> int:
    """How many pictures the text holds."""
    return sum(1 for tag in _PICTURES for _ in body.iter(tag))


def _unread_parts(package: Package) -> Iterator[str]:
    for name, what in (("footnotes.xml", "脚注"), ("endnotes.xml", "尾注")):
        root = package.root(package.beside(name))
        count = 0 if root is None else sum(note.get(f"{W}type") is None for note in root)
        if count:
            yield f"有 {count} 条{what}未读入"
    if any(
        _HAN.search(text) and not _DRAFT_MARK.fullmatch(text)
        for text in (_text(package, name) for name in _headers(package))
    ):
        yield "页眉页脚中的文字未读入"


def _headers(package: Package) -> list[str]:
    """The parts of headers and footers."""
    names = (name for name in package.parts if name.endswith(".xml"))
    return sorted(name for name in names if name.rpartition("/")[2].startswith(("header", "footer")))


def _text(package: Package, name: str) -> str:
    root = package.root(name)
    return "" if root is None else "".join(text.text or "" for text in root.iter(f"{W}t"))
