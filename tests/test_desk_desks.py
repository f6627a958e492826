"""Working copies kept: two tabs, two people, many threads, a server that dies. On SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from drafting import profiles
from drafting.desk import desks
from drafting.desk.copy import Clash, Copy
from drafting.desk.desks import Refused
from drafting.desk.operations import AddFact, DeleteSection, FactText, PaperText, Settle, Undo
from drafting.errors import EditConflict
from drafting.profile import Profile
from drafting.workspace import contents, history, saving
from drafting.workspace.integrity import verify
from drafting.workspace.rows import Version
from drafting.workspace.tables import audit, versions
from drafting.workspace.workspace import Workspace, opened
from tests.test_desk_copy import KINDS

PROFILE = profiles.load("special-report")


@pytest.fixture
def report(workspace: Workspace) -> int:
    return saving.record(workspace, KINDS["campus-2024h1"], "张三", "drafted").document.id


def facts(copy: Copy) -> list[str]:
    return [fact.text for _, fact in copy.facts()]


def test_what_is_typed_is_there_when_the_workspace_is_opened_again(workspace: Workspace, report: int) -> None:
    desk = desks.open(workspace, report, "张三", PROFILE)
    fact = desk.copy.sections[0].facts[0]
    edited = desks.edit(workspace, report, "张三", [FactText(fact.id, "text", fact.text, "召开专题会议6次")], PROFILE)
    assert (edited.results, edited.foreign, edited.desk.revision) == ((None,), False, desk.revision + 1)
    with opened(workspace.location) as again:
        found = desks.open(again, report, "张三", PROFILE)
        assert found.copy.sections[0].facts[0].text == "召开专题会议6次"
        assert found.changed
        assert not desks.open(again, report, "李四", PROFILE).changed


def test_autosaves_are_no_versions_and_no_audit_entries(workspace: Workspace, report: int) -> None:
    def entries() -> int:
        with workspace.reading() as connection:
            return len(connection.execute(select(audit)).all()) + len(history.line(connection, report))

    before = entries()
    for number in range(5):
        desks.edit(workspace, report, "张三", [AddFact("s1", "", f"第{number}条")], PROFILE)
    assert entries() == before
    version = desks.save(workspace, report, "张三", PROFILE, "补充事实")
    assert (version.number, version.author, version.note, version.origin) == (2, "张三", "补充事实", "edited")
    with workspace.reading() as connection:
        assert verify(connection).sound
        brief = contents.get(connection, version.hash).brief
    assert brief is not None
    assert "第4条" in [fact.text for fact in brief.facts()]
    assert not desks.open(workspace, report, "张三", PROFILE).changed
    assert desks.save(workspace, report, "张三", PROFILE).id == version.id


def test_saved_or_thrown_away_the_ids_stay_what_they_were(workspace: Workspace, report: int) -> None:
    desks.open(workspace, report, "张三", PROFILE)
    made = desks.edit(
        workspace, report, "张三", [AddFact("s1", "", "新添一条"), DeleteSection("s2")], PROFILE
    ).desk.copy
    desks.save(workspace, report, "张三", PROFILE)
    kept = desks.open(workspace, report, "张三", PROFILE).copy
    assert [one.id for one in kept.blocks] == [one.id for one in made.blocks]
    assert [one.id for one in kept.sections] == [one.id for one in made.sections]
    desks.edit(workspace, report, "张三", [AddFact("s1", "", "又一条")], PROFILE)
    back = desks.discard(workspace, report, "张三", PROFILE)
    assert "又一条" not in facts(back.copy)
    assert [one.id for one in back.copy.blocks] == [one.id for one in made.blocks]
    undone = desks.edit(workspace, report, "张三", [Undo()], PROFILE).desk
    assert "又一条" in facts(undone.copy)


def test_two_tabs_on_one_text_lose_nothing(workspace: Workspace, report: int) -> None:
    desk = desks.open(workspace, report, "张三", PROFILE)
    fact = desk.copy.sections[0].facts[0]
    seen = desk.revision
    desks.edit(
        workspace, report, "张三", [FactText(fact.id, "text", fact.text, fact.text + "，覆盖全部乡镇")], PROFILE, seen
    )
    second = desks.edit(workspace, report, "张三", [FactText(fact.id, "text", fact.text, "另写一条")], PROFILE, seen)
    assert second.results == (Clash(fact.id, "另写一条", fact.text + "，覆盖全部乡镇", ""),)
    assert second.foreign
    third = desks.edit(
        workspace, report, "张三", [FactText(fact.id, "text", fact.text, "上半年" + fact.text)], PROFILE, seen
    )
    assert third.results == (None,)
    assert third.desk.copy.sections[0].facts[0].text == "上半年" + fact.text + "，覆盖全部乡镇"


def test_threads_that_write_at_once_all_stand(workspace: Workspace, report: int) -> None:
    desks.open(workspace, report, "张三", PROFILE)

    def write(number: int) -> None:
        for turn in range(5):
            found = desks.edit(workspace, report, "张三", [AddFact("s1", "", f"第{number}人第{turn}条")], PROFILE)
            assert found.results == (None,)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    there = facts(desks.open(workspace, report, "张三", PROFILE).copy)
    assert {f"第{number}人第{turn}条" for number in range(4) for turn in range(5)} <= set(there)


def test_undo_brings_back_what_was_taken_out_and_goes_on_back(workspace: Workspace, report: int) -> None:
    first = desks.open(workspace, report, "张三", PROFILE).copy
    desks.edit(workspace, report, "张三", [DeleteSection("s1")], PROFILE)
    desks.edit(workspace, report, "张三", [DeleteSection("s2")], PROFILE)
    once = desks.edit(workspace, report, "张三", [Undo()], PROFILE)
    assert [one.id for one in once.desk.copy.sections] == ["s2", "s3", "s4"]
    assert once.foreign
    twice = desks.edit(workspace, report, "张三", [Undo()], PROFILE).desk.copy
    assert twice.report() == first.report()
    assert desks.edit(workspace, report, "张三", [Undo()], PROFILE).results == (Refused("没有可以撤销的操作"),)


def test_a_colleagues_version_is_merged_and_a_clash_waits_for_a_choice(workspace: Workspace, report: int) -> None:
    copies = {who: desks.open(workspace, report, who, PROFILE).copy for who in ("张三", "李四")}
    one, other = (point for _, point in list(copies["张三"].points())[:2])
    desks.edit(
        workspace,
        report,
        "张三",
        [PaperText(one.id, one.text, "张三的写法。"), PaperText(other.id, other.text, other.text + "张三补充。")],
        PROFILE,
    )
    desks.edit(
        workspace,
        report,
        "李四",
        [PaperText(one.id, one.text, "李四的写法。"), AddFact("s2", "", "李四的事实")],
        PROFILE,
    )
    desks.save(workspace, report, "李四", PROFILE)

    desk = desks.open(workspace, report, "张三", PROFILE)
    assert [(one.mine, one.theirs, one.by) for one in desk.copy.clashes] == [("张三的写法。", "李四的写法。", "李四")]
    assert "李四的事实" in facts(desk.copy)
    assert desk.copy.point(other.id)[1].text.endswith("张三补充。")
    with pytest.raises(EditConflict, match="1 处与别人的修改冲突"):
        desks.save(workspace, report, "张三", PROFILE)
    desks.edit(workspace, report, "张三", [Settle(one.id, "两人商定的写法。")], PROFILE)
    version = desks.save(workspace, report, "张三", PROFILE)
    with workspace.reading() as connection:
        text = contents.get(connection, version.hash).text
        assert verify(connection).sound
    assert "两人商定的写法。" in text
    assert "张三补充。" in text


@pytest.fixture
def saved_at_once(
    workspace: Workspace, report: int, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], dict[str, Version | EditConflict]]:
    """Both save at the same instant: each has read the version that stands before either writes."""
    meeting, opened = Barrier(2), desks.open
    met: set[str] = set()

    def meet(workspace: Workspace, report_id: int, who: str, profile: Profile) -> desks.Desk:
        desk = opened(workspace, report_id, who, profile)
        if who not in met:
            met.add(who)
            meeting.wait(30)
        return desk

    def save(who: str) -> Version | EditConflict:
        try:
            return desks.save(workspace, report, who, PROFILE)
        except EditConflict as conflict:
            return conflict

    def both() -> dict[str, Version | EditConflict]:
        people = ("张三", "李四")
        with monkeypatch.context() as patched, ThreadPoolExecutor(2) as pool:
            patched.setattr(desks, "open", meet)
            return dict(zip(people, pool.map(save, people), strict=True))

    return both


def write(workspace: Workspace, report: int, who: str, at: int, text: str) -> None:
    _, point = list(desks.open(workspace, report, who, PROFILE).copy.points())[at]
    desks.edit(workspace, report, who, [PaperText(point.id, point.text, text)], PROFILE)


def test_two_saves_at_the_same_instant_in_different_places_both_stand(
    workspace: Workspace, report: int, saved_at_once: Callable[[], dict[str, Version | EditConflict]]
) -> None:
    write(workspace, report, "张三", 0, "张三的写法。")
    write(workspace, report, "李四", 1, "李四的写法。")
    made = saved_at_once()
    assert all(isinstance(one, Version) for one in made.values())
    with workspace.reading() as connection:
        text = contents.get(connection, history.head(connection, report).hash).text
        assert [one.number for one in history.line(connection, report)] == [1, 2, 3]
        assert verify(connection).sound
    assert ("张三的写法。" in text, "李四的写法。" in text) == (True, True)


def test_two_saves_at_the_same_instant_in_one_place_end_in_a_version_and_one_clear_line(
    workspace: Workspace, report: int, saved_at_once: Callable[[], dict[str, Version | EditConflict]]
) -> None:
    for who in ("张三", "李四"):
        write(workspace, report, who, 0, f"{who}的写法。")
    told = saved_at_once()
    (late,) = (who for who, one in told.items() if isinstance(one, EditConflict))
    (first,) = (who for who, one in told.items() if isinstance(one, Version))
    assert str(told[late]) == "还有 1 处与别人的修改冲突，请先选定用哪一种写法"
    (clash,) = desks.open(workspace, report, late, PROFILE).copy.clashes
    assert (clash.mine, clash.theirs, clash.by) == (f"{late}的写法。", f"{first}的写法。", first)
    with workspace.reading() as connection:
        beside = connection.execute(select(versions).where(versions.c.number.is_(None))).all()
        assert f"{first}的写法。" in contents.get(connection, history.head(connection, report).hash).text
    assert beside == [], "the text is on the desk: it does not wait beside the line as well"
    desks.edit(workspace, report, late, [Settle(clash.id, "两人商定的写法。")], PROFILE)
    assert desks.save(workspace, report, late, PROFILE).number == 3
