"""Checking: the registry, what is selected, what is said not to have run, and that no report makes a rule fall over."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.errors import InputError
from drafting.period import Period
from drafting.report import Block, BlockType, Point, Report
from evals.checking import examination, examine, select_rules
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import REGISTRY, Registry, rule
from tests.builders import CLEAN, body, brief, profile, report

WORDS = st.text(
    alphabet=st.sampled_from(
        "一二三四五十、（）()1234567890.．年月日上下半季度是XX某待补【】{}*#-_周建国党成立召开了将至—《》“”。，；：第 　\n0９"
    ),
    max_size=60,
)
TYPES: list[BlockType] = [
    "title",
    "recipient",
    "lead",
    "heading",
    "paragraph",
    "outlook",
    "attachment",
    "signature",
    "date",
]
BLOCKS = st.builds(
    Block,
    type=st.sampled_from(TYPES),
    words=WORDS,
    level=st.integers(0, 4),
    number=st.sampled_from(["", "一、", "（二）", "3.", "（4）"]),
    points=st.lists(st.builds(Point, body=WORDS), max_size=2).map(tuple),
)


def test_a_code_is_given_once() -> None:
    registry = Registry()

    def check(document: Examined) -> Iterator[Finding]:
        yield from ()

    made = rule(code="Z901", name="甲", name_en="a", severity="error", basis="practice", registry=registry)(check)
    assert list(registry) == [made]
    with pytest.raises(ValueError, match="Z901 重复"):
        rule(code="Z901", name="乙", name_en="b", severity="error", basis="practice", registry=registry)(check)


def test_codes_are_a_letter_and_three_digits_and_names_differ() -> None:
    assert all(len(rule.code) == 4 and rule.code[1:].isdecimal() for rule in REGISTRY)
    assert len({rule.name for rule in REGISTRY}) == len(REGISTRY)


def test_only_a_regulation_or_a_standard_says_that_something_is_required() -> None:
    faulty = report("一、甲\n三、乙\n1.丙\n一是丁。三是XX局。作为AI助手，【待补】。2024年是建国70周年。", period=None)
    for finding in examine(faulty, profile=profile(("组织领导", True))):
        if REGISTRY[finding.code].basis not in ("regulation", "standard"):
            assert "规定" not in finding.message


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        (["S104"], [], {"S104"}),
        (["P2"], [], {"P201", "P202", "P203"}),
        (["S10"], ["S104", "S105"], {f"S10{n}" for n in (1, 2, 3, 6, 7, 8, 9)}),
    ],
)
def test_selecting_by_code_or_prefix(select: list[str], ignore: list[str], codes: set[str]) -> None:
    assert {rule.code for rule in select_rules(select, ignore)} == codes


def test_a_misspelt_code_is_an_error_not_a_clean_text() -> None:
    with pytest.raises(InputError, match="D9"):
        examine(report(CLEAN), select=["D9"])
    with pytest.raises(InputError, match="Q"):
        examine(report(CLEAN), ignore=["Q"])


def test_a_clean_report_of_ours_has_no_findings() -> None:
    assert examine(report(CLEAN), profile=profile()) == []


def test_findings_come_in_the_order_of_the_text_and_quote_it() -> None:
    faulty = body("一是XX局落实。三是【待补】。", "2024年是建国70周年。")
    findings = examine(faulty)
    assert [finding.code for finding in findings] == ["P201", "S106", "P202", "D305"]
    for finding in findings:
        assert faulty.blocks[finding.block].text[finding.start : finding.end] == finding.quote
        assert (finding.line, finding.column) == (finding.block + 1, finding.start + 1)


def test_a_finding_in_a_title_of_several_lines_stands_on_its_own_line() -> None:
    (finding,) = examine(Report((Block("title", "关于安全生产工作的\n专题报告（XX局）"),)), select=["P201"])
    assert (finding.line, finding.column, finding.start) == (2, 6, 15)
    (finding,) = examine(Report((Block("title", "甲\n乙报告"), Block("lead", "XX局。"))), select=["P201"])
    assert (finding.line, finding.column) == (3, 1)


def test_what_could_not_run_is_told_with_what_it_lacked() -> None:
    missed = {one.rule.code: one.lack for one in examination(report(CLEAN, period=None, issued=None)).not_run}
    assert missed["D303"] == "报告期"
    assert missed["S102"] == "文种"
    assert not any(one.rule.code == "D303" for one in examination(report(CLEAN)).not_run)


def test_the_report_s_own_brief_is_taken_where_none_is_given() -> None:
    assert Examined(report(CLEAN, brief=brief("召开会议4次"))).brief is not None


@settings(max_examples=300, deadline=None)
@given(
    st.lists(BLOCKS, max_size=8), st.sampled_from([None, "2024年上半年", "2020年", "2024年2月"]), st.none() | st.dates()
)
def test_no_report_makes_a_rule_fall_over(blocks: list[Block], period: str | None, issued: date | None) -> None:
    odd = Report(tuple(blocks), period=Period.parse(period) if period else None, issued=issued)
    for finding in examine(odd, profile=profile(("组织领导", True), ("存在问题", False))):
        if finding.block >= 0:
            assert odd.blocks[finding.block].text[finding.start : finding.end] == finding.quote
