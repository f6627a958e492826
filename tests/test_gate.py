"""The gate: errors stop an export unless a waiver of this very version lets them stand."""

from dataclasses import replace

import pytest

from drafting.errors import ExportRefused
from drafting.report import Block
from evals.gate import may_export, refuse, told_off
from evals.settings import Setting
from tests.builders import CLEAN, body, brief, profile, report

FAULTY = body("一是XX局落实责任。二是XXX同志任组长。", "三是【待补】。")


def test_a_clean_report_may_go() -> None:
    verdict = may_export(report(CLEAN), profile())
    assert verdict.allowed
    refuse(verdict)


def test_warnings_do_not_stop_it() -> None:
    verdict = may_export(body("组织庆祝新中国成立70周年文艺演出。"), profile())
    assert verdict.findings
    assert verdict.allowed


def test_an_error_stops_it_and_every_line_says_code_place_and_message() -> None:
    verdict = may_export(FAULTY, profile())
    with pytest.raises(ExportRefused) as refusal:
        refuse(verdict)
    lines = str(refusal.value).splitlines()
    assert len(lines) == len(verdict.open) == 3
    assert lines[0] == "P201 第7段第3字：占位符“XX局”没有填写"


def test_a_waiver_lets_all_errors_of_its_code_stand_and_is_kept_beside_them() -> None:
    waived = may_export(FAULTY.waive("P201", "公开信有意隐去"), profile())
    assert [error.code for error in waived.open] == ["P202"]
    assert [(error.quote, waiver.reason) for error, waiver in waived.waived] == [
        ("XX局", "公开信有意隐去"),
        ("XXX同志", "公开信有意隐去"),
    ]
    assert may_export(FAULTY.waive("P201", "有意").waive("P202", "有意"), profile()).allowed


def test_a_waiver_of_another_version_does_not_count() -> None:
    waived = FAULTY.waive("P201", "有意").waive("P202", "有意")
    assert may_export(waived, profile()).allowed
    edited = replace(waived, blocks=(*waived.blocks, Block("paragraph", "又及。")))
    assert {error.code for error in may_export(edited, profile()).open} == {"P201", "P202"}


def test_a_report_drafted_here_does_not_pass_unchecked() -> None:
    ours = report(CLEAN, brief=brief("召开安全工作调度会6次"))
    verdict = may_export(ours, None)
    assert not verdict.allowed
    assert "S102" in {missed.rule.code for missed in verdict.unchecked}
    with pytest.raises(ExportRefused, match="S102 缺必备章节：没有检查，缺文种"):
        refuse(verdict)


def test_a_document_from_outside_is_not_held_to_a_brief_that_it_never_had() -> None:
    assert may_export(report(CLEAN), None).allowed


CONTRADICTORY = brief("召开安全工作调度会6次", "共召开安全工作调度会7次")


def test_facts_that_contradict_stop_what_was_drafted_from_them_unless_waived() -> None:
    ours = report(CLEAN, brief=CONTRADICTORY)
    verdict = may_export(ours, profile())
    with pytest.raises(ExportRefused, match=r"^B101 提纲：F2“7次”与 F1“6次”矛盾"):
        refuse(verdict)
    waived = may_export(ours.waive("B101", "两个口径"), profile())
    assert "B101" not in {error.code for error in waived.open}
    assert [(error.code, waiver.reason) for error, waiver in waived.waived if error.code == "B101"] == [
        ("B101", "两个口径")
    ]


def test_what_may_not_leave_stops_no_export() -> None:
    personal = brief("召开安全工作调度会6次", "联系人手机13812345678")
    assert "B106" not in {error.code for error in may_export(report(CLEAN, brief=personal), profile()).open}


def test_an_old_text_that_nobody_named_leaves_nothing_unchecked() -> None:
    ours = report(CLEAN, brief=brief("召开安全工作调度会6次"))
    assert "R602" not in {missed.rule.code for missed in may_export(ours, profile()).unchecked}


def test_settings_are_honoured_and_what_they_switch_off_is_on_record() -> None:
    setting = Setting("chengwen.toml", ignore=("P201", "Y701"))
    verdict = may_export(FAULTY, profile(), settings=[setting])
    assert [error.code for error in verdict.open] == ["P202"]
    assert [(off.rule.code, off.place) for off in verdict.off] == [("P201", "chengwen.toml")]
    assert told_off(verdict.off[0]) == "P201 占位符未填：没有检查，chengwen.toml 关闭了它"
    of_brief = may_export(report(CLEAN, brief=CONTRADICTORY), profile(), settings=[Setting("甲.toml", ignore=("B",))])
    assert [off.rule.code for off in of_brief.off] == ["B101", "B106"]
    assert "B101" not in {error.code for error in of_brief.open}
