"""Weekdays: the day of the week that is written beside a date is the calendar's (D312)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule

_NAMES = "一二三四五六日"
_WEEKDAY = re.compile(r"(?P<word>星期|礼拜|周)(?P<day>[一二三四五六日天])")


@rule(
    code="D312",
    name="日期与星期不符",
    name_en="weekday and date disagree",
    severity="error",
    basis="arithmetic",
)
def wrong_weekday(document: Examined) -> Iterator[Finding]:
    """An error where the year is written or the day lies in the report's period; elsewhere the year is a guess, and it is a warning."""
    for index, mentions in enumerate(document.mentions):
        for mention in mentions:
            written, day = mention.weekday, mention.first
            if (
                mention.kind == "impossible"
                or not written
                or day is None
                or day != mention.last
                or written == day.isoweekday()
            ):
                continue
            found = _WEEKDAY.search(mention.text)
            due = _NAMES[day.isoweekday() - 1]
            known = mention.explicit_year or (document.period is not None and day in document.period)
            yield wrong_weekday.finding(
                document,
                index,
                mention.start,
                mention.end,
                f"“{mention.text}”：{day.year}年{day.month}月{day.day}日是星期{due}",
                f"{day} is not the weekday that {mention.text} says",
                expected=mention.text.replace(found.group(), found["word"] + due) if found else "",
                evidence=f"{day}＝星期{due}",
                severity="error" if known else "warning",
            )
