"""The red header (版头): organ mark, document number with the signatory, red rule (GB/T 9704-2012, 7.2)."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.text.paragraph import CT_P

from drafting.documents import roles
from drafting.documents.measure import CELL, width
from drafting.documents.page import TEXT_WIDTH
from drafting.documents.styles import line_pitch
from drafting.documents.wordml import paragraph, run, w
from drafting.profile import Layout
from drafting.report import Report

_FROM_TEXT_TOP = 1984  # 35 mm
_LARGEST = 56.0
_BELOW_NUMBER = 2


def red_header(report: Report, layout: Layout) -> Iterator[CT_P]:
    """The header's paragraphs; the organ mark alone where the brief gives no document number and no signatory."""
    mark = f"{report.organ}文件"
    yield _organ_mark(mark)
    number = report.brief.document_number if report.brief else ""
    signatory = report.brief.signatory if report.brief else ""
    yield _number_line(number, signatory, layout)


def _organ_mark(mark: str) -> CT_P:
    """As large as the line allows, in whole points."""
    size = min(_LARGEST, TEXT_WIDTH / 20 / max(width(mark), 1.0))
    half_points = int(size) * 2
    letters = run(mark, "", w("sz", val=half_points), w("szCs", val=half_points))
    height = w("spacing", before=_FROM_TEXT_TOP, line=int(size) * 20, lineRule="exact")
    return paragraph(roles.ORGAN_MARK.id, [letters], height)


def _number_line(number: str, signatory: str, layout: Layout) -> CT_P:
    """Two lines below the mark: a document that goes up has its number one character in and the signatory opposite."""
    below = w("spacing", before=2 * line_pitch(layout), after=_BELOW_NUMBER * line_pitch(layout))
    if not signatory:
        return paragraph(roles.DOCUMENT_NUMBER.id, [run(number)], below, w("jc", val="center"))
    tabs = w("tabs", w("tab", val="right", pos=TEXT_WIDTH - CELL))
    line = [run(f"{number}\t签发人："), run(signatory, face=layout.subheading_font)]
    # The first line's indent alone: a left indent would shorten the rule under the paragraph.
    return paragraph(roles.DOCUMENT_NUMBER.id, line, tabs, below, w("ind", firstLine=CELL))
