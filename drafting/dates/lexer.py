"""From text to units: 2024年1—6月 is a year and two months."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from drafting.dates.festivals import FIXED, FLOATING, LUNAR, SHORT, SOLAR_TERM
from drafting.dates.patterns import UNIT
from drafting.dates.spelling import HAN, NUMBER, SPACE, D
from drafting.dates.units import Unit, UnitKind, number, year_number

Match = re.Match[str]

_NUMBERS = re.compile(rf"{D}+|[{HAN}]+")
_YEAR_NUMBERS = re.compile(rf"[0-9０-９{HAN}]+")
_FESTIVAL_NAME = re.compile(
    "|".join(sorted((*FIXED, *FLOATING, *LUNAR, *SOLAR_TERM), key=len, reverse=True)) + "|" + "|".join(SHORT)
)
_EDGES = re.compile("[初中底末前后]")
_EDGE_NAMES = {"末": "底", "前": "初", "后": "底"}
_STRETCH_NUMBER = re.compile(rf"{D}+|[{HAN}两]+|几")
_DAY_WORDS = {"前": -2, "昨": -1, "今": 0, "明": 1, "后": 2}
_WEEK_WORD = re.compile("周|星期|礼拜")
_TEN_DAYS = {"上": 1, "中": 2, "下": 3}
_WEEKDAYS = {name: value for value, name in enumerate("一二三四五六日", start=1)} | {"天": 7}
_NEAR_YEARS = {"前": -2, "去": -1, "今": 0, "明": 1, "后": 2}
_OWN = {"本": 0, "当": 0, "这": 0, "上": -1, "下": 1}
_SPOKEN_YEARS = {"同": 0, "当": 0, "次": 1, "翌": 1}
_YEARS_READ = range(1500, 2200)
# Earlier ones count years as often (距今1200年), unless their month follows.
_EARLIER_YEARS_READ = range(1000, 1500)
_MONTH_FOLLOWS = re.compile(rf"{SPACE}{NUMBER}{SPACE}月")


def units(text: str) -> Iterator[Unit]:
    """The units of a text in order, not overlapping; what looks like one and cannot be (5024年) is left out."""
    for match in UNIT.finditer(text):
        yield from _READERS[match.lastgroup or ""](match)


def _year(match: Match) -> Iterator[Unit]:
    found = list(_numbered(match, "year", year_number, _YEAR_NUMBERS))
    if len(found) > 1 and 0 <= found[-1].value < 100:  # 1985到89年
        found[-1] = replace(found[-1], value=found[0].value // 100 * 100 + found[-1].value)
    with_month = _MONTH_FOLLOWS.match(match.string, match.end()) is not None
    if all(unit.value in _YEARS_READ or (with_month and unit.value in _EARLIER_YEARS_READ) for unit in found):
        yield from found


def _month(match: Match) -> Iterator[Unit]:
    if match.group() == "首月":
        yield Unit("month", match.start(), match.end(), 1, "of-year")
        return
    if match.group().endswith("个月"):
        yield replace(*_numbered(match, "month", number), name="of-year")
        return
    for unit in _numbered(match, "month", number):
        behind_month = match.string[max(0, match.start() - 1) : match.start()] == "月"
        # 6月15—7月2日: the 15 shares no 月, it is a day.
        yield Unit("day", unit.start, unit.end, unit.value) if behind_month and unit.end < match.end() else unit


def _day(match: Match) -> Iterator[Unit]:
    yield from _numbered(match, "day", number)


def _quarter(match: Match) -> Iterator[Unit]:
    word = match.group()
    if word[0] == "首":
        yield Unit("quarter", match.start(), match.end(), 1)
        return
    if word[0] in HAN and word[1:2] in HAN:  # 一二季度
        yield Unit("quarter", match.start(), match.start() + 1, number(word[0]))
        yield Unit("quarter", match.start() + 1, match.end(), number(word[1]))
        return
    found = list(_numbered(match, "quarter", number))
    if word.startswith("第") or all(1 <= unit.value <= 4 for unit in found):
        yield from found


def _numbered(
    match: Match, kind: UnitKind, read: Callable[[str], int], numbers: re.Pattern[str] = _NUMBERS
) -> Iterator[Unit]:
    """The units of a series; each but the last spans its number alone, and the last the shared word too."""
    text, start = match.string, match.start()
    found = list(numbers.finditer(text, start, match.end()))
    if len(found) > 1 and kind != "year" and _is_list_number(text, found[0], read(found[1].group()), read):
        start, found = found[1].start(), found[1:]
    for position, digits in enumerate(found):
        begin = start if position == 0 else digits.start()
        if text[begin - 1 : begin] == "第" and position:
            begin -= 1
        end = match.end() if digits is found[-1] else digits.end()
        yield Unit(kind, begin, end, read(digits.group()))


def _is_list_number(text: str, first: Match, following: int, read: Callable[[str], int]) -> bool:
    """一、3月… at the head of a line is item 一, not a list of months; 一、二月… in sequence is one."""
    before = text[max(0, first.start() - 3) : first.start()].rpartition("\n")
    at_head = (first.start() <= 2 or before[1]) and not before[2].strip()
    return bool(at_head) and text.startswith("、", first.end()) and following != read(first.group()) + 1


def _short_year(match: Match) -> Iterator[Unit]:
    yield Unit("short-year", match.start(), match.end(), year_number(match.group()[:2]))


def _lone_short_year(match: Match) -> Iterator[Unit]:
    yield Unit("short-year", match.start(), match.end(), number(match.group()[:2]), "lone")


def _school_year(match: Match) -> Iterator[Unit]:
    yield Unit("school-year", match.start(), match.end(), year_number(match.group()[:4]))


def _numeric(match: Match) -> Iterator[Unit]:
    """2024-06-30 and 2024.06: each number with the separator behind it, so that they adjoin."""
    year = year_number(match["y"])
    month, day = match["m"] or match["ym"], match["d"]
    if year not in _YEARS_READ or int(month) > 19 or (day and int(day) > 39):
        return
    head = match.start("m") if match["m"] else match.start("ym")
    yield Unit("year", match.start(), head, year)
    if not day:
        yield Unit("month", head, match.end("ym"), int(month))
        if match["y2"]:
            yield Unit("year", match.start("y2"), match.start("ym2"), int(match["y2"]))
            yield Unit("month", match.start("ym2"), match.end(), int(match["ym2"]))
        if match["y3"]:
            yield Unit("year", match.start("y3"), match.end(), int(match["y3"]))
        return
    yield Unit("month", head, match.start("d"), int(month))
    yield Unit("day", match.start("d"), match.end("d"), int(day))
    if match["m2"]:
        yield Unit("month", match.start("m2"), match.start("d2"), int(match["m2"]))
        yield Unit("day", match.start("d2"), match.end(), int(match["d2"]))


def _first_months(match: Match) -> Iterator[Unit]:
    word = match.group()
    digits = re.search(rf"{D}+|[{HAN}两]+", word)
    count = number(digits.group()) * (3 if "季" in word else 1) if digits else 0
    if 1 <= count <= 12:
        yield Unit("first-months", match.start(), match.end(), count)


def _last_months(match: Match) -> Iterator[Unit]:
    found = _STRETCH_NUMBER.search(match.group())
    count = number(found.group()) if found else 0
    if 1 <= count <= 12:
        yield Unit("last-months", match.start(), match.end(), count)


def _nth_weekday(match: Match) -> Iterator[Unit]:
    word = match.group()
    which = 0 if "最后" in word else number(word[word.index("第") + 1 : word.index("个")])
    yield Unit("nth-weekday", match.start(), match.end(), _WEEKDAYS[word[-1]], until=which)


def _near_years(match: Match) -> Iterator[Unit]:
    word = match.group()
    yield Unit("near-years", match.start(), match.end(), _NEAR_YEARS[word[0]], until=number(word[-2]))


def _decade(match: Match) -> Iterator[Unit]:
    digits = _NUMBERS.match(match.group())
    value = number(digits.group()) if digits else 0
    yield Unit("decade", match.start(), match.end(), value)


def _century(match: Match) -> Iterator[Unit]:
    word = match.group()
    digits = _NUMBERS.match(word)
    value = number(digits.group()) if digits else _OWN[word[0]]
    yield Unit("century", match.start(), match.end(), value)


def _plan(match: Match) -> Iterator[Unit]:
    digits = _NUMBERS.search(match.group())
    if not digits:
        return
    word = digits.group()
    name = word if match.group().startswith("第") else word[:-1]
    if name in _PLANS:
        value = _PLANS[name] + (_BEFORE_LEGAL_EDUCATION if "普法" in match.group() else 0)
        yield Unit("plan", match.start(), match.end(), value)


# “一五”普法 ran from 1986 to 1990, beside the seventh national plan.
_BEFORE_LEGAL_EDUCATION = 6
_PLANS = {
    name: value
    for value, name in enumerate("一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七".split(), start=1)
}


def _ten_days(match: Match) -> Iterator[Unit]:
    parts = [_TEN_DAYS[name] for name in match.group() if name in _TEN_DAYS]
    yield Unit("ten-days", match.start(), match.end(), parts[0], "月" if match.group()[0] == "月" else "", parts[-1])


def _edge(match: Match) -> Iterator[Unit]:
    word = match.group()
    found = _EDGES.search(word)
    name = _EDGE_NAMES.get(found.group(), found.group()) if found else ""
    yield Unit("edge", match.start(), match.end(), {"年": 1, "月": 2}.get(word[0], 0), name)


def _weekday(match: Match) -> Iterator[Unit]:
    word = match.group().strip(" 　\u00a0（）()")
    yield Unit("weekday", match.start(), match.end(), _WEEKDAYS[word[-1]])


def _near_week(match: Match) -> Iterator[Unit]:
    word = match.group()
    if word.endswith("末"):
        yield Unit("near-week", match.start(), match.end(), _own_distance(word), "末")
        return
    end = match.start() + next(_WEEK_WORD.finditer(word)).end()
    yield Unit("near-week", match.start(), end, _own_distance(word))
    if end < match.end():
        yield Unit("weekday", end, match.end(), _WEEKDAYS[word[-1]])


def _own_distance(word: str) -> int:
    """上周 is −1, 上上周 −2."""
    return _OWN[word[0]] * (2 if word[1] == word[0] else 1)


def _own(kind: UnitKind) -> Callable[[Match], Iterator[Unit]]:
    def read(match: Match) -> Iterator[Unit]:
        yield Unit(kind, match.start(), match.end(), _own_distance(match.group()))

    return read


def _stretch(match: Match) -> Iterator[Unit]:
    word = match.group()
    found = _STRETCH_NUMBER.search(word)
    if not found:
        return
    if found.group() == "几":
        yield Unit("vague", match.start(), match.end())
        return
    count = number(found.group()) * (-1 if word[0] not in "今未" else 1)
    name = next(unit for unit in ("月", "季", "年", "周", "天") if unit in word[found.end() :])
    yield Unit("stretch", match.start(), match.end(), count, name)


def _festival(match: Match) -> Iterator[Unit]:
    names = _FESTIVAL_NAME.findall(match.group())
    if names:
        yield Unit("festival", match.start(), match.end(), name=names[-1])


def _by_first_word(kind: UnitKind, values: dict[str, int]) -> Callable[[Match], Iterator[Unit]]:
    def read(match: Match) -> Iterator[Unit]:
        yield Unit(kind, match.start(), match.end(), values.get(match.group()[0], 0), match.group()[:2])

    return read


_READERS: dict[str, Callable[[Match], Iterator[Unit]]] = {
    "numeric": _numeric,
    "plan": _plan,
    "festival": _festival,
    "school_year": _school_year,
    "decade": _decade,
    "century": _century,
    "year": _year,
    "short_year": _short_year,
    "lone_short_year": _lone_short_year,
    "near_years": _near_years,
    "stretch": _stretch,
    "near_year": _by_first_word("near-year", _NEAR_YEARS),
    "half": _by_first_word("half", {"上": 1, "下": 2, "前": 1, "后": 2}),
    "own_quarter": _own("own-quarter"),
    "own_year": _by_first_word("own-year", _OWN),
    "spoken_year": _by_first_word("spoken-year", _SPOKEN_YEARS),
    "first_months": _first_months,
    "last_months": _last_months,
    "whole_year": _by_first_word("whole-year", {}),
    "quarter": _quarter,
    "month": _month,
    "own_month": _own("own-month"),
    "spoken_month": _by_first_word("spoken-month", {}),
    "day": _day,
    "ten_days": _ten_days,
    "half_month": _by_first_word("half-month", {"上": 1, "下": 2}),
    "nth_weekday": _nth_weekday,
    "edge": _edge,
    "weekday": _weekday,
    "near_day": _by_first_word("near-day", _DAY_WORDS),
    "near_week": _near_week,
    "vague": _by_first_word("vague", {}),
    "comparison": _by_first_word("comparison", {}),
}
