"""Ink: who made each tracked change and when, and one run of ids for all that Word numbers in a document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

from docx.oxml.xmlchemy import BaseOxmlElement

from drafting.changes import Change
from drafting.comments import Hand
from drafting.documents.docx_comments import NAMELESS
from drafting.documents.wordml import printable, w


class Ink:
    """Every change asks `by` once whose it is."""

    def __init__(self, by: Callable[[Change], Hand]) -> None:
        self._by = by
        self._hands: dict[str, dict[str, str]] = {}
        self._ids = count(1)

    def next_id(self) -> int:
        return next(self._ids)

    def change(self, tag: str, change: Change, *children: BaseOxmlElement) -> BaseOxmlElement:
        """w:ins, w:del, w:pPrChange or w:rPrChange with an id of its own, the author and the time."""
        if change.id not in self._hands:
            self._hands[change.id] = signed(self._by(change))
        return w(tag, *children, id=self.next_id(), **self._hands[change.id])


def signed(hand: Hand) -> dict[str, str]:
    """The author and, where it is known, the time in UTC, as the attributes that Word keeps them in. Nobody's hand has a name as well."""
    author = {"author": " ".join(printable(hand.name).split()) or NAMELESS}
    return author | {"date": _moment(hand.at)} if hand.at else author


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
