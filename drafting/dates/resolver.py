"""From expressions to mentions: the two ends of a range, what 截至 and 以来 leave open, what 同期 compares with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from drafting.dates import almanac
from drafting.dates.almanac import NoSuchDate, Span, Unresolved
from drafting.dates.context import Context, Placement
from drafting.dates.grammar import Expression, Point
from drafting.dates.mention import Mention, MentionKind
from drafting.dates.placement import place
from drafting.dates.units import UnitKind
from drafting.errors import PeriodError
from drafting.period import Period

_RELATIVE: frozenset[UnitKind] = frozenset(
    {
        "near-year",
        "own-year",
        "spoken-year",
        "own-month",
        "spoken-month",
        "own-quarter",
        "near-day",
        "near-week",
        "near-years",
        "stretch",
        "comparison",
    }
)


class Resolver:
    """Resolves the expressions of one text in order; what one says is remembered for the next."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._before: Placement | None = None

    def mention(self, expression: Expression) -> Mention | None:
        """The mention, or None where the expression turns out to be no date: 15日 with no month before it."""
        self._context.move_to(expression.start)
        beside = self._before if expression.joined else None
        self._before = None
        try:
            placed = self._place(expression, beside)
            if placed is None:
                return None
            kind, first, last = self._days(expression, placed)
        except NoSuchDate as error:
            return self._unplaced(expression, "impossible", error.note)
        except Unresolved:
            return self._unplaced(expression, "ambiguous")
        self._remember(expression, placed, kind)
        return replace(
            self._unplaced(expression, kind),
            first=first,
            last=last,
            explicit_year=any(placement.written for placement in placed),
        )

    def _place(self, expression: Expression, beside: Placement | None) -> tuple[Placement, ...] | None:
        first = expression.points[0]
        if first.head.kind == "comparison":
            return (Placement(_compared(first.head.name, self._context.period)),)
        if len(expression.points) == 1:
            placement = place(first, self._context, beside)
            return (placement,) if placement else None
        return self._range(first, expression.points[1], beside)

    def _range(self, first: Point, last: Point, beside: Placement | None) -> tuple[Placement, ...] | None:
        if last.names_year and last.head.kind != "spoken-year" and first.head.kind in ("month", "half", "quarter"):
            end = place(last, self._context)
            if end is None or end.year is None:
                return None
            start = place(first, self._context, end)
            if start and start.days[0] > end.days[1]:
                start = place(first, self._context, replace(end, year=end.year - 1))
            return (start, end) if start else None
        start = place(first, self._context, beside)
        end = place(last, self._context, start) if start else None
        return (start, end) if start and end else None

    def _days(
        self, expression: Expression, placed: tuple[Placement, ...]
    ) -> tuple[MentionKind, date | None, date | None]:
        start, end = placed[0].days, placed[-1].days
        point = expression.points[-1]
        match expression.closing:
            case "since":
                return "open-end", start[0], None
            case "through":
                return "open-start", None, end[1]
            case "after":
                return "open-end", almanac.later(end[1], 1), None
            case "before":
                # A deadline includes its day: 6月30日前, 6月底前. A year, a month or a festival is over before it begins.
                inclusive = point.finest.kind in ("day", "edge", "weekday")
                last = end[1] if inclusive else almanac.later(end[0], -1)
                return ("range", start[0], last) if len(placed) == 2 else ("open-start", None, last)
            case "same" | "same-month":
                start = end = self._same_period(placed[-1], expression)
        if expression.opening == "until":
            return "open-start", None, end[1]
        return _kind(expression, start, end), start[0], end[1]

    def _same_period(self, placement: Placement, expression: Expression) -> Span:
        """去年同期: the report's period in that year; 去年同月: the sentence's month in that year."""
        if not expression.points[-1].finest.kind.endswith("year") or placement.year is None:
            return placement.days
        carried, period = self._context.carried, self._context.period
        if expression.closing == "same-month":
            month = carried.month if carried and carried.month else self._context.own_month[1]
            return almanac.months(placement.year, month)
        if period is None:
            raise Unresolved("同期")
        away = 12 * (placement.year - period.year)
        last = almanac.months_later(almanac.later(period.last, 1), away)
        return almanac.months_later(period.first, away), almanac.later(last, -1)

    def _remember(self, expression: Expression, placed: tuple[Placement, ...], kind: MentionKind) -> None:
        """A bare year holds for the sentence only as its topic (2023年，…): in 2023年遗留的问题 it qualifies one thing."""
        self._before = placed[-1]
        holds = (
            not expression.comparison
            and kind in ("day", "period", "range", "relative")
            and placed[-1].year is not None
            and (placed[-1].month is not None or self._context.text.startswith("，", expression.end))
        )
        self._context.remember(placed[-1], expression.end, holds)

    def _unplaced(self, expression: Expression, kind: MentionKind, note: str = "") -> Mention:
        weekday = expression.points[0].unit("weekday") if len(expression.points) == 1 else None
        return Mention(
            text=self._context.text[expression.start : expression.end],
            start=expression.start,
            end=expression.end,
            first=None,
            last=None,
            kind=kind,
            explicit_year=any(point.head.kind in ("year", "short-year") for point in expression.points),
            comparison=expression.comparison,
            weekday=weekday.value if weekday else None,
            note=note,
        )


def _kind(expression: Expression, start: Span, end: Span) -> MentionKind:
    point = expression.points[-1]
    if len(expression.points) == 2:
        return "range"
    if point.head.kind == "plan":
        return "plan"
    if point.head.kind in _RELATIVE and all(unit.kind in (point.head.kind, "weekday") for unit in point.units):
        return "relative"
    return "day" if start[0] == end[1] else "period"


def _compared(word: str, period: Period | None) -> Span:
    """What 同比 and 环比 compare the report's period with."""
    if period is None:
        raise Unresolved(word)
    try:
        other = period.year_before() if word == "同比" else period.previous()
    except (PeriodError, ValueError) as error:
        raise Unresolved(word) from error
    return other.first, other.last
