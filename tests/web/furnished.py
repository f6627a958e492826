"""A workspace as an office has it: reports empty, typical and overfull, in every state, and people in every role."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from drafting import brief as brief_file
from drafting import profiles
from drafting.facts import Brief, Fact, Section
from drafting.period import Period
from drafting.report import Report
from drafting.workspace import access, contents, history, reviewing, saving, users, verdicts
from drafting.workspace.rows import Version
from drafting.workspace.workspace import Workspace
from drafting.writer import Writer
from evals.gate import may_export
from evals.outcome import gate_of, outcome
from tests.test_workspace_versions import edited

CASES = Path(__file__).parents[2] / "evals/cases"
STAFF = {
    "管理员": ["administrator", "drafter"],
    "张三": ["drafter"],
    "李四": ["drafter"],
    "王五": ["reviewer:1"],
    "赵六": ["reviewer:3"],
}


@dataclass(frozen=True, slots=True)
class Furnished:
    """The ids of the reports: one with facts and a draft in which somebody changed things, one in review, one overfull."""

    typical: int
    submitted: int
    overfull: int


def furnished(workspace: Workspace) -> Furnished:
    """Fills an empty workspace."""
    staffed(workspace)
    typical = _keep(workspace, drafted(_case("campus-2024h1")), "张三")
    _changed(workspace, typical)
    submitted = _keep(workspace, drafted(_case("hospital-2025h1")), "张三")
    profile = profiles.load("special-report")
    reviewing.submit(workspace, submitted, "张三", profile, gate_of(profile))
    overfull = _keep(workspace, drafted(overfull_brief()), "张三")
    with workspace.writing("张三") as ledger:
        access.share(ledger, history.document(ledger.connection, typical.report_id), "李四")
    return Furnished(typical.report_id, submitted.report_id, overfull.report_id)


def staffed(workspace: Workspace) -> None:
    """The people alone."""
    with workspace.writing("管理员") as ledger:
        for name, roles in STAFF.items():
            users.add(ledger, name, roles)


def drafted(brief: Brief) -> Report:
    """The report of a brief, without a model."""
    return asyncio.run(Writer(profiles.load(brief.kind), None).draft(brief))


def overfull_brief(sections: int = 20, facts: int = 10) -> Brief:
    """Twenty sections of ten facts each."""
    numbers = iter(range(1, sections * facts + 1))
    return Brief(
        kind="work-summary",
        organ="市交通运输局",
        recipient="市人民政府",
        topic="综合交通运输工作",
        period=Period.parse("2024年"),
        issued=date(2025, 1, 8),
        sections=tuple(
            Section(f"推进第{section}项重点任务落实", tuple(_fact(next(numbers)) for _ in range(facts)))
            for section in range(1, sections + 1)
        ),
        outlook=(Fact(f"F{sections * facts + 1}", "完成剩余3处桥梁改造"),),
    )


def _fact(number: int) -> Fact:
    return Fact(f"F{number}", f"{number % 12 + 1}月检查站点{number + 20}处，整改问题{number + 3}个", "运输科台账")


def _case(name: str) -> Brief:
    return brief_file.load(CASES / f"{name}.brief.yaml").brief


def _keep(workspace: Workspace, report: Report, who: str) -> Version:
    version = saving.record(workspace, report, who, "drafted").version
    verdict = may_export(report, profiles.load(report.kind))
    with workspace.writing(who) as ledger:
        verdicts.keep(ledger, version, outcome(verdict))
    return version


def _changed(workspace: Workspace, base: Version) -> None:
    """A second version, with slips that the rules see."""
    with workspace.reading() as connection:
        text = contents.get(connection, base.hash)
    at = next(at for at, block in enumerate(text.blocks) if block.type == "lead")
    lead = replace(text.blocks[at], words=text.blocks[at].words + "今年是新中国成立70周年。")
    changed = replace(text, blocks=(*text.blocks[:at], lead, *text.blocks[at + 1 :]))
    for old, new in (
        ("会议5次", "会议6次"),
        ("参加学生4.2万人次", "参与学生4.3万人次"),
        ("；邀请县消防救援大队、交警大队进校授课45场", ""),
    ):
        changed = edited(changed, old, new)
    saving.save(workspace, base, changed, "张三", note="补写背景，核对数字")
