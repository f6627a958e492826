"""From units to expressions: which units make one point in time, which points one range, and the words that open or close them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from drafting.dates.spelling import DASH, HAN, SPACE
from drafting.dates.units import FOLLOWS, YEARS, Unit, UnitKind

Opening = Literal["", "until", "from"]
Closing = Literal["", "since", "before", "through", "after", "same", "same-month"]


@dataclass(frozen=True, slots=True)
class Point:
    """One point in time, coarse to fine: 2024年 | 6月 | 底."""

    units: tuple[Unit, ...]

    @property
    def start(self) -> int:
        return self.units[0].start

    @property
    def end(self) -> int:
        return self.units[-1].end

    @property
    def head(self) -> Unit:
        return self.units[0]

    @property
    def finest(self) -> Unit:
        return self.units[-1]

    @property
    def names_year(self) -> bool:
        return self.head.kind in YEARS

    def unit(self, *kinds: UnitKind) -> Unit | None:
        """Its unit of one of these kinds."""
        return next((unit for unit in self.units if unit.kind in kinds), None)


@dataclass(frozen=True, slots=True)
class Expression:
    """One point or the two ends of a range, with what opens and closes it. `joined`: a list word ties it to the one before."""

    points: tuple[Point, ...]
    start: int
    end: int
    opening: Opening = ""
    closing: Closing = ""
    comparison: bool = False
    joined: bool = False


_UNREAD_YEAR = re.compile(rf"[{HAN}\d]年$")
_RANGE = re.compile(rf"{SPACE}起?{DASH}到?")
_BOTH_ENDS = re.compile(rf"{SPACE}[和与及]{SPACE}")
_BETWEEN = re.compile("之间|间(?![断隔接歇距伐或])")
_LIST = re.compile(rf"{SPACE}(?:、|和|及|与|以及|或者?){SPACE}")
_LONGEST_JOINT = 8
_UNRANGED: frozenset[UnitKind] = frozenset({"vague", "comparison", "stretch", "school-year"})

_RECURRING = re.compile(
    r"(?:每个?|每年度?的?|每个?月的?|每个?季度?的?|每周的?|历年的?|往年|常年|逐年|每逢|各年度?)\s?$"
)
_UNTIL = re.compile(rf"截[至止]到?{SPACE}$")
_BY = re.compile(
    rf"(?<![得受达收遇见看听想接找提做说感等碰回来去拿甚以乃高升增降减低加截迟前延缓留拖移])(?:直到|直至|到|至){SPACE}$"
)
_FROM = re.compile(rf"(?:(?<![来各独亲])自从?|(?<![服听顺跟])从){SPACE}$")
_LONGEST_OPENING = 6

_COMPARED_BEFORE = re.compile(r"(?:(?<![占对])比|较|[高低好多少快优慢]于)$")
_COMPARED_AFTER = re.compile(r"(?:基本)?持平|的?(?:情况|水平|数据)?相比|对比")

_SINCE = re.compile(r"以来|起?至今(?![年天日后晚明夏冬春秋])|迄今")
_ON = re.compile(r"起(?![草步诉义点伏飞源因码床跑家到来初止落重底航势效用火好降]|至|[-—–－~～])")
_BEGINS = re.compile(r"开始|始(?!终)")
_BEFORE_EDGE = re.compile(r"以前|之前|前夕|前(?![后期往来所列进瞻沿提端述言茅置景途线身任夫面方])")
_BEFORE = re.compile(rf"(?!前[一二三四五六七八九十两几\d０-９半世])(?:{_BEFORE_EDGE.pattern})")
_AFTER = re.compile(r"以后|之后|后(?![期续备勤面来者方台进天卫半世人代视记果盾顾劲几两三])")
# 2023年及以前 takes its year in, as 2023年以前 does not; 2024年及以后年度 begins with it, 2024年及之后三年 says how long.
_THROUGH = re.compile("(?:及|或|和|以及|或者)其?(?:以前|之前)")
_FROM_ON = re.compile(r"(?:及|或|和|以及|或者)其?(?:以后|之后)(?!的?[一二三四五六七八九十两几\d０-９半数])")
_SAME = re.compile(r"的?同期")
_SAME_MONTH = re.compile(r"的?同[月季](?!度?[均初])")
_DURING = re.compile(r"期间|时期|期内|(?:小长|长)?假期(?:期间)?|(?:小长|长)假(?:期间)?|黄金周")
_NO_DAY = re.compile(r"以?内|游|以[上下]|[均间产常趋本语历光程志记环益夜]|[^，。；]{0,2}时间")
_UP_TO = re.compile(r"为?止")


def expressions(text: str, units: Iterable[Unit]) -> Iterator[Expression]:
    """The expressions of a text in order. Dates that recur (每年6月) are left out, and all that is listed with them."""
    previous_end, recurring, compared = -1, False, False
    for points in _ranges(text, _points(text, units)):
        start, end = points[0].start, points[-1].end
        if start < previous_end:  # a closing word of the last expression has taken it in
            continue
        joined = 0 <= previous_end <= start and bool(_fills(_LIST, text, previous_end, start))
        recurring = (joined and recurring) or bool(_RECURRING.search(text[max(0, start - 5) : start]))
        if not recurring and (joined or not _is_duration(text, points)):
            expression = _framed(text, points, joined, max(previous_end, 0))
            if joined and compared:
                expression = replace(expression, comparison=True)
            yield expression
            end, compared = expression.end, expression.comparison
        previous_end = end


def _is_duration(text: str, points: tuple[Point, ...]) -> bool:
    """24月 without year or day counts months, as 5日内 counts days; a day without its month is one only as 15日 in figures."""
    first, last = points[0], points[-1]
    if first is last and first.head.kind == "month" and len(first.units) == 1:
        return first.head.value > 12 and first.head.value % 6 == 0
    if first.head.kind != "day":
        return False
    is_day = (
        text[first.start].isdecimal() and text[last.end - 1] != "号" and text[first.start - 1 : first.start] != "第"
    )
    return not is_day or _NO_DAY.match(text, last.end) is not None


def _points(text: str, units: Iterable[Unit]) -> Iterator[Point]:
    """Neighbouring units, gathered where each may follow the one before."""
    held: list[Unit] = []
    for unit in units:
        if held and unit.kind in FOLLOWS.get(held[-1].kind, ()) and _adjoin(text, held[-1].end, unit.start):
            held.append(unit)
            continue
        if held and _stands_alone(held):
            yield Point(tuple(held))
        held = [] if _behind_unread_year(text, unit) else [unit]
    if held and _stands_alone(held):
        yield Point(tuple(held))


def _behind_unread_year(text: str, unit: Unit) -> bool:
    """康熙三年五月 and 有期徒刑三年6个月 are not of this year: a part of a year that is not read is not read either."""
    return (
        unit.kind in ("month", "quarter", "half")
        and _UNREAD_YEAR.search(text, max(0, unit.start - 2), unit.start) is not None
    )


def _adjoin(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return len(between) <= 2 and not between.strip(" 　\u00a0")


def _stands_alone(units: list[Unit]) -> bool:
    """上旬, 底 and 周五 say nothing without the month, the year or the week before them."""
    head = units[0]
    if head.kind == "ten-days":
        return head.name == "月"
    if head.kind in ("last-months", "nth-weekday") or head.name in ("of-year", "前半", "后半"):
        return False
    return head.kind != "weekday" and not (head.kind == "edge" and head.value == 0)


def _ranges(text: str, points: Iterator[Point]) -> Iterator[tuple[Point, ...]]:
    held: Point | None = None
    for point in points:
        if held and _rangeable(held, point) and _is_range(text, held.end, point):
            yield held, point
            held = None
            continue
        if held:
            yield (held,)
        held = point
    if held:
        yield (held,)


def _rangeable(first: Point, last: Point) -> bool:
    return first.head.kind not in _UNRANGED and last.head.kind not in _UNRANGED


def _is_range(text: str, end: int, last: Point) -> bool:
    """2015年至2018年, or 2015年和2018年之间."""
    if _fills(_RANGE, text, end, last.start):
        return True
    return _BETWEEN.match(text, last.end) is not None and _fills(_BOTH_ENDS, text, end, last.start)


def _fills(joint: re.Pattern[str], text: str, start: int, end: int) -> bool:
    return 0 < end - start <= _LONGEST_JOINT and joint.fullmatch(text, start, end) is not None


def _framed(text: str, points: tuple[Point, ...], joined: bool, floor: int) -> Expression:
    """The points with the words before and behind them; `floor` is where the expression before has ended."""
    start, end = points[0].start, points[-1].end
    if points[0].head.kind in ("comparison", "vague"):
        return Expression(points, start, end, comparison=points[0].head.kind == "comparison", joined=joined)
    opening, opened = _opening(text, max(floor, start - _LONGEST_OPENING), start, end)
    closing, closed = _closing(text, points, opening)
    compared = (
        closing in ("same", "same-month")
        or _COMPARED_BEFORE.search(text[max(0, start - 2) : start]) is not None
        or _COMPARED_AFTER.match(text, closed) is not None
    )
    if opening == "from" and not closing and len(points) == 1 and text.startswith("自从", opened):
        closing = "since"
    spans_opening = opening == "until" or (opening == "from" and (len(points) == 2 or closing == "since"))
    return Expression(
        points=points,
        start=opened if spans_opening else start,
        end=closed,
        opening=opening if spans_opening else "",
        closing=closing,
        comparison=compared,
        joined=joined,
    )


def _opening(text: str, floor: int, start: int, end: int) -> tuple[Opening, int]:
    before = text[floor:start]
    until = _UNTIL.search(before) or (None if text.startswith("的", end) else _BY.search(before))
    if until:
        return "until", floor + until.start()
    source = _FROM.search(before)
    return ("from", floor + source.start()) if source else ("", start)


def _closing(text: str, points: tuple[Point, ...], opening: Opening) -> tuple[Closing, int]:
    point = points[-1]
    end = point.end
    during = (_BETWEEN if len(points) == 2 else _DURING).match(text, end) or _DURING.match(text, end)
    if during:
        end = during.end()
    if opening == "until" or text.startswith("止", end):
        stop = _UP_TO.match(text, end)
        end = stop.end() if stop else end
    before = _BEFORE_EDGE if point.finest.kind in ("edge", "day") else _BEFORE
    table: list[tuple[re.Pattern[str], Closing]] = [
        (_SINCE, "since"),
        (_ON, "since"),
        (_FROM_ON, "since"),
        (_THROUGH, "through"),
        (before, "before"),
        (_AFTER, "after"),
        (_SAME_MONTH, "same-month"),
        (_SAME, "same"),
    ]
    if opening == "from":
        table.append((_BEGINS, "since"))
    for pattern, closing in table:
        found = pattern.match(text, end)
        if found:
            return closing, found.end()
    return "", end
