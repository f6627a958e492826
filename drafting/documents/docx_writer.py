"""A report as a .docx set to GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from docx.oxml.text.paragraph import CT_P

from drafting.documents.archive import saved
from drafting.documents.blank import blank
from drafting.documents.red_header import red_header
from drafting.documents.stamp import stamp
from drafting.documents.typesetting import Setting, typeset
from drafting.documents.wordml import printable
from drafting.profile import Layout
from drafting.report import Report

if TYPE_CHECKING:
    from docx.document import Document

_LONGEST_PROPERTY = 255  # python-docx's limit for a core property


def docx_bytes(report: Report, layout: Layout, mark: str = "") -> bytes:
    """The .docx; the same report, layout and mark give the same bytes. `mark` stands at the head of every page, where there is one."""
    document, _ = compose(report, layout, mark)
    return saved(document)


def compose(report: Report, layout: Layout, mark: str = "") -> tuple[Document, list[Setting]]:
    """The report as a python-docx document, and what each of its blocks became there."""
    settings = typeset(report, layout)
    lines = [line for setting in settings for line in setting.paragraphs]
    return document_of(report, [*opening(report, layout), *lines], layout, mark), settings


def opening(report: Report, layout: Layout) -> list[CT_P]:
    """The red header, where the layout has one and the report tells whose it is."""
    return list(red_header(report, layout)) if layout.red_header and report.organ else []


def document_of(report: Report, lines: Iterable[CT_P], layout: Layout, mark: str = "", *, base: str = "") -> Document:
    """A python-docx document of these paragraphs that is described as this report; `base` is the version that a redline compares it with."""
    document = blank(layout, mark)
    _describe(document, report)
    stamp(document, report.version, *([base] if base else []))
    end = document.element.body.sectPr
    for line in lines:
        end.addprevious(line)
    return document


def _describe(document: Document, report: Report) -> None:
    """Core properties. The only time in them is the day of issue: a clock would change the bytes."""
    properties = document.core_properties
    properties.title = printable(report.title).replace("\n", "")[:_LONGEST_PROPERTY]
    properties.author = printable(report.organ)[:_LONGEST_PROPERTY]
    properties.language = "zh-CN"
    if report.issued:
        midnight = datetime(report.issued.year, report.issued.month, report.issued.day)  # noqa: DTZ001 — written as UTC
        properties.created = properties.modified = midnight
