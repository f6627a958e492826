"""D301 and D311: dates that cannot be."""

import pytest

from tests.builders import body, found, quotes


@pytest.mark.parametrize("text", ["6月31日", "2023年2月29日", "2024年13月", "第五季度", "2月30日"])
def test_an_impossible_date_is_named_and_never_another_day(text: str) -> None:
    (finding,) = found(body(f"{text}，召开安全生产会议。"), "D301")
    assert finding.quote == text
    assert finding.severity == "error"


@pytest.mark.parametrize("around", ["截至{}，整改90处。", "{}前报送情况。", "自{}起施行。", "合同至{}到期。"])
def test_the_date_itself_is_quoted(around: str) -> None:
    assert quotes(body(around.format("2024年6月31日")), "D301") == ["2024年6月31日"]


def test_ages_in_months_are_no_months() -> None:
    assert not found(body("14月—18月龄幼儿体检覆盖率97%。"), "D301")


@pytest.mark.parametrize("text", ["2月29日", "2024年2月29日", "6月30日", "第四季度", "12月31日"])
def test_a_date_that_a_calendar_holds(text: str) -> None:
    assert not found(body(f"{text}，召开安全生产会议。"), "D301")


@pytest.mark.parametrize(
    "text", ["3月15日至3月5日", "6月20日至15日", "2024年5月至3月", "6月至3月", "2024年12月28日至2024年1月8日"]
)
def test_a_range_that_runs_backwards(text: str) -> None:
    assert quotes(body(f"{text}开展仓储企业排查。"), "D311") == [text]


@pytest.mark.parametrize(
    "text", ["3月5日至15日", "2023年11月至2024年2月", "1—6月", "12月20日至1月15日", "2024年11月15日至3月15日"]
)
def test_a_range_that_runs_on(text: str) -> None:
    assert not found(body(f"{text}开展仓储企业排查。"), "D311")
