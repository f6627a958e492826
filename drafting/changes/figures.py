"""Figures: which numbers and which dates became others, with their units and the words around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from drafting import amounts, dates
from drafting.amounts import Amount
from drafting.changes.comparison import Change, Comparison
from drafting.changes.marking import section_names
from drafting.dates import Mention
from drafting.report import Report

_AROUND = 10
_NO_DAY = date(2000, 1, 1)
"""Counted from where a report tells no day: two mentions are compared, so that any day does, as long as it is the same for both."""
_STOP = re.compile("[。；！？，、：（）\n]")


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number with its unit that became another, or that came or went inside a paragraph that stayed (the other side is empty).

    `before` and `after` are the words around it in its clause, of the new version, or of the old one where the number went. `change` is the
    id of the change that makes it.
    """

    old: str
    new: str
    before: str
    after: str
    heading: str
    change: str


@dataclass(frozen=True, slots=True)
class DateChange:
    """A date that became another, came or went; as NumberChange."""

    old: str
    new: str
    before: str
    after: str
    heading: str
    change: str


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


_Found = TypeVar("_Found", bound=_Spanned)
_Pair = tuple[_Found | None, _Found | None]


def number_changes(comparison: Comparison) -> Iterator[NumberChange]:
    """The numbers of rows that stand in both versions, in order. What is only written otherwise (1,200万元, 1200万元) is no change."""
    for found in _changed(comparison, _amounts, _same_amount, _same_measure):
        yield NumberChange(*found)


def date_changes(comparison: Comparison) -> Iterator[DateChange]:
    """The dates of rows that stand in both versions, in order, and what was said with words instead of days."""
    for found in _changed(comparison, _mentions, _same_days, lambda one, other: True):
        yield DateChange(*found)


def _amounts(text: str, report: Report) -> list[Amount]:
    told = tuple((mention.start, mention.end) for mention in _mentions(text, report))
    return [amount for amount in amounts.find(text, told) if not amount.weak]


def _mentions(text: str, report: Report) -> list[Mention]:
    reference = report.issued or (report.period.last if report.period else _NO_DAY)
    return dates.find(text, reference, report.period)


def _same_amount(one: Amount, other: Amount) -> bool:
    return (one.value, one.kind, one.unit, one.precision) == (other.value, other.kind, other.unit, other.precision)


def _same_measure(one: Amount, other: Amount) -> bool:
    """May one have become the other? 52辆 in a sentence that went did not become 16个 in the one that came; 个 may count anything."""
    if one.kind != other.kind:
        return False
    if one.value == other.value or one.unit == other.unit:
        return True
    return "个" not in (one.unit, other.unit) and amounts.same_unit(one.unit, other.unit)


def _same_days(one: Mention, other: Mention) -> bool:
    if one.first is None and one.last is None:
        return one.text == other.text
    return (one.first, one.last, one.kind) == (other.first, other.last, other.kind)


def _changed(
    comparison: Comparison,
    find: Callable[[str, Report], Sequence[_Found]],
    same: Callable[[_Found, _Found], bool],
    akin: Callable[[_Found, _Found], bool],
) -> Iterator[tuple[str, str, str, str, str, str]]:
    names = section_names(comparison)
    for index, changes in comparison.of_row.items():
        made = [change for change in changes if change.kind == "text"]
        if not made:
            continue
        row = comparison.rows[index]
        before, after = comparison.old_text(row), comparison.new_text(row)
        pairs = list(_pairs(find(before, comparison.old), find(after, comparison.new), made, akin))
        for one, other in _unmoved(pairs):
            if one is not None and other is not None and same(one, other):
                continue
            text, found = (after, other) if other is not None else (before, one)
            around = _around(text, found) if found is not None else ("", "")
            yield _text(one), _text(other), *around, names[index], _made_by(made, one, other)


def _text(found: _Spanned | None) -> str:
    return found.text if found is not None else ""


def _pairs(
    old: Sequence[_Found], new: Sequence[_Found], made: Sequence[Change], akin: Callable[[_Found, _Found], bool]
) -> Iterator[_Pair[_Found]]:
    """What stands in the same place of both texts, in the order of the new one; what only one text has stands alone."""
    carry = _Carry(made)
    at = 0
    for one in old:
        start, end = carry.start(one.start), carry.end(one.end)
        while at < len(new) and new[at].end <= start:
            yield None, new[at]
            at += 1
        if at < len(new) and new[at].start < max(end, start + 1) and akin(one, new[at]):
            yield one, new[at]
            at += 1
        else:
            yield one, None
    for other in new[at:]:
        yield None, other


class _Carry:
    """Where an offset of the old text stands in the new one."""

    def __init__(self, made: Sequence[Change]) -> None:
        self._made = sorted(made, key=lambda change: (change.old_start, change.new_start))
        self._starts = [change.old_start for change in self._made]

    def start(self, offset: int) -> int:
        """Of something that begins there: at the beginning of what replaced it, behind what was put in before it."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return offset
        change = self._made[at]
        if offset < change.old_end:
            return change.new_start
        return offset + change.new_end - change.old_end

    def end(self, offset: int) -> int:
        """Of something that ends there: at the end of what replaced it, before what was put in behind it."""
        at = bisect_right(self._starts, offset - 1) - 1
        if at < 0:
            return offset
        change = self._made[at]
        if offset <= change.old_end and change.old_end > change.old_start:
            return change.new_end
        return offset + change.new_end - change.old_end


def _unmoved(pairs: Sequence[_Pair[_Found]]) -> Iterator[_Pair[_Found]]:
    """Without what went here and came there in the same words: it moved with its sentence."""
    gone = Counter(one.text for one, other in pairs if one is not None and other is None)
    come = Counter(other.text for one, other in pairs if one is None and other is not None)
    moved_out, moved_in = gone & come, gone & come
    for one, other in pairs:
        if one is not None and other is None and moved_out[one.text]:
            moved_out[one.text] -= 1
        elif other is not None and one is None and moved_in[other.text]:
            moved_in[other.text] -= 1
        else:
            yield one, other


def _around(text: str, found: _Spanned) -> tuple[str, str]:
    """The words before it and behind it, up to the clause's ends."""
    before, after = text[max(0, found.start - _AROUND) : found.start], text[found.end : found.end + _AROUND]
    words, following = _STOP.split(before)[-1], _STOP.split(after)[0]
    cut, cut_behind = len(words) == _AROUND < found.start, len(following) == _AROUND < len(text) - found.end
    return "…" * cut + words, following + "…" * cut_behind


def _made_by(made: Sequence[Change], one: _Spanned | None, other: _Spanned | None) -> str:
    """The id of the first change that touches the new side, or the old one where there is none; `made` is in the order of both texts."""
    if other is not None:
        at = bisect_right(made, other.start, key=lambda change: change.new_end)
        if at < len(made) and made[at].new_start < other.end:
            return made[at].id
    if one is not None:
        at = bisect_right(made, one.start, key=lambda change: change.old_end)
        if at < len(made) and made[at].old_start < one.end:
            return made[at].id
    return ""
