"""The blank document: page, styles and page numbers of a layout, and nothing of python-docx's own template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.opc.constants import CONTENT_TYPE, NAMESPACE, RELATIONSHIP_TYPE
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

from drafting.documents.archive import packed
from drafting.documents.draft_mark import draft_mark
from drafting.documents.page import PageSide, footer, section
from drafting.documents.styles import styles
from drafting.documents.wordml import w
from drafting.profile import Layout

if TYPE_CHECKING:
    from docx.document import Document

_SIDES: tuple[PageSide, ...] = ("odd", "even")
_CORE = b"""<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>"""
_APPLICATION = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>成文</Application></Properties>"
).encode()


_APPLICATION_TYPE = CONTENT_TYPE.OFC_EXTENDED_PROPERTIES


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the package: its name, what it is to the part that relates to it, and that relation's id."""

    name: str
    content_type: str
    relation: str
    id: str
    content: bytes


def blank(layout: Layout, mark: str = "") -> Document:
    """A fresh empty document of that layout; `mark` stands at the head of every page, where there is one."""
    return docx.Document(BytesIO(_marked_package(layout, mark) if mark else _package(layout)))


@lru_cache(maxsize=16)
def _package(layout: Layout) -> bytes:
    """The empty .docx; every report of one layout starts from these bytes."""
    return _marked_package(layout, "")


def _marked_package(layout: Layout, mark: str) -> bytes:
    sides = _SIDES if layout.page_numbers else _SIDES[:1]
    footers = list(_footers()) if layout.page_numbers else []
    headers = list(_headers(draft_mark(mark, layout), sides)) if mark else []
    relations = [{side: part.id for side, part in zip(_SIDES, parts, strict=False)} for parts in (footers, headers)]
    body = w("body", section(layout, *relations))
    inner = [
        _Part("word/styles.xml", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, "rId1", _declared(styles(layout))),
        _Part(
            "word/settings.xml",
            CONTENT_TYPE.WML_SETTINGS,
            RELATIONSHIP_TYPE.SETTINGS,
            "rId2",
            _declared(_settings(layout)),
        ),
        *footers,
        *headers,
    ]
    whole = _declared(w("document", body))
    outer = [
        _Part("word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN, RELATIONSHIP_TYPE.OFFICE_DOCUMENT, "rId1", whole),
        _Part("docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, RELATIONSHIP_TYPE.CORE_PROPERTIES, "rId2", _CORE),
        _Part("docProps/app.xml", _APPLICATION_TYPE, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, "rId3", _APPLICATION),
    ]
    files = {part.name: part.content for part in (*inner, *outer)}
    files["[Content_Types].xml"] = _content_types([*inner, *outer])
    files["_rels/.rels"] = _relations(outer, "")
    files["word/_rels/document.xml.rels"] = _relations(inner, "word/")
    return packed(files)


def _footers() -> Iterator[_Part]:
    for index, side in enumerate(_SIDES, start=1):
        name = f"word/footer{index}.xml"
        yield _Part(name, CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER, f"rId{index + 2}", _declared(footer(side)))


def _headers(header: BaseOxmlElement, sides: Iterable[PageSide]) -> Iterator[_Part]:
    """The same header for every side of the page."""
    for index, _ in enumerate(sides, start=1):
        name = f"word/header{index}.xml"
        key = f"rId{index + len(_SIDES) + 2}"
        yield _Part(name, CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER, key, _declared(header))


def _settings(layout: Layout) -> BaseOxmlElement:
    """Odd and even pages apart; punctuation keeps its full width, or a line would hold more than 28 characters."""
    word = "http://schemas.microsoft.com/office/word"
    return w(
        "settings",
        *([w("evenAndOddHeaders")] if layout.page_numbers else []),
        w("characterSpacingControl", val="doNotCompress"),
        w(
            "compat",
            w("doNotExpandShiftReturn"),
            w("useFELayout"),
            w("compatSetting", name="compatibilityMode", uri=word, val=15),
        ),
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def _content_types(parts: Iterable[_Part]) -> bytes:
    root = etree.fromstring(f'<Types xmlns="{NAMESPACE.OPC_CONTENT_TYPES}"/>')
    defaults = (("rels", CONTENT_TYPE.OPC_RELATIONSHIPS), ("xml", CONTENT_TYPE.XML))
    for extension, kind in defaults:
        etree.SubElement(root, "Default", {"Extension": extension, "ContentType": kind})
    for part in parts:
        etree.SubElement(root, "Override", {"PartName": f"/{part.name}", "ContentType": part.content_type})
    return _declared(root)


def _relations(parts: Iterable[_Part], folder: str) -> bytes:
    root = etree.fromstring(f'<Relationships xmlns="{NAMESPACE.OPC_RELATIONSHIPS}"/>')
    for part in parts:
        target = part.name.removeprefix(folder)
        etree.SubElement(root, "Relationship", {"Id": part.id, "Type": part.relation, "Target": target})
    return _declared(root)


def _declared(element: etree._Element) -> bytes:
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True, standalone=True)
