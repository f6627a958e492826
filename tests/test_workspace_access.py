"""Whose reports a drafter may read and write: those they began, wrote in, or were asked to write together. On SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from drafting.errors import ReviewRefused
from drafting.workspace import access, history, saving, users
from drafting.workspace.integrity import verify
from drafting.workspace.rows import Document, Version
from drafting.workspace.tables import audit
from drafting.workspace.users import User
from drafting.workspace.workspace import Workspace
from tests.reviewed import draft
from tests.test_workspace_versions import edited

STAFF = {
    "张三": ["administrator", "drafter"],
    "李四": ["drafter"],
    "赵六": ["drafter"],
    "王五": ["reviewer:1"],
    "孙七": ["administrator"],
    "周八": [],
}


@pytest.fixture
def begun(workspace: Workspace) -> Version:
    """A report that 李四 began; beside it one of 赵六's."""
    with workspace.writing("张三") as ledger:
        for name, roles in STAFF.items():
            users.add(ledger, name, roles)
    saving.record(workspace, replace(draft(), topic="防汛工作"), "赵六", "drafted")
    return saving.record(workspace, draft(), "李四", "drafted").version


def document(workspace: Workspace, version: Version) -> Document:
    with workspace.reading() as connection:
        return history.document(connection, version.report_id)


def user(workspace: Workspace, name: str) -> User:
    with workspace.reading() as connection:
        found = users.user(connection, name)
    assert found is not None
    return found


def reads(workspace: Workspace, name: str, version: Version) -> bool:
    """What the list of one's reports and the question for one of them say alike."""
    with workspace.reading() as connection:
        own = access.own(connection, user(workspace, name))
        listed = own is None or version.report_id in own
    assert listed == _allowed(workspace, name, version, write=False)
    return listed


def writes(workspace: Workspace, name: str, version: Version) -> bool:
    return _allowed(workspace, name, version, write=True)


def _allowed(workspace: Workspace, name: str, version: Version, *, write: bool) -> bool:
    asked = access.require_writer if write else access.require_reader
    told, who = document(workspace, version), user(workspace, name)
    with workspace.reading() as connection:
        try:
            asked(connection, who, told)
        except ReviewRefused:
            return False
    return True


def test_who_reads_and_who_writes_a_report(workspace: Workspace, begun: Version) -> None:
    told = {name: (reads(workspace, name, begun), writes(workspace, name, begun)) for name in STAFF}
    assert told == {
        "张三": (True, True),
        "李四": (True, True),
        "赵六": (False, False),
        "王五": (True, False),
        "孙七": (True, False),
        "周八": (False, False),
    }


def test_a_drafter_who_is_asked_to_write_together_may_until_it_ends(workspace: Workspace, begun: Version) -> None:
    report = document(workspace, begun)
    with workspace.writing("李四") as ledger:
        access.share(ledger, report, "赵六")
        access.share(ledger, report, "赵六")
        assert access.sharers(ledger.connection, report) == ["赵六"]
    assert reads(workspace, "赵六", begun)
    assert writes(workspace, "赵六", begun)
    with workspace.writing("李四") as ledger:
        access.end_share(ledger, report, "赵六")
        access.end_share(ledger, report, "赵六")
        assert access.sharers(ledger.connection, report) == []
    assert not reads(workspace, "赵六", begun)
    with workspace.writing("李四") as ledger:
        access.share(ledger, report, "赵六")
    assert writes(workspace, "赵六", begun)
    with workspace.reading() as connection:
        said = select(audit.c.action, audit.c.who).where(audit.c.subject == "shares").order_by(audit.c.number)
        assert [tuple(row) for row in connection.execute(said)] == [
            ("share", "李四"),
            ("end-share", "李四"),
            ("share", "李四"),
        ]
        assert verify(connection).sound


def test_who_made_a_version_keeps_their_part_when_the_sharing_ends(workspace: Workspace, begun: Version) -> None:
    report = document(workspace, begun)
    with workspace.writing("李四") as ledger:
        access.share(ledger, report, "赵六")
    saving.save(workspace, begun, edited(draft(), "6次", "7次"), "赵六")
    with workspace.writing("李四") as ledger:
        access.end_share(ledger, report, "赵六")
    assert writes(workspace, "赵六", begun)


def test_a_share_is_of_one_report_alone(workspace: Workspace, begun: Version) -> None:
    other = saving.record(workspace, replace(draft(), topic="森林防火工作"), "李四", "drafted").version
    with workspace.writing("李四") as ledger:
        access.share(ledger, document(workspace, begun), "赵六")
    assert reads(workspace, "赵六", begun)
    assert not reads(workspace, "赵六", other)


@pytest.mark.parametrize("name", ["王五", "孙七", "周八", "没有这人"])
def test_who_does_not_draft_is_not_asked(workspace: Workspace, begun: Version, name: str) -> None:
    report = document(workspace, begun)
    with pytest.raises(ReviewRefused), workspace.writing("李四") as ledger:
        access.share(ledger, report, name)
    with workspace.reading() as connection:
        assert access.sharers(connection, report) == []


@pytest.mark.parametrize("name", ["赵六", "王五", "孙七", "没有这人"])
def test_who_has_no_part_in_a_report_asks_nobody_and_ends_nothing(
    workspace: Workspace, begun: Version, name: str
) -> None:
    report = document(workspace, begun)
    with pytest.raises(ReviewRefused), workspace.writing(name) as ledger:
        access.share(ledger, report, "赵六")
    with workspace.writing("李四") as ledger:
        access.share(ledger, report, "张三")
    with pytest.raises(ReviewRefused), workspace.writing(name) as ledger:
        access.end_share(ledger, report, "张三")
    with workspace.reading() as connection:
        assert access.sharers(connection, report) == ["张三"]


def test_who_is_disabled_loses_every_report(workspace: Workspace, begun: Version) -> None:
    with workspace.writing("张三") as ledger:
        users.disable(ledger, "李四")
    assert not reads(workspace, "李四", begun)
    assert not writes(workspace, "李四", begun)
