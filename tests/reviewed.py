"""A workspace in which everything has happened: each table holds rows."""

from __future__ import annotations

from dataclasses import replace

from drafting.changes import compare
from drafting.comments import Comment, Hand
from drafting.desk import desks
from drafting.desk.operations import AddFact
from drafting.report import Report
from drafting.workspace import access, deciding, history, identities, remarks, reviewing, saving, usage, users, verdicts
from drafting.workspace.identities import Identity
from drafting.workspace.outcome import Outcome
from drafting.workspace.rows import Version
from drafting.workspace.workspace import Workspace
from tests.builders import CLEAN, brief, profile, report
from tests.test_workspace_versions import edited
from tests.workspaces import START

FACTS = ("召开安全工作调度会6次", "检查企业218家次，查出问题95处，已整改90处")
STAFF = {"张三": ["administrator", "drafter"], "李四": ["drafter"], "王五": ["reviewer:3"]}

UNSAVED = "开展应急演练12场"


def draft() -> Report:
    return report(CLEAN, brief=brief(*FACTS), topic="安全生产工作")


def reviewed(workspace: Workspace, *, desk: bool = True) -> Version:
    """The signed version of one report: drafted, edited, drafted anew with a conflict, a proposal decided on, commented, waived, signed.

    With `desk` it is shared, a model was asked for it, 钱九 has come from a directory, and 李四 has something on the desk that is no version yet.
    """
    with workspace.writing("张三") as ledger:
        for name, roles in STAFF.items():
            users.add(ledger, name, roles)
    base = saving.record(workspace, draft(), "张三", "drafted", source="安全.brief.yaml").version
    saving.save(workspace, base, edited(draft(), "6次", "7次"), "李四")
    head = saving.record(
        workspace, edited(edited(draft(), "6次", "9次"), "218家", "219家"), "张三", "regenerated"
    ).version
    text = edited(edited(edited(draft(), "6次", "7次"), "218家", "219家"), "31家", "32家")
    hands = {change.id: Hand("赵六", START) for change in compare(draft(), text).changes}
    proposal = saving.propose(workspace, head, text, "李四", "imported", hands=hands)
    with workspace.reading() as connection:
        pending = deciding.pending(connection, proposal)
    stands = deciding.decide(workspace, proposal, "李四", accept=pending)
    with workspace.writing("王五") as ledger:
        said = remarks.add(ledger, stands, Comment("数字请再核实", Hand("王五"), 4, 0, 4))
        remarks.add(ledger, stands, Comment("已核实，台账在案", Hand("李四"), 4, 0, 4), reply_to=said)
        remarks.settle(ledger, said)
        verdicts.waive(ledger, stands, "B103", "上级文件原文如此")
    if desk:
        _on_the_desk(workspace, stands)
    kind = replace(profile(), review_levels=1)
    reviewing.submit(workspace, stands, "李四", kind, _passes)
    reviewing.approve(workspace, stands, "王五", kind, _passes, final=True)
    return stands


def _on_the_desk(workspace: Workspace, version: Version) -> None:
    with workspace.writing("张三") as ledger:
        access.share(ledger, history.document(ledger.connection, version.report_id), "李四")
        usage.record(ledger, version.report_id, "qwen3", usage.Spent(12, 9_000, 1_800, 41_000))
        identities.keep(ledger, users.add(ledger, "钱九", ["drafter"]).id, Identity("ldap", "entryUUID=1a2b"))
    desks.edit(workspace, version.report_id, "李四", [AddFact("s1", "", UNSAVED)], profile())


def _passes(_: Report) -> Outcome:
    return Outcome(True, 0, 1, ({"code": "B103", "message": "数字写法"},))
