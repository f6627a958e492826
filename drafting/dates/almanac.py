"""The calendar's own arithmetic: months, edges of spans, five-year plans; impossible dates as an answer of their own."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

Span = tuple[date, date]
Edge = Literal["初", "中", "底"]
EdgeOf = Literal["year", "half", "quarter", "plan", "decade", "century"]


class NoSuchDate(ValueError):
    """A date that no calendar holds; `note` says why, in the user's language."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


class Unresolved(ValueError):
    """Days that cannot be told: outside years 1 to 9999, a festival outside its table, 当年 with no year before it."""


# Months counted from the span's first, both included: the 初, 中 and 底 of a span are its next smaller unit at that place.
_EDGES: dict[EdgeOf, dict[Edge, tuple[int, int]]] = {
    "year": {"初": (0, 0), "中": (5, 6), "底": (11, 11)},
    "half": {"初": (0, 0), "中": (2, 3), "底": (5, 5)},
    "quarter": {"初": (0, 0), "中": (1, 1), "底": (2, 2)},
    "plan": {"初": (0, 11), "中": (24, 35), "底": (48, 59)},
    "decade": {"初": (0, 35), "中": (36, 83), "底": (84, 119)},
    "century": {"初": (0, 239), "中": (480, 719), "底": (960, 1199)},
}
_TEN_DAYS = {1: (1, 10), 2: (11, 20), 3: (21, 31)}


def months(year: int, month: int, count: int = 1) -> Span:
    """`count` whole months from that month on; `month` may lie beyond 1–12. Raises Unresolved."""
    begin = year * 12 + month - 1
    first_year, first_month = divmod(begin, 12)
    last_year, last_month = divmod(begin + count - 1, 12)
    if first_year < MINYEAR or last_year > MAXYEAR:
        raise Unresolved(f"{first_year}—{last_year}")
    last_day = monthrange(last_year, last_month + 1)[1]
    return date(first_year, first_month + 1, 1), date(last_year, last_month + 1, last_day)


def edge(span: Span, of: EdgeOf, name: Edge) -> Span:
    """The beginning, middle or end of a span: 年底 is December, “十三五”末 is 2020."""
    begin, end = _EDGES[of][name]
    return months(span[0].year, span[0].month + begin, end - begin + 1)


def ten_days(year: int, month: int, begin: int, end: int) -> Span:
    """上旬 (1) to 下旬 (3) of a month, both included."""
    first, last = months(year, month)
    return first.replace(day=_TEN_DAYS[begin][0]), first.replace(day=min(_TEN_DAYS[end][1], last.day))


def half_month(year: int, month: int, half: int) -> Span:
    """上半月 (1) to the 15th, 下半月 (2) from the 16th."""
    first, last = months(year, month)
    return (first, first.replace(day=15)) if half == 1 else (first.replace(day=16), last)


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    """The month's first, second … of that weekday (1 is Monday), its last where `which` is 0. Raises NoSuchDate beyond the last."""
    first, last = months(year, month)
    if which == 0:
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    found = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (which - 1))
    if found > last:
        raise NoSuchDate(f"{year}年{month}月没有第{which}个星期{'一二三四五六日'[weekday - 1]}")
    return found


def day(year: int, month: int, number: int) -> date:
    """That day. Raises NoSuchDate where the month has no such day."""
    check_month(month)
    days = months(year, month)[1].day
    if not 1 <= number <= days:
        which = f"{year}年2月" if month == 2 else f"{month}月"
        raise NoSuchDate(f"{which}只有{days}天" if number else f"{month}月没有0日")
    return date(year, month, number)


def check_month(month: int) -> None:
    """Raises NoSuchDate where there is no such month."""
    if not 1 <= month <= 12:
        raise NoSuchDate(f"一年只有12个月，没有{month}月")


def quarter(year: int, number: int) -> Span:
    """The quarter's three months. Raises NoSuchDate beyond the fourth."""
    if not 1 <= number <= 4:
        raise NoSuchDate(f"一年只有四个季度，没有第{number}季度")
    return months(year, 3 * number - 2, 3)


def plan(number: int) -> Span:
    """The years of the national five-year plan of that number; the third began in 1966, after three years without one."""
    first_year = {1: 1953, 2: 1958}.get(number) or 1966 + 5 * (number - 3)
    return months(first_year, 1, 60)


def later(start: date, days: int) -> date:
    """The day so many days later, or earlier. Raises Unresolved."""
    try:
        return start + timedelta(days=days)
    except OverflowError as error:
        raise Unresolved(str(days)) from error


def months_later(start: date, count: int) -> date:
    """The same day so many months later, or earlier; the month's last day where it has no such day. Raises Unresolved."""
    first, last = months(start.year, start.month + count)
    return first.replace(day=min(start.day, last.day))
