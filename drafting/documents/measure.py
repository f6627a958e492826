"""Lengths on the page: twips, and the width of text in full characters."""

from __future__ import annotations

import re
import unicodedata

BODY_SIZE = 16.0
TITLE_SIZE = 22.0
PAGE_NUMBER_SIZE = 14.0

# 28 characters of 16 pt are 448 pt, the text area is 442.2 pt wide: each gives up a quarter of a point. The grid's own
# charSpace would say the same, but LibreOffice ignores it.
TRACKING = -5


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


CELL = twips(BODY_SIZE) + TRACKING
"""One body character with its share of tracking, in twips: what 空一字 (one character's space) is."""


def width(text: str) -> float:
    """The text's width in full characters: Han and full-width marks 1, ASCII and half-width ones a half."""
    return sum(0.5 if unicodedata.east_asian_width(char) in ("Na", "H", "N") else 1.0 for char in text)


def extent(text: str) -> int:
    """The same in twips, set in the body's size and tracking: a half-width character gives up a whole TRACKING too."""
    return sum(twips(BODY_SIZE) // (2 if width(char) < 1 else 1) + TRACKING for char in text)


_SCRIPT_CHANGE = re.compile(r"(?<=[0-9A-Za-z])(?=[一-鿿])|(?<=[一-鿿])(?=[0-9A-Za-z])")


def widened(text: str) -> int:
    """The extent where a reader puts a quarter of a character between Han and digits although the style turns that off."""
    return extent(text) + len(_SCRIPT_CHANGE.findall(text)) * twips(BODY_SIZE) // 4


def spaced(text: str) -> float:
    """The width in full characters where a reader puts that quarter in: what must fit a line of the title."""
    return width(text) + len(_SCRIPT_CHANGE.findall(text)) / 4
