"""Period: the time that a report covers, 2024年上半年 ⇄ its first and last day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from drafting.errors import PeriodError

PeriodKind = Literal["year", "half", "quarter", "three-quarters", "month", "months", "days"]

_DIGITS = str.maketrans("〇零一二三四五六七八九０１２３４５６７８９", "00123456789" + "0123456789")
_ORDINAL = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_CHINESE_MONTH = {
    name: index
    for index, name in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], start=1)
}
_QUARTER_NAMES = ("一", "二", "三", "四")

_YEAR = r"(?P<year>\d{4})\s*(?:年度?|财年)?"
_MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_DASH = r"\s*(?:[-‐‑–—―－~～〜至到]|——|--|\.\.)\s*"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole days, `first` and `last` included. Equal where the days are equal: 2024年1—6月 is 2024年上半年.

    `kind` follows from the days unless a neighbour handed it on: a span of odd days that comes to lie on a whole month by `next`
    stays one of odd days, so that `previous` leads back to where it came from.
    """

    first: date
    last: date
    kind: PeriodKind = field(default="days", compare=False, kw_only=True)

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodError(f"报告期倒置：{self.first} 晚于 {self.last}")

    @classmethod
    def of_days(cls, first: date, last: date) -> Period:
        """The span with the kind that its days tell. Raises PeriodError where `last` is before `first`."""
        return cls(first, last, kind=_kind(first, last))

    @classmethod
    def parse(cls, text: str) -> Period:
        """Reads every usual spelling of a report's period.

        2024年, 2024年度, 二〇二四年上半年, 2024年第二季度, 2024年二季度, 2024Q2, 2024H1, 2024年前三季度, 2024年6月（份）, 2024-06,
        2024年1—6月, 2024年1月至6月, 2023年10月至2024年3月, 2024-01-01..2024-06-30, 2024年1月1日至6月30日.
        Raises PeriodError for anything else, impossible days among it.
        """
        plain = _normalise(text)
        for pattern, build in _FORMS:
            match = pattern.fullmatch(plain)
            if match:
                try:
                    return build(match)
                except (ValueError, KeyError) as error:
                    reason = str(error) if isinstance(error, PeriodError) else "没有这样的日期或月份"
                    raise PeriodError(f"报告期“{text}”不存在：{reason}") from error
        raise PeriodError(
            f"读不懂报告期“{text}”，可写 2024年、2024年上半年、2024年第二季度、2024年6月、2024-01-01..2024-06-30"
        )

    @classmethod
    def of_year(cls, year: int) -> Period:
        return cls.of_months(year, 1, 12)

    @classmethod
    def of_months(cls, year: int, first_month: int, last_month: int) -> Period:
        """Whole months of one year, both included."""
        return cls.of_days(date(year, first_month, 1), _month_end(year, last_month))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def year(self) -> int:
        """The year that the report is about: that of the last day."""
        return self.last.year

    def next(self) -> Period:
        """The following period of the same kind; 前三季度 is followed by next year's. Raises PeriodError past year 9999."""
        return self._shift(+1)

    def previous(self) -> Period:
        return self._shift(-1)

    def year_before(self) -> Period:
        """The same span a year earlier, what 同比 compares with; 29 February becomes the 28th, whole months stay whole."""
        if self.kind != "days":
            return self._months_away(-12)
        return Period(_year_earlier(self.first), _year_earlier(self.last))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """The usual spelling, which `parse` reads back to the same days."""
        year = f"{self.first.year}年"
        match self.kind:
            case "year":
                return year
            case "half":
                return year + ("上半年" if self.first.month == 1 else "下半年")
            case "three-quarters":
                return year + "前三季度"
            case "quarter":
                return f"{year}第{_QUARTER_NAMES[self.first.month // 3]}季度"
            case "month":
                return f"{year}{self.first.month}月"
            case "months" if self.first.year == self.last.year:
                return f"{year}{self.first.month}月至{self.last.month}月"
            case "months":
                return f"{year}{self.first.month}月至{self.last.year}年{self.last.month}月"
        return f"{self.first.isoformat()}..{self.last.isoformat()}"

    @property
    def label_within_year(self) -> str:
        """The name without its year: 上半年, 第三季度, 7月; the year itself for a year, the whole spelling for months or days."""
        if self.kind in ("year", "months", "days"):
            return str(self)
        return str(self).split("年", 1)[1]

    def _shift(self, step: int) -> Period:
        try:
            if self.kind == "three-quarters":
                return self._months_away(12 * step)
            if self.kind != "days":
                count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
                return self._months_away(count * step)
            away = timedelta(days=self.days * step)
            return Period(self.first + away, self.last + away)
        except (ValueError, OverflowError) as error:
            raise PeriodError(f"{self} 之{'后' if step > 0 else '前'}没有可表示的报告期") from error

    def _months_away(self, months: int) -> Period:
        first = _month_index(self.first) + months
        last = _month_index(self.last) + months
        return Period(date(first // 12, first % 12 + 1, 1), _month_end(last // 12, last % 12 + 1), kind=self.kind)


def _kind(first: date, last: date) -> PeriodKind:
    if first.day != 1 or last != _month_end(last.year, last.month):
        return "days"
    months = (first.month, last.month)
    if first.year != last.year:
        return "months"
    if months == (1, 12):
        return "year"
    if months in ((1, 6), (7, 12)):
        return "half"
    if months == (1, 9):
        return "three-quarters"
    if months[0] % 3 == 1 and months[1] == months[0] + 2:
        return "quarter"
    return "month" if months[0] == months[1] else "months"


def _normalise(text: str) -> str:
    plain = re.sub(r"\s+", "", text)
    plain = re.sub(r"^[〇零一二三四五六七八九０-９\d]{4}(?=年|$)", lambda m: m.group().translate(_DIGITS), plain)
    return plain.translate(str.maketrans("０１２３４５６７８９．", "0123456789."))


def _month(text: str) -> int:
    month = _CHINESE_MONTH.get(text) or int(text)
    if not 1 <= month <= 12:
        raise ValueError(f"没有{month}月")
    return month


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _month_index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _year_earlier(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28)


def _of_half(match: re.Match[str]) -> Period:
    first = 1 if match["half"] in ("上", "1", "一") else 7
    return Period.of_months(int(match["year"]), first, first + 5)


def _of_quarter(match: re.Match[str]) -> Period:
    first = 3 * _ORDINAL[match["quarter"]] - 2
    return Period.of_months(int(match["year"]), first, first + 2)


def _of_month(match: re.Match[str]) -> Period:
    month = _month(match["month"])
    return Period.of_months(int(match["year"]), month, month)


def _of_month_range(match: re.Match[str]) -> Period:
    first_year = int(match["year"])
    last_year = int(match["year2"] or first_year)
    return Period.of_days(date(first_year, _month(match["month"]), 1), _month_end(last_year, _month(match["month2"])))


def _of_days(match: re.Match[str]) -> Period:
    first = date(int(match["year"]), int(match["month"]), int(match["day"]))
    last_year = int(match["year2"] or first.year)
    last_month = int(match["month2"] or first.month)
    return Period.of_days(first, date(last_year, last_month, int(match["day2"])))


_FORMS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Period]]] = [
    (re.compile(_YEAR + r"(?:全年)?"), lambda m: Period.of_year(int(m["year"]))),
    (re.compile(_YEAR + r"(?P<half>[上下])半年"), _of_half),
    (re.compile(r"(?P<year>\d{4})年?[Hh](?P<half>[12])"), _of_half),
    (re.compile(_YEAR + r"第?(?P<quarter>[一二三四1-4])季度?"), _of_quarter),
    (re.compile(r"(?P<year>\d{4})年?-?[Qq](?P<quarter>[1-4])"), _of_quarter),
    (
        re.compile(_YEAR + r"(?:前三季度?|[1一]" + _DASH + r"[3三]季度)"),
        lambda m: Period.of_months(int(m["year"]), 1, 9),
    ),
    (re.compile(rf"(?P<year>\d{{4}})年(?P<month>{_MONTH})月份?"), _of_month),
    (re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})"), _of_month),
    (
        re.compile(
            rf"(?P<year>\d{{4}})年(?P<month>{_MONTH})月?{_DASH}(?:(?P<year2>\d{{4}})年)?(?P<month2>{_MONTH})月份?"
        ),
        _of_month_range,
    ),
    (
        re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:\.\.|至|—|~)(?P<year2>\d{4})[-/.](?P<month2>\d{1,2})"),
        _of_month_range,
    ),
    (
        re.compile(
            r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:\.\.|至|到|—|~)"
            r"(?P<year2>\d{4})[-/.](?P<month2>\d{1,2})[-/.](?P<day2>\d{1,2})"
        ),
        _of_days,
    ),
    (
        re.compile(
            rf"(?P<year>\d{{4}})年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日{_DASH}"
            r"(?:(?:(?P<year2>\d{4})年)?(?P<month2>\d{1,2})月)?(?P<day2>\d{1,2})日"
        ),
        _of_days,
    ),
]
