"""Anniversaries: is 建国70周年 true of the year that the sentence speaks of? (D305)"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from drafting.numerals import han_value
from drafting.outline import han_number
from evals.examined import Examined
from evals.finding import Finding, Severity
from evals.rule import rule
from evals.timeline import Entry, Timeline, of_kind
from evals.told import inside_title, looks_back, sentence_of

_NUMBER = r"(?P<number>\d{1,3}|[０-９]{1,3}|[零〇一二三四五六七八九十百]{1,5})"
_WINDOW = 48
"""No occasion with its number is longer."""
# Before 建国 or 建军 stands a verb or particle; another character makes it another country's or another army's.
_OPENERS = frozenset(
    "是年迎接庆祝为以值逢来国的在向和及与暨念到自从于届着了就即将前后同第正时办绕此传展合借扣焦题划出开行作加看述顾礼织讲"
)
_WE = r"(?:(?:我[们国党]|全[国党军]|举国上下)[，,]?)?"
_IS = (
    rf"\s*[，,]?\s*{_WE}(?:[既又也还恰正]|即?将|同时|恰好|不仅|不但)*\s*"
    r"(?:是|为|正值|恰逢|适逢|时值|迎来|喜迎|欣逢|正逢)"
)
_PART = r"度|上半年|下半年|\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?"
_SUBJECT_YEAR = re.compile(
    rf"(?P<year>[12]\d{{3}}|二[〇零一二三四五六七八九]{{3}})\s*年(?:{_PART})?(?:{_IS})|(?P<this>今年|本年度?)(?:{_IS})"
)
_ANY_YEAR = re.compile(r"([12]\d{3})\s*年")
_AHEAD = re.compile(r"到|届时|之际|迎接|目标|奋斗|实现|将")


@dataclass(frozen=True, slots=True)
class _Occasion:
    """建国70周年 as it stands in a block, the day that it counts from, and how many years it says."""

    block: int
    start: int
    end: int
    number: re.Match[str]
    name: str
    entry: Entry
    years: int

    @property
    def due_in(self) -> int:
        return self.entry.first.year + self.years


@rule(
    code="D305",
    name="周年与年份不符",
    name_en="an anniversary that is not this year's",
    severity="error",
    basis="timeline",
)
def anniversary(document: Examined) -> Iterator[Finding]:
    """An error where the sentence names its year (2024年是…, 今年是…): the reckoning must be exact.

    Elsewhere a warning, and only beyond a year on either side of the report's, the whole span of a review of several years, and
    what is still ahead (到建党一百年时): of 70 mentions in published reports 63 lie within a year and the rest are these.
    """
    occasions = tuple(_occasions(document))
    reviewed = _reviewed(document) if occasions else 0
    for occasion in occasions:
        text = document.texts[occasion.block]
        before = text[sentence_of(text, occasion.start, occasion.end)[0] : occasion.start]
        years = _subject_years(document, before)
        if years:
            if occasion.due_in not in years:
                yield _wrong(document, occasion, min(years, key=lambda year: abs(year - occasion.due_in)), "error")
        elif not _plausible(document, occasion, before, reviewed) and document.reference:
            yield _wrong(document, occasion, document.reference.year, "warning")


def _occasions(document: Examined) -> Iterator[_Occasion]:
    names, pattern = _foundings(of_kind("founding", entries=document.timeline))
    for block, text in enumerate(document.texts):
        at = text.find("周年")
        while at >= 0:
            match = pattern.search(text, max(0, at - _WINDOW), at + 2)
            if match and _is_ours(text, match.start()):
                years = _value(match["number"])
                if years:
                    entry = names[match["name"]]
                    yield _Occasion(block, match.start(), match.end(), match, match["name"], entry, years)
            at = text.find("周年", at + 2)


def _is_ours(text: str, start: int) -> bool:
    before = text[start - 1] if start else ""
    return not "一" <= before <= "鿿" or before in _OPENERS


@lru_cache(maxsize=4)
def _foundings(entries: Timeline) -> tuple[dict[str, Entry], re.Pattern[str]]:
    """The foundings by name, and where a text names one with its number of years."""
    named = {name: entry for entry in entries for name in entry.names}
    names = "|".join(re.escape(name) for name in sorted(named, key=len, reverse=True)) or "(?!)"
    return named, re.compile(rf"(?P<name>{names})\s*{_NUMBER}\s*周年\Z")


def _value(number: str) -> int:
    return int(number) if number.isdecimal() else int(han_value(number) or 0)


def _subject_years(document: Examined, before: str) -> frozenset[int]:
    """The years that the sentence is about, empty where it does not say. 今年 in a report on 2024 of January 2025 may be either."""
    subjects = list(_SUBJECT_YEAR.finditer(before))
    if not subjects or _ANY_YEAR.search(before, subjects[-1].end()):
        return frozenset()
    if subjects[-1]["year"]:
        return frozenset({_value(subjects[-1]["year"])})
    return _own_years(document)


def _own_years(document: Examined) -> frozenset[int]:
    years = {document.issued.year} if document.issued else set()
    return frozenset(years | ({document.period.year} if document.period else set()))


def _plausible(document: Examined, occasion: _Occasion, before: str, reviewed: int) -> bool:
    due = occasion.due_in
    if any(abs(due - year) <= 1 for year in _own_years(document)) or str(due) in _ANY_YEAR.findall(before):
        return True
    if document.reference is None or inside_title(before, len(before)):
        return True
    year = document.reference.year
    return year - reviewed <= due <= year or (due > year and _AHEAD.search(before) is not None)


def _reviewed(document: Examined) -> int:
    """How many years back the document looks, its own period's years among them."""
    period = document.period
    return max(looks_back(document), period.last.year - period.first.year if period else 0)


def _wrong(document: Examined, occasion: _Occasion, year: int, severity: Severity) -> Finding:
    founded = occasion.entry.first.year
    due = year - founded
    text = document.texts[occasion.block][occasion.start : occasion.end]
    number = occasion.number.span("number")
    corrected = f"{text[: number[0] - occasion.start]}{_spell(due, occasion.number['number'])}{text[number[1] - occasion.start :]}"
    sure = occasion.entry.certainty == "high"
    return anniversary.finding(
        document,
        occasion.block,
        occasion.start,
        occasion.end,
        f"“{text}”与{year}年不符：{occasion.name}在{founded}年，{year} − {founded} = {due}",
        f"{text} does not fit {year}: {year} − {founded} = {due}",
        expected=corrected if due > 0 else "",
        evidence=f"{year} − {founded} = {due}；{occasion.entry.term}：{occasion.entry.since}（{occasion.entry.source}）",
        severity=severity if sure else "warning",
    )


def _spell(years: int, like: str) -> str:
    """The number of years in the numerals that the text uses."""
    return str(years) if like.isdecimal() or not 1 <= years <= 99 else han_number(years)
