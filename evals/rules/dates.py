"""Dates that cannot be: impossible ones (D301) and ranges that run backwards (D311)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from drafting.dates import Mention
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule

_BARE_NUMBER = re.compile(r"\S{1,3}号")
_DATE_ITSELF = re.compile(r"(?:截[至止]到?|自从?|从|直?[到至])?(.+?)(?:以来|至今|开始|起|以?前|之前|以?后|之后|为?止)?")
_YEAR = re.compile(r"\d{4}|(?<![\d ])年")
_WINTER = timedelta(days=190)


@rule(code="D301", name="日期不存在", name_en="impossible date", severity="error", basis="arithmetic")
def impossible_date(document: Examined) -> Iterator[Finding]:
    """6月31日, 2023年2月29日, 13月, 第五季度. A bare 76号 is more often the number of a decree than a day."""
    for index, mentions in enumerate(document.mentions):
        for mention in mentions:
            if mention.kind == "impossible" and not _BARE_NUMBER.fullmatch(mention.text):
                why = f"：{mention.note}" if mention.note else ""
                start, end, text = _date_itself(mention)
                yield impossible_date.finding(
                    document,
                    index,
                    start,
                    end,
                    f"“{text}”不存在{why}",
                    f"{text} does not exist",
                    evidence=mention.note,
                )


def _date_itself(mention: Mention) -> tuple[int, int, str]:
    """6月31日 of 截至6月31日 and 6月31日前, with its bounds."""
    date_itself = _DATE_ITSELF.fullmatch(mention.text)
    if date_itself is None:
        return mention.start, mention.end, mention.text
    return mention.start + date_itself.start(1), mention.start + date_itself.end(1), date_itself[1]


@rule(code="D311", name="起止颠倒", name_en="a range that runs backwards", severity="error", basis="arithmetic")
def backward_range(document: Examined) -> Iterator[Finding]:
    """12月20日至1月15日 runs on into the next year, unless each end is written with its own."""
    for index, mentions in enumerate(document.mentions):
        for mention in mentions:
            if (
                mention.kind == "range"
                and mention.first
                and mention.last
                and mention.first > mention.last
                and not _into_the_next_year(mention.text, mention.first, mention.last)
            ):
                yield backward_range.finding(
                    document,
                    index,
                    mention.start,
                    mention.end,
                    f"“{mention.text}”起止颠倒：{mention.first} 晚于 {mention.last}",
                    f"{mention.text} runs backwards",
                    evidence=f"{mention.first} > {mention.last}",
                )


def _into_the_next_year(text: str, first: date, last: date) -> bool:
    """A winter half at most: 11月15日至3月15日, not 6月至3月."""
    return len(_YEAR.findall(text)) < 2 and first.year == last.year and first - last > timedelta(days=365) - _WINTER
