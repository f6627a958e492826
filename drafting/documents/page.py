"""The page: A4, the margins of GB/T 9704-2012, the line grid, and the page numbers under the text area."""

from __future__ import annotations

from typing import Literal

from docx.oxml.xmlchemy import BaseOxmlElement

from drafting.documents.measure import PAGE_NUMBER_SIZE, twips
from drafting.documents.styles import FOOTER, line_pitch
from drafting.documents.wordml import run, w
from drafting.profile import Layout

PAPER = (11906, 16838)
"""A4 in twips."""

TOP, RIGHT, BOTTOM, LEFT = 2098, 1474, 1984, 1588
"""37, 26, 35 and 28 mm: top and left are the standard's, the others what is left around a text area of 156 × 225 mm."""

HEADER_DISTANCE = 851
"""15 mm from the paper's upper edge to a header; what it may take up without moving the text is TOP less this."""

TEXT_WIDTH = PAPER[0] - LEFT - RIGHT

_TWIPS_PER_MM = 1440 / 25.4
# The dash — stands half-way up its line, 7 mm below the text area; the line's lower edge is what Word measures from the paper's.
_FOOTER_DISTANCE = BOTTOM - round(7 * _TWIPS_PER_MM) - twips(PAGE_NUMBER_SIZE) // 2

PageSide = Literal["odd", "even"]
_PageType = {"odd": "default", "even": "even"}


def section(layout: Layout, footers: dict[PageSide, str], headers: dict[PageSide, str]) -> BaseOxmlElement:
    """The section's properties; `footers` and `headers` are relationship ids by the side of the page."""
    references = [
        w(f"{kind}Reference", type=_PageType[side], r_id=relation)
        for kind, relations in (("header", headers), ("footer", footers))
        for side, relation in relations.items()
    ]
    return w(
        "sectPr",
        *references,
        w("pgSz", w=PAPER[0], h=PAPER[1]),
        w(
            "pgMar",
            top=TOP,
            right=RIGHT,
            bottom=BOTTOM,
            left=LEFT,
            header=HEADER_DISTANCE,
            footer=_FOOTER_DISTANCE,
            gutter=0,
        ),
        # Lines alone: with linesAndChars LibreOffice gives every character two cells.
        w("docGrid", type="lines", linePitch=line_pitch(layout)),
    )


def footer(side: PageSide) -> BaseOxmlElement:
    """— 1 — one character in from the outer edge: right on odd pages, left on even ones."""
    inward = twips(PAGE_NUMBER_SIZE)
    edge = {"odd": "right", "even": "left"}[side]
    indent = w("ind", right=inward, firstLine=0) if side == "odd" else w("ind", left=inward, firstLine=0)
    properties = w("pPr", w("pStyle", val=FOOTER), indent, w("jc", val=edge))
    field = [w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
    instruction = w("instrText")
    instruction.text = "PAGE"
    number = [field[0], w("r", instruction), field[1], run("1"), field[2]]
    return w("ftr", w("p", properties, run("— "), *number, run(" —")))
