"""The timeline as a picture: every date that a text mentions, on an axis with the report's period as a band and its date of issue as a line.

What a rule holds to be out of place differs in shape as well as in colour. Dates far from the report (1949年) stand behind a break in the axis, in
order and not to scale; what has no day (6月31日, 近年来) stands at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from drafting.period import Period
from ui.web.html.axis import Axis, axis_of
from ui.web.languages import Language
from ui.web.words import Text

_EMPTY = Text("文中还没有日期。", "The text mentions no date yet.")
_NAMED = Text("时间轴：文中提到的 {count} 处日期", "Timeline: {count} dates mentioned in the text")
_PERIOD = Text("报告期 {first}至{last}", "Period {first} to {last}")
_ISSUED = Text("成文日期 {day}", "Date of issue {day}")
_UNDATED = Text("没有具体日子", "no day to show")
_MONTHS = tuple(
    Text(f"{number}月", name)
    for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)
)
_WRONG = Text("不合", "out of place")
_SINCE, _UNTIL = Text("{day}起", "from {day}"), Text("到{day}止", "up to {day}")

RED, INK = "#8c1620", "#1f4064"
_TOP, _LANE, _HALF = 20, 11, 4
_GAP = 2
_LEAST = 2 * _HALF
"""A mark is at least so wide, in the picture's units, which are pixels at a width of 300."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mention and where it stands in the copy. `wrong` is what a rule says of it, empty where none does."""

    text: str
    first: date | None
    last: date | None
    block: str
    point: str
    start: int
    end: int
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class _Laid:
    mark: Mark
    left: float
    right: float
    lane: int

    @property
    def middle(self) -> float:
        return _TOP + self.lane * _LANE + _LANE / 2


def timeline(language: Language, marks: Sequence[Mark], period: Period | None, issued: date | None) -> str:
    """The picture as SVG, or a line where nothing is dated. Each mark can be focused and bears its place in `data-` attributes."""
    if not marks:
        return f'<p class="notice">{_EMPTY(language)}</p>'
    axis = axis_of([day for mark in marks for day in (mark.first, mark.last) if day], period, issued)
    laid = _lay(marks, axis)
    foot = _TOP + (max(one.lane for one in laid) + 1) * _LANE + 4
    parts = (
        *_band(language, axis, period, foot),
        *_drawn_axis(language, axis, foot),
        *_line(language, axis, issued, foot),
        *(_drawn(language, one) for one in laid),
    )
    return (
        f'<svg class="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {axis.width} {foot + 16}" role="group" '
        f'aria-label="{_NAMED(language, count=len(marks))}" font-family="sans-serif" font-size="9">{"".join(parts)}</svg>'
    )


def _lay(marks: Sequence[Mark], axis: Axis) -> list[_Laid]:
    """Each mark on the highest lane that is free where it stands, the earliest first; none overlaps another."""
    ends: list[float] = []
    laid = []
    spans = [(*_extent(mark, axis), mark) for mark in marks]
    for left, right, mark in sorted(spans, key=lambda one: one[:2]):
        lane = next((at for at, end in enumerate(ends) if end + _GAP <= left), len(ends))
        ends[lane:] = [right, *ends[lane + 1 :]]
        laid.append(_Laid(mark, left, right, lane))
    return laid


def _extent(mark: Mark, axis: Axis) -> tuple[float, float]:
    ends = sorted(axis.at(day) for day in (mark.first, mark.last) if day) or [axis.undated]
    left, right = ends[0], ends[-1]
    if right - left < _LEAST:
        middle = (left + right) / 2
        left, right = middle - _HALF, middle + _HALF
    return left, right


# --- what is drawn


def _band(language: Language, axis: Axis, period: Period | None, foot: float) -> Iterable[str]:
    if period is None:
        return
    left, right = axis.at(period.first), axis.at(period.last)
    told = _PERIOD(language, first=period.first, last=period.last)
    yield (
        f'<g class="period"><title>{told}</title><rect x="{left:.1f}" y="{_TOP - 6}" width="{max(right - left, 1):.1f}" '
        f'height="{foot - _TOP + 6:.1f}" fill="#e6ebf1"/></g>'
    )


def _drawn_axis(language: Language, axis: Axis, foot: float) -> Iterable[str]:
    yield f'<path class="axis" d="M0 {foot}H{axis.width}" stroke="#555" fill="none"/>'
    for tick in axis.ticks:
        label = str(tick.day.year) if tick.whole_year else _MONTHS[tick.day.month - 1](language)
        yield f'<path d="M{tick.x:.1f} {foot}v3" stroke="#555"/>'
        yield f'<text x="{min(max(tick.x, 12), axis.width - 12):.1f}" y="{foot + 13}" text-anchor="middle">{label}</text>'
    for x in axis.breaks:
        yield f'<path class="break" d="M{x - 3:.1f} {foot + 4}l4 -8m1 8l4 -8" stroke="#555" fill="none"/>'


def _line(language: Language, axis: Axis, issued: date | None, foot: float) -> Iterable[str]:
    if issued is None:
        return
    x = axis.at(issued)
    yield (
        f'<g class="issued"><title>{_ISSUED(language, day=issued)}</title>'
        f'<path d="M{x:.1f} {_TOP - 8}V{foot}" stroke="{INK}" stroke-dasharray="3 2" fill="none"/>'
        f'<text x="{min(max(x, 18), axis.width - 18):.1f}" y="9" text-anchor="middle">{issued.month}.{issued.day}</text></g>'
    )


def _drawn(language: Language, one: _Laid) -> str:
    mark = one.mark
    told = "；".join(filter(None, (f"{mark.text}：{_days(language, mark)}", mark.wrong)))
    label = f"{_WRONG(language)}：{told}" if mark.wrong else told
    kind = f"mark{' wrong' if mark.wrong else ''}{'' if mark.first or mark.last else ' undated'}"
    return (
        f'<g class="{kind}" tabindex="0" role="button" aria-label="{escape(label)}" data-block="{escape(mark.block)}" '
        f'data-point="{escape(mark.point)}" data-start="{mark.start}" data-end="{mark.end}">'
        f"<title>{escape(told)}</title>{_shape(one)}</g>"
    )


def _days(language: Language, mark: Mark) -> str:
    if mark.first and mark.last:
        return f"{mark.first}" if mark.first == mark.last else f"{mark.first}—{mark.last}"
    if mark.first:
        return _SINCE(language, day=mark.first)
    return _UNTIL(language, day=mark.last) if mark.last else _UNDATED(language)


def _shape(one: _Laid) -> str:
    """A dot for a day, a bar for a span, a wedge for an open end, a ring for no day; what is wrong is a red cross with the bar's outline."""
    left, right, y, mark = one.left, one.right, one.middle, one.mark
    x, colour = (left + right) / 2, RED if mark.wrong else INK
    if mark.wrong:
        bar = ""
        if right - left > _LEAST:
            bar = f'<rect x="{left:.1f}" y="{y - 3:.1f}" width="{right - left:.1f}" height="6" fill="#fff" stroke="{colour}"/>'
        cross = f"M{x - _HALF:.1f} {y - _HALF:.1f}l{_LEAST} {_LEAST}m0 -{_LEAST}l-{_LEAST} {_LEAST}"
        return f'{bar}<path d="{cross}" stroke="{colour}" stroke-width="2" fill="none"/>'
    if mark.first and mark.last:
        if right - left <= _LEAST:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{colour}"/>'
        return f'<rect x="{left:.1f}" y="{y - 2:.1f}" width="{right - left:.1f}" height="4" fill="{colour}" fill-opacity=".75"/>'
    if mark.first or mark.last:
        tip = right if mark.first else left
        back = left if mark.first else right
        return f'<path d="M{back:.1f} {y - 3:.1f}L{tip:.1f} {y:.1f}L{back:.1f} {y + 3:.1f}Z" fill="{colour}"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.8" fill="none" stroke="{colour}"/>'
