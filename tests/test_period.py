"""Period: every usual spelling, and the algebra of next and previous."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.errors import PeriodError
from drafting.period import Period

H1 = (date(2024, 1, 1), date(2024, 6, 30))

periods = st.one_of(
    st.builds(Period.of_year, st.integers(1000, 9990)),
    st.tuples(st.integers(1000, 9990), st.integers(1, 12), st.integers(1, 12))
    .filter(lambda t: t[1] <= t[2])
    .map(lambda t: Period.of_months(*t)),
    st.tuples(st.dates(date(1000, 1, 1), date(8000, 1, 1)), st.integers(0, 800)).map(
        lambda t: Period.of_days(t[0], t[0] + timedelta(days=t[1]))
    ),
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024年", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024年度", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024年上半年", *H1),
        ("2024上半年", *H1),
        ("2024年度上半年", *H1),
        ("二〇二四年上半年", *H1),
        ("２０２４年上半年", *H1),
        ("2024年1—6月", *H1),
        ("2024年1-6月份", *H1),
        ("2024年1月至6月", *H1),
        ("2024年1月1日至6月30日", *H1),
        ("2024-01-01..2024-06-30", *H1),
        ("2024H1", *H1),
        ("2024 年 下半年", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024年第二季度", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024年二季度", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024Q2", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024年前三季度", date(2024, 1, 1), date(2024, 9, 30)),
        ("2024年6月", date(2024, 6, 1), date(2024, 6, 30)),
        ("二〇二四年十一月", date(2024, 11, 1), date(2024, 11, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023年10月至2024年3月", date(2023, 10, 1), date(2024, 3, 31)),
        ("2024年6月15日至17日", date(2024, 6, 15), date(2024, 6, 17)),
    ],
)
def test_reads_usual_spellings(text: str, first: date, last: date) -> None:
    period = Period.parse(text)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "上半年",
        "2024年第五季度",
        "2024年13月",
        "2024年0月",
        "2024-02-30..2024-03-01",
        "2024年6月至3月",
        "去年",
        "24年",
        "2024年6月31日至7月2日",
    ],
)
def test_refuses_what_is_no_period(text: str) -> None:
    with pytest.raises(PeriodError, match="报告期"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "after", "before"),
    [
        ("2024年", "2025年", "2023年"),
        ("2024年上半年", "2024年下半年", "2023年下半年"),
        ("2024年第四季度", "2025年第一季度", "2024年第三季度"),
        ("2024年12月", "2025年1月", "2024年11月"),
        ("2024年前三季度", "2025年前三季度", "2023年前三季度"),
        ("2024年2月至3月", "2024年4月至5月", "2023年12月至2024年1月"),
    ],
)
def test_neighbours_are_of_the_same_kind(text: str, after: str, before: str) -> None:
    period = Period.parse(text)
    assert str(period.next()) == after
    assert str(period.previous()) == before


@given(periods)
def test_next_and_previous_undo_each_other(period: Period) -> None:
    assert period.next().previous() == period
    assert period.previous().next() == period
    assert period.next().kind == period.kind


@given(periods)
def test_days_add_up(period: Period) -> None:
    following = period.next()
    assert period.days == (period.last - period.first).days + 1
    if period.kind != "three-quarters":
        assert following.first == period.last + timedelta(days=1)
        assert period.days + following.days == (following.last - period.first).days + 1


@given(periods)
def test_spelling_is_read_back(period: Period) -> None:
    assert Period.parse(str(period)) == period


def test_year_before_keeps_whole_months_whole() -> None:
    assert Period.parse("2024年2月").year_before() == Period.parse("2023年2月")
    leap = Period.parse("2024-02-10..2024-02-29")
    assert leap.year_before() == Period.parse("2023-02-10..2023-02-28")


def test_past_the_calendar_is_one_clear_error() -> None:
    with pytest.raises(PeriodError, match="9999年"):
        Period.of_year(9999).next()
