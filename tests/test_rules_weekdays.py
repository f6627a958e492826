"""D312: the weekday beside a date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CLEAN, body, found, quotes, report

NAMES = "一二三四五六日"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年6月15日（星期五），召开会议。", "2024年6月15日（星期六）"),
        ("6月15日（周五），召开会议。", "6月15日（周六）"),
        ("6月15日星期日召开会议。", "6月15日星期六"),
        ("定于2024年8月1日（星期五）召开会议。", "2024年8月1日（星期四）"),
        ("3月4日（星期二）下发通知。", "3月4日（星期一）"),
        ("6月15日，星期五，召开会议。", "6月15日，星期六"),
        ("6月15日上午（星期五），召开会议。", "6月15日上午（星期六）"),
        ("星期五（6月15日），召开会议。", "星期六（6月15日）"),
        ("6月10日（星期一）至14日（星期四）开展检查。", "14日（星期五）"),
        ("6月10日（星期二）至14日（星期五）开展检查。", "6月10日（星期一）"),
        ("设备质保期至2024年6月14日（星期四）。", "2024年6月14日（星期五）"),
    ],
)
def test_a_wrong_weekday_and_the_right_one(text: str, expected: str) -> None:
    (finding,) = found(body(text), "D312")
    assert (finding.expected, finding.severity) == (expected, "error")


@pytest.mark.parametrize(
    "text",
    [
        "6月15日（星期六）召开会议。",
        "每周五召开例会。",
        "周三下午集中学习。",
        "6月15日召开会议，星期五学习。",
        "一周工作安排。",
        "6月10日（星期一）至14日（星期五）开展检查。",
        "每周五（6月14日起）召开例会。",
        "6月15日，星期八工作室挂牌。",
    ],
)
def test_what_is_right_or_no_date(text: str) -> None:
    assert not found(body(text), "D312")


def test_where_the_year_is_a_guess_it_is_a_warning() -> None:
    (finding,) = found(body("8月15日（星期一），公布结果。"), "D312")
    assert finding.severity == "warning"


def test_what_is_planned_lies_ahead_of_the_day_of_issue() -> None:
    """16 February of 2024 was a Friday, that of 2025 is a Sunday."""
    plan = CLEAN.replace("完成其余5处问题整改", "于2月16日（星期{}）召开会议")
    for day, drawn in (("日", []), ("五", ["2月16日（星期五）"])):
        assert quotes(report(plan.format(day), period="2024年", issued="2025-01-10"), "D312") == drawn


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 7), st.sampled_from(["星期", "周"]))
def test_every_day_of_a_century(day: date, weekday: int, word: str) -> None:
    text = f"{day.year}年{day.month}月{day.day}日（{word}{NAMES[weekday - 1]}），召开会议。"
    assert bool(found(body(text), "D312")) is (weekday != day.isoweekday())
