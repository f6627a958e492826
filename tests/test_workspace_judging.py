"""A reviewer's word on changes between versions that stood: kept, carried on, and no words of the reviewer's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafting.changes import compare
from drafting.errors import ReviewRefused, VersionError
from drafting.workspace import contents, deciding, history, reviewing, saving, users
from drafting.workspace.integrity import verify
from drafting.workspace.outcome import Outcome
from drafting.workspace.rows import Version
from drafting.workspace.workspace import Workspace
from tests.builders import CLEAN, profile, report
from tests.test_workspace_versions import edited

KIND = replace(profile(), review_levels=2)


def passes(_: object) -> Outcome:
    return Outcome(True, 0, 0, ())


@pytest.fixture
def pair(workspace: Workspace) -> tuple[Version, Version]:
    """Two versions of 李四's: 6次 became 7次, 31家 became 32家."""
    with workspace.writing("张三") as ledger:
        for name, roles in {"李四": ["drafter"], "王五": ["reviewer:1"], "赵六": ["reviewer:3"]}.items():
            users.add(ledger, name, roles)
    base = saving.record(workspace, report(CLEAN), "李四", "drafted").version
    return base, saving.save(workspace, base, edited(edited(report(CLEAN), "6次", "7次"), "31家", "32家"), "李四")


def ids(workspace: Workspace, old: Version, new: Version) -> dict[str, str]:
    with workspace.reading() as connection:
        found = compare(contents.get(connection, old.hash), contents.get(connection, new.hash))
    return {change.new: change.id for change in found.changes}


def test_what_is_rejected_is_taken_back_and_what_was_accepted_is_remembered(
    workspace: Workspace, pair: tuple[Version, Version]
) -> None:
    old, new = pair
    changes = ids(workspace, old, new)
    assert deciding.judge(workspace, old, new, "王五", accept=[changes["7次"]]).id == new.id
    stands = deciding.judge(workspace, old, new, "王五", reject=[changes["32家"]])
    with workspace.reading() as connection:
        text = contents.get(connection, stands.hash).text
        said = deciding.judged(connection, old)
        assert verify(connection).sound
    assert "会7次" in text
    assert "31家" in text
    assert (stands.number, stands.author, stands.origin) == (3, "王五", "merged")
    assert {id: one.accepted for id, one in said.items()} == {changes["7次"]: True, changes["32家"]: False}
    assert ids(workspace, old, stands) == {"7次": changes["7次"]}, "the other change is still the same one"


def test_a_text_under_review_goes_on_in_review_and_its_passes_fall(
    workspace: Workspace, pair: tuple[Version, Version]
) -> None:
    old, new = pair
    reviewing.submit(workspace, new, "李四", KIND, passes)
    reviewing.approve(workspace, new, "王五", KIND, passes, final=False)
    stands = deciding.judge(workspace, old, new, "赵六", reject=[ids(workspace, old, new)["7次"]])
    with workspace.reading() as connection:
        assert reviewing.standing(connection, stands, 2).told == "待初审"
        assert reviewing.authors(connection, stands) == {"李四"}
    reviewing.approve(workspace, stands, "王五", KIND, passes, final=False)
    reviewing.approve(workspace, stands, "赵六", KIND, passes, final=True)
    with workspace.reading() as connection:
        assert reviewing.standing(connection, stands, 2).state == "signed"
        assert history.head(connection, stands.report_id).id == stands.id


def test_a_draft_that_nobody_submitted_stays_one(workspace: Workspace, pair: tuple[Version, Version]) -> None:
    old, new = pair
    stands = deciding.judge(workspace, old, new, "王五", reject=[ids(workspace, old, new)["7次"]])
    with workspace.reading() as connection:
        assert reviewing.standing(connection, stands, 2).state == "draft"


def test_only_reviewers_judge_and_only_changes_that_there_are(
    workspace: Workspace, pair: tuple[Version, Version]
) -> None:
    old, new = pair
    change = ids(workspace, old, new)["7次"]
    with pytest.raises(ReviewRefused):
        deciding.judge(workspace, old, new, "李四", reject=[change])
    with pytest.raises(VersionError, match="没有编号为 ffff 的修改"):
        deciding.judge(workspace, old, new, "王五", reject=["ffff"])
    with pytest.raises(VersionError, match="不能既接受又拒绝"):
        deciding.judge(workspace, old, new, "王五", accept=[change], reject=[change])
    with workspace.reading() as connection:
        assert deciding.judged(connection, old) == {}
