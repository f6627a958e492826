"""A worded point in a working copy: an empty place is filled, words that stand get a proposal, a lock holds, and nothing is said twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import cache
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting import profiles
from drafting.desk.copy import Copy, PlacedPoint
from drafting.desk.laying import copy_of
from drafting.desk.wording_in import accounted, put
from drafting.facts import Brief, Fact, Section
from drafting.report import Origin, Point, Provenance
from drafting.writer import Writer
from tests.test_writer import BRIEF, SECTION

SECOND = Section("做好物资储备，筑牢保障防线", (Fact("F5", "储备沙袋3万条"), Fact("F6", "检修闸门46座")))
BOTH = replace(BRIEF, sections=(SECTION, SECOND))
FACTS = ("F1", "F2", "F3", "F5", "F6")
PROFILE = profiles.load(BRIEF.kind)


@cache
def drafted(brief: Brief = BOTH) -> Copy:
    return copy_of(asyncio.run(Writer(profiles.load(brief.kind), None).draft(brief)))


def body(copy: Copy) -> list[PlacedPoint]:
    return [point for block, point in copy.points() if block.frame.type == "paragraph"]


def bare(copy: Copy) -> Copy:
    """The copy with headings and no points in its sections."""
    return replace(copy, blocks=tuple(block for block in copy.blocks if block.frame.type != "paragraph"))


def without(copy: Copy, *facts: str) -> Copy:
    """The copy from which somebody deleted the points of these facts."""
    for block in copy.blocks:
        left = tuple(one for one in block.points if not set(one.point.facts) & set(facts))
        copy = copy.with_block(replace(block, points=left))
    return replace(copy, blocks=tuple(block for block in copy.blocks if block.points or block.frame.words))


def worded(fact: str, text: str = "已经写好的一句话。") -> Point:
    return Point(text, (fact,), gist=f"概括{fact}", provenance=Provenance("worded", "openai:测试模型", attempts=1))


@given(st.permutations(FACTS))
def test_points_come_in_any_order_and_stand_in_that_of_their_facts(order: list[str]) -> None:
    copy = bare(drafted())
    for fact in order:
        copy, taken = put(copy, worded(fact), PROFILE)
        assert taken == "put"
    assert [point.point.facts for point in body(copy)] == [(fact,) for fact in FACTS]
    assert [point.point.enumerator for point in body(copy)] == ["一是", "二是", "三是", "一是", "二是"]
    assert [block.section for block in copy.blocks if block.frame.type == "paragraph"] == ["s1", "s2"]
    ids = [point.id for _, point in copy.points()]
    assert len(set(ids)) == len(ids)


def test_a_filled_copy_is_the_report_that_a_whole_draft_is() -> None:
    whole = drafted()
    copy = bare(whole)
    for point in body(whole):
        copy, _ = put(copy, point.point, PROFILE)
    assert copy.report() == whole.report()


@given(st.sampled_from(FACTS), st.sampled_from(get_args(Origin)))
def test_words_that_stand_are_never_touched(fact: str, origin: Origin) -> None:
    copy = drafted()
    standing = next(point for point in body(copy) if point.point.facts == (fact,))
    by = replace(standing.point.provenance, origin=origin)
    copy = copy.with_point(replace(standing, point=replace(standing.point, provenance=by)))
    after, taken = put(copy, worded(fact), PROFILE, "更简洁")
    assert taken == "proposed"
    assert after.report() == copy.report()
    proposal = after.point(standing.id)[1].proposal
    assert proposal is not None
    assert (proposal.point.body, proposal.instruction) == ("已经写好的一句话。", "更简洁")
    assert proposal.point.enumerator == standing.point.enumerator


def test_a_locked_point_gets_no_proposal() -> None:
    copy = drafted()
    standing = body(copy)[1]
    copy = copy.with_point(replace(standing, point=replace(standing.point, locked=True)))
    assert put(copy, worded("F2"), PROFILE) == (copy, "locked")


def test_the_same_words_are_no_proposal() -> None:
    copy = drafted()
    assert put(copy, body(copy)[0].point, PROFILE) == (copy, "put")


def test_a_point_whose_words_were_all_taken_out_is_filled() -> None:
    copy = drafted()
    standing = body(copy)[1]
    copy = copy.with_point(replace(standing, point=replace(standing.point, gist="", body="")))
    after, taken = put(copy, worded("F2"), PROFILE)
    assert taken == "put"
    assert body(after)[1].text == "概括F2。已经写好的一句话。"
    assert body(after)[1].point.enumerator == "二是"


@pytest.mark.parametrize("fact", FACTS)
def test_a_point_that_is_missing_comes_back_to_its_place(fact: str) -> None:
    whole = drafted()
    point = next(point.point for point in body(whole) if point.point.facts == (fact,))
    after, taken = put(without(whole, fact), point, PROFILE)
    assert taken == "put"
    assert after.report() == whole.report()


def test_what_was_worded_of_a_fact_that_is_gone_is_not_written() -> None:
    copy = bare(drafted())
    section = copy.section("s1")
    copy = copy.with_section(replace(section, facts=section.facts[1:]))
    assert put(copy, worded("F1"), PROFILE) == (copy, "gone")


def test_facts_that_another_point_words_by_now_are_not_worded_twice() -> None:
    copy = drafted()
    both = Point("合写的一句话。", ("F1", "F2"), gist="合写两件事")
    assert put(copy, both, PROFILE) == (copy, "gone")


def test_a_point_of_a_profile_with_headed_points_is_a_paragraph_of_its_own() -> None:
    [kind] = [kind for kind in profiles.known() if profiles.load(kind).point_style == "headed"][:1] or [""]
    if not kind:
        pytest.skip("no shipped profile has headed points")
    headed = profiles.load(kind)
    whole = copy_of(asyncio.run(Writer(headed, None).draft(replace(BOTH, kind=kind))))
    copy = bare(whole)
    for point in reversed(body(whole)):
        copy, _ = put(copy, point.point, headed)
    assert copy.report() == whole.report()


def test_what_it_cost_is_told_to_the_point_as_worded_and_to_no_other() -> None:
    copy, _ = put(bare(drafted()), worded("F1"), PROFILE)
    paid = replace(worded("F1"), provenance=replace(worded("F1").provenance, prompt_tokens=40))
    assert body(accounted(copy, paid))[0].point.provenance.prompt_tokens == 40
    [standing] = body(copy)
    edited = replace(standing, point=replace(standing.point, body="另写的一句话。"))
    assert accounted(copy.with_point(edited), paid) == copy.with_point(edited)
