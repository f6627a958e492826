"""Words that count from the present: against the year written beside them, and out of place in a formal report (D313)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from evals.by_block import by_block
from evals.examined import Examined
from evals.finding import Finding
from evals.nearby import ends_at
from evals.rule import rule
from evals.told import inside_quotes

_AWAY = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "去年": -1,
    "上年": -1,
    "上年度": -1,
    "上一年": -1,
    "上一年度": -1,
    "前年": -2,
    "明年": 1,
    "下年": 1,
    "下年度": 1,
    "下一年": 1,
    "下一年度": 1,
    "后年": 2,
}
_WORD = r"(?P<word>(?:今|去|前|明|后)年|(?:本|上一?|下一?)年度?)"
_YEAR = r"(?P<year>[12１２]\d{3}|[一二][〇零○九][〇零○一二三四五六七八九]{2})"
_PART = r"(?:同期|以来|全年|年?[底初末中]|[上下]半年|前?第?[一二三四]季度|前三季度|\d{1,2}月份?)?"
_SPAN = r"[\d〇零○一二三四五六七八九十月日底初末中同期以来上下半前三第季度份至—–～~-]{0,10}"
_PAIRED = (
    re.compile(rf"{_WORD}{_PART}[（(，,]?\s*(?:即|也就是)?\s*{_YEAR}\s*年?度?{_SPAN}\s*[）)]"),
    re.compile(rf"{_WORD}(?:，?即|，?也就是|——)?{_YEAR}\s*年"),
    re.compile(rf"{_WORD}是{_YEAR}\s*年(?=[，。；])"),
    re.compile(rf"{_YEAR}\s*年?度?[（(]\s*(?:即|也就是)?\s*{_WORD}(?:度)?[）)]"),
)
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_ANOTHER_WORD = re.compile(r"[每往历逐隔当]$|\d$")
_LONGER_WORD = re.compile(
    r"(?:[\d一二三四五六七八九十几作假节生当周即每到期次末止考试赛]日前|[前附最切靠接邻临亲远]近日)$"
)
_VAGUE = re.compile(
    r"昨[天日晚]|(?<![日目眼])前(?:天|几天|些天|两天|一?阵子|段时间)|(?:前不久|不久前)(?![^，。；]{0,16}的)|这几天|近几天|近日来?(?![均常益])|日前(?![往来去置期景后])"
)
_LAST_WEEK = re.compile(r"上周[一二三四五六日天]?(?![期边转])")
_LONG = 31
"""Days. In the report of a week or a month 上周 is known."""


@rule(
    code="D313",
    name="相对时间不当",
    name_en="a relative word against the year, or out of place",
    severity="error",
    basis="timeline",
    needs=("period",),
)
@by_block("title", "heading", "lead", "paragraph", "outlook", "attachment")
def relative_word(document: Examined, block: int) -> Iterator[Finding]:
    """去年（2022年） in 2024 is an error. 昨天 and 近日, whose day nobody knows a month later, are a warning.

    Years count from the date of issue or from the period: a report on 2024 of January 2025 may mean either by 今年.
    """
    yield from _contradictions(document, block)
    yield from _vague(document, block)


def _contradictions(document: Examined, block: int) -> Iterator[Finding]:
    text = document.texts[block]
    reported: set[int] = set()
    for pattern in _PAIRED:
        for match in pattern.finditer(text):
            due, year = _due(document, match["word"]), int(match["year"].translate(_DIGITS))
            if year in due or match.start() in reported or ends_at(_ANOTHER_WORD, text, match.start(), 1):
                continue
            reported.add(match.start())
            expected = " 或 ".join(f"{year}年" for year in sorted(due))
            yield relative_word.finding(
                document,
                block,
                match.start(),
                match.end(),
                f"“{match['word']}”在本文是{expected}，不是{year}年",
                f"{match['word']} is {expected} here, not {year}",
                expected=match.group().replace(match["year"], str(max(due))) if len(due) == 1 else "",
                evidence=f"报告期 {document.period}，成文日期 {document.issued or '未写'}",
            )


def _due(document: Examined, word: str) -> frozenset[int]:
    own = {day.year for day in (document.issued, document.period and document.period.last) if day}
    return frozenset(year + _AWAY[word] for year in own)


def _vague(document: Examined, block: int) -> Iterator[Finding]:
    if document.blocks[block].type not in ("lead", "paragraph", "outlook"):
        return
    text, period = document.texts[block], document.period
    patterns = (_VAGUE, _LAST_WEEK) if period is not None and period.days > _LONG else (_VAGUE,)
    for match in chain.from_iterable(pattern.finditer(text) for pattern in patterns):
        if ends_at(_LONGER_WORD, text, match.end(), 12) or inside_quotes(text, match.start()):
            continue
        yield relative_word.finding(
            document,
            block,
            match.start(),
            match.end(),
            f"正式报告通常写明日期，不写“{match.group()}”",
            f"a formal report names the day instead of {match.group()}",
            severity="warning",
        )
