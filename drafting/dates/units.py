"""The units that date expressions are made of, which may follow which, and the numerals in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UnitKind = Literal[
    "year",
    "short-year",
    "near-year",
    "own-year",
    "spoken-year",
    "school-year",
    "half",
    "quarter",
    "own-quarter",
    "first-months",
    "last-months",
    "whole-year",
    "month",
    "own-month",
    "spoken-month",
    "ten-days",
    "half-month",
    "nth-weekday",
    "edge",
    "day",
    "weekday",
    "near-day",
    "near-week",
    "near-years",
    "festival",
    "plan",
    "decade",
    "century",
    "stretch",
    "vague",
    "comparison",
]


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as it stands in the text.

    `value` is its number (2024, 6, 15, the plan's number), or its distance from the present for near-, own- and spoken- units
    (去年 is −1). `name` is what a number cannot say: the festival, the edge (初, 中, 底), the unit of a stretch (年, 月, 周, 日),
    whether a comparison is 同比 or 环比, that a week is meant by its end (周末). `until` is the last of two ten-day spans
    (中下旬), which of its weekdays a month counts (第三个星期日; 0 for the last), how many years are near (今明两年).
    """

    kind: UnitKind
    start: int
    end: int
    value: int = 0
    name: str = ""
    until: int = 0


YEARS: frozenset[UnitKind] = frozenset({"year", "short-year", "near-year", "own-year", "spoken-year"})
MONTHS: frozenset[UnitKind] = frozenset({"month", "own-month", "spoken-month"})

_WITHIN_YEAR: frozenset[UnitKind] = frozenset(
    {"half", "quarter", "first-months", "last-months", "whole-year", "month", "edge", "festival"}
)
_WITHIN_MONTH: frozenset[UnitKind] = frozenset({"day", "ten-days", "half-month", "nth-weekday", "edge"})
_EDGE: frozenset[UnitKind] = frozenset({"edge"})

FOLLOWS: dict[UnitKind, frozenset[UnitKind]] = {
    **dict.fromkeys(YEARS, _WITHIN_YEAR),
    **dict.fromkeys(MONTHS, _WITHIN_MONTH),
    "half": _EDGE,
    "quarter": _EDGE,
    "own-quarter": _EDGE,
    "first-months": _EDGE,
    "plan": _EDGE,
    "century": frozenset({"decade", "edge"}),
    "decade": _EDGE,
    "day": frozenset({"weekday"}),
    "near-day": frozenset({"weekday"}),
    "near-week": frozenset({"weekday"}),
}
"""What may stand right behind a unit as part of the same point in time: 2024年 | 6月 | 15日 | （星期六）."""

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}


def _small_numerals() -> dict[str, int]:
    ones = "一二三四五六七八九"
    names = {one: value for value, one in enumerate(ones, start=1)} | {"两": 2}
    for tens, word in enumerate(("", *ones)):
        for value, one in enumerate(("", *ones)):
            names[f"{word}十{one}"] = max(tens, 1) * 10 + value
    return names


_SMALL = _small_numerals()


def number(word: str) -> int:
    """12, １２ or 十二 as 12; KeyError for other words."""
    return int(word) if word.isdecimal() else _SMALL[word]


def year_number(word: str) -> int:
    """2024, ２０２４, 二〇二四 or 二0二四 as 2024, digit by digit."""
    return int("".join(digit if digit.isdecimal() else str(_DIGITS[digit]) for digit in word))
