"""A report as a .docx set to GB/T 9704-2012."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from drafting.documents.archive import saved
from drafting.documents.blank import blank
from drafting.documents.red_header import red_header
from drafting.documents.typesetting import Setting, typeset
from drafting.profile import Layout
from drafting.report import Report

if TYPE_CHECKING:
    from docx.document import Document

_LONGEST_PROPERTY = 255  # python-docx's limit for a core property


def docx_bytes(report: Report, layout: Layout) -> bytes:
    """The .docx; the same report and layout give the same bytes."""
    document, _ = compose(report, layout)
    return saved(document)


def compose(report: Report, layout: Layout) -> tuple[Document, list[Setting]]:
    """The report as a python-docx document, and what each of its blocks became there."""
    document = blank(layout)
    _describe(document, report)
    end = document.element.body.sectPr
    if layout.red_header and report.organ:
        for line in red_header(report, layout):
            end.addprevious(line)
    settings = typeset(report, layout)
    for setting in settings:
        for line in setting.paragraphs:
            end.addprevious(line)
    return document, settings


def _describe(document: Document, report: Report) -> None:
    """Core properties. The only time in them is the day of issue: a clock would change the bytes."""
    properties = document.core_properties
    properties.title = report.title.replace("\n", "")[:_LONGEST_PROPERTY]
    properties.author = report.organ[:_LONGEST_PROPERTY]
    properties.language = "zh-CN"
    if report.issued:
        midnight = datetime(report.issued.year, report.issued.month, report.issued.day)  # noqa: DTZ001 — written as UTC
        properties.created = properties.modified = midnight
