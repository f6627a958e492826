"""The draft mark: 送审稿 at the head of every page of what is not signed off, above the text area, on the right."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement

from drafting.documents.measure import BODY_SIZE, twips, width
from drafting.documents.page import HEADER_DISTANCE, TEXT_WIDTH, TOP
from drafting.documents.wordml import printable, run, w
from drafting.profile import Layout

_SMALL_SIZE = 9.0
_FIRST_HEIGHT, _SMALL_HEIGHT = twips(20), twips(12)


def draft_mark(mark: str, layout: Layout) -> BaseOxmlElement:
    """The header part: the first line of `mark` in 三号 黑体, the others small below it.

    Raises ValueError for a mark that has no room above the text: it would push the text down the page.
    """
    first, *rest = printable(mark).strip("\n").split("\n")
    if not _fits(first, rest):
        raise ValueError(f"页眉容不下这样的标记：{mark!r}")
    lines = [_line(first, BODY_SIZE, _FIRST_HEIGHT, layout.heading_font)]
    lines += [_line(line, _SMALL_SIZE, _SMALL_HEIGHT, layout.number_font) for line in rest]
    return w("hdr", *lines)


def _fits(first: str, rest: list[str]) -> bool:
    room = TOP - HEADER_DISTANCE
    tall = _FIRST_HEIGHT + len(rest) * _SMALL_HEIGHT
    widest = max([width(first) * BODY_SIZE, *(width(line) * _SMALL_SIZE for line in rest)])
    return tall <= room and twips(widest) <= TEXT_WIDTH


def _line(text: str, size: float, height: int, face: str) -> BaseOxmlElement:
    """Of an exact height, off the grid: the header is as tall as it was measured, whatever the fonts."""
    half_points = round(size * 2)
    letters = run(text, "", w("spacing", val=0), w("sz", val=half_points), w("szCs", val=half_points), face=face)
    return w(
        "p",
        w(
            "pPr",
            w("snapToGrid", val=0),
            w("spacing", before=0, after=0, line=height, lineRule="exact"),
            w("ind", firstLine=0),
            w("jc", val="right"),
        ),
        letters,
    )
