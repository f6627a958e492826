"""Review: levels, roles, no self-review, and a sign-off that falls with the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from drafting.comments import Comment, Hand
from drafting.errors import InputError, ReviewRefused, WorkspaceError
from drafting.profile import Profile
from drafting.report import Report
from drafting.workspace import contents, history, remarks, reviewing, saving, users, verdicts
from drafting.workspace.integrity import verify
from drafting.workspace.outcome import Outcome
from drafting.workspace.rows import Version
from drafting.workspace.workspace import Workspace
from evals.outcome import gate_of
from tests.builders import CLEAN, profile, report
from tests.test_workspace_versions import edited

STAFF = {
    "张三": ["administrator", "drafter"],
    "初审员": ["reviewer:1"],
    "复审员": ["reviewer:2"],
    "终审员": ["reviewer:3"],
}


@pytest.fixture
def version(workspace: Workspace) -> Version:
    """A draft of 张三's in a workspace with a reviewer for each level."""
    with workspace.writing("张三") as ledger:
        for name, roles in STAFF.items():
            users.add(ledger, name, roles)
    return saving.record(workspace, report(CLEAN), "张三", "drafted").version


def passes(_report: Report) -> Outcome:
    return Outcome(True, 0, 0, ())


def kind(levels: int, *, own: bool = False) -> Profile:
    return replace(profile(), review_levels=levels, own_review=own)


def told(workspace: Workspace, version: Version, levels: int) -> str:
    with workspace.reading() as connection:
        return reviewing.standing(connection, version, levels).told


def head(workspace: Workspace, version: Version) -> Version:
    with workspace.reading() as connection:
        return history.head(connection, version.report_id)


def change(workspace: Workspace, version: Version, who: str, old: str = "6次", new: str = "7次") -> Version:
    with workspace.reading() as connection:
        text = contents.get(connection, version.hash)
    return saving.save(workspace, version, edited(text, old, new), who)


@pytest.mark.parametrize(
    ("levels", "way"),
    [
        (1, ["草稿", "待终审", "已签发"]),
        (2, ["草稿", "待初审", "待终审", "已签发"]),
        (3, ["草稿", "待初审", "待复审", "待终审", "已签发"]),
    ],
)
def test_a_report_passes_through_as_many_levels_as_its_kind_says(
    workspace: Workspace, version: Version, levels: int, way: list[str]
) -> None:
    states = [told(workspace, version, levels)]
    reviewing.submit(workspace, version, "张三", kind(levels), passes)
    states.append(told(workspace, version, levels))
    for level in reviewing.stages(levels):
        who = {1: "初审员", 2: "复审员", 3: "终审员"}[level]
        step = reviewing.approve(workspace, version, who, kind(levels), passes, final=level == 3)
        assert (step.level, step.hash, step.by.name) == (level, version.hash, who)
        states.append(told(workspace, version, levels))
    assert states == way


def test_the_sign_off_falls_when_the_text_changes_and_what_fell_is_told(workspace: Workspace, version: Version) -> None:
    reviewing.submit(workspace, version, "张三", kind(1), passes)
    reviewing.approve(workspace, version, "终审员", kind(1), passes, final=True)
    later = change(workspace, version, "张三")
    with workspace.reading() as connection:
        assert reviewing.signature(connection, later, 1) is None
        assert reviewing.signature(connection, version, 1) is not None
        assert reviewing.standing(connection, later, 1).told == "草稿（签发已因改稿失效）"


def test_going_back_to_the_signed_text_does_not_bring_the_sign_off_back(workspace: Workspace, version: Version) -> None:
    reviewing.submit(workspace, version, "张三", kind(1), passes)
    reviewing.approve(workspace, version, "终审员", kind(1), passes, final=True)
    later = change(workspace, version, "张三")
    back = change(workspace, later, "张三", "7次", "6次")
    assert back.hash == version.hash
    with workspace.reading() as connection:
        assert reviewing.signature(connection, back, 1) is None


@pytest.mark.parametrize(
    ("who", "said"),
    [("张三", "没有终审权限"), ("初审员", "没有终审权限"), ("外人", "没有用户“外人”")],
)
def test_only_who_holds_the_level_may_pass_it(workspace: Workspace, version: Version, who: str, said: str) -> None:
    reviewing.submit(workspace, version, "张三", kind(1), passes)
    with pytest.raises(ReviewRefused, match=said):
        reviewing.approve(workspace, version, who, kind(1), passes, final=True)
    assert told(workspace, version, 1) == "待终审"


def test_a_disabled_account_may_do_nothing(workspace: Workspace, version: Version) -> None:
    reviewing.submit(workspace, version, "张三", kind(1), passes)
    with workspace.writing("张三") as ledger:
        users.disable(ledger, "终审员")
    with pytest.raises(ReviewRefused, match="已停用"):
        reviewing.approve(workspace, version, "终审员", kind(1), passes, final=True)


def give(workspace: Workspace, name: str, role: str) -> None:
    with workspace.writing("张三") as ledger:
        users.add(ledger, name, [role])


def test_nobody_reviews_what_they_wrote_unless_the_kind_allows_it(workspace: Workspace, version: Version) -> None:
    give(workspace, "张三", "reviewer:3")
    reviewing.submit(workspace, version, "张三", kind(1), passes)
    with pytest.raises(ReviewRefused, match="不能自拟自审"):
        reviewing.approve(workspace, version, "张三", kind(1), passes, final=True)
    assert reviewing.approve(workspace, version, "张三", kind(1, own=True), passes, final=True).action == "sign"


def test_a_reviewer_who_wrote_into_the_text_has_become_its_author(workspace: Workspace, version: Version) -> None:
    later = change(workspace, version, "终审员")
    latest = change(workspace, later, "张三", "218家", "219家")
    reviewing.submit(workspace, latest, "张三", kind(1), passes)
    with pytest.raises(ReviewRefused, match="不能自拟自审"):
        reviewing.approve(workspace, latest, "终审员", kind(1), passes, final=True)


def test_an_edit_that_was_merged_in_counts_as_written(workspace: Workspace, version: Version) -> None:
    change(workspace, version, "张三")
    merged = change(workspace, version, "终审员", "218家", "219家")
    assert merged.origin == "merged"
    with workspace.reading() as connection:
        assert reviewing.authors(connection, merged) == {"张三", "终审员"}


def test_what_the_gate_refuses_is_submitted_but_not_signed(workspace: Workspace) -> None:
    with workspace.writing("张三") as ledger:
        for name, roles in STAFF.items():
            users.add(ledger, name, roles)
    faulty = report(CLEAN.replace("31家重点单位", "XX局"))
    version = saving.record(workspace, faulty, "张三", "drafted").version
    gate = gate_of(kind(1))
    outcome = reviewing.submit(workspace, version, "张三", kind(1), gate)
    assert not outcome.allowed
    assert "P201" in outcome.refusal
    with pytest.raises(ReviewRefused, match="P201"):
        reviewing.approve(workspace, version, "终审员", kind(1), gate, final=True)
    with workspace.writing("终审员") as ledger:
        verdicts.waive(ledger, version, "P201", "信函原文如此")
    assert reviewing.approve(workspace, version, "终审员", kind(1), gate, final=True).action == "sign"


def test_a_waiver_is_of_one_version_and_names_its_reviewer(workspace: Workspace, version: Version) -> None:
    with workspace.writing("终审员") as ledger:
        verdicts.waive(ledger, version, "P201", "信函原文如此")
    later = change(workspace, version, "张三")
    with workspace.reading() as connection:
        kept = verdicts.standing_waivers(connection, version)
        assert [(one.code, one.by.name) for one in kept] == [("P201", "终审员")]
        assert verdicts.standing_waivers(connection, later) == []
        text = contents.get(connection, version.hash)
    assert [(one.code, one.version) for one in verdicts.waived(text, kept).standing_waivers()] == [
        ("P201", version.hash)
    ]


def test_a_return_needs_a_reason_and_ends_the_round(workspace: Workspace, version: Version) -> None:
    reviewing.submit(workspace, version, "张三", kind(3), passes)
    with pytest.raises(ReviewRefused, match="理由"):
        reviewing.send_back(workspace, version, "初审员", kind(3), " ")
    with pytest.raises(ReviewRefused, match="没有初审、终审权限"):
        reviewing.send_back(workspace, version, "复审员", kind(3), "数字有误")
    reviewing.send_back(workspace, version, "初审员", kind(3), "数字有误")
    assert told(workspace, version, 3) == "已退回"
    reviewing.submit(workspace, version, "张三", kind(3), passes)
    assert told(workspace, version, 3) == "待初审"


Act = Callable[[Workspace, Version], object]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda w, v: reviewing.approve(w, v, "终审员", kind(1), passes, final=True), "先用 chengwen submit 送审"),
        (lambda w, v: reviewing.send_back(w, v, "终审员", kind(1), "改"), "没有送审"),
        (lambda w, v: reviewing.submit(w, v, "终审员", kind(1), passes), "没有拟稿权限"),
        (
            lambda w, v: [reviewing.submit(w, v, "张三", kind(1), passes) for _ in "两次"],
            "不必再送审",
        ),
        (lambda w, v: [change(w, v, "张三"), reviewing.submit(w, v, "张三", kind(1), passes)], "不是最新版"),
        (
            lambda w, v: [
                reviewing.submit(w, v, "张三", kind(2), passes),
                reviewing.approve(w, v, "终审员", kind(2), passes, final=True),
            ],
            "须先初审",
        ),
    ],
)
def test_a_step_out_of_turn_is_refused_in_a_line(workspace: Workspace, version: Version, act: Act, said: str) -> None:
    with pytest.raises(ReviewRefused, match=said) as caught:
        act(workspace, version)
    assert "\n" not in str(caught.value)


def test_comments_are_kept_where_they_were_put_and_settled_by_name(workspace: Workspace, version: Version) -> None:
    with workspace.writing("初审员") as ledger:
        number = remarks.add(ledger, version, Comment("请核对", Hand("初审员"), 4, 3, 8))
    with workspace.writing("张三") as ledger:
        remarks.settle(ledger, number)
        with pytest.raises(WorkspaceError, match="没有编号为 99"):
            remarks.settle(ledger, 99)
    with workspace.reading() as connection:
        (remark,) = remarks.of_version(connection, version)
        assert (remark.comment.block, remark.comment.start, remark.comment.end) == (4, 3, 8)
        assert remark.settled is not None
        assert remark.settled.name == "张三"
        assert verify(connection).sound


@pytest.mark.parametrize(
    ("roles", "name", "said"),
    [(["boss"], "李四", "没有角色“boss”"), (["drafter"], "李 四", "用户名"), (["drafter"], "", "用户名")],
)
def test_an_account_that_cannot_be_is_refused(workspace: Workspace, roles: list[str], name: str, said: str) -> None:
    with pytest.raises(InputError, match=said), workspace.writing("张三") as ledger:
        users.add(ledger, name, roles)


def test_the_last_administrator_stays(workspace: Workspace, version: Version) -> None:
    with workspace.writing("张三") as ledger:
        with pytest.raises(InputError, match="唯一的管理员"):
            users.disable(ledger, "张三")
        with pytest.raises(InputError, match="唯一的管理员"):
            users.withdraw(ledger, "张三", ["administrator"])
        users.add(ledger, "初审员", ["administrator"])
        assert users.disable(ledger, "张三").disabled
