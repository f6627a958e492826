"""D309: what the outlook calls the time that comes next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.period import Period
from drafting.report import Report
from tests.builders import CLEAN, found, report

LAST = "下一步，市应急管理局将完成其余5处问题整改。"


def ending(words: str, period: str = "2024年上半年", issued: str = "2024-07-05") -> Report:
    assert LAST in CLEAN
    return report(CLEAN.replace(LAST, words), period=period, issued=issued)


@pytest.mark.parametrize(
    ("words", "quote", "expected"),
    [
        ("下一步，2023年下半年，我局将完成整改。", "2023年下半年", "2024年下半年"),
        ("下一步，上半年，我局将完成整改。", "上半年", "下半年"),
        ("下一步，2024年上半年，我局将继续完成整改。", "2024年上半年", "2024年下半年"),
        ("下一步\n2025年上半年，我局将完成整改。", "2025年上半年", "2024年下半年"),
        ("下一步工作打算\n2023年，我局将重点做好整改。", "2023年", "2024年下半年"),
        ("下一步，去年，我局将完成整改。", "去年", "下半年"),
        ("三、2024年上半年工作打算\n继续整改。", "2024年上半年", "2024年下半年"),
        ("三、2023年下半年工作安排\n继续整改。", "2023年下半年", "2024年下半年"),
        ("三、上半年重点工作计划\n继续整改。", "上半年", "下半年"),
        ("下一步，一季度，我局将抓紧整改。", "一季度", "下半年"),
        ("展望2023年下半年，我局将抓紧整改。", "2023年下半年", "2024年下半年"),
        ("为做好2025年下半年工作，我局将抓紧整改。", "2025年下半年", "2024年下半年"),
        ("2024年上半年，我局要抓紧整改。", "2024年上半年", "2024年下半年"),
        ("下一步，2026年，我局将抓紧整改。", "2026年", "2024年下半年"),
    ],
)
def test_another_period_than_the_next(words: str, quote: str, expected: str) -> None:
    words = words.replace("下一步\n", "三、下一步工作\n").replace("下一步工作打算\n", "三、下一步工作打算\n")
    (finding,) = found(ending(words), "D309")
    assert (finding.quote, finding.expected, finding.severity) == (quote, expected, "error")


@pytest.mark.parametrize(
    "words",
    [
        LAST,
        "下一步，2024年下半年，我局将完成整改。",
        "下半年，我局将完成整改。",
        "2024年下半年，我局将完成整改。",
        "下一步，三季度，我局将完成整改。",
        "下一步，全年要完成整改。",
        "下一步，2024年，我局将继续整改。",
        "下一步，2025年，我局将继续整改。",
        "下一步，我局将巩固上半年成果。",
        "下一步，上半年完成的任务要继续巩固。",
        "下一步，到2030年，全面完成整改。",
        "下一步，针对上半年存在的问题，我局将抓紧整改。",
        "三、下半年工作打算\n继续整改。",
        "三、下一步工作打算\n上半年，我局取得了成绩，但要看到问题。",
        "三、上半年工作回顾及下半年打算\n继续整改。",
        "三、2024—2026年工作安排\n继续整改。",
    ],
)
def test_the_next_period_and_what_is_looked_back_on(words: str) -> None:
    assert not found(ending(words), "D309")


def test_a_work_report_bears_the_year_in_which_it_is_given() -> None:
    text = "2024年政府工作报告\n各位代表：\n一、2023年工作回顾\n检查企业218家次。\n二、2024年工作总体部署\n继续整改。"
    assert not found(report(text, period="2024年", issued=None), "D309")
    assert not found(report(text, period="2023年", issued=None), "D309")
    assert found(report(text.replace("政府工作报告", "工作总结"), period="2024年", issued=None), "D309")


def test_a_yearly_report_of_january() -> None:
    assert not found(ending("下一步，2025年，我局将继续整改。", "2024年", "2025-01-10"), "D309")
    assert found(ending("下一步，下半年，我局将继续整改。", "2024年", "2025-01-10"), "D309")
    assert found(ending("下一步，2026年，我局将继续整改。", "2024年", "2025-01-10"), "D309")


@given(
    st.integers(2020, 2030),
    st.sampled_from(["上半年", "下半年", "第一季度", "第三季度", "第四季度", "前三季度", "6月", ""]),
)
def test_the_next_is_silent_and_its_own_is_heard(year: int, part: str) -> None:
    period = Period.parse(f"{year}年{part}")
    following = Period.of_months(year, 10, 12) if part == "前三季度" else period.next()
    day = period.last.isoformat()
    assert not found(ending(f"下一步，{following}，我局将完成整改。", str(period), day), "D309")
    assert found(ending(f"下一步，{period}，我局将完成整改。", str(period), day), "D309")
    assert found(ending(f"下一步，{period.previous()}，我局将完成整改。", str(period), day), "D309")
