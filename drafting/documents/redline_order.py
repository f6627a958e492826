"""The order of a redline: the rows of a comparison as one run of stretches, which ends with a paragraph mark that stayed.

Word keeps the last paragraph mark of a document whatever is accepted or rejected. So the two versions' last marks are one: where the
text goes on behind what was the end, the mark before it came; where the end went, the mark before it went.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from docx.oxml.text.paragraph import CT_P

from drafting.changes import Change, Comparison, edits
from drafting.changes.alignment import Row
from drafting.changes.marking import PieceState
from drafting.documents import roles
from drafting.documents.redline_sides import MARK, Format, Side, format_of, side, side_of
from drafting.documents.redline_stretches import Stretch, come, gone, merged
from drafting.documents.typesetting import Setting
from drafting.documents.wordml import w

_NO_CHANGE = Change("", "particulars", "", "", "", -1)


@dataclass(frozen=True, slots=True)
class Printed:
    """A version as it was set: its red header, and its blocks."""

    header: Sequence[CT_P]
    settings: Sequence[Setting]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one row gives at one place: stretches of which the last is a mark, and whether the row is in one version or in both."""

    state: PieceState
    stretches: tuple[Stretch, ...]


def stretches(comparison: Comparison, old: Printed, new: Printed) -> list[Stretch]:
    """Without what came it is the old version as set, without what went the new one; a version without blocks is one empty paragraph."""
    parts = [*_header(comparison, old.header, new.header), *_rows(comparison, old.settings, new.settings)]
    last = max((index for index, part in enumerate(parts) if part.state == "same"), default=-1)
    if not parts:
        return [Stretch(MARK, "same", _plain(), _plain(), _NO_CHANGE)]
    body = [stretch for part in parts[: last + 1] for stretch in part.stretches]
    return [*body[:-1], *_end(body[-1:], parts[last + 1 :])]


# --- rows


def _header(comparison: Comparison, old: Sequence[CT_P], new: Sequence[CT_P]) -> Iterator[_Part]:
    """The red header prints particulars, which no row holds."""
    change = _nearest(comparison, -1)
    for before, after in zip_longest(old, new):
        if before is None:
            yield _Part("come", tuple(come(side_of(after), change)))
        elif after is None:
            yield _Part("gone", tuple(gone(side_of(before), change)))
        else:
            ours, theirs = side_of(before), side_of(after)
            made = [
                replace(
                    change,
                    old_start=edit.old_start,
                    old_end=edit.old_end,
                    new_start=edit.new_start,
                    new_end=edit.new_end,
                )
                for edit in edits(ours.text[:-1], theirs.text[:-1])
            ]
            yield _Part("same", tuple(merged(ours, theirs, made, change)))


def _rows(comparison: Comparison, old: Sequence[Setting], new: Sequence[Setting]) -> Iterator[_Part]:
    """The rows in the new version's order; what moved is gone at its old place as well."""
    waiting = sorted((row.old[0], index) for index, row in enumerate(comparison.rows) if row.moved)
    for index, row in enumerate(comparison.rows):
        if not row.moved:
            while row.old and waiting and waiting[0][0] < row.old[0]:
                yield _moved_away(comparison, waiting.pop(0)[1], old)
        yield _row(comparison, index, row, old, new)
    for _, index in waiting:
        yield _moved_away(comparison, index, old)


def _row(comparison: Comparison, index: int, row: Row, old: Sequence[Setting], new: Sequence[Setting]) -> _Part:
    owner = _nearest(comparison, index)
    if not row.new:
        return _Part("gone", tuple(gone(_side(old, row.old), owner)))
    if row.moved or not row.old:
        return _Part("come", tuple(come(_side(new, row.new), owner)))
    inner = [change for change in comparison.of_row.get(index, ()) if change.kind == "text"]
    return _Part("same", tuple(merged(_side(old, row.old), _side(new, row.new), inner, owner)))


def _moved_away(comparison: Comparison, index: int, old: Sequence[Setting]) -> _Part:
    return _Part("gone", tuple(gone(_side(old, comparison.rows[index].old), _nearest(comparison, index))))


def _side(settings: Sequence[Setting], indexes: Sequence[int]) -> Side:
    return side([settings[index] for index in indexes])


def _nearest(comparison: Comparison, index: int) -> Change:
    """Whose doing it is that a row is set otherwise: its own change, else the nearest.

    A new date moves the organ above it. The particulars count as standing before the first row: organ and topic decide where the title is broken.
    """
    rows = sorted(comparison.of_row)
    at = bisect_left(rows, index)
    near = min(rows[max(at - 1, 0) : at + 1], key=lambda row: abs(row - index), default=None)
    if near is None:
        return _NO_CHANGE
    changes = comparison.of_row[near]
    return next((change for change in changes if change.kind != "text"), changes[0])


# --- the end


def _end(last: Sequence[Stretch], parts: Sequence[_Part]) -> Iterator[Stretch]:
    """What stands behind the last row that stayed, with that row's mark: one version or both go on there."""
    went = [stretch for part in parts if part.state == "gone" for stretch in part.stretches]
    came = [stretch for part in parts if part.state == "come" for stretch in part.stretches]
    if went and came:
        yield from last
        yield from _paragraphs_but_last(went)
        yield from _paragraphs_but_last(came)
        yield from _last_paragraph(went)
        yield from _last_paragraph(came)
        yield replace(came[-1], state="same", was=went[-1].was)
    elif went:
        kept = last[0] if last else None
        if kept:
            yield replace(kept, state="gone", now=None, change=went[-1].change)
        yield from went[:-1]
        yield replace(went[-1], state="same", now=kept.now if kept else _plain())
    elif came:
        kept = last[0] if last else None
        if kept:
            yield replace(kept, state="come", was=None, change=came[-1].change)
        yield from came[:-1]
        yield replace(came[-1], state="same", was=kept.was if kept else _plain())
    else:
        yield from last


def _paragraphs_but_last(found: Sequence[Stretch]) -> Sequence[Stretch]:
    return found[: _last_start(found)]


def _last_paragraph(found: Sequence[Stretch]) -> Sequence[Stretch]:
    """Without its mark."""
    return found[_last_start(found) : -1]


def _last_start(found: Sequence[Stretch]) -> int:
    return next((at for at in range(len(found) - 1, 0, -1) if found[at - 1].text == MARK), 0)


def _plain() -> Format:
    """A version without any block is one empty paragraph: no document has none."""
    return format_of(w("pPr", w("pStyle", val=roles.BODY.id)))
