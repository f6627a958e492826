"""What a drafting job has to word: what is missing, or what was asked for anew; each fact once, and nothing that is locked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting import profiles
from drafting.desk.tasks import Bench, Standing, Task, instruction, task
from drafting.errors import InputError
from drafting.facts import Fact, Section
from drafting.outbound import screen
from tests.test_writer import BRIEF, SECTION

PROFILE = profiles.load(BRIEF.kind)
SECOND = Section("做好物资储备", (Fact("F5", "储备沙袋3万条"), Fact("F6", "检修闸门46座")))
BOTH = replace(BRIEF, sections=(SECTION, SECOND))


def standing(number: int, *facts: str, locked: bool = False, proposed: bool = False) -> Standing:
    return Standing(f"p{number}", facts, f"第{number}个概括", f"第{number}个概括。原来的文字。", locked, proposed)


def bench(*first: Standing, second: tuple[Standing, ...] = ()) -> Bench:
    return Bench(BOTH, PROFILE, (("s1", first), ("s2", second)))


def asked(made: Task) -> list[tuple[str, tuple[str, ...]]]:
    return [(section, point.ids) for section, part in made.parts for point in part.points]


def test_an_empty_copy_is_worded_as_the_outline_has_it() -> None:
    made = task(bench(), "all")
    assert asked(made) == [("s1", ("F1",)), ("s1", ("F2",)), ("s1", ("F3",)), ("s2", ("F5",)), ("s2", ("F6",))]
    assert [part.wish for _, part in made.parts] == [None, None]


def test_only_what_is_missing_is_worded_where_something_is() -> None:
    made = task(bench(standing(1, "F1"), standing(2, "F3")), "all")
    assert asked(made) == [("s1", ("F2",)), ("s2", ("F5",)), ("s2", ("F6",))]
    assert made.parts[0][1].taken == {"第1个概括", "第2个概括"}


def test_where_nothing_is_missing_everything_is_worded_anew_but_for_what_is_locked() -> None:
    whole = bench(
        standing(1, "F1"), standing(2, "F2", locked=True), standing(3, "F3"), second=(standing(4, "F5", "F6"),)
    )
    made = task(whole, "all")
    assert asked(made) == [("s1", ("F1",)), ("s1", ("F3",)), ("s2", ("F5", "F6"))]
    assert made.locked == (("s1", ("F2",)),)
    assert made.parts[0][1].wish is not None
    assert made.parts[0][1].wish.standing == {("F1",): "第1个概括。原来的文字。", ("F3",): "第3个概括。原来的文字。"}


def test_a_point_is_reworded_with_its_wish_and_its_text_beside_the_gists_of_the_others() -> None:
    made = task(bench(standing(1, "F1"), standing(2, "F2"), standing(3, "F3")), "p2", "更简洁")
    [(section, part)] = made.parts
    assert (section, [point.ids for point in part.points]) == ("s1", [("F2",)])
    assert part.taken == {"第1个概括", "第3个概括"}
    assert part.wish is not None
    assert (part.wish.instruction, part.wish.standing) == ("更简洁", {("F2",): "第2个概括。原来的文字。"})


def test_facts_that_came_later_get_a_point_of_their_own_beside_the_ones_that_stand() -> None:
    made = task(bench(standing(1, "F1", "F2"), second=(standing(2, "F6"),)), "all")
    assert asked(made) == [("s1", ("F3",)), ("s2", ("F5",))]


def test_a_resumed_task_leaves_out_what_has_its_proposal() -> None:
    copy = bench(standing(1, "F1", proposed=True), standing(2, "F2"), standing(3, "F3"))
    assert asked(task(copy, "s1", "更简洁", resumed=True)) == [("s1", ("F2",)), ("s1", ("F3",))]
    assert len(asked(task(copy, "s1", "更简洁"))) == 3


@pytest.mark.parametrize(
    ("copy", "scope", "why"),
    [
        (bench(standing(1, "F1", locked=True)), "p1", "锁定"),
        (bench(Standing("p9", (), "", "一段导语。", False, False)), "p9", "没有依据的事实"),
        (bench(standing(1, "F1")), "p7", "没有这个章节或要点"),
    ],
)
def test_what_cannot_be_worded_is_said(copy: Bench, scope: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        task(copy, scope)


def test_an_instruction_is_one_line_and_not_a_novel() -> None:
    assert instruction(" 更简洁，\n不用“等” ") == "更简洁， 不用“等”"
    with pytest.raises(InputError, match="200字"):
        instruction("更简洁" * 100)


def test_what_is_sent_holds_the_instruction_and_the_text_that_stands() -> None:
    secret = Standing("p1", ("F1",), "", "联系人13812345678。", False, False)
    sent = list(task(bench(secret), "p1", "写上联系电话13987654321").sent())
    assert {(found.fact, found.kind) for found in screen(sent)} == {("改写要求", "手机号"), ("F1 的现稿", "手机号")}


POINTS = st.lists(
    st.lists(st.sampled_from(["F1", "F2", "F3"]), min_size=1, max_size=3, unique=True), max_size=3
).filter(lambda groups: len({fact for group in groups for fact in group}) == sum(len(group) for group in groups))


@given(POINTS, st.booleans())
def test_no_fact_is_worded_twice_and_none_is_left_out(groups: list[list[str]], missing_only: bool) -> None:
    """Whatever stands: the points that stay and the points that are worded hold each fact of the section once."""
    copy = bench(*(standing(number, *facts) for number, facts in enumerate(groups)))
    made = task(copy, "all" if missing_only else "s1")
    worded = [fact for section, facts in asked(made) for fact in facts if section == "s1"]
    stays = [fact for group in groups for fact in group] if missing_only else []
    assert sorted(worded + stays) == ["F1", "F2", "F3"]
