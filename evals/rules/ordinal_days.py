"""Ordinal days: 第40个教师节 is year − first year + 1 (D314)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.numerals import han_value
from drafting.outline import han_number
from evals.examined import Examined
from evals.finding import Finding
from evals.naming import Named, named
from evals.nearby import ends_at
from evals.rule import rule
from evals.timeline import of_kind
from evals.told import inside_title, sentence_of

_ORDINAL = re.compile(
    r"第\s*(?P<number>\d{1,3}|[０-９]{1,3}|[一二三四五六七八九十百]{1,5})\s*[个届次]\s*(?P<of>全国|国家|中国|国际|世界)?[“”「」]*$"
)
_YEAR = re.compile(r"(?P<year>[12]\d{3})\s*年|(?P<word>今年|去年|上年|明年|前年)")
_AWAY = {"今年": 0, "去年": -1, "上年": -1, "明年": 1, "前年": -2}
_MOVING = re.compile(r"自|从|始于|首[个届次]|设立|以来|截至|至今|连续")
_SINCE = re.compile(r"[”」]?[^，。；]{0,6}(?:以来|至今)")


@rule(
    code="D314",
    name="第几个节日不对",
    name_en="the ordinal of a yearly day",
    severity="error",
    basis="timeline",
    needs=("period",),
)
def wrong_ordinal(document: Examined) -> Iterator[Finding]:
    """Exact against the year that the sentence names; where it names none, the years of the report and of its date of issue are right."""
    for name in named(document, of_kind("nth-day", entries=document.timeline)):
        text = document.texts[name.block]
        ordinal = ends_at(_ORDINAL, text, name.start, 24)
        if ordinal is None or inside_title(text, name.start):
            continue
        number = _value(ordinal["number"])
        years = _years(document, text, ordinal.start(), name)
        base = name.entry.first.year - 1
        if years and number and base + number not in years:
            yield _finding(document, name, ordinal, number, sorted(years))


def _years(document: Examined, text: str, start: int, name: Named) -> frozenset[int]:
    """The years that the day may be of, empty where the sentence does not let one know."""
    first, end = sentence_of(text, start, name.end)
    if _MOVING.search(text[first:start]) or _SINCE.match(text, name.end):
        return frozenset()
    said = list(_YEAR.finditer(text, first, start)) or list(_YEAR.finditer(text, name.end, end))
    own = _own_years(document)
    if not said:
        return own
    year = said[-1]["year"] if said[-1].end() <= start else said[0]["year"]
    if year:
        return frozenset({int(year)})
    word = said[-1]["word"] if said[-1].end() <= start else said[0]["word"]
    return frozenset(one + _AWAY[word] for one in own)


def _own_years(document: Examined) -> frozenset[int]:
    years = set(range(document.period.first.year, document.period.last.year + 1)) if document.period else set()
    return frozenset(years | ({document.issued.year} if document.issued else set()))


def _value(number: str) -> int:
    return int(number) if number.isdecimal() else int(han_value(number) or 0)


def _finding(document: Examined, name: Named, ordinal: re.Match[str], number: int, years: list[int]) -> Finding:
    entry, text = name.entry, document.texts[name.block]
    year = min(years, key=lambda year: abs(year - entry.first.year + 1 - number))
    due = year - entry.first.year + 1
    spelt = str(due) if ordinal["number"].isdecimal() or not 1 <= due <= 99 else han_number(due)
    before, after = text[ordinal.start() : ordinal.start("number")], text[ordinal.end("number") : name.end]
    return wrong_ordinal.finding(
        document,
        name.block,
        ordinal.start(),
        name.end,
        f"“{text[ordinal.start() : name.end]}”与{year}年不符：{entry.term}首次在{entry.first.year}年，{year} − {entry.first.year} + 1 = {due}",
        f"{entry.term} of {year} is number {due}",
        expected=f"{before}{spelt}{after}" if due > 0 else "",
        evidence=f"{year} − {entry.first.year} + 1 = {due}；{entry.term}：{entry.since}（{entry.source}）",
        severity="error" if entry.sure else "warning",
    )
