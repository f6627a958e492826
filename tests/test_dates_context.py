"""What a mention takes from its surroundings: the sentence, the period, the reference."""

from datetime import date

import pytest

from drafting.dates import Mention, find
from drafting.period import Period

H1 = Period.parse("2024年上半年")
REFERENCE = date(2024, 7, 5)


def only(text: str, quoted: str, period: Period | None = H1, reference: date = REFERENCE) -> Mention:
    """The one mention of a text that spans `quoted`."""
    found = [mention for mention in find(text, reference, period) if mention.text == quoted]
    assert len(found) == 1, [mention.text for mention in find(text, reference, period)]
    return found[0]


def test_a_month_lies_in_the_one_year_of_the_period_that_holds_it() -> None:
    winter = Period.parse("2023年10月至2024年3月")
    assert only("11月启动。", "11月", winter).first == date(2023, 11, 1)
    assert only("2月完成。", "2月", winter).first == date(2024, 2, 1)
    assert only("6月收尾。", "6月", winter).first == date(2024, 6, 1)


def test_without_a_period_the_reference_gives_the_year() -> None:
    assert only("6月完成。", "6月", None, date(2019, 3, 5)).first == date(2019, 6, 1)


def test_a_year_with_a_month_holds_to_the_end_of_the_sentence() -> None:
    assert only("2023年10月启动，12月完成。", "12月").first == date(2023, 12, 1)
    assert only("2023年10月启动。12月完成。", "12月").first == date(2024, 12, 1)
    assert only("2023年10月启动\n12月完成", "12月").first == date(2024, 12, 1)


def test_a_year_does_not_hold_for_an_earlier_month() -> None:
    assert only("2023年10月启动，2月完成。", "2月").first == date(2024, 2, 1)


@pytest.mark.parametrize("opening", ["比2023年增长5%，", "2023年遗留的问题，", "到2023年底，", "2023年以来，"])
def test_comparisons_attributes_and_open_spans_do_not_hold(opening: str) -> None:
    assert only(f"{opening}6月办结。", "6月").first == date(2024, 6, 1)


def test_the_topic_of_a_sentence_holds() -> None:
    assert only("2023年，全市启动改造，6月完成。", "6月").first == date(2023, 6, 1)


def test_the_year_counts_as_explicit_inside_one_expression_only() -> None:
    assert only("2023年6月和9月督查。", "9月").explicit_year
    assert not only("2023年6月督查，9月复查。", "9月").explicit_year
    assert not only("去年6月和9月督查。", "9月").explicit_year


def test_a_bare_day_needs_a_month_before_it() -> None:
    assert only("6月10日启动，12日完成。", "12日").first == date(2024, 6, 12)
    assert find("12日完成。", REFERENCE, H1) == []


def test_same_year_and_next_year_look_back_within_the_paragraph() -> None:
    assert only("2019年3月立项。次年5月开工。", "次年5月").first == date(2020, 5, 1)
    assert only("2019年3月立项。\n次年5月开工。", "次年5月").kind == "ambiguous"


def test_own_month_is_the_period_where_the_period_is_a_month() -> None:
    assert only("本月办结。", "本月", Period.parse("2024年6月")).first == date(2024, 6, 1)
    assert only("本月办结。", "本月").first == date(2024, 7, 1)


def test_this_year_is_the_references_and_own_year_the_periods() -> None:
    year, january = Period.parse("2024年"), date(2025, 1, 8)
    assert only("今年办结。", "今年", year, january).first == date(2025, 1, 1)
    assert only("本年度办结。", "本年度", year, january).first == date(2024, 1, 1)
    assert only("比上年增长。", "上年", year, january).first == date(2023, 1, 1)


@pytest.mark.parametrize(
    ("period", "word", "first", "last"),
    [
        ("2024年上半年", "同比", date(2023, 1, 1), date(2023, 6, 30)),
        ("2024年6月", "环比", date(2024, 5, 1), date(2024, 5, 31)),
        ("2024年第一季度", "环比", date(2023, 10, 1), date(2023, 12, 31)),
        ("2024年", "去年同期", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-02-01..2024-02-29", "上年同期", date(2023, 2, 1), date(2023, 2, 28)),
    ],
)
def test_comparison_periods(period: str, word: str, first: date, last: date) -> None:
    mention = only(f"总量{word}增长。", word, Period.parse(period), Period.parse(period).last)
    assert (mention.first, mention.last, mention.comparison) == (first, last, True)


def test_a_comparison_without_a_period_is_ambiguous_and_still_a_comparison() -> None:
    mention = only("总量同比增长。", "同比", None)
    assert (mention.kind, mention.first, mention.comparison) == ("ambiguous", None, True)


def test_comparison_runs_along_a_list() -> None:
    assert only("比2022年、2023年分别增长。", "2023年").comparison
    assert not only("比2022年增长，2023年持续向好。", "2023年").comparison


def test_a_yearless_beginning_takes_the_year_of_its_end() -> None:
    assert only("11月至2024年2月供暖。", "11月至2024年2月").first == date(2023, 11, 1)
    assert only("1月至2024年2月供暖。", "1月至2024年2月").first == date(2024, 1, 1)


def test_a_backward_range_is_kept_as_written() -> None:
    mention = only("2024年6月至3月施工。", "2024年6月至3月")
    assert (mention.kind, mention.first, mention.last) == ("range", date(2024, 6, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("6月31日", "6月只有30天"),
        ("2023年2月29日", "2023年2月只有28天"),
        ("2024年13月", "一年只有12个月，没有13月"),
        ("6月0日", "6月没有0日"),
        ("第五季度", "一年只有四个季度，没有第5季度"),
    ],
)
def test_an_impossible_date_says_why(text: str, note: str) -> None:
    mention = only(f"{text}完成。", text)
    assert (mention.kind, mention.first, mention.last, mention.note) == ("impossible", None, None, note)


def test_item_numbers_at_the_head_of_a_line_are_no_months() -> None:
    assert [mention.text for mention in find("一、3月重点工作\n2、8月打算", REFERENCE, H1)] == ["3月", "8月"]


def test_the_calendars_ends_are_no_errors() -> None:
    text = (
        "去年、明年，近三年，同比，环比，去年同期，上月，下月，昨天，明天，1500年前，今年以后，今后五年，上周，下周五"
    )
    for day in (date.min, date.max):
        period = Period.of_months(day.year, 1, 12)
        assert all(mention.kind for mention in find(text, day, period))
