"""What a reader of a .docx should know: tracked changes, comments, and what of the file was not read, a line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafting.documents.auto_numbering import W
from drafting.documents.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
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
    count = _count(package, "comments.xml", "comment")
    if count:
        yield f"有 {count} 条批注未处理，批注内容未读入"


def unread_notes(package: Package, body: _Element, seen: Counter[str]) -> Iterator[str]:
    """What of the text was not read, or only line by line; `seen` counts tables, lines of contents and of the red header."""
    if seen["table"]:
        yield f"有 {seen['table']} 个表格，按单元格逐段读入"
    if seen["contents"]:
        yield f"目录 {seen['contents']} 行未读入"
    if seen["header"]:
        yield "版头（发文机关标志、发文字号）未读入正文"
    if any(True for _ in body.iter(f"{W}txbxContent")):
        yield "文本框中的文字未读入"
    pictures = sum(1 for tag in _PICTURES for _ in body.iter(tag))
    if pictures:
        yield f"有 {pictures} 张图片，图中文字未读入"
    if any(vanish.get(f"{W}val", "1") not in ("0", "false") for vanish in body.iterfind(f".//{W}r/{W}rPr/{W}vanish")):
        yield "隐藏文字未读入"
    symbols = sum(1 for _ in body.iter(f"{W}sym"))
    if symbols:
        yield f"有 {symbols} 个符号字体的字符未读入"
    if any(True for _ in body.iter(f"{W}altChunk")):
        yield "嵌入的其他文档（altChunk）未读入"
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
