"""Dates that cannot be: impossible ones (D301) and ranges that run backwards (D311)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule

_BARE_NUMBER = re.compile(r"\S{1,3}号")


@rule(code="D301", name="日期不存在", name_en="impossible date", severity="error", basis="arithmetic")
def impossible_date(document: Examined) -> Iterator[Finding]:
    """6月31日, 2023年2月29日, 13月, 第五季度. A bare 76号 is more often the number of a decree than a day."""
    for index, mentions in enumerate(document.mentions):
        for mention in mentions:
            if mention.kind == "impossible" and not _BARE_NUMBER.fullmatch(mention.text):
                why = f"：{mention.note}" if mention.note else ""
                yield impossible_date.finding(
                    document,
                    index,
                    mention.start,
                    mention.end,
                    f"“{mention.text}”不存在{why}",
                    f"{mention.text} does not exist",
                    evidence=mention.note,
                )


@rule(code="D311", name="起止颠倒", name_en="a range that runs backwards", severity="error", basis="arithmetic")
def backward_range(document: Examined) -> Iterator[Finding]:
    for index, mentions in enumerate(document.mentions):
        for mention in mentions:
            if mention.kind == "range" and mention.first and mention.last and mention.first > mention.last:
                yield backward_range.finding(
                    document,
                    index,
                    mention.start,
                    mention.end,
                    f"“{mention.text}”起止颠倒：{mention.first} 晚于 {mention.last}",
                    f"{mention.text} runs backwards",
                    evidence=f"{mention.first} > {mention.last}",
                )
