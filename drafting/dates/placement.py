"""From a point in time to its days: whose year, which month, which part of it."""

from __future__ import annotations

from datetime import date

from drafting.dates import almanac, festivals
from drafting.dates.almanac import Edge, EdgeOf, Span, Unresolved
from drafting.dates.context import Context, Placement
from drafting.dates.grammar import Point
from drafting.dates.units import MONTHS, Unit

# 九十年代 and 98年 name no century: they are of this one unless that lies further ahead than plans look.
FORESEEN_YEARS = 20

_EDGE_NAMES: dict[str, Edge] = {"初": "初", "中": "中", "底": "底"}


def place(point: Point, context: Context, beside: Placement | None = None) -> Placement | None:
    """The point's days. `beside` is the point that it may inherit from: the other end of its range, the one before it in a list.

    None for a bare 15日 with no month before it. Raises NoSuchDate for an impossible date, Unresolved where the days
    cannot be told.
    """
    head = point.head
    match head.kind:
        case "plan" | "decade" | "century" | "school-year":
            return Placement(_edged(point, *_era(point, context)))
        case "stretch":
            return Placement(_stretch(head, context))
        case "near-years":
            return Placement(almanac.months(context.reference.year + head.value, 1, 12 * head.until))
        case "near-day":
            day = almanac.later(context.reference, head.value)
            return Placement((day, day), day.year, day.month)
        case "near-week":
            return Placement(_week(point, context.reference))
        case "own-quarter":
            year, number = context.own_quarter
            span = almanac.months(year, 3 * (number + head.value) - 2, 3)
            return Placement(_edged(point, span, "quarter"), span[0].year, span[0].month)
        case "vague" | "comparison":
            raise Unresolved(head.kind)
    if _is_in_month(point):
        return _in_month(point, context, beside)
    return _in_year(point, context, beside)


def _is_in_month(point: Point) -> bool:
    if point.unit(*MONTHS, "day", "ten-days", "half-month"):
        return True
    return point.head.kind == "edge" and point.head.value == 2


def _in_year(point: Point, context: Context, beside: Placement | None) -> Placement:
    part = next((unit for unit in point.units if unit.kind in _PARTS), None)
    month = _first_month(part, point.finest)
    year, written, named = _year(point, context, beside, month)
    if part and part.kind == "festival":
        day = festivals.day_of(part.name, _checked(year))
        if day is None:
            raise Unresolved(part.name)
        return Placement((day, day), year, day.month, written, named)
    span, of = _part(part, year)
    days = _edged(point, span, of)
    return Placement(days, year, days[0].month if part or days != span else None, written, named)


_PARTS = ("half", "quarter", "first-months", "last-months", "festival")


def _part(part: Unit | None, year: int) -> tuple[Span, EdgeOf]:
    if part and part.kind == "half":
        return almanac.months(year, 6 * part.value - 5, 6), "half"
    if part and part.kind == "quarter":
        return almanac.quarter(year, part.value), "quarter"
    if part:
        return almanac.months(year, 13 - part.value if part.kind == "last-months" else 1, part.value), "year"
    return almanac.months(year, 1, 12), "year"


def _first_month(part: Unit | None, finest: Unit) -> int | None:
    """The month by which a yearless point finds its year."""
    if part is None:
        return 12 if finest.name == "底" and finest.kind == "edge" else None
    if part.kind == "festival":
        fixed = festivals.day_of(part.name, 2024)
        return fixed.month if fixed else None
    return {"half": 6 * part.value - 5, "quarter": 3 * part.value - 2}.get(part.kind)


def _year(point: Point, context: Context, beside: Placement | None, month: int | None) -> tuple[int, bool, bool]:
    """The year, whether it is written in the expression, and whether it holds for what follows."""
    head = point.head
    match head.kind:
        case "year":
            return head.value, True, True
        case "short-year":
            return _full_year(head.value, context.reference.year), True, True
        case "near-year":
            return context.reference.year + head.value, False, True
        case "own-year":
            return context.own_year + head.value, False, True
        case "spoken-year":
            spoken = beside.year if beside and beside.year else context.spoken_year
            if spoken is None:
                raise Unresolved(head.name)
            return spoken + head.value, False, True
    if beside and beside.year:
        return beside.year, beside.written, beside.named
    carried = context.carried
    if carried and carried.named and carried.year and (not carried.month or not month or month >= carried.month):
        return carried.year, False, True
    return context.default_year(month), False, False


def _full_year(short: int, reference: int) -> int:
    """24年 beside a reference in 2024 is 2024; what would lie far ahead is of the century before."""
    century = reference // 100 * 100
    return century + short if century + short <= reference + FORESEEN_YEARS else century - 100 + short


def _checked(year: int) -> int:
    return almanac.months(year, 1)[0].year


def _in_month(point: Point, context: Context, beside: Placement | None) -> Placement | None:
    found = _month(point, context, beside)
    if found is None:
        return None
    year, month, written, named = found
    day, ten, half = point.unit("day"), point.unit("ten-days"), point.unit("half-month")
    counted, edge = point.unit("nth-weekday"), point.unit("edge")
    if day:
        date_ = almanac.day(year, month, day.value)
        return Placement((date_, date_), year, month, written, named)
    almanac.check_month(month)
    if counted:
        date_ = almanac.nth_weekday(year, month, counted.value, counted.until)
        return Placement((date_, date_), year, month, written, named)
    if half:
        days = almanac.half_month(year, month, half.value)
    elif ten:
        days = almanac.ten_days(year, month, ten.value, ten.until)
    elif edge:
        part = 1 + "初中底".index(edge.name)
        days = almanac.ten_days(year, month, part, part)
    else:
        days = almanac.months(year, month)
    return Placement(days, year, month, written, named)


def _month(point: Point, context: Context, beside: Placement | None) -> tuple[int, int, bool, bool] | None:
    """Year, month, is the year written, does it hold; None for a bare day without a month before it."""
    unit = point.unit(*MONTHS)
    if unit and unit.kind == "month":
        year, written, named = _year(point, context, beside, unit.value)
        return year, unit.value, written, named
    before = beside or context.carried
    if unit is None and point.head.kind == "day":
        if not (before and before.year and before.month):
            return None
        return before.year, before.month, before.written if beside else False, before.named
    inherits = unit.kind == "spoken-month" if unit else point.head.kind == "half-month"
    if inherits and before and before.year and before.month:
        return before.year, before.month, False, before.named
    year, month = context.own_month
    first = almanac.months(year, month + (unit.value if unit else 0))[0]
    return first.year, first.month, False, True


def _era(point: Point, context: Context) -> tuple[Span, EdgeOf]:
    """The span of a plan, a school year, a decade or a century, and how its edges are counted."""
    head = point.head
    if head.kind == "plan":
        return almanac.plan(head.value), "plan"
    if head.kind == "school-year":
        return almanac.months(head.value, 9, 12), "year"
    decade = point.unit("decade")
    century = (context.reference.year + 99) // 100
    if head.kind == "century":
        century = head.value if head.value > 1 else century + head.value
    if decade is None:
        return almanac.months(century * 100 - 99, 1, 1200), "century"
    year = decade.value
    if year < 1000:
        alone = head.kind == "decade" and (century - 1) * 100 + year > context.reference.year + FORESEEN_YEARS
        year += (century - 1 - alone) * 100
    return almanac.months(year, 1, 120), "decade"


def _edged(point: Point, span: Span, of: EdgeOf) -> Span:
    unit = point.unit("edge")
    return almanac.edge(span, of, _EDGE_NAMES[unit.name]) if unit else span


def _stretch(unit: Unit, context: Context) -> Span:
    """近三年 ends with the period, else with the reference; 今后五年 begins the day after."""
    end = context.present_end
    start = almanac.later(end, 1)
    if unit.value > 0:
        return start, almanac.later(_away(start, unit.value, unit.name), -1)
    return _away(start, unit.value, unit.name), end


def _away(start: date, count: int, unit: str) -> date:
    if unit in ("天", "周"):
        return almanac.later(start, count * (7 if unit == "周" else 1))
    return almanac.months_later(start, count * {"年": 12, "季": 3, "月": 1}[unit])


def _week(point: Point, reference: date) -> Span:
    monday = almanac.later(reference, 7 * point.head.value - reference.weekday())
    weekday = point.unit("weekday")
    if point.head.name == "末":
        return almanac.later(monday, 5), almanac.later(monday, 6)
    if weekday:
        day = almanac.later(monday, weekday.value - 1)
        return day, day
    return monday, almanac.later(monday, 6)
