"""Growth and share from facts of two periods: computed, with the formula; nothing offered where it is open what is counted."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting import amounts, growth
from drafting.facts import Fact
from drafting.growth import compared, shares
from drafting.period import Period

HALVES = (Period.parse("2025年上半年"), Period.parse("2024年上半年"))
YEARS = (Period.parse("2025年"), Period.parse("2024年"))


def offered(now: str, before: str, periods: tuple[Period, Period] = HALVES) -> dict[str, str]:
    return {one.text: one.formula for one in compared(Fact("F1", now), Fact("F1", before), periods)}


def test_each_figure_that_counts_the_same_is_compared() -> None:
    assert offered(
        "开展执法检查141家次，发现隐患290处，整改288处", "组织执法检查126家次，发现隐患312处，整改308处"
    ) == {
        "执法检查家次同比增长11.9%": "(141家次 − 126家次) ÷ 126家次 = 11.9%",
        "发现隐患数量同比下降7.1%": "(312处 − 290处) ÷ 312处 = 7.1%",
        "整改数量同比下降6.5%": "(308处 − 288处) ÷ 308处 = 6.5%",
        "整改率同比提高0.6个百分点": "288处 ÷ 290处 = 99.3%，308处 ÷ 312处 = 98.7%；差 = 0.6个百分点",
    }


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        ("1至6月召开安全生产专题会议4次", "1至6月召开安全生产专题会议4次", ["安全生产专题会议数量与去年同期持平"]),
        ("投入资金1.2亿元", "投入资金8000万元", ["投入资金同比增长50%"]),
        ("群众满意率达到98.7%", "群众满意率97.5%", ["群众满意率同比提高1.2个百分点"]),
        ("培训干部460人次", "举办培训班3期，培训干部450人次", ["培训干部人次同比增长2.2%"]),
    ],
)
def test_meetings_money_shares_and_people(now: str, before: str, told: list[str]) -> None:
    assert list(offered(now, before)) == told


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("检查126家次，同比增长5%", "检查120家次"),  # told already
        ("发放资料近5000份", "发放资料4000份"),  # rounded itself
        ("检查企业126家", "检查企业126家次"),  # another unit
        ("培训126人", "慰问126人"),  # something else is counted
        ("整改隐患100001处", "整改隐患100000处"),  # rounds to nothing
        ("受理投诉500件", "受理投诉2件"),  # more than tenfold
        ("成立领导小组", "成立领导小组"),
    ],
)
def test_what_cannot_be_compared_is_not(now: str, before: str) -> None:
    assert offered(now, before) == {}


def test_periods_name_the_comparison() -> None:
    assert list(offered("检查126家次", "检查120家次", YEARS)) == ["检查家次比上年增长5%"]
    quarters = (Period.parse("2025年第二季度"), Period.parse("2025年第一季度"))
    assert list(offered("检查126家次", "检查120家次", quarters)) == ["检查家次环比增长5%"]
    assert offered("检查126家次", "检查120家次", (YEARS[0], HALVES[1])) == {}
    assert growth.named(*HALVES) == "同比"


def test_shares_within_a_fact() -> None:
    found = shares(Fact("F1", "发现隐患312处，整改308处"), HALVES[0])
    assert [(one.text, one.formula, one.source) for one in found] == [
        ("整改率98.7%", "308处 ÷ 312处 = 98.7%", "推算：308处 ÷ 312处 = 98.7%")
    ]
    assert shares(Fact("F1", "发现隐患312处，整改308处，整改率98.7%"), HALVES[0]) == ()
    assert shares(Fact("F1", "发现隐患312处，整改企业30家"), HALVES[0]) == ()


def test_nearly_all_is_not_all() -> None:
    (found,) = shares(Fact("F1", "受理信访10000件，办结9999件"), HALVES[0])
    assert found.text == "办结率99.9%"


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_growth_is_what_the_figures_say_to_a_twentieth_of_a_per_cent(new: int, old: int) -> None:
    for text, formula in offered(f"检查企业{new}家", f"检查企业{old}家").items():
        if new == old:
            assert text == "检查企业数量与去年同期持平"
            continue
        said = amounts.find(text)[0].value
        rate = Fraction(abs(new - old), old)
        assert abs(said - rate) <= Fraction(1, 2000)
        assert ("增长" in text) == (new > old)
        assert formula.endswith(text.split("增长")[-1].split("下降")[-1])
