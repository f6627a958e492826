"""Sides of a redline: typeset paragraphs as one string with formats, and where each character of a block's text stands in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

from drafting.documents.typesetting import Setting
from drafting.documents.wordml import printable

MARK = "\r"
"""A paragraph mark in a side's text; `printable` leaves no other."""

BREAKS = frozenset("\n\r")
_TYPED_BREAKS = frozenset("\n\r\v\f")
_CHARACTER = {qn("w:br"): "\n", qn("w:tab"): "\t"}
_PROPERTIES = qn("w:rPr")
_CHARACTER_STYLE, _VALUE = qn("w:rStyle"), qn("w:val")


@dataclass(frozen=True, slots=True)
class Format:
    """A run's w:rPr, or the w:pPr of a paragraph mark; equal where they say the same."""

    key: bytes
    element: BaseOxmlElement = field(compare=False)

    @property
    def character_style(self) -> str:
        """The id of a run's style, empty where it has none."""
        style = self.element.find(_CHARACTER_STYLE)
        return "" if style is None else str(style.get(_VALUE))


@dataclass(frozen=True, slots=True)
class Side:
    """Paragraphs as they print. `text` holds soft breaks as line feeds and a MARK behind each paragraph.

    `formats[k]` is that of the characters up to `ends[k]`; each MARK has its own. `at[i]` is where the i-th character of the text that
    was set begins in `text`, a break that typesetting put before it included; the last one is where the last MARK stands.
    """

    text: str
    ends: tuple[int, ...]
    formats: tuple[Format, ...]
    at: tuple[int, ...]

    def runs(self, start: int, end: int) -> Iterator[tuple[int, Format]]:
        """The stretches of one format between two places, by where they end."""
        for at in range(bisect_right(self.ends, start), len(self.ends)):
            yield min(self.ends[at], end), self.formats[at]
            if self.ends[at] >= end:
                return


def side(settings: Sequence[Setting]) -> Side:
    """The blocks of a row; their text is that of the blocks with a line feed in between."""
    return _side([(setting.block.text, setting.paragraphs) for setting in settings])


def side_of(paragraph: CT_P) -> Side:
    """A paragraph that prints what no block holds: its text is what it prints."""
    return _side([("".join(text for text, _ in _pieces(paragraph)), (paragraph,))])


def _side(blocks: Sequence[tuple[str, Sequence[CT_P]]]) -> Side:
    parts: list[str] = []
    ends: list[int] = []
    formats: list[Format] = []
    places: list[int] = []
    length = 0
    for text, paragraphs in blocks:
        begin, first = length, len(parts)
        for piece, format in (each for paragraph in paragraphs for each in (*_pieces(paragraph), _mark(paragraph))):
            length += len(piece)
            parts.append(piece)
            ends.append(length)
            formats.append(format)
        places += [begin + place for place in _places(text, "".join(parts[first:]))]
    return Side("".join(parts), tuple(ends), tuple(formats), tuple(places))


def _pieces(paragraph: CT_P) -> Iterator[tuple[str, Format]]:
    for run in paragraph.r_lst:
        text = "".join(_CHARACTER.get(str(child.tag)) or child.text or "" for child in run if child.tag != _PROPERTIES)
        if text:
            yield text, format_of(cast(BaseOxmlElement, run.rPr))


def _mark(paragraph: CT_P) -> tuple[str, Format]:
    return MARK, format_of(cast(BaseOxmlElement, paragraph.pPr))


def format_of(element: BaseOxmlElement) -> Format:
    """Of a w:rPr or w:pPr."""
    return Format(etree.tostring(element, method="c14n", exclusive=True), element)


def _places(text: str, printed: str) -> Iterator[int]:
    """Where each character of a block's text stands in what was printed of it, its end last.

    What XML cannot hold was dropped, \\r\\n is one break, and a long title has breaks that its text has not.
    """
    at, last = 0, len(printed) - 1
    for char in text:
        yield at
        if char in _TYPED_BREAKS:
            at += at < last and printed[at] in BREAKS
        elif printable(char):
            while printed[at] in BREAKS:
                at += 1
            at += 1
    yield last
