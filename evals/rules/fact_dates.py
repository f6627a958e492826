"""Facts of another time than the report's (B103)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.dates import Mention
from drafting.period import Period
from evals.examined import Examined, Sentence
from evals.factsheet import Held, facts_of
from evals.finding import Finding
from evals.rule import rule
from evals.rules.period import outside

_MONTH = 31
_COMPARED = re.compile(
    r"以来|去年|上年|前年|同期|同比|环比|比|较|历史|当时|此前|以后|至今|的|计划|规划|部署|要求|批复|获批|立项|启动|开工|成立|建成|组建|起|累计|连续|"
    r"延续|结转|遗留|纪录|记录|首次|最"
)
"""Beside last year's figure, what it is compared with, how long a thing has gone on, or whose year is part of a name."""


@rule(
    code="B103",
    name="报告期外的事实",
    name_en="a fact dated outside the period",
    severity="warning",
    basis="timeline",
    needs=("brief",),
    subject="brief",
)
def fact_outside_period(document: Examined) -> Iterator[Finding]:
    """A day that the fact gives to what was done, before or after the period; last year's figures; and the fact's own `date`.

    That date may be a ledger's, made up between the period's end and the day of issue. Outlook, comparisons, deadlines ahead, plans,
    records and the years of names are left alone.
    """
    period = document.period
    if period is None:
        return
    for held in facts_of(document):
        if held.ahead or held.block in document.ahead:
            continue
        told = list(_told_outside(document, held, period))
        yield from told
        if not told:
            yield from _dated_outside(document, held, period)


def _told_outside(document: Examined, held: Held, period: Period) -> Iterator[Finding]:
    for sentence in document.sentences(held.block):
        days = [mention for mention, _ in outside(document, sentence, period)]
        spans = [mention for mention in document.mentions[held.block] if _last_year_s(mention, sentence, period)]
        for mention in (*days, *spans):
            side = "之前" if mention.last and mention.last < period.first else "之后"
            side_en = "before" if side == "之前" else "after"
            yield fact_outside_period.finding(
                document,
                held.block,
                mention.start,
                mention.end,
                f"{held.fact.id}“{mention.text}”在报告期{period}{side}",
                f"{held.fact.id}: {mention.text} lies {side_en} the period",
                evidence=f"{mention.text}＝{mention.first}至{mention.last}；报告期 {period.first}至{period.last}",
            )


def _last_year_s(mention: Mention, sentence: Sentence, period: Period) -> bool:
    """2023年检查126家次 in a brief on 2024: a span wider than a month that opens the fact and lies before the period."""
    if mention.kind not in ("period", "range") or mention.comparison or not mention.explicit_year:
        return False
    if mention.first is None or mention.last is None or not mention.first <= mention.last < period.first:
        return False
    if (mention.last - mention.first).days <= _MONTH or mention.start != sentence.start:
        return False
    return not _COMPARED.search(sentence.text[mention.end - sentence.start :])


def _dated_outside(document: Examined, held: Held, period: Period) -> Iterator[Finding]:
    day, issued = held.fact.date, document.issued
    latest = max(period.last, issued) if issued else period.last
    if day is None or period.first <= day <= latest:
        return
    yield fact_outside_period.finding(
        document,
        held.block,
        0,
        len(document.texts[held.block]),
        f"{held.fact.id} 的日期 {day} 在报告期{period}{'之前' if day < period.first else '和成文日期之后'}",
        f"{held.fact.id} is dated {day}, {'before the period' if day < period.first else 'after the day of issue'}",
        evidence=f"{day}；报告期 {period.first}至{period.last}",
    )
