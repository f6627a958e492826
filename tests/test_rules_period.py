"""D302, D303, D304: the report's time, and what may lie outside it."""

import pytest

from drafting.report import Report
from tests.builders import CLEAN, TITLE, body, found, quotes, report


def retold(old: str, new: str, **more: object) -> Report:
    """The clean report with one wording changed."""
    assert old in CLEAN
    return report(CLEAN.replace(old, new, 1), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("9月12日组织应急演练3场。", "9月12日"),
        ("2024年9月12日，召开安全生产会议，部署了秋季工作。", "2024年9月12日"),
        ("8月15日至20日开展专项检查，查处违法行为6起。", "8月15日至20日"),
        ("11月，印发《安全生产考核办法》。", "11月"),
        ("第三季度，组织应急演练3场。", "第三季度"),
        ("截至9月30日，累计检查企业300家。", "截至9月30日"),
        ("项目于9月竣工验收。", "9月"),
    ],
)
def test_told_as_done_after_the_period_and_the_date_of_issue(text: str, quote: str) -> None:
    (finding,) = found(body(text), "D302")
    assert (finding.quote, finding.severity) == (quote, "error")


def test_between_the_period_s_end_and_the_date_of_issue_it_is_a_warning() -> None:
    (finding,) = found(body("7月2日召开安全生产会议。"), "D302")
    assert finding.severity == "warning"


@pytest.mark.parametrize("work", ["召开安全生产专题会议。", "召开工作推进会。"])
def test_before_the_period_and_told_as_its_work_it_is_a_warning(work: str) -> None:
    (finding,) = found(body(f"2023年9月12日，{work}"), "D302")
    assert (finding.quote, finding.severity) == ("2023年9月12日", "warning")


def test_a_month_before_the_period_needs_no_year() -> None:
    text, about = "5月12日，召开安全生产专题会议。", {"period": "2024年第三季度", "issued": "2024-10-12"}
    assert quotes(body(text, **about), "D302") == ["5月12日"]
    assert not found(body("5月开工的平台投入使用。", **about), "D302")


def test_what_is_counted_up_to_the_month_of_issue_is_known() -> None:
    assert not found(body("截至7月4日，累计检查企业300家。"), "D302")


@pytest.mark.parametrize(
    "text",
    [
        "其余4处限期8月底前完成。",
        "原定7月10日召开的会议改期举行。",
        "计划9月12日组织应急演练。",
        "9月将召开全省安全生产会议。",
        "到2030年，全面完成整治任务。",
        "1961年以来，没有发生此类事故。",
        "2023年9月印发的《安全生产考核办法》得到落实。",
        "比2023年6月下降12%。",
        "2022年9月开工建设的平台投入使用。",
        "落实《2025年1月1日起施行的规定》要求。",
        "筹备9月12日召开的现场会。",
        "2024年5月12日组织应急演练。",
        "5月12日组织应急演练。",
        "1至6月召开会议4次。",
        "截至6月底，整改308处。",
        "为9月1日开学做好准备。",
    ],
)
def test_plans_deadlines_records_and_comparisons_are_left_alone(text: str) -> None:
    assert not found(body(text), "D302")


def test_what_comes_next_is_left_alone() -> None:
    assert not found(body("二、下半年工作安排", "9月12日组织应急演练3场。"), "D302")
    assert not found(body("下一步，抓好以下工作。", "9月12日组织应急演练3场。"), "D302")


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        ("关于2024年上半年", "关于2023年上半年", "2023年上半年"),
        ("\n2024年上半年，市", "\n2023年上半年，市", "2023年上半年"),
        ("现将有关情况", "现将2022年上半年有关情况", "2022年上半年"),
        ("\n2024年7月5日", "\n2023年7月5日", "2023年7月5日"),
        ("\n2024年7月5日", "\n2026年7月5日", "2026年7月5日"),
    ],
)
def test_years_that_disagree_with_the_period(old: str, new: str, quote: str) -> None:
    (finding,) = found(retold(old, new), "D303")
    assert (finding.quote, finding.severity) == (quote, "error")


def test_a_late_date_of_issue_is_only_a_warning() -> None:
    (finding,) = found(retold("\n2024年7月5日", "\n2025年7月5日"), "D303")
    assert (finding.expected, finding.severity) == ("2024年7月5日", "warning")


def test_the_year_that_the_body_calls_its_own() -> None:
    assert quotes(body("本报告期（2023年上半年）召开会议6次。"), "D303") == ["2023年上半年"]
    assert quotes(body("本期为2023年上半年。"), "D303") == ["2023年上半年"]
    assert not found(body("上一报告期（2023年上半年）召开会议6次。"), "D303")


def test_a_report_on_odd_days_may_open_with_days_of_another_year() -> None:
    text = CLEAN.replace("\n2024年上半年，市", "\n2022年6月1日至9月15日，市")
    about = {"period": "2024-06-01..2024-09-15", "issued": "2024-09-28"}
    assert quotes(report(text, **about), "D303") == ["2022年6月1日至9月15日"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("关于2024年上半年安全生产工作的", "关于2024年上半年安全生产工作情况和2025年工作打算的"),
        ("现将有关情况", "现将2021年以来有关情况"),
        ("扎实推进安全生产工作", "在2023年工作的基础上，扎实推进安全生产工作"),
    ],
)
def test_other_years_that_are_no_disagreement(old: str, new: str) -> None:
    assert not found(retold(old, new), "D303")


def test_a_yearly_report_is_issued_in_the_next_year() -> None:
    text = "市应急管理局关于2024年安全生产工作的报告\n2024年，市应急管理局扎实推进工作。\n市应急管理局\n2025年1月10日"
    assert not found(report(text, period="2024年", issued="2025-01-10"), "D30")


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        ("现将有关情况", "现将全年有关情况", "全年"),
        ("现将有关情况", "现将一季度有关情况", "一季度"),
        ("\n2024年上半年，市", "\n2024年第一季度，市", "2024年第一季度"),
        ("关于2024年上半年", "关于2024年下半年", "2024年下半年"),
        ("现将有关情况", "现将1—9月有关情况", "1—9月"),
    ],
)
def test_period_words_that_disagree(old: str, new: str, quote: str) -> None:
    assert quotes(retold(old, new), "D304") == [quote]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("现将有关情况", "现将上半年有关情况"),
        ("现将有关情况", "现将1至6月有关情况"),
        ("\n2024年上半年，市", "\n2024年，市"),
        ("扎实推进", "巩固一季度开局良好的态势，扎实推进"),
        ("现将有关情况", "现将上半年情况和下半年安排"),
    ],
)
def test_period_words_that_agree_or_are_said_in_passing(old: str, new: str) -> None:
    assert not found(retold(old, new), "D304")


@pytest.mark.parametrize("code", ["D302", "D303", "D304"])
def test_without_a_period_there_is_nothing_to_hold_it_against(code: str) -> None:
    text = CLEAN.replace(TITLE, TITLE.replace("2024", "2019")) + "\n9月12日组织应急演练3场。"
    assert not found(report(text, period=None, issued=None), code)


def test_a_month_s_report_names_its_month() -> None:
    text = CLEAN.replace("2024年上半年", "2024年4月").replace("现将有关情况", "现将3月有关情况")
    assert quotes(report(text, period="2024年4月", issued="2024-05-08"), "D304") == ["3月"]


def test_months_cover_the_days_of_a_report_on_odd_days() -> None:
    text = CLEAN.replace("2024年上半年", "2024年汛期").replace("现将有关情况", "现将6—9月有关情况")
    assert not found(report(text, period="2024-06-01..2024-09-15", issued="2024-09-28"), "D304")
