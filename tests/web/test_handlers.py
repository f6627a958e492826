"""What the pages do, as plain functions on SQLite and PostgreSQL: what they give, and to whom."""

from __future__ import annotations

import pytest

from drafting.errors import ReviewRefused, VersionError
from drafting.report import Report
from drafting.workspace import history, saving, users
from drafting.workspace.workspace import Workspace
from tests.builders import CLEAN, report
from tests.reviewed import reviewed
from tests.test_workspace_versions import edited
from ui.web.handlers import reports, versions


def other() -> Report:
    text = CLEAN.replace("市应急管理局", "区教育局")
    return report(text, organ="区教育局", topic="校园安全工作", kind="special-report")


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """One signed report and one draft."""
    reviewed(workspace)
    saving.record(workspace, other(), "李四", "drafted", note="首稿")
    return workspace


def test_each_report_is_told_with_what_stands_and_the_last_changed_first(filled: Workspace) -> None:
    found = reports.table(filled, "李四")
    assert [row.document.organ for row in found.rows] == ["区教育局", "市应急管理局"]
    draft, signed = found.rows
    assert (draft.state, draft.errors, draft.kind, draft.head.number) == ("draft", None, "专题报告", 1)
    assert (signed.state, signed.errors, signed.head.author) == ("signed", 0, "李四")


SEARCHES: dict[object, int] = {
    "教育": 1,
    "教育 校园": 1,
    "教育 应急": 0,
    "  ": 2,
    "２０２４": 2,
    "专题报告": 1,
    "李四": 2,
    "%": 0,
    "_": 0,
    None: 2,
}
STATES: dict[object, int] = {"all": 2, "draft": 1, "signed": 1, "review": 0, "怪": 0, 3: 0}
NO_IDS: tuple[object, ...] = (None, "", 0, -1, True, "１", "1 ", 2**40, "9" * 5000, [], {}, 1.5, "0x1", "99")


def test_every_word_must_stand_somewhere(filled: Workspace) -> None:
    for words, count in SEARCHES.items():
        found = reports.table(filled, "李四", words)
        assert (words, len(found.rows), found.all) == (words, count, 2)


def test_one_state_or_all(filled: Workspace) -> None:
    assert {state: len(reports.table(filled, "李四", "", state).rows) for state in STATES} == STATES


def test_a_history_tells_every_version_its_steps_its_comments_and_what_is_open(filled: Workspace) -> None:
    with filled.reading() as connection:
        (head,) = [one for one in history.heads(connection).values() if one.number == 4]
    told = versions.told(filled, "王五", head.report_id)
    newest = told.entries[0]
    assert newest.version.id == head.id
    assert [step.action for step in newest.steps] == ["submit", "sign"]
    assert [quote for _, quote in newest.remarks] == ["一是加强", "一是加强"]
    assert told.conflicts == 1
    assert len(told.entries) == 6
    assert told.pair == (next(one.version.id for one in told.entries if one.version.number == 3), head.id)


def test_a_report_of_one_version_is_paired_with_itself(filled: Workspace) -> None:
    (draft,) = reports.table(filled, "李四", "教育").rows
    told = versions.told(filled, "李四", str(draft.document.id))
    assert told.pair == (draft.head.id, draft.head.id)
    assert told.entries[0].version.note == "首稿"


def test_two_versions_are_compared(filled: Workspace) -> None:
    (draft,) = reports.table(filled, "李四", "教育").rows
    after = saving.save(filled, draft.head, edited(other(), "6次", "7次"), "李四")
    found = versions.compared(filled, "王五", draft.document.id, draft.head.id, after.id)
    assert [(change.old, change.new) for change in found.comparison.changes] == [("6次", "7次")]


def test_versions_of_another_report_are_refused(filled: Workspace) -> None:
    first, second = reports.table(filled, "李四").rows
    for old, new in ((first.head.id, second.head.id), (second.head.id, first.head.id)):
        with pytest.raises(VersionError, match="没有编号"):
            versions.compared(filled, "李四", first.document.id, old, new)


def test_who_may_not_read_is_told_nothing(filled: Workspace) -> None:
    with filled.writing("张三") as ledger:
        users.add(ledger, "停用者", ["drafter"])
        users.add(ledger, "无角色", [])
        users.disable(ledger, "停用者")
    (row,) = reports.table(filled, "李四", "教育").rows
    for who in ("没有这人", "停用者", "无角色"):
        with pytest.raises(ReviewRefused):
            reports.table(filled, who)
        with pytest.raises(ReviewRefused):
            versions.told(filled, who, row.document.id)
        with pytest.raises(ReviewRefused):
            versions.compared(filled, who, row.document.id, row.head.id, row.head.id)


def test_what_is_no_id_of_a_report_is_refused(filled: Workspace) -> None:
    for id in NO_IDS:
        with pytest.raises(VersionError):
            versions.told(filled, "李四", id)
