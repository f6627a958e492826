"""What an undo takes back, and what it leaves: nothing that was written since goes with it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from drafting.desk import desks
from drafting.desk.applying import apply
from drafting.desk.copy import Copy
from drafting.desk.desks import Desk
from drafting.desk.operations import (
    STRUCTURAL,
    AddFact,
    AddSection,
    DeleteFact,
    DeletePoint,
    DeleteSection,
    FactText,
    MoveFact,
    MoveSection,
    Operation,
    PaperText,
    Undo,
)
from drafting.desk.undoing import undone
from drafting.errors import InputError
from drafting.workspace import contents, saving
from drafting.workspace.workspace import Workspace
from tests.test_desk_copy import KINDS, PROFILE, campus, operations
from tests.test_desk_desks import facts


@pytest.fixture
def report(workspace: Workspace) -> int:
    return saving.record(workspace, KINDS["campus-2024h1"], "张三", "drafted").document.id


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_an_undo_is_the_way_back(data: st.DataObject) -> None:
    before = campus()
    step = data.draw(operations(before))
    assume(isinstance(step, STRUCTURAL))
    try:
        after = apply(before, step, PROFILE)
    except InputError:
        return
    back = undone(after, before, after, PROFILE)
    assert back.report() == before.report()
    assert [one.id for one in back.blocks] == [one.id for one in before.blocks]
    assert back.last == after.last


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_was_typed_since_stays(data: st.DataObject) -> None:
    before = campus()
    step = data.draw(operations(before))
    assume(isinstance(step, STRUCTURAL))
    try:
        after = apply(before, step, PROFILE)
    except InputError:
        return
    old = {fact.id for _, fact in before.facts()}
    fact = data.draw(st.sampled_from([fact for _, fact in after.facts() if fact.id in old]))
    _, point = data.draw(st.sampled_from(list(after.points())))
    now = apply(after, FactText(fact.id, "text", fact.text, "后来写的事实3次"), PROFILE)
    point = now.point(point.id)[1]  # a formula follows its fact
    if not point.point.locked:
        now = apply(now, PaperText(point.id, point.text, "后来写的话。"), PROFILE)
    back = undone(now, before, after, PROFILE)
    assert "后来写的事实3次" in facts(back)
    assert point.point.locked or back.point(point.id)[1].text == "后来写的话。"
    assert {one.id for _, one in back.facts()} == old


def _headings(copy: Copy) -> list[str]:
    own = {one.id for one in copy.sections}
    return [one.frame.number for one in copy.blocks if one.frame.type == "heading" and one.section in own]


def test_undone_in_turn_a_morning_of_moves_leaves_what_was_typed_in_between(workspace: Workspace, report: int) -> None:
    first = desks.open(workspace, report, "张三", PROFILE).copy
    fact, point = first.sections[1].facts[0], list(first.points())[-1][1]
    steps: list[Operation] = [
        DeleteFact(first.sections[0].facts[0].id),
        MoveFact(first.sections[2].facts[0].id, "s2", ""),
        DeletePoint(next(first.points())[1].id),
        FactText(fact.id, "text", fact.text, "中间改写的事实5次"),
        MoveSection("s3", ""),
        AddSection("s1", "新添的部分"),
        PaperText(point.id, point.text, point.text + "中间补写一句。"),
        DeleteSection("s4") if point.id not in _of(first, "s4") else DeleteSection("s1"),
    ]
    assert desks.edit(workspace, report, "张三", steps, PROFILE).results == (None,) * len(steps)
    desks.edit(workspace, report, "张三", [Undo()] * 6, PROFILE)
    back = desks.open(workspace, report, "张三", PROFILE)
    assert [one.id for one in back.copy.sections] == [one.id for one in first.sections]
    assert [one.id for one in back.copy.blocks] == [one.id for one in first.blocks]
    assert _headings(back.copy) == _headings(first)
    assert "中间改写的事实5次" in facts(back.copy)
    assert back.copy.point(point.id)[1].text == point.text + "中间补写一句。"
    assert back.undo == ()
    once = [placed.point.enumerator for _, placed in first.points()]
    assert [placed.point.enumerator for _, placed in back.copy.points()] == once


def _of(copy: Copy, section: str) -> set[str]:
    return {point.id for block, point in copy.points() if block.section == section}


def test_an_undo_does_not_take_back_what_a_colleague_saved(workspace: Workspace, report: int) -> None:
    first = desks.open(workspace, report, "张三", PROFILE).copy
    one, other = first.sections[0].facts[0], first.sections[1].facts[0]
    desks.edit(workspace, report, "张三", [DeleteFact(one.id)], PROFILE)
    desks.edit(workspace, report, "李四", [FactText(other.id, "text", other.text, "李四改写的事实8次")], PROFILE)
    desks.save(workspace, report, "李四", PROFILE)
    back = desks.edit(workspace, report, "张三", [Undo()], PROFILE).desk.copy
    assert {one.text, "李四改写的事实8次"} <= set(facts(back))


def test_an_undo_takes_out_no_fact_of_a_colleague_that_was_given_the_same_id(workspace: Workspace, report: int) -> None:
    desks.edit(workspace, report, "张三", [AddFact("s1", "", "张三添的事实1次")], PROFILE)
    desks.edit(workspace, report, "李四", [AddFact("s2", "", "李四添的事实2次")], PROFILE)
    desks.save(workspace, report, "李四", PROFILE)
    back = desks.edit(workspace, report, "张三", [Undo()], PROFILE).desk.copy
    assert "李四添的事实2次" in facts(back)


def test_only_the_last_thirty_operations_are_taken_back(workspace: Workspace, report: int) -> None:
    steps = [AddFact("s1", "", f"第{number}条") for number in range(33)]
    desks.edit(workspace, report, "张三", steps, PROFILE)
    edited = desks.edit(workspace, report, "张三", [Undo()] * 31, PROFILE)
    assert edited.results[:30] == (None,) * 30
    assert edited.results[30] is not None
    assert {"第0条", "第1条", "第2条"} <= set(facts(edited.desk.copy))
    assert "第3条" not in facts(edited.desk.copy)


def test_what_is_typed_while_a_version_is_made_is_no_clash_with_oneself(
    workspace: Workspace, report: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fact = desks.open(workspace, report, "张三", PROFILE).copy.sections[0].facts[0]
    desks.edit(workspace, report, "张三", [FactText(fact.id, "text", fact.text, "甲")], PROFILE)
    opened = desks.open

    def typed_meanwhile(*args: Any) -> Desk:
        monkeypatch.setattr(desks, "open", opened)
        desk = opened(*args)
        desks.edit(workspace, report, "张三", [FactText(fact.id, "text", "甲", "甲乙")], PROFILE)
        return desk

    monkeypatch.setattr(desks, "open", typed_meanwhile)
    version = desks.save(workspace, report, "张三", PROFILE)
    desk = desks.open(workspace, report, "张三", PROFILE)
    assert (desk.base, desk.copy.clashes, desk.changed) == (version, (), True)
    assert desk.copy.sections[0].facts[0].text == "甲乙"
    with workspace.reading() as connection:
        brief = contents.get(connection, version.hash).brief
    assert brief is not None
    assert brief.sections[0].facts[0].text == "甲"
