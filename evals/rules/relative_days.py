"""Words that count from the present: against the year written beside them, and out of place in a formal report (D313)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule
from evals.told import inside_quotes

_AWAY = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "去年": -1,
    "上年": -1,
    "上年度": -1,
    "前年": -2,
    "明年": 1,
    "下年": 1,
    "下年度": 1,
    "后年": 2,
}
_WORD = r"(?P<word>(?:今|去|前|明|后)年|(?:本|上|下)年度?)"
_PAIRED = (
    re.compile(_WORD + r"[（(，,]?\s*(?:即|也就是)?\s*(?P<year>[12]\d{3})\s*年?度?[）)]"),
    re.compile(_WORD + r"(?:，?即|，?也就是|——)?(?P<year>[12]\d{3})\s*年"),
    re.compile(r"(?P<year>[12]\d{3})\s*年?度?[（(]\s*(?:即|也就是)?\s*" + _WORD + r"(?:度)?[）)]"),
)
_ANOTHER_WORD = re.compile(r"[每往历逐隔当]$|\d$")
_LONGER_WORD = re.compile(r"(?:[作假节生当周即每到期次末]日前|[前附最切靠接邻临亲远]近日)$")
_VAGUE = frozenset({"昨天", "昨日", "前天", "近日", "日前"})


@rule(
    code="D313",
    name="相对时间不当",
    name_en="a relative word against the year, or out of place",
    severity="error",
    basis="timeline",
    needs=("period",),
)
def relative_word(document: Examined) -> Iterator[Finding]:
    """去年（2022年） in 2024 is an error. 昨天 and 近日, whose day nobody knows a month later, are a warning.

    Years count from the date of issue or from the period: a report on 2024 of January 2025 may mean either by 今年.
    """
    for block, _ in document.of_type("title", "heading", "lead", "paragraph", "outlook", "attachment"):
        yield from _contradictions(document, block)
        yield from _vague(document, block)


def _contradictions(document: Examined, block: int) -> Iterator[Finding]:
    text = document.texts[block]
    reported: set[int] = set()
    for pattern in _PAIRED:
        for match in pattern.finditer(text):
            due = _due(document, match["word"])
            if int(match["year"]) in due or match.start() in reported or _ANOTHER_WORD.search(text[: match.start()]):
                continue
            reported.add(match.start())
            expected = " 或 ".join(f"{year}年" for year in sorted(due))
            yield relative_word.finding(
                document,
                block,
                match.start(),
                match.end(),
                f"“{match['word']}”在本文是{expected}，不是{match['year']}年",
                f"{match['word']} is {expected} here, not {match['year']}",
                expected=match.group().replace(match["year"], str(max(due))) if len(due) == 1 else "",
                evidence=f"报告期 {document.period}，成文日期 {document.issued or '未写'}",
            )


def _due(document: Examined, word: str) -> frozenset[int]:
    own = {day.year for day in (document.issued, document.period and document.period.last) if day}
    return frozenset(year + _AWAY[word] for year in own)


def _vague(document: Examined, block: int) -> Iterator[Finding]:
    if document.blocks[block].type not in ("lead", "paragraph", "outlook"):
        return
    text = document.texts[block]
    for mention in document.mentions[block]:
        if mention.text not in _VAGUE or _LONGER_WORD.search(text, 0, mention.end):
            continue
        if not inside_quotes(text, mention.start):
            yield relative_word.finding(
                document,
                block,
                mention.start,
                mention.end,
                f"正式报告通常写明日期，不写“{mention.text}”",
                f"a formal report names the day instead of {mention.text}",
                severity="warning",
            )
