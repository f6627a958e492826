"""What the text before a mention, the report's period and its reference day say about years and months left unwritten."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from drafting.dates.almanac import Span, months
from drafting.period import Period

_BREAK = re.compile(r"[。！？!?\n\r\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Placement:
    """A point with its days. `year` and `month` are what a later point may inherit; `written` says that the year stands in
    the text, `named` that it stands there as a figure or as a relative word (去年), so that it holds for what follows."""

    days: Span
    year: int | None = None
    month: int | None = None
    written: bool = False
    named: bool = False


@dataclass(slots=True)
class Context:
    """The reader's memory while it goes through a text from front to back."""

    text: str
    reference: date
    period: Period | None
    _scanned: int = 0
    _sentence: int = 0
    _paragraph: int = 0
    _carried: Placement | None = None
    _carried_at: int = -1
    _spoken: int | None = None
    _spoken_at: int = -1

    def move_to(self, start: int) -> None:
        """Tells the context where the next expression begins; positions only grow, so the text is scanned once."""
        for found in _BREAK.finditer(self.text, self._scanned, start):
            self._sentence = found.end()
            if found.group() not in "。！？!?":
                self._paragraph = found.end()
        self._scanned = max(self._scanned, start)

    def remember(self, placement: Placement, at: int, holds: bool) -> None:
        """Keeps a point's year for 同年 and 次年 and, where it `holds` for what follows, its year and month for the sentence."""
        if placement.named:
            self._spoken, self._spoken_at = placement.year, at
        if holds:
            self._carried, self._carried_at = placement, at

    @property
    def carried(self) -> Placement | None:
        """The last point of this sentence whose year and month hold."""
        return self._carried if self._carried_at >= self._sentence else None

    @property
    def spoken_year(self) -> int | None:
        """The last year that this paragraph names."""
        return self._spoken if self._spoken_at >= self._paragraph else None

    @property
    def own_year(self) -> int:
        """本年: the year that the period lies in, else the reference's."""
        if self.period and self.period.first.year == self.period.last.year:
            return self.period.year
        return self.reference.year

    @property
    def own_month(self) -> tuple[int, int]:
        """本月: the month that the period lies in, where it lies in one, else the reference's."""
        day = self.period.last if self.period and self._period_within(1) else self.reference
        return day.year, day.month

    @property
    def own_quarter(self) -> tuple[int, int]:
        """本季度, counted from 1, with its year."""
        day = self.period.last if self.period and self._period_within(3) else self.reference
        return day.year, (day.month + 2) // 3

    @property
    def present_end(self) -> date:
        """The last day of what the text looks back on: the period's, else the reference."""
        return self.period.last if self.period else self.reference

    def default_year(self, month: int | None) -> int:
        """The one year of the period in which that month lies, else the period's year, else the reference's."""
        if not self.period:
            return self.reference.year
        first, last = self.period.first, self.period.last
        if month is None or not 1 <= month <= 12 or last.year - first.year > 1:
            return self.period.year
        holding = [year for year in (first.year, last.year) if _overlap(months(year, month), (first, last))]
        return holding[0] if holding and holding[0] == holding[-1] else self.period.year

    def _period_within(self, count: int) -> bool:
        """Does the period lie within one month (1) or one quarter (3)?"""
        if not self.period:
            return False
        first, last = self.period.first, self.period.last
        return first.year == last.year and (first.month - 1) // count == (last.month - 1) // count


def _overlap(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
