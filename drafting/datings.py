"""Datings: when a date of a text stands on what the facts and the brief know, and when a fact's date is said by a text.

Spans of days are compared, not words: 一季度 stands on 3月12日 and says it, 4月 does neither.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from drafting.dates import Mention
from drafting.ground import Days, Ground
from drafting.period import Period


def stands(mention: Mention, ground: Ground) -> bool:
    """Does a date of a text say no more than facts, brief and period do?"""
    return (
        mention.text in ground.day_words
        or (mention.first, mention.last) in ground.days
        or (mention.comparison and "同比" in ground.text)
        or _of_the_period(mention, ground)
        or _holds_one_of(mention, ground.days, ground.period)
        or _opens_or_ends_with_one_of(mention, ground.days)
    )


def said(known: Mention, written: Sequence[Mention], ground: Ground) -> bool:
    """Do the dates of a text say a fact's: in its words, by its days, or as a named part of the period that holds them?"""
    days = (known.first, known.last)
    return (
        days == (ground.period.first, ground.period.last)
        or _of_the_period(known, ground)
        or any(known.text == mention.text or days == (mention.first, mention.last) for mention in written)
        or any(_holds_one_of(mention, (days,), ground.period) for mention in written)
        or any(_opens_or_ends_with_one_of(mention, (days,)) for mention in written)
    )


def _of_the_period(mention: Mention, ground: Ground) -> bool:
    """今年以来, 截至6月底 and 年初 say no more than the report's period does.

    In a report on a year that is issued in the next January, 今年 is as often the year reported.
    """
    period, today = ground.period, ground.reference
    ends: tuple[date | None, date | None] = (mention.first, mention.last)
    year = (date(period.last.year, 1, 1), None)
    if mention.text.startswith("今年") and today.year == period.last.year + 1:
        return ends in ((date(today.year, 1, 1), None), (date(today.year, 1, 1), date(today.year, 12, 31)))
    if (
        mention.last
        and not mention.explicit_year
        and (mention.last.month, mention.last.day) == (today.month, today.day)
    ):
        return mention.first in (None, mention.last)
    return ends in (year, (period.first, None), (None, period.last), (None, today), (period.first, today))


def _holds_one_of(mention: Mention, days: Collection[Days], period: Period) -> bool:
    """May a text say 5月 where the fact says 5月20日? Yes: a named part of the period, less than all of it, that holds the day."""
    first, last = mention.first, mention.last
    if mention.kind != "period" or first is None or last is None:
        return False
    part = period.first <= first and last <= period.last and (first, last) != (period.first, period.last)
    return part and any(a and b and first <= a and b <= last for a, b in days)


def _opens_or_ends_with_one_of(mention: Mention, days: Collection[Days]) -> bool:
    """到今年 stands on 今年, 自5月20日起 on 5月20日."""
    if mention.kind == "open-start":
        return any(mention.last == last for _, last in days)
    return mention.kind == "open-end" and any(mention.first == first for first, _ in days)
