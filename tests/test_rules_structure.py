"""S101–S103 and S108–S111: what a report is made of."""

from dataclasses import replace

import pytest

from drafting.report import Report
from tests.builders import CLEAN, TITLE, blocks, brief, found, profile, quotes, report

SECTIONS = profile(("组织调度", True), ("排查整治", False), ("存在问题", True))


def without(line: int) -> Report:
    """The clean report less one line, counted from 0."""
    lines = CLEAN.splitlines()
    return report("\n".join(lines[:line] + lines[line + 1 :]))


def test_a_clean_report_is_clean() -> None:
    assert not found(report(CLEAN), "S", profile=profile(("组织调度", True), ("排查整治", False)))


def test_no_title() -> None:
    assert [finding.block for finding in found(without(0), "S101")] == [-1]


def test_a_required_section_is_missing() -> None:
    assert [finding.expected for finding in found(report(CLEAN), "S102", profile=SECTIONS)] == ["存在问题"]


def test_a_keyword_under_the_first_level_does_not_make_a_section() -> None:
    nested = CLEAN.replace("二、开展排查整治，消除安全隐患", "（一）存在问题")
    assert [finding.expected for finding in found(report(nested), "S102", profile=SECTIONS)] == ["存在问题"]


def test_sections_in_another_order() -> None:
    swapped = profile(("排查整治", False), ("组织调度", False))
    assert quotes(report(CLEAN), "S103", profile=swapped) == ["二、开展排查整治，消除安全隐患"]
    assert not found(report(CLEAN), "S103", profile=SECTIONS)


def less(kind: str) -> Report:
    """The clean report less the blocks of one type."""
    whole = report(CLEAN)
    return replace(whole, blocks=tuple(block for block in whole.blocks if block.type != kind))


def test_a_heading_with_nothing_under_it() -> None:
    assert quotes(without(4), "S108") == ["一、加强组织调度，落实安全责任"]


def test_an_outlook_is_not_what_the_last_section_of_our_own_report_holds() -> None:
    ours = replace(without(6), brief=brief("召开会议4次"))
    assert quotes(ours, "S108") == ["二、开展排查整治，消除安全隐患"]
    headed = [replace(block, words="下一步打算") if block.number == "二、" else block for block in ours.blocks]
    assert not found(replace(ours, blocks=tuple(headed)), "S108")


def test_an_empty_paragraph_is_nothing() -> None:
    blank = [replace(block, words="　　") if place == 4 else block for place, block in enumerate(report(CLEAN).blocks)]
    assert quotes(replace(report(CLEAN), blocks=tuple(blank)), "S108") == ["一、加强组织调度，落实安全责任"]


def test_a_heading_of_a_lower_level_is_something() -> None:
    text = f"{TITLE}\n一、压实责任\n（一）健全制度\n召开会议4次。\n（二）配强队伍\n二、加强宣传\n发放资料。"
    assert quotes(report(text), "S108") == ["（二）配强队伍"]


def test_a_list_of_short_lines_is_no_row_of_headings_unless_we_drafted_it() -> None:
    text = f"{TITLE}\n会议议程：\n一、传达精神\n二、讨论方案\n三、部署工作"
    assert not found(report(text), "S108")
    assert len(found(report(text, brief=brief("召开会议4次")), "S108")) == 3


def test_no_lead_and_a_lead_that_says_nothing() -> None:
    assert [finding.block for finding in found(without(2), "S109")] == [-1]
    vague = CLEAN.replace(CLEAN.splitlines()[2], "安全生产责任重于泰山。")
    assert quotes(report(vague), "S109") == ["安全生产责任重于泰山。"]
    assert not found(report(CLEAN.replace(CLEAN.splitlines()[2], "我局扎实推进工作。")), "S109")


def test_a_lead_is_asked_of_reports_only() -> None:
    assert not found(report("关于加强安全生产工作的意见\n一、压实责任\n召开会议。"), "S109")


def test_no_outlook() -> None:
    assert found(without(7), "S110", profile=profile())
    assert not found(without(7), "S110", profile=profile(requires=("lead",)))
    moved = CLEAN.replace("二、开展排查整治，消除安全隐患", "二、下半年工作安排").splitlines()
    assert not found(report("\n".join(moved[:7] + moved[8:])), "S110", profile=profile())
    blank = [replace(block, words="　") if block.type == "outlook" else block for block in report(CLEAN).blocks]
    assert found(replace(report(CLEAN), blocks=tuple(blank)), "S110", profile=profile())


def test_no_signature_or_date() -> None:
    (signature,) = found(less("signature"), "S111", profile=profile())
    assert signature.expected == "市应急管理局"
    (day,) = found(less("date"), "S111", profile=profile())
    assert day.expected == "2024年7月5日"
    assert not found(less("date"), "S111", profile=profile(requires=("lead",)))


@pytest.mark.parametrize("code", ["S102", "S103", "S110", "S111"])
def test_what_a_profile_requires_is_not_asked_without_one(code: str) -> None:
    assert not found(Report(blocks("召开会议4次。")), code)
