"""Signature geometry: where the organ and the date stand, without a seal and under one (GB/T 9704-2012, 7.3.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from drafting.documents.measure import CELL, extent, widened


@dataclass(frozen=True, slots=True)
class Place:
    """How far in a line stands, in twips, from the edge that it is aligned to."""

    indent: int
    edge: Literal["left", "right"] = "left"


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
    starts, date_start = (_under_seal if seal else _without_seal)(widths, day, text_width)
    lines = tuple(Place(max(start, 0)) for start in starts)
    return Closing(lines, _date_place(date, max(date_start, 0), text_width) if date else None)


def _without_seal(organs: Sequence[int], date: int, text_width: int) -> tuple[list[int], int]:
    widest = max(organs, default=0)
    from_right = text_width - 2 * CELL
    if date > widest:
        return [from_right - date - 2 * CELL for _ in organs], from_right - date
    start = from_right - widest
    # An organ that fills the line and more is wrapped; its date cannot follow its first character.
    return [start for _ in organs], start + 2 * CELL if start > 0 else from_right - date


def _under_seal(organs: Sequence[int], date: int, text_width: int) -> tuple[list[int], int]:
    below = date or min(organs, default=0)
    # A long organ stays on the page: the axis moves left until the widest line ends at the right edge.
    axis = min(text_width - 4 * CELL - below // 2, text_width - max((*organs, below)) // 2)
    return [axis - organ // 2 for organ in organs], axis - date // 2


def _date_place(date: str, start: int, text_width: int) -> Place:
    """By its first character, unless a reader that spaces digits would push the end out of the text area: then by its end."""
    if start + widened(date) <= text_width:
        return Place(start)
    return Place(max(text_width - start - extent(date), 0), "right")
