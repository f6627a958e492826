"""Accepting and rejecting all tracked changes of a .docx by the rules of ECMA-376 (17.13.5), for tests: an opinion that is not the writer's.

The standard leaves open whose format a paragraph gets that ran on into the next: Word gives it the last one's, LibreOffice that of the first
that has words. A redline must not depend on it, so every question is asked of both.
"""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from typing import Literal, NamedTuple

from lxml import etree

from tests.wordfiles import W, part

Joining = Literal["first", "last"]
JOININGS: tuple[Joining, ...] = ("first", "last")
_WORDS = tuple(f"{{{W}}}{name}" for name in ("t", "br", "tab", "commentReference"))
_MAIN = "word/document.xml"


class Paragraph(NamedTuple):
    """What a paragraph prints, its style, all of its properties, and the properties of each character."""

    text: str
    style: str
    properties: bytes
    characters: tuple[bytes, ...]


def accepted(data: bytes, joining: Joining = "last") -> bytes:
    return _settled(data, stays="ins", goes="del", joining=joining)


def rejected(data: bytes, joining: Joining = "last") -> bytes:
    return _settled(data, stays="del", goes="ins", joining=joining)


def body(data: bytes) -> list[Paragraph]:
    """The paragraphs of a file without tracked changes; one without any is one empty paragraph, as in Word."""
    found = [_paragraph(each) for each in part(data, _MAIN).iter(_tag("p"))]
    return found or [
        Paragraph("", "Normal", _bare(etree.fromstring(f'<w:pPr xmlns:w="{W}"><w:pStyle w:val="Normal"/></w:pPr>')), ())
    ]


def _settled(data: bytes, *, stays: str, goes: str, joining: Joining) -> bytes:
    root = part(data, _MAIN)
    marks = {p: _mark(p) for p in root.iter(_tag("p"))}
    for change in list(root.iter(_tag("pPrChange"), _tag("rPrChange"))):
        now = change.getparent()
        if goes == "ins":
            before = change[0]
            kept = [] if change.tag == _tag("rPrChange") else [deepcopy(each) for each in now.iterchildren(_tag("rPr"))]
            now[:] = [*before, *kept]
        else:
            now.remove(change)
    for change in list(root.iter(_tag(goes))):
        change.getparent().remove(change)
    for change in list(root.iter(_tag(stays))):
        parent = change.getparent()
        at = parent.index(change)
        parent[at : at + 1] = list(change)
    for properties in list(root.iter(_tag("pPr"))):
        for each in properties.findall(_tag("rPr")):
            properties.remove(each)
    for text in root.iter(_tag("delText")):
        text.tag = _tag("t")
    _join(root, [p for p, mark in marks.items() if mark == goes], joining)
    return _with_main(data, root)


def _mark(paragraph: etree._Element) -> str:
    """ins or del where the paragraph's mark is one, else empty."""
    found = list(paragraph.iterfind(f"{_tag('pPr')}/{_tag('rPr')}/*"))
    return etree.QName(found[0]).localname if found else ""


def _join(root: etree._Element, leaving: list[etree._Element], joining: Joining) -> None:
    for paragraph in reversed(leaving):
        following = paragraph.getnext()
        assert following is not None
        assert following.tag == _tag("p"), "the last paragraph mark of a document stays"
        held = [each for each in paragraph if each.tag != _tag("pPr")]
        has_words = any(True for run in held for _ in run.iter(*_WORDS))
        if joining == "first" and has_words:
            following.replace(following.find(_tag("pPr")), paragraph.find(_tag("pPr")))
        following[1:1] = held
        paragraph.getparent().remove(paragraph)


def _paragraph(element: etree._Element) -> Paragraph:
    properties = element.find(_tag("pPr"))
    assert properties is not None
    letters: list[tuple[str, bytes]] = []
    for run in element.iter(_tag("r")):
        format = run.find(_tag("rPr"))
        own = b"" if format is None else _bare(format)
        for child in run:
            kind = etree.QName(child).localname
            letters += [(char, own) for char in {"t": child.text or "", "br": "\n", "tab": "\t"}.get(kind, "")]
    style = properties.find(_tag("pStyle"))
    return Paragraph(
        "".join(char for char, _ in letters),
        "Normal" if style is None else str(style.get(_tag("val"))),
        _bare(properties),
        tuple(own for _, own in letters),
    )


def _bare(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True)


def _with_main(data: bytes, root: etree._Element) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, etree.tostring(root) if name == _MAIN else old.read(name))
    return stream.getvalue()


def _tag(name: str) -> str:
    return f"{{{W}}}{name}"
