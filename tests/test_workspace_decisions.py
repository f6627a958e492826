"""Proposals: each change taken or turned down, by whom is kept, and nothing is lost on the way."""

from __future__ import annotations

import pytest

from drafting.changes import compare
from drafting.comments import Hand
from drafting.errors import ReviewRefused, VersionError, WorkspaceError
from drafting.report import Report
from drafting.workspace import contents, deciding, history, saving, users
from drafting.workspace.rows import Version
from drafting.workspace.workspace import Workspace
from tests.builders import CLEAN, report
from tests.test_workspace_versions import edited
from tests.workspaces import START


@pytest.fixture
def base(workspace: Workspace) -> Version:
    with workspace.writing("张三") as ledger:
        users.add(ledger, "张三", ["drafter", "administrator"])
        users.add(ledger, "访客", [])
    return saving.record(workspace, report(CLEAN), "张三", "drafted").version


@pytest.fixture
def proposal(workspace: Workspace, base: Version) -> Version:
    """Two changes by two people."""
    text = edited(edited(report(CLEAN), "6次", "7次"), "218家", "219家")
    one, other = compare(report(CLEAN), text).changes
    hands = {one.id: Hand("王五", START), other.id: Hand("赵六")}
    return saving.propose(workspace, base, text, "张三", "imported", hands=hands)


def text_of(workspace: Workspace, version: Version) -> str:
    with workspace.reading() as connection:
        return contents.get(connection, version.hash).text


def ids(workspace: Workspace, proposal: Version) -> list[str]:
    with workspace.reading() as connection:
        return deciding.pending(connection, proposal)


def test_a_proposal_stands_beside_the_line_until_it_is_decided_on(
    workspace: Workspace, base: Version, proposal: Version
) -> None:
    with workspace.reading() as connection:
        assert history.head(connection, base.report_id).id == base.id
        assert {hand.name for hand in deciding.hands(connection, proposal).values()} == {"王五", "赵六"}


def test_what_is_accepted_is_in_the_text_and_what_is_rejected_is_not(workspace: Workspace, proposal: Version) -> None:
    first, second = ids(workspace, proposal)
    stands = deciding.decide(workspace, proposal, "张三", accept=[first], reject=[second])
    assert "调度会7次" in text_of(workspace, stands)
    assert "218家" in text_of(workspace, stands)
    assert ids(workspace, proposal) == []
    with workspace.reading() as connection:
        said = deciding.decided(connection, proposal)
    assert [(said[id].accepted, said[id].by.name) for id in (first, second)] == [(True, "张三"), (False, "张三")]


def test_decisions_one_by_one_come_to_the_same(workspace: Workspace, proposal: Version) -> None:
    for id in ids(workspace, proposal):
        stands = deciding.decide(workspace, proposal, "张三", accept=[id])
    assert stands.hash == proposal.hash


def test_rejecting_makes_no_version(workspace: Workspace, base: Version, proposal: Version) -> None:
    assert deciding.decide(workspace, proposal, "张三", reject=ids(workspace, proposal)).id == base.id


def test_what_others_wrote_meanwhile_stays(workspace: Workspace, base: Version, proposal: Version) -> None:
    saving.save(workspace, base, edited(report(CLEAN), "落实责任、排查隐患", "压实责任、排查隐患"), "李四")
    stands = deciding.decide(workspace, proposal, "张三", accept=ids(workspace, proposal))
    assert all(words in text_of(workspace, stands) for words in ("压实责任、", "调度会7次", "219家"))


@pytest.mark.parametrize(
    ("accept", "reject", "said"),
    [(["没有"], [], "没有编号为 没有 的修改"), (["first"], ["first"], "既接受又拒绝")],
)
def test_a_decision_that_cannot_be_is_refused(
    workspace: Workspace, proposal: Version, accept: list[str], reject: list[str], said: str
) -> None:
    first = ids(workspace, proposal)[0]
    named = [[first if id == "first" else id for id in given] for given in (accept, reject)]
    with pytest.raises(VersionError, match=said):
        deciding.decide(workspace, proposal, "张三", accept=named[0], reject=named[1])


def test_who_neither_drafts_nor_reviews_decides_nothing(workspace: Workspace, proposal: Version) -> None:
    with pytest.raises(ReviewRefused, match="访客"):
        deciding.decide(workspace, proposal, "访客", accept=ids(workspace, proposal))


def test_a_version_that_stands_proposes_nothing(workspace: Workspace, base: Version) -> None:
    with workspace.reading() as connection, pytest.raises(VersionError, match="不是待定稿"):
        deciding.comparison(connection, base)


def test_a_conflict_waits_until_someone_settles_it(workspace: Workspace, base: Version) -> None:
    saving.save(workspace, base, edited(report(CLEAN), "6次", "7次"), "张三")
    saving.record(workspace, machine(), "张三", "regenerated")
    with workspace.reading() as connection:
        (waiting,) = deciding.open_conflicts(connection, base.report_id)
    assert "9次" in waiting.conflict.theirs
    deciding.settle_conflict(workspace, waiting.id, "张三")
    with workspace.reading() as connection:
        assert deciding.open_conflicts(connection, base.report_id) == []


def test_the_other_words_of_a_conflict_are_taken_where_the_persons_stand(workspace: Workspace, base: Version) -> None:
    saving.save(workspace, base, edited(report(CLEAN), "6次", "7次"), "张三")
    saving.record(workspace, machine(), "张三", "regenerated")
    with workspace.reading() as connection:
        (waiting,) = deciding.open_conflicts(connection, base.report_id)
    stands = deciding.take_theirs(workspace, waiting.id, "张三")
    with workspace.reading() as connection:
        text = contents.get(connection, stands.hash).text
        assert deciding.open_conflicts(connection, base.report_id) == []
    assert "9次" in text
    assert "7次" not in text
    with pytest.raises(WorkspaceError, match="没有编号为"):
        deciding.take_theirs(workspace, waiting.id, "张三")


def test_where_the_persons_words_have_changed_since_the_others_are_not_guessed_in(
    workspace: Workspace, base: Version
) -> None:
    mine = edited(report(CLEAN), "6次", "7次")
    stands = saving.save(workspace, base, mine, "张三")
    saving.record(workspace, machine(), "张三", "regenerated")
    with workspace.reading() as connection:
        (waiting,) = deciding.open_conflicts(connection, base.report_id)
        head = history.head(connection, base.report_id)
        standing = contents.get(connection, head.hash)
    saving.save(workspace, head, edited(standing, "7次", "八次"), "张三")
    with pytest.raises(VersionError, match="已经改过"):
        deciding.take_theirs(workspace, waiting.id, "张三")
    assert stands.report_id == base.report_id


def machine() -> Report:
    return edited(report(CLEAN), "6次", "9次")
