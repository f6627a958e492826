"""Lines: a text as read, one line a block, each with its place and with what its own format says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from drafting.report import BlockType

# What ends a line in a text file. str.splitlines cuts at more: at U+001C and U+0085, which are characters here.
_LINE = re.compile(r"([^\r\n\v\f\u2028\u2029]*)(\r\n|[\r\n\v\f\u2028\u2029]|$)")
_SPACE = " \t　\u00a0\ufeff\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block begins in the text as read; both count from 1, full-width spaces as one column."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the white space around it; a soft line break is a "\\n" in `text`.

    `type` is what the format itself says that the line is (a style, Markdown's #), None where it says nothing. `level` is a heading's.
    `number` is an automatic number, which `text` begins with. `cell`: it stands in a table, where nothing is a heading. `emphatic`: all of it
    is printed bold or in black type (黑体). `box`: it stands in a text box beside the line of its place, and is part of no structure.
    """

    text: str
    place: Place
    type: BlockType | None = None
    level: int = 0
    number: str = ""
    cell: bool = False
    emphatic: bool = False
    box: bool = False

    @property
    def joined(self) -> str:
        """The text without its soft line breaks."""
        return self.text.replace("\n", "")


def strip(text: str) -> tuple[str, int]:
    """The text without the white space around it, and how many characters of that stood before it."""
    start = text.lstrip(_SPACE)
    return start.rstrip(_SPACE), len(text) - len(start)


def raw_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text as they stand, numbered from 1."""
    for number, match in enumerate(_LINE.finditer(text), start=1):
        yield number, match.group(1)
        if not match.group(2):
            return


def of_text(text: str) -> Iterator[Line]:
    """The lines of plain text that hold anything."""
    for number, raw in raw_lines(text):
        stripped, before = strip(raw)
        if stripped:
            yield Line(stripped, Place(number, before + 1))
