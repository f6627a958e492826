"""Three-way merge: what both sides did is there, what clashes is told, and no person's word is lost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.changes.alignment import align
from drafting.changes.merge import Merged, merge
from drafting.report import Block, Point, Report
from tests.builders import CLEAN, report
from tests.test_changes import reports

ONE = Point("召开会议5次。", ("F1",), "一是", "加强领导")
TWO = Point("签订责任书23份。", ("F2",), "二是", "压实责任")
BASE = Report(
    (Block("title", "工作总结"), Block("heading", "加强领导", 1, "一、"), Block("paragraph", points=(ONE, TWO)))
)


def told(*points: Point) -> Report:
    return replace(BASE, blocks=(*BASE.blocks[:2], Block("paragraph", points=points)))


@settings(max_examples=200)
@given(base=reports, changed=reports)
def test_what_only_one_side_changed_is_that_side(base: Report, changed: Report) -> None:
    assert merge(base, base, changed).report.blocks == changed.blocks
    assert merge(base, changed, base).report.blocks == changed.blocks
    assert merge(base, changed, changed) == Merged(changed, ())


@settings(max_examples=200)
@given(base=reports, mine=reports, theirs=reports)
def test_a_merge_never_fails_and_keeps_what_either_side_put_in(base: Report, mine: Report, theirs: Report) -> None:
    merged = merge(base, mine, theirs)
    for side in (mine, theirs):
        put_in = [side.blocks[index] for row in align(base.blocks, side.blocks) if not row.old for index in row.new]
        assert all(block in merged.report.blocks for block in put_in)


def test_edits_of_different_points_are_both_there() -> None:
    merged = merge(
        BASE, told(replace(ONE, body="召开调度会5次。"), TWO), told(ONE, replace(TWO, body="签订责任书31份。"))
    )
    assert merged.clean
    assert merged.report.blocks[2].text == "一是加强领导。召开调度会5次。二是压实责任。签订责任书31份。"
    assert [point.facts for point in merged.report.points()] == [("F1",), ("F2",)]


def test_edits_of_one_point_are_a_conflict_and_the_person_s_stands() -> None:
    merged = merge(BASE, told(replace(ONE, body="召开调度会5次。"), TWO), told(replace(ONE, body="召开会议7次。"), TWO))
    (conflict,) = merged.conflicts
    assert conflict.heading == "一、加强领导"
    assert (conflict.base, conflict.mine, conflict.theirs) == (
        "一是加强领导。召开会议5次。",
        "一是加强领导。召开调度会5次。",
        "一是加强领导。召开会议7次。",
    )
    assert "召开调度会5次" in merged.report.text


def test_the_same_edit_on_both_sides_is_no_conflict() -> None:
    same = told(replace(ONE, body="召开会议7次。"), TWO)
    other = replace(same, blocks=(Block("title", "安全工作总结"), *same.blocks[1:]))
    merged = merge(BASE, same, other)
    assert merged.clean
    assert merged.report.text == other.text


def test_a_point_taken_out_by_one_and_changed_by_the_other_is_a_conflict() -> None:
    merged = merge(BASE, told(TWO), told(replace(ONE, body="召开会议7次。"), TWO))
    (conflict,) = merged.conflicts
    assert conflict.mine == ""
    assert "召开会议7次" in conflict.theirs


def test_a_paragraph_put_in_by_each_side_is_there_once_each() -> None:
    base = report(CLEAN)
    mine = replace(base, blocks=(*base.blocks[:5], Block("paragraph", "开展应急演练3次。"), *base.blocks[5:]))
    theirs = replace(base, blocks=(*base.blocks[:7], Block("paragraph", "培训安全员126人。"), *base.blocks[7:]))
    merged = merge(base, mine, theirs)
    assert merged.clean
    assert merged.report.text.count("开展应急演练3次") == merged.report.text.count("培训安全员126人") == 1
    assert len(merged.report.blocks) == len(base.blocks) + 2


@pytest.mark.parametrize("swap", [False, True])
def test_a_moved_section_takes_the_other_side_s_edit_along(swap: bool) -> None:
    base = report(CLEAN)
    blocks = base.blocks
    moved = replace(base, blocks=(*blocks[:3], *blocks[5:7], *blocks[3:5], *blocks[7:]))
    edited = report(CLEAN.replace("调度会6次", "调度会7次"))
    merged = merge(base, *((edited, moved) if swap else (moved, edited)))
    assert merged.clean
    assert [block.text for block in merged.report.blocks][3] == blocks[5].text
    assert "调度会7次" in merged.report.text


IMPORTED = "经济运行总体平稳；增长5.2%。会议强调：“安全责任要压实。”发现隐患312处！整改308处"


def imported(text: str) -> Report:
    """A lead without points, as in a document from elsewhere."""
    return Report((Block("lead", text),))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("总体平稳", "稳中向好"), ("5.2%", "6.1%")),
        (("5.2%", "6.1%"), ("压实", "落实到𠮷林各县")),
        (("压实", "落实到𠮷林各县"), ("312处", "318处")),
        (("312处", "318处"), ("整改308处", "整改310处")),
        (("发现隐患312处！", ""), ("会议强调", "会议指出")),
        (("整改308处", "培训学员40人。整改308处"), ("312处", "318处")),
    ],
    ids=["分号", "句号", "引号", "叹号", "删句", "加句"],
)
@pytest.mark.parametrize("swap", [False, True])
def test_edits_of_different_sentences_outside_points_are_both_there(
    mine: tuple[str, str], theirs: tuple[str, str], swap: bool
) -> None:
    one, other = (imported(IMPORTED.replace(*edit)) for edit in ((theirs, mine) if swap else (mine, theirs)))
    merged = merge(imported(IMPORTED), one, other)
    assert merged.clean
    assert merged.report.text == IMPORTED.replace(*mine).replace(*theirs)


def test_edits_of_one_sentence_outside_points_are_a_conflict_of_that_sentence() -> None:
    mine, theirs = (imported(IMPORTED.replace("312处", words)) for words in ("315处", "318处"))
    merged = merge(imported(IMPORTED), mine, theirs)
    (conflict,) = merged.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == ("发现隐患312处！", "发现隐患315处！", "发现隐患318处！")
    assert merged.report.text == mine.text


SENTENCES = tuple(f"{place}排查全面展开，发现隐患12处。" for place in ("仓储企业", "水上客运", "建筑工地", "𠮷林路段"))


@settings(max_examples=150)
@given(owners=st.lists(st.sampled_from(("mine", "theirs", "")), min_size=4, max_size=4), data=st.data())
def test_whoever_changed_a_sentence_alone_has_it(owners: list[str], data: st.DataObject) -> None:
    edited = [
        data.draw(st.sampled_from([text.replace("12处", "15处"), text.replace("全面", "深入"), f"{text}成效明显。"]))
        for text in SENTENCES
    ]

    def version(*sides: str) -> Report:
        chosen = zip(owners, edited, SENTENCES, strict=True)
        return imported("".join(new if owner in sides else old for owner, new, old in chosen))

    merged = merge(version(), version("mine"), version("theirs"))
    assert (merged.clean, merged.report.text) == (True, version("mine", "theirs").text)
