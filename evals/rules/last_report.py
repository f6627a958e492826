"""Left from the last report: its year as the subject of this review (D315)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.dates import Mention
from drafting.period import Period
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule
from evals.told import inside_title, looks_back, sentence_of

_COMPARED = re.compile(
    r"同期|相比|比(?![赛武例选])|较(?![大好为高强])|上年|去年|基础上|以来累计|连续|逐年|至今|[两二三四五]年来|(?<![一案])起(?![草到来])|"
    r"自(?![查纠身觉动主然治救愿我评行己])|从(?![严快事业实优重紧细])|当年|曾|历史|此前|上一年|延续|结转|遗留|截至|启动|开始|部署的|印发的|"
    r"新(?:设立|成立|组建)|获批|审计|决算"
)
_REVIEW_HEADING = re.compile(r"[^，。]{0,12}?(?:工作|情况|回顾|总结|做法|成效|成绩|亮点|进展)")
_OF_THEN = re.compile(r"遗留|结转|反馈|移交|整改|对比|比较|相比|考核|审计|决算")
_ITSELF = re.compile(
    r"[，,]?\s*(?:在[^，。；]{2,40}(?:下|中)，)?(?:我[局委厅部市县区乡镇校院公司]+|全[市县区局院]上下|"
    r"[^，。；]{2,16}?(?:局|委|厅|公司|集团|中心|政府|办公室|办事处|医院|学院|大学|中学|小学|学校|支队|大队|党组|党委))"
    r"[^。；]{0,40}?(?:认真|坚持|紧紧|围绕|深入|扎实|贯彻|聚焦|着力|全面|切实|严格|从严|积极|按照|以)"
)


@rule(
    code="D315",
    name="上一期的年份",
    name_en="a year left from the last report",
    severity="warning",
    basis="practice",
    needs=("period",),
)
def left_year(document: Examined) -> Iterator[Finding]:
    """2023年以来 in the lead of a report on 2024, 2023年 over its review or as the subject of its sentences.

    What D303 says of the lead's own period is not said twice; records, comparisons and reviews of several years are left alone.
    """
    period = document.period
    if period is None or looks_back(document):
        return
    for block, found in document.of_type("lead", "paragraph", "heading"):
        if block in document.ahead:
            continue
        for mention in document.mentions[block]:
            if not _of_last_year(mention, period):
                continue
            if found.type == "heading":
                left = mention.start <= len(found.number) + 2 and _heads_a_review(document.texts[block], mention)
            else:
                left = _subject_of_review(document, block, mention)
            if left:
                yield _finding(document, block, mention, period)


def _of_last_year(mention: Mention, period: Period) -> bool:
    """The year before the report's, written out: the whole of it, the same part of it, or since it."""
    if not mention.explicit_year or mention.comparison or mention.first is None:
        return False
    if mention.first.year != period.first.year - 1:
        return False
    if mention.kind == "open-end":
        return (mention.first.month, mention.first.day) == (1, 1) and mention.text.endswith("以来")
    before = period.year_before()
    whole = mention.last is not None and (mention.last - mention.first).days >= 364
    return mention.kind in ("period", "range") and (
        whole or (mention.first, mention.last) == (before.first, before.last)
    )


def _heads_a_review(text: str, mention: Mention) -> bool:
    """2023年工作回顾, not 2023年反馈问题整改情况, nor a title."""
    if inside_title(text, mention.start) or _OF_THEN.search(text, mention.end):
        return False
    return _REVIEW_HEADING.match(text, mention.end) is not None


def _subject_of_review(document: Examined, block: int, mention: Mention) -> bool:
    """At the head of a sentence, with the organ and its manner behind it; in the lead a span behind D303's reach alone."""
    text = document.texts[block]
    start, end = sentence_of(text, mention.start, mention.end)
    full_stop = text.find("。", end)
    sentence = text[start : mention.start] + text[mention.end : full_stop if full_stop >= 0 else len(text)]
    if text[start : mention.start].strip() or _COMPARED.search(sentence):
        return False
    lead = document.blocks[block].type == "lead"
    if lead and mention.kind != "open-end" and mention.start <= 2:
        return False
    if lead and mention.kind == "open-end":
        return text.startswith(("，", ","), mention.end)
    return _ITSELF.match(text, mention.end) is not None


def _finding(document: Examined, block: int, mention: Mention, period: Period) -> Finding:
    year = mention.first.year if mention.first else period.year
    expected = mention.text.replace(str(year), str(period.year))
    return left_year.finding(
        document,
        block,
        mention.start,
        mention.end,
        f"报告期是{period}，这里以“{mention.text}”为回顾的时间，像是上一期留下的",
        f"the period is {period}; {mention.text} looks left from the last report",
        expected=expected if expected != mention.text else "",
        evidence=f"{year} ≠ {period.year}",
    )
