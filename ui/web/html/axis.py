"""The axis of a timeline: where a day stands in 300 pixels. The report's own time is to scale, what lies far from it is squeezed behind a break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from drafting.period import Period

WIDTH = 300
_MARGIN = 8
_FAR = 30
"""Pixels for what lies far away, on each side where there is any."""
_UNDATED = 18
_NEAR = 0.75
"""Of the report's own span, on either side: a mention within it, or within the report's own years, is drawn to scale."""
_LEAST_NEAR = 100
"""Days on either side at the least: the next quarter's deadlines belong to the report."""
_LABELS = 5
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000)
"""Months between two ticks."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A label's place, and its day: that of a year's beginning, or of a month's."""

    x: float
    day: date
    whole_year: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """`first` to `last` lie to scale between `left` and `right`; `early` and `late` are the days beyond them, in order."""

    first: date
    last: date
    left: float
    right: float
    early: tuple[date, ...]
    late: tuple[date, ...]
    width: int = WIDTH

    @property
    def undated(self) -> float:
        """Where a mention without any day stands."""
        return self.width - _MARGIN

    @property
    def breaks(self) -> tuple[float, ...]:
        return ((self.left - 5,) if self.early else ()) + ((self.right + 5,) if self.late else ())

    def at(self, day: date) -> float:
        """The day's place from the left; in order, and to scale between `first` and `last`."""
        if day < self.first:
            return _MARGIN + _FAR * _rank(day, self.early)
        if day > self.last:
            return self.right + _MARGIN + _FAR * _rank(day, self.late)
        return self.left + (self.right - self.left) * (day - self.first).days / max((self.last - self.first).days, 1)

    @property
    def ticks(self) -> Iterator[Tick]:
        """The beginnings of months or years that bear a label, and the farthest year on either side."""
        if self.early:
            yield Tick(self.at(self.early[0]) + 4, self.early[0], whole_year=True)
        if self.late:
            yield Tick(self.at(self.late[-1]) - 4, self.late[-1], whole_year=True)
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        step = next((step for step in _STEPS if months <= step * _LABELS), _STEPS[-1])
        start = self.first.year * 12 + self.first.month - 1
        for month in range(-(-start // step) * step, start + months + 1, step):
            day = _month(month)
            if day and self.first <= day <= self.last:
                yield Tick(self.at(day), day, whole_year=step >= 12 or day.month == 1)


def axis_of(days: Sequence[date], period: Period | None, issued: date | None) -> Axis:
    """The axis on which these days, the period and the date of issue all have their place."""
    own = [day for day in (period.first if period else None, period.last if period else None, issued) if day]
    own = own or sorted(days)[len(days) // 2 : len(days) // 2 + 1] or [date(2000, 1, 1)]
    first, last = min(own), max(own)
    room = timedelta(days=max(round((last - first).days * _NEAR), _LEAST_NEAR))
    floor = min(_moved(first, -room), date(first.year, 1, 1))
    ceiling = max(_moved(last, room), date(last.year, 12, 31))
    near = [*own, *(day for day in days if floor <= day <= ceiling)]
    early = tuple(sorted({day for day in days if day < floor}))
    late = tuple(sorted({day for day in days if day > ceiling}))
    left = _MARGIN + (_FAR + 10 if early else 0)
    right = WIDTH - _MARGIN - _UNDATED - (_FAR + 10 if late else 0)
    return Axis(min(near), max(near), left, right, early, late)


def _rank(day: date, among: Sequence[date]) -> float:
    """How far along these days it comes, from 0 to 1."""
    return sum(one < day for one in among) / max(len(among) - 1, 1) if among else 0


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta() else date.min


def _month(number: int) -> date | None:
    """The first day of a month counted from the year 0; None beyond the calendar."""
    year, month = divmod(number, 12)
    return date(year, month + 1, 1) if 1 <= year <= 9999 else None
