"""Signature geometry: where the organ and the date stand, without a seal and under one (GB/T 9704-2012, 7.3.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from drafting.documents.measure import CELL, extent, widened


@dataclass(frozen=True, slots=True)
class Place:
    """How a line stands: `indent` twips in from the edge that it is aligned to, or centred between `indent` and the right edge."""

    indent: int
    alignment: Literal["left", "right", "center"] = "left"


@dataclass(frozen=True, slots=True)
class Closing:
    """The places of the signature lines, and of the date (None where there is none)."""

    organs: tuple[Place, ...]
    date: Place | None


def place(organs: Sequence[str], date: str | None, text_width: int, *, seal: bool) -> Closing:
    """Places signature lines and a date on lines of `text_width` twips.

    Without a seal the organ ends two characters from the right and the date begins two characters to the right of it; a date longer
    than the organ ends two characters from the right itself and the organ moves left, to 4 + (date − organ) from the right. Under a
    seal the date ends four characters from the right and the organ is centred on it. Nothing begins left of the text area.
    """
    widths = [extent(organ) for organ in organs]
    day = extent(date) if date else 0
    if seal:
        centred = Place(_centred_from(widths, day, text_width), "center")
        return Closing(tuple(centred for _ in organs), centred if date else None)
    start, date_start = _starts(max(widths, default=0), day, text_width)
    lines = tuple(Place(start) for _ in organs)
    return Closing(lines, _date_place(date, date_start, text_width) if date else None)


def _starts(organ: int, date: int, text_width: int) -> tuple[int, int]:
    """Where the organ and the date begin."""
    from_right = text_width - 2 * CELL
    date_alone = max(from_right - date, 0)
    if date > organ:
        return max(date_alone - 2 * CELL, 0), date_alone
    start = from_right - organ
    # An organ that fills the line and more is wrapped; its date cannot follow its first character.
    return (start, start + 2 * CELL) if start > 0 else (0, date_alone)


def _centred_from(organs: Sequence[int], date: int, text_width: int) -> int:
    """The left end of the stretch, up to the right edge, whose middle is the axis of organ and date."""
    below = date or min(organs, default=0)
    # Half of the stretch lies right of the axis. A long organ widens it: the axis moves left, with a little room to spare.
    half = max(4 * CELL + below // 2, (max((*organs, below)) + CELL) // 2)
    return max(text_width - 2 * half, 0)


def _date_place(date: str, start: int, text_width: int) -> Place:
    """By its first character, unless a reader that spaces digits would push the end out of the text area: then by its end."""
    if start + widened(date) <= text_width:
        return Place(start)
    return Place(max(text_width - start - extent(date), 0), "right")
