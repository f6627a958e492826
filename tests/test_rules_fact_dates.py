"""B103: facts of another time than the report's."""

from dataclasses import replace
from datetime import date

import pytest

from drafting.facts import Brief
from tests.builders import brief, found_in, found_in_brief


@pytest.mark.parametrize(
    ("fact", "quote"),
    [
        ("2023年12月5日召开全市安全生产部署会1次", "2023年12月5日"),
        ("2023年检查企业300家次", "2023年"),
        ("2023年上半年，检查企业300家次", "2023年上半年"),
        ("7月3日召开安全生产会议2次", "7月3日"),
        ("2024年8月开展专项检查12次", "2024年8月"),
    ],
)
def test_what_was_done_before_or_after_the_period(fact: str, quote: str) -> None:
    (finding,) = found_in_brief("B103", fact)
    assert (finding.quote, finding.severity) == (quote, "warning")
    assert "报告期 2024-01-01至2024-06-30" in finding.evidence


@pytest.mark.parametrize(
    "fact",
    [
        "3月5日召开全市安全生产部署会1次",
        "检查企业126家次，比2023年同期增长8%",
        "2023年同期检查企业300家次",
        "其余4处隐患限期8月底前完成整改",
        "2023年启动的智慧监管平台投入使用",
        "2021年以来累计整治隐患3000处",
        "2023年部署的专项整治完成验收12处",
        "“十四五”期间改造老旧管网120公里",
        "2025年前完成全部企业标准化创建",
        "修订《2023年安全生产考核办法》",
    ],
)
def test_comparisons_deadlines_plans_records_and_names_are_left_alone(fact: str) -> None:
    assert not found_in_brief("B103", fact)


def test_the_outlook_is_ahead() -> None:
    assert not found_in_brief("B103", "召开会议4次", outlook=("8月开展专项检查12次",))


def _dated(day: date) -> Brief:
    told = brief("开展执法检查126家次")
    (section,) = told.sections
    return replace(told, sections=(replace(section, facts=(replace(section.facts[0], date=day),)),))


@pytest.mark.parametrize("day", [date(2023, 6, 30), date(2023, 12, 31), date(2024, 7, 6), date(2025, 6, 30)])
def test_the_fact_s_own_date_outside(day: date) -> None:
    (finding,) = found_in(_dated(day), "B103")
    assert finding.quote == "开展执法检查126家次"
    assert str(day) in finding.message


@pytest.mark.parametrize("day", [date(2024, 1, 1), date(2024, 6, 30), date(2024, 7, 5)])
def test_a_ledger_may_be_made_up_until_the_day_of_issue(day: date) -> None:
    assert not found_in(_dated(day), "B103")
