"""D313: words that count from the present."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import body, found

AWAY = {"今年": 0, "去年": -1, "前年": -2, "明年": 1, "上年": -1, "本年度": 0}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("比去年（2022年）下降12%。", "去年（2022年）"),
        ("今年（2023年）以来，检查企业218家次。", "今年（2023年）"),
        ("较上年（2021年）增长3%。", "上年（2021年）"),
        ("2022年（去年），检查企业190家次。", "2022年（去年）"),
        ("明年（2026年）全面推开。", "明年（2026年）"),
        ("去年2022年的问题已整改。", "去年2022年"),
        ("前年（2023年）开工的项目投用。", "前年（2023年）"),
        ("去年即2022年，检查企业190家次。", "去年即2022年"),
        ("本年度（2023年度）任务完成。", "本年度（2023年度）"),
        ("去年（二〇二二年）的问题已整改。", "去年（二〇二二年）"),
        ("去年（２０２２年）的问题已整改。", "去年（２０２２年）"),
        ("比去年同期（2022年1—6月）下降12%。", "去年同期（2022年1—6月）"),
        ("今年以来（2023年），检查企业218家次。", "今年以来（2023年）"),
        ("去年底（2022年底）立项。", "去年底（2022年底）"),
        ("较上一年（2022年）下降12%。", "上一年（2022年）"),
        ("今年是2023年，任务繁重。", "今年是2023年"),
    ],
)
def test_a_word_and_another_year(text: str, quote: str) -> None:
    (finding,) = found(body(text), "D313")
    assert (finding.quote, finding.severity) == (quote, "error")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("近日，组织企业开展自查。", "近日"),
        ("昨天，召开安全生产会议。", "昨天"),
        ("日前，完成问题整改。", "日前"),
        ("昨日召开调度会。", "昨日"),
        ("前几天，接受专项审计。", "前几天"),
        ("前不久，接受专项审计。", "前不久"),
        ("昨晚，处置情况3起。", "昨晚"),
        ("上周五，完成系统升级。", "上周五"),
    ],
)
def test_a_word_whose_day_nobody_knows(text: str, quote: str) -> None:
    (finding,) = found(body(text), "D313")
    assert (finding.quote, finding.severity) == (quote, "warning")


@pytest.mark.parametrize(
    "text",
    [
        "比去年（2023年）下降12%。",
        "今年（2024年）以来，检查企业218家次。",
        "2023年（上年），检查企业190家次。",
        "去年，2022年立项的项目开工。",
        "明年（2025年）全面推开。",
        "6月30日前近日照明改造完成。",
        "在12月31日前完成整改。",
        "节日前开展检查。",
        "工作日前往企业。",
        "落实《近日工作提示》要求。",
        "今天的成绩来之不易。",
        "每年（2022年起）开展一次演练。",
        "近年来（2020年以来），隐患逐年减少。",
        "上年度（2023年度）考核合格。",
        "今年（1—6月），检查企业218家次。",
        "今年是2020年以来事故最少的一年。",
        "不久前召开的会议作出部署。",
        "考试日前完成场地检查。",
        "上周期的任务全部完成。",
    ],
)
def test_what_agrees_and_what_is_another_word(text: str) -> None:
    assert not found(body(text), "D313")


@given(st.sampled_from(sorted(AWAY)), st.integers(2015, 2033), st.integers(2015, 2033))
def test_the_year_is_reckoned_from_the_report_s(word: str, report_year: int, written: int) -> None:
    checked = body(
        f"{word}（{written}年），检查企业218家次。", period=f"{report_year}年", issued=f"{report_year}-12-31"
    )
    assert bool(found(checked, "D313")) is (written != report_year + AWAY[word])


def test_a_yearly_report_of_january_may_mean_either_year() -> None:
    for year in (2024, 2025):
        assert not found(body(f"今年（{year}年），检查企业218家次。", period="2024年", issued="2025-01-10"), "D313")
    assert found(body("今年（2023年），检查企业218家次。", period="2024年", issued="2025-01-10"), "D313")


def test_in_the_report_of_a_week_last_week_is_known() -> None:
    assert not found(body("上周五，完成系统升级。", period="2024-07-01..2024-07-07"), "D313")
