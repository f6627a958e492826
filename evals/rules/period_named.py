"""The report's period as the report names it: title, lead and date agree on year (D303) and span (D304)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from drafting.dates import Mention
from drafting.period import Period
from evals.examined import Examined
from evals.finding import Finding
from evals.nearby import ends_at
from evals.rule import rule

_LATE = 270
"""Days after the period's end from which a date of issue is more likely a slip of the year than a late report."""

_SUMMING_UP = re.compile(r"现[将就][^。；]{0,200}(?:如下|报告|汇报|总结|通报)")
_THIS_PERIOD = re.compile(r"(?:本期|本报告期|(?<![上下前后一个])报告期)内?(?:[为是即指]|[（(])$")
_PLAN_AFTER = re.compile(r"[^，。；]{0,8}(?:计划|打算|安排|思路|要点|重点|目标|预算|任务)")
_REPORT_TITLE = re.compile(r"报告|总结|汇报|情况|小结|综述")
_NAMED_AFTER_ITS_YEAR = re.compile(r"政府工作报告")
"""Named after the year in which it is given, not after the one that it reports on."""
_EVENT = re.compile(r"第[\d一二三四五六七八九十百]+[届次轮批期]")


@rule(
    code="D303",
    name="年份前后不一",
    name_en="title, lead and date disagree on the year",
    severity="error",
    basis="timeline",
    needs=("period",),
)
def years_disagree(document: Examined) -> Iterator[Finding]:
    """Title, lead and 本期 against the period; the date of issue against its end: not before it, nor years after."""
    period = document.period
    if period is None:
        return
    for index, mention in _self_references(document):
        if (
            mention.explicit_year
            and mention.first
            and mention.last
            and _other_year(mention.first, mention.last, period)
        ):
            where = {"title": "标题", "lead": "导语"}.get(document.blocks[index].type, "正文")
            yield years_disagree.finding(
                document,
                index,
                mention.start,
                mention.end,
                f"{where}写“{mention.text}”，报告期是{period}",
                f"{mention.text} here, but the period is {period}",
                expected=str(period),
            )
    yield from _date_of_issue(document, period)


def _other_year(first: date, last: date, period: Period) -> bool:
    return last.year < period.first.year or first.year > period.last.year


def _date_of_issue(document: Examined, period: Period) -> Iterator[Finding]:
    for index, _ in document.of_type("date"):
        for mention in document.mentions[index]:
            if mention.kind != "day" or mention.first is None or not mention.explicit_year:
                continue
            early = mention.first < period.first
            if early or (mention.first - period.last).days > _LATE:
                expected = period.last.year
                yield years_disagree.finding(
                    document,
                    index,
                    mention.start,
                    mention.end,
                    f"成文日期“{mention.text}”与报告期{period}不合：{'早于报告期' if early else '晚得超过九个月'}",
                    f"the date of issue {mention.text} does not go with the period {period}",
                    expected=mention.text.replace(str(mention.first.year), str(expected)),
                    severity="error" if early or mention.first.year > expected + 1 else "warning",
                )


@rule(
    code="D304",
    name="报告期用语不一",
    name_en="period words disagree",
    severity="error",
    basis="timeline",
    needs=("period",),
)
def period_words_disagree(document: Examined) -> Iterator[Finding]:
    """上半年 for the report, 全年 or 一季度 in its title or where its lead says what is reported. A bare year contradicts nothing."""
    period = document.period
    if period is None:
        return
    for index, mention in _self_references(document):
        if mention.first is None or mention.last is None or _other_year(mention.first, mention.last, period):
            continue
        if _months(mention.first, mention.last) == _months(period.first, period.last):
            continue
        if not _names_a_part(mention, Period.of_days(mention.first, mention.last), period):
            continue
        yield period_words_disagree.finding(
            document,
            index,
            mention.start,
            mention.end,
            f"这里写“{mention.text}”，报告期是{period}",
            f"{mention.text} here, but the period is {period}",
            expected=str(period) if mention.explicit_year else period.label_within_year,
        )


def _months(first: date, last: date) -> tuple[int, int, int, int]:
    """6月至9月 and 6月1日至9月15日 are the same months."""
    return first.year, first.month, last.year, last.month


def _names_a_part(mention: Mention, named: Period, period: Period) -> bool:
    """Halves, quarters, 全年 and 1—9月; a single month only where the report is a month's; not a bare year or days."""
    if named.kind == "month":
        return period.kind == "month"
    parts = named.kind not in ("year", "days") and "月" in mention.text
    return parts or re.search(r"半年|季度|全年|年度|[一二三四]季", mention.text) is not None


def _self_references(document: Examined) -> Iterator[tuple[int, Mention]]:
    """Where the document says what it reports on: a report's title, the opening of its lead, 现将…报告如下, and 本报告期为…."""
    for index, block in document.of_type("title", "lead", "paragraph"):
        text = document.texts[index]
        if block.type == "title" and (not _REPORT_TITLE.search(text) or _NAMED_AFTER_ITS_YEAR.search(text)):
            continue
        summing_up = _SUMMING_UP.search(text)
        for mention in document.mentions[index]:
            if mention.kind not in ("period", "range") or mention.comparison:
                continue
            if ends_at(_THIS_PERIOD, text, mention.start, 12):
                yield index, mention
            elif block.type == "paragraph" or _PLAN_AFTER.match(text, mention.end):
                continue
            elif block.type == "title":
                if not _EVENT.match(text, mention.end):
                    yield index, mention
            elif _opens(document, index, mention) or (
                summing_up and summing_up.start() <= mention.start < summing_up.end()
            ):
                yield index, mention


def _opens(document: Examined, index: int, mention: Mention) -> bool:
    """Does the lead begin with it as its time: 2024年上半年，…? A day or a month there dates an event, but in a monthly report."""
    if mention.start > 2 or not document.texts[index].startswith(("，", ","), mention.end) or document.period is None:
        return False
    if mention.first is None or mention.last is None or mention.first > mention.last:
        return False
    kind = Period.of_days(mention.first, mention.last).kind
    return kind not in ("days", "month") or kind == document.period.kind
