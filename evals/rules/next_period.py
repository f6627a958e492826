"""The outlook's time: it names the period that follows the report's, not another (D309)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from drafting.dates import Mention
from drafting.errors import PeriodError
from drafting.period import Period
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule
from evals.told import named_after_its_year

_WEEK = timedelta(days=7)
_OPENING = re.compile(
    r"[\s　]*(?:[一二三四五六七八九十]{1,2}是|下一?步(?:工作中?)?|下一阶段(?:工作中?)?|接下来|今后|为此)?[，,]?[\s　]*(?:[^，。；]{2,14}将)?"
    r"(?:在|展望|(?:为|要)?(?:谋划|做好|抓好))?$"
)
_PLANNED = re.compile(
    r"[，,]?[^。；]{0,24}?(?:将(?!近)|要(?![素求点件闻])|计划|拟|继续|重点(?:做好|抓好|推进|围绕)|力争|确保|着力|进一步|认真做好|打算|安排|思路|工作要点|目标)"
)
_HEADED = re.compile(r"[^，。]{0,16}?(?:打算|安排|计划|思路|要点|展望|目标|部署|重点|任务|工作)")
_DONE = re.compile(r"[^。；]*?(?:了|已|完成|取得|虽然|同比|增长|下降|存在|暴露|经验|基础上|以来)")
_REVIEWED = re.compile(r"回顾|总结|完成情况|开展情况|成效|问题")
_NAMED = re.compile(r"半年|季度|全年|年度|月份?$|年$|[一二三四]季")


@rule(
    code="D309",
    name="下一步的时间不对",
    name_en="the outlook names the wrong next period",
    severity="error",
    basis="timeline",
    needs=("period",),
)
def wrong_next_period(document: Examined) -> Iterator[Finding]:
    """上半年 or 2023年下半年 at the head of the plans of a report on 2024年上半年; any longer span that begins now is right."""
    period = document.period
    if period is None or named_after_its_year(document):
        return
    for block in sorted(document.ahead | set(_closing(document))):
        for mention in document.mentions[block]:
            if _opens_a_plan(document, block, mention) and not _follows(mention, period):
                yield _finding(document, block, mention, period)


def _closing(document: Examined) -> Iterator[int]:
    """The body's last paragraph, where plans stand even without 下一步, and the headings over an outlook."""
    for section in document.sections:
        if any(document.blocks[block].type == "outlook" for block in section.body):
            yield section.index
    yield from [index for index, _ in document.of_type("lead", "paragraph", "outlook")][-1:]


def _opens_a_plan(document: Examined, block: int, mention: Mention) -> bool:
    if mention.kind not in ("period", "relative", "range") or mention.comparison or not _NAMED.search(mention.text):
        return False
    if mention.kind == "relative" and document.issued is None:
        return False
    text = document.texts[block]
    rest = text[mention.end :]
    if document.blocks[block].type == "heading":
        return (
            mention.start <= len(document.blocks[block].number) + 2
            and _HEADED.match(rest) is not None
            and not _REVIEWED.search(rest)
        )
    if document.blocks[block].type not in ("paragraph", "outlook") or not _OPENING.match(text[: mention.start]):
        return False
    planned = _PLANNED.match(rest)
    return planned is not None and not _DONE.match(planned.group())


def _follows(mention: Mention, period: Period) -> bool:
    """Does the mention begin where the period ends, reach from it into what follows, or lie in the period that follows?

    A longer span than the period (2025年 after a half year) may begin later, but not with another of its length between.
    """
    first, last = mention.first, mention.last
    if first is None or last is None or last < first:
        return True
    if last <= period.last + _WEEK:
        return False
    if first <= period.last + timedelta(days=1):
        return True
    expected = following(period)
    if expected is None or first <= expected.last:
        return True
    span = last - first
    return span > period.last - period.first + _WEEK and first - span <= period.last + _WEEK


def following(period: Period) -> Period | None:
    """The period that comes next: the fourth quarter after three, the next of its kind otherwise; None at the end of time."""
    if period.kind == "three-quarters":
        return Period.of_months(period.year, 10, 12)
    try:
        return period.next()
    except PeriodError:
        return None


def _finding(document: Examined, block: int, mention: Mention, period: Period) -> Finding:
    expected = following(period)
    name = "" if expected is None else _spelt_like(mention, expected, period)
    return wrong_next_period.finding(
        document,
        block,
        mention.start,
        mention.end,
        f"报告期是{period}，下一步的安排却写“{mention.text}”",
        f"the period is {period}, yet the outlook names {mention.text}",
        expected=name,
        evidence=f"{mention.text}＝{_day(mention.first)}至{_day(mention.last)}；报告期末 {period.last}",
    )


def _spelt_like(mention: Mention, expected: Period, period: Period) -> str:
    """With the year where the mention has it, or where the year changes."""
    if mention.explicit_year or expected.year != period.year:
        return str(expected)
    return expected.label_within_year


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
