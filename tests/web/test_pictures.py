"""The timeline and the coverage: well-formed, every mark at its place, errors told by more than colour, nothing that people wrote alive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("gradio", reason="the ui extra is not installed")

from drafting.period import Period
from tests.web.hostile import PAYLOADS
from ui.web.html.axis import WIDTH, axis_of
from ui.web.html.coverage import Column, Row, coverage
from ui.web.html.explanation import explanation
from ui.web.html.timeline import RED, Mark, timeline

HALF = Period.parse("2024年上半年")
ISSUED = date(2024, 7, 5)
SVG = "{http://www.w3.org/2000/svg}"

DAYS = st.dates(date(1840, 1, 1), date(2060, 12, 31))


def mark(text: str, first: date | None, last: date | None, wrong: str = "", at: int = 0) -> Mark:
    return Mark(text, first, last, "b5", "p3", at, at + len(text), wrong)


def day(text: str, month: int, number: int, wrong: str = "") -> Mark:
    return mark(text, date(2024, month, number), date(2024, month, number), wrong)


def drawn(marks: Sequence[Mark], period: Period | None = HALF, issued: date | None = ISSUED) -> Element:
    return fromstring(timeline("zh", marks, period, issued))  # noqa: S314 — our own picture


def groups(svg: Element, kind: str = "mark") -> list[Element]:
    return [one for one in svg.iter(f"{SVG}g") if kind in (one.get("class") or "").split()]


def extent(group: Element) -> tuple[float, float, float]:
    """Left, right and middle height of the circle or rectangle of a mark."""
    for one in group:
        if one.tag == f"{SVG}circle":
            x, r = float(one.get("cx", "")), float(one.get("r", ""))
            return x - r, x + r, float(one.get("cy", ""))
        if one.tag == f"{SVG}rect":
            x, y = float(one.get("x", "")), float(one.get("y", ""))
            return x, x + float(one.get("width", "")), y + float(one.get("height", "")) / 2
    raise AssertionError("neither a dot nor a bar")


def test_a_mark_leads_to_its_place_and_tells_its_days() -> None:
    (found,) = groups(drawn([mark("3月10日至20日", date(2024, 3, 10), date(2024, 3, 20), at=7)]))
    assert {name: found.get(f"data-{name}") for name in ("block", "point", "start", "end")} == {
        "block": "b5",
        "point": "p3",
        "start": "7",
        "end": "16",
    }
    assert (found.get("tabindex"), found.get("role")) == ("0", "button")
    title = found.find(f"{SVG}title")
    assert title is not None
    assert title.text == "3月10日至20日：2024-03-10—2024-03-20" == found.get("aria-label")


def test_what_is_out_of_place_is_red_and_of_another_shape_and_says_why() -> None:
    fine, wrong = groups(drawn([day("3月10日", 3, 10), day("9月10日", 9, 10, "在报告期之后，却写成已经做了")]))
    assert "wrong" not in (fine.get("class") or "")
    assert RED not in "".join(str(one.attrib) for one in fine)
    assert "wrong" in (wrong.get("class") or "")
    assert RED in "".join(str(one.attrib) for one in wrong)
    assert [one.tag for one in fine] != [one.tag for one in wrong]
    assert (wrong.get("aria-label") or "").startswith("不合：9月10日")
    assert "却写成已经做了" in (wrong.findtext(f"{SVG}title") or "")


def test_the_period_is_a_band_and_the_date_of_issue_a_line() -> None:
    svg = drawn([day("1月1日", 1, 1), day("6月30日", 6, 30)])
    (band,) = groups(svg, "period")
    left, right, _ = extent(band)
    first, last = (sum(extent(one)[:2]) / 2 for one in groups(svg))
    assert [left, right] == pytest.approx([first, last], abs=0.2)
    assert "2024-01-01至2024-06-30" in (band.findtext(f"{SVG}title") or "")
    assert len(groups(svg, "issued")) == 1
    assert groups(drawn([day("1月1日", 1, 1)], None, None), "issued") == []


def test_far_years_stand_behind_a_break_and_leave_the_report_its_room() -> None:
    svg = drawn([mark("1949年", date(1949, 1, 1), date(1949, 12, 31)), day("3月1日", 3, 1), day("4月1日", 4, 1)])
    assert len([one for one in svg.iter(f"{SVG}path") if one.get("class") == "break"]) == 1
    assert "1949" in [one.text for one in svg.iter(f"{SVG}text")]
    _, march, april = (extent(one)[0] for one in groups(svg))
    assert april - march > 20


def test_what_has_no_day_is_told_too() -> None:
    (found,) = groups(drawn([mark("6月31日", None, None, "6月只有30天")]))
    assert {"undated", "wrong"} <= set((found.get("class") or "").split())
    assert "没有具体日子" in (found.get("aria-label") or "")


@pytest.mark.parametrize(("language", "words"), [("zh", "还没有日期"), ("en", "no date yet")])
def test_a_text_without_dates_says_so(language: str, words: str) -> None:
    assert words in timeline("zh" if language == "zh" else "en", [], HALF, ISSUED)


def test_english_words() -> None:
    told = timeline("en", [day("3月10日", 3, 10), day("9月1日", 9, 1, "lies after")], HALF, ISSUED)
    assert "Period 2024-01-01 to 2024-06-30" in told
    assert "out of place" in told
    assert ">Mar<" in told


@given(st.lists(st.tuples(DAYS, st.integers(0, 400)), min_size=1, max_size=40))
def test_no_two_marks_overlap_and_all_lie_in_the_picture(spans: list[tuple[date, int]]) -> None:
    svg = drawn([mark("某日", first, first + timedelta(days=length)) for first, length in spans])
    places = [extent(one) for one in groups(svg)]
    assert len(places) == len(spans)
    for at, (left, right, height) in enumerate(places):
        assert left >= 0
        assert right <= WIDTH
        for other_left, other_right, other_height in places[at + 1 :]:
            assert height != other_height or right <= other_left or other_right <= left


@given(st.lists(DAYS, min_size=2, max_size=30))
def test_later_days_never_stand_before_earlier_ones(days: list[date]) -> None:
    axis = axis_of(days, HALF, ISSUED)
    places = [axis.at(one) for one in sorted([*days, HALF.first, HALF.last, ISSUED])]
    assert places == sorted(places)


def test_the_ends_of_the_calendar_are_drawn() -> None:
    svg = drawn([mark("元年", date.min, date.min), mark("9999年", date.max, date.max)])
    assert len(groups(svg)) == 2
    own = Period(date(9999, 1, 1), date(9999, 12, 31))
    assert len(groups(drawn([mark("9999年", date.max, date.max)], own, date.max))) == 1


# --- coverage

ROWS = [Row(f"F{at}", f"召开会议{at}次", "健全责任体系" if at < 4 else "整治隐患") for at in range(1, 7)]
COLUMNS = [
    Column("p1", "召开会议1次。", "健全责任体系", ("F1", "F2")),
    Column("p2", "召开会议3次。空话一句。", "健全责任体系", ("F3",), bare=1),
    Column("p3", "召开会议5次。", "整治隐患", ("F4", "F5")),
]
USED = {"F1": ["p1"], "F2": [], "F3": ["p2", "p3"], "F4": ["p3"], "F5": ["p3"], "F6": []}


def table(rows: Sequence[Row] = ROWS, columns: Sequence[Column] = COLUMNS) -> Element:
    return fromstring(coverage("zh", rows, columns, USED))  # noqa: S314 — our own table


def test_cells_are_filled_where_a_point_words_the_fact() -> None:
    cells = {
        (one.get("data-fact"), one.get("data-point")): one.text for one in table().iter("td") if one.get("data-fact")
    }
    worded = {(fact, point) for fact, points in USED.items() for point in points}
    assert {at for at, sign in cells.items() if sign == "●"} == worded
    assert {at for at, sign in cells.items() if sign == "○"} == {("F2", "p1")}


def test_every_row_is_as_wide_as_the_table() -> None:
    for row in table().iter("tr"):
        width = sum(int(cell.get("colspan", "1")) for cell in row)
        assert width in (len(COLUMNS), len(COLUMNS) + 1)  # the first column's head reaches over two rows


def test_unused_facts_and_sentences_on_no_fact_are_marked_and_counted() -> None:
    told = table()
    unused = [row.find("th") for row in told.iter("tr") if row.get("class") == "unused"]
    assert [one.get("data-fact") for one in unused if one is not None] == ["F2", "F6"]
    assert [(one.get("data-point"), one.text) for one in told.iter("td") if one.get("class") == "bare"] == [("p2", "1")]
    assert told.findtext(".//caption") == "事实 6 条，未写入 2 条；要点 3 个，没有依据的句子 1 句"


def test_two_hundred_facts_and_a_hundred_points_stay_small() -> None:
    rows = [Row(f"F{at}", "召开会议" * 30, f"第{at // 10}节") for at in range(200)]
    columns = [
        Column(f"p{at}", "召开会议" * 30, f"第{at // 5}节", (f"F{2 * at}", f"F{2 * at + 1}")) for at in range(100)
    ]
    told = coverage("zh", rows, columns, {f"F{at}": [f"p{at // 2}"] for at in range(200)})
    assert len(told) < 120_000
    assert len([one for one in fromstring(told).iter("td") if one.text == "●"]) == 200  # noqa: S314 — our own table


def test_a_copy_without_facts_or_points_says_so() -> None:
    assert "还没有事实" in coverage("zh", [], [], {})
    assert table(ROWS, []).findtext(".//caption") == "事实 6 条，未写入 2 条；要点 0 个，没有依据的句子 0 句"


# --- hostile


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_people_wrote_becomes_markup(payload: str) -> None:
    hostile = Mark(payload, date(2024, 3, 1), None, payload, payload, 0, 3, payload)
    svg = drawn([hostile])
    (found,) = groups(svg)
    assert found.get("data-block") == found.get("data-point") == payload
    assert payload in (found.findtext(f"{SVG}title") or "")
    assert {one.tag.removeprefix(SVG) for one in svg.iter()} <= {"svg", "g", "title", "rect", "circle", "path", "text"}
    told = table([Row(payload, payload, payload)], [Column(payload, payload, payload, (payload,), bare=2)])
    assert {one.tag for one in told.iter()} <= {*"div table caption thead tbody tfoot tr th td abbr".split()}
    for one in (*svg.iter(), *told.iter()):
        assert not [name for name in one.attrib if name.startswith("on") or name in ("href", "src", "style")]
    page = fromstring(explanation(f"# {payload}\n\n{payload}\n\n```bad\n{payload}\n```\n"))  # noqa: S314 — our own page
    assert {one.tag for one in page.iter()} <= {"div", "h2", "p", "pre", "code"}
