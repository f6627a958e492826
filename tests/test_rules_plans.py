"""D308: five-year plans out of their years."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import body, found

PLANS = {"十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("2024年是“十三五”的关键之年。", "“十三五”"),
        ("今年是“十三五”规划收官之年。", "“十三五”规划"),
        ("2024年是“十四五”开局之年。", "“十四五”"),
        ("2024年是“十四五”规划的收官之年。", "“十四五”规划"),
        ("今年是实施“十五五”规划的第一年。", "“十五五”规划"),
        ("2024年，是“十五五”开局之年。", "“十五五”"),
        ("明年是“十五五”开局之年。", "“十五五”"),
        ("当前正处于“十三五”时期，任务繁重。", "“十三五”时期"),
        ("深入实施“十三五”规划，落实重点工程。", "“十三五”规划"),
        ("围绕“十三五”目标任务，开展检查。", "“十三五”"),
        ("“十三五”时期，全局正在加快推进项目建设。", "“十三五”时期"),
        ("全面落实“十三五”发展规划，推进项目9个。", "“十三五”"),
        ("“十三五”时期，我局将继续推进项目9个。", "“十三五”时期"),
        ("“十三五”期间，要完成整治任务。", "“十三五”期间"),
        ("“十五五”以来，累计完成项目9个。", "“十五五”以来"),
        ("“十五五”时期，累计建成项目9个。", "“十五五”时期"),
        ("当前正处于“十五五”时期。", "“十五五”时期"),
        ("进入“十二五”时期，检查企业218家次。", "“十二五”时期"),
        ("对照“十三五”规划，推进年度任务。", "“十三五”规划"),
        ("确保“十三五”规划目标如期实现。", "“十三五”规划"),
        ("2024年，“十三五”规划进入攻坚阶段。", "“十三五”规划"),
        ("2024年是“十四五”规划的第三年。", "“十四五”规划"),
        ("深入实施“十五五”规划，完成项目9个。", "“十五五”规划"),
    ],
)
def test_a_plan_out_of_its_years(text: str, quote: str) -> None:
    (finding,) = found(body(text), "D308")
    assert (finding.quote, finding.severity) == (quote, "error")


@pytest.mark.parametrize(
    "text",
    [
        "2024年是“十四五”规划承上启下的关键一年。",
        "深入实施“十四五”规划，推进项目9个。",
        "谋划“十五五”时期重点工作。",
        "编制“十五五”规划，开展前期研究。",
        "为“十五五”良好开局打牢基础。",
        "明年是“十四五”收官之年。",
        "2025年是“十四五”收官之年，也是谋划“十五五”的关键之年。",
        "2026年是“十五五”开局之年。",
        "“十三五”时期，累计建成项目9个。",
        "“十三五”规划主要目标任务圆满完成。",
        "2024年是“十四五”规划的第四年。",
        "“十三五”以来，累计完成项目9个。",
        "比“十三五”末增长12%。",
        "开展“十三五”规划总结评估。",
        "落实“八五”普法规划。",
        "落实《“十三五”安全生产规划》遗留项目验收。",
        "做好“十三五”规划项目验收。",
        "十五五个项目全部开工。",
        "2020年是“十三五”收官之年。",
        "召开“十五五”规划编制座谈会4次。",
        "落实“十五五”规划编制要求，召开会议4次。",
        "“十五五”时期，将推进项目9个。",
        "今年是全面完成“十四五”任务、为“十五五”发展打好基础的关键一年。",
    ],
)
def test_summing_up_and_looking_ahead(text: str) -> None:
    assert not found(body(text), "D308")


def test_this_year_in_a_report_of_january_may_be_either() -> None:
    for text in ("今年是“十四五”规划的收官之年。", "今年是“十四五”规划的第四年。"):
        assert not found(body(text, period="2024年", issued="2025-01-10"), "D308")


@given(st.sampled_from(sorted(PLANS)), st.integers(2005, 2031))
def test_opening_and_closing_years_are_reckoned(plan: str, year: int) -> None:
    first = PLANS[plan]
    about = {"period": f"{year}年", "issued": f"{year}-12-31"}
    assert bool(found(body(f"{year}年是“{plan}”规划开局之年。", **about), "D308")) is (year != first)
    assert bool(found(body(f"{year}年是“{plan}”规划的收官之年。", **about), "D308")) is (year != first + 4)
    assert bool(found(body(f"{year}年是“{plan}”规划的关键之年。", **about), "D308")) is not (first <= year <= first + 4)
