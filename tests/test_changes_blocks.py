"""Changes of whole blocks: sections that moved, headings that were renumbered or reworded, paragraphs split and joined."""

from dataclasses import replace

import pytest

from drafting.changes import Comparison, compare
from drafting.changes.marking import moved_groups, pieces, section_names
from drafting.changes.pairing import best
from drafting.changes.summary import is_renumbering
from drafting.report import Block, Point, Report
from tests.builders import CLEAN, report

ORGANISE = (
    "加强组织调度，落实安全责任",
    "一是加强统筹调度。召开安全工作调度会6次。二是逐级明确任务。签订安全生产承诺书31份。",
)
INSPECT = (
    "开展排查整治，消除安全隐患",
    "一是加大检查力度。检查企业218家次，查出问题95处。二是突出重点整治。开展仓储企业排查。",
)
TRAIN = ("抓好教育培训", "一是开展宣讲。组织安全宣讲12场，覆盖3600人。二是组织演练。开展应急演练9次。")
NUMBERS = ("一、", "二、", "三、", "四、")


def of_sections(*sections: tuple[str, str]) -> Report:
    """A report of these sections, numbered in their order."""
    blocks = [Block("title", "市应急管理局2024年上半年安全生产工作总结")]
    for number, (heading, text) in zip(NUMBERS, sections, strict=False):
        blocks += [Block("heading", heading, 1, number), Block("paragraph", text)]
    return Report((*blocks, Block("signature", "市应急管理局"), Block("date", "2024年7月5日")))


def kinds(comparison: Comparison) -> list[str]:
    return [change.kind for change in comparison.changes]


def test_a_section_that_moved_is_one_group_and_its_new_number_no_word() -> None:
    comparison = compare(of_sections(ORGANISE, INSPECT, TRAIN), of_sections(TRAIN, ORGANISE, INSPECT))
    (group,) = moved_groups(comparison)
    assert group.heading == "一、抓好教育培训"
    assert [comparison.new.blocks[comparison.rows[row].new[0]].type for row in group.rows] == ["heading", "paragraph"]
    assert (group.behind_old, group.behind_new) == (INSPECT[1], comparison.new.title)
    assert sorted(kinds(comparison)) == ["move", "move", "text", "text", "text"]
    texts = [change for change in comparison.changes if change.kind == "text"]
    assert all(is_renumbering(comparison, change) for change in texts)
    assert {(change.old, change.new) for change in texts} == {("三", "一"), ("一", "二"), ("二", "三")}


def test_a_section_that_moved_and_was_edited_is_still_that_section() -> None:
    edited = (TRAIN[0], TRAIN[1].replace("9次", "11次"))
    comparison = compare(of_sections(ORGANISE, INSPECT, TRAIN), of_sections(edited, ORGANISE, INSPECT))
    (group,) = moved_groups(comparison)
    assert group.heading == "一、抓好教育培训"
    assert ("9次", "11次") in {(change.old, change.new) for change in comparison.changes}
    assert "block" not in kinds(comparison)


def test_a_short_heading_moves_with_its_section() -> None:
    short = ("主要做法", TRAIN[1])
    comparison = compare(of_sections(ORGANISE, INSPECT, short), of_sections(short, ORGANISE, INSPECT))
    (group,) = moved_groups(comparison)
    assert group.heading == "一、主要做法"
    assert "block" not in kinds(comparison)


def test_the_longer_section_stays_though_its_points_stand_on_other_facts() -> None:
    long = Block("paragraph", points=(Point(ORGANISE[1] * 3, ("F1",)),))
    short = tuple(Block("paragraph", points=(Point(text, ("F2",)),)) for text in (*TRAIN, INSPECT[0]))
    other = [replace(block, points=(replace(block.points[0], facts=("F9",)),)) for block in (*short, long)]
    comparison = compare(Report((long, *short)), Report(tuple(other)))
    (group,) = moved_groups(comparison)
    assert [comparison.old_text(comparison.rows[row]) for row in group.rows] == [block.text for block in short]


def test_of_two_sections_that_changed_places_the_shorter_one_moves() -> None:
    long = (INSPECT[0], INSPECT[1] * 3)
    comparison = compare(of_sections(TRAIN, long), of_sections(long, TRAIN))
    (group,) = moved_groups(comparison)
    assert group.heading == "二、抓好教育培训"


def test_two_sections_that_moved_side_by_side_are_two_groups() -> None:
    long = (ORGANISE[0], ORGANISE[1] * 4)
    comparison = compare(of_sections(INSPECT, TRAIN, long), of_sections(long, INSPECT, TRAIN))
    assert [group.heading for group in moved_groups(comparison)] == [
        "二、开展排查整治，消除安全隐患",
        "三、抓好教育培训",
    ]


def test_a_section_taken_out_renumbers_the_next_and_changes_no_word_of_it() -> None:
    comparison = compare(of_sections(ORGANISE, INSPECT, TRAIN), of_sections(ORGANISE, TRAIN))
    assert kinds(comparison) == ["block", "block", "text"]
    renumbered = comparison.changes[-1]
    assert (renumbered.old, renumbered.new) == ("三", "二")
    assert is_renumbering(comparison, renumbered)


def test_a_heading_reworded_in_its_place_is_a_change_of_text() -> None:
    comparison = compare(
        of_sections(ORGANISE, INSPECT), of_sections(("坚持高位推动，压紧压实各方责任", ORGANISE[1]), INSPECT)
    )
    assert set(kinds(comparison)) == {"text"}
    assert not any(is_renumbering(comparison, change) for change in comparison.changes)


def test_a_new_title_stands_for_the_old_one() -> None:
    old, new = report(CLEAN), report(CLEAN)
    titled = replace(new, blocks=(Block("title", "关于教育工作的说明"), *new.blocks[1:]))
    (change,) = compare(old, titled).changes
    assert change.kind == "text"


def test_a_paragraph_split_in_three_is_two_line_feeds() -> None:
    parts = (
        "召开安全工作调度会6次，研究重点任务12项。",
        "与31家重点单位签订安全生产承诺书。",
        "检查企业218家次，查出问题95处。",
    )
    whole = Report((Block("paragraph", "".join(parts)),))
    split = Report(tuple(Block("paragraph", part) for part in parts))
    assert [(change.old, change.new) for change in compare(whole, split).changes] == [("", "\n"), ("", "\n")]
    assert [(change.old, change.new) for change in compare(split, whole).changes] == [("\n", ""), ("\n", "")]


def test_paragraphs_joined_around_one_that_moved_away_keep_their_order_when_rejected() -> None:
    one, other = "召开安全工作调度会6次，研究重点任务12项。", "与31家重点单位签订安全生产承诺书。"
    between, rest = (
        "开展应急演练9次，参演人员1260人次，修订完善预案。",
        "检查企业218家次，查出问题95处，均已整改到位，逐项登记销号，纳入日常监管。",
    )
    old = Report(tuple(Block("paragraph", text) for text in (one, between, other, rest)))
    new = Report(tuple(Block("paragraph", text) for text in (one + other, rest, between)))
    comparison = compare(old, new)
    assert tuple(comparison._blocks(frozenset())) == old.blocks
    assert tuple(comparison._blocks(frozenset(change.id for change in comparison.changes))) == new.blocks


def test_a_paragraph_that_got_five_times_as_long_is_the_same_paragraph() -> None:
    old = Report((Block("paragraph", "召开安全工作调度会6次。"),))
    new = Report(
        (
            Block(
                "paragraph",
                "召开安全工作调度会6次。与31家重点单位签订安全生产承诺书，逐级明确责任人和完成时限，按季度督促检查。",
            ),
        )
    )
    (change,) = compare(old, new).changes
    assert (change.kind, change.old) == ("text", "")
    assert change.new == "与31家重点单位签订安全生产承诺书，逐级明确责任人和完成时限，按季度督促检查。"


def test_a_paragraph_that_stands_elsewhere_word_for_word_did_not_become_its_neighbour() -> None:
    one, other = "检查企业218家次，查出问题95处，已整改90处。", "检查学校36所次，查出问题21处，已整改20处。"
    rest = [Block("paragraph", "召开安全工作调度会6次，签订承诺书31份，逐级明确责任人和完成时限。")]
    old = Report((Block("paragraph", one), *rest, Block("paragraph", other)))
    new = Report((Block("paragraph", other), *rest, Block("paragraph", one)))
    assert set(kinds(compare(old, new))) == {"move"}


def test_one_good_pair_is_worth_more_than_two_poor_ones() -> None:
    alike = {(0, 0): 50.0, (1, 0): 80.0, (1, 1): 50.0}
    assert best(2, 2, lambda i, _, j, __: alike.get((i, j), 0.0)) == [(1, 2, 0, 1)]


def test_identical_paragraphs_are_counted_and_not_confused() -> None:
    same = Block("paragraph", "召开安全工作调度会6次。")
    comparison = compare(Report((same,) * 5), Report((same,) * 3))
    assert kinds(comparison) == ["block", "block"]
    assert len({change.id for change in comparison.changes}) == 2


@pytest.mark.parametrize("empty_old", [True, False])
def test_an_empty_version_is_all_of_the_other(empty_old: bool) -> None:
    full, empty = report(CLEAN), report("", None, None, "")
    comparison = compare(empty, full) if empty_old else compare(full, empty)
    assert kinds(comparison).count("block") == len(full.blocks)


def test_pieces_are_both_texts_and_name_their_changes() -> None:
    comparison = compare(report(CLEAN), report(CLEAN.replace("调度会6次", "调度会7次").replace("逐级明确责任人和", "")))
    for index, row in enumerate(comparison.rows):
        found = pieces(comparison, index)
        assert "".join(piece.text for piece in found if piece.state != "come") == comparison.old_text(row)
        assert "".join(piece.text for piece in found if piece.state != "gone") == comparison.new_text(row)
        told = {piece.change for piece in found if piece.state != "same"}
        assert told == {change.id for change in comparison.of_row.get(index, ())}


def test_what_stands_outside_the_sections_is_called_what_it_is() -> None:
    names = section_names(compare(report(CLEAN), report(CLEAN)))
    assert names == (
        "标题", "主送机关", "导语", "一、加强组织调度，落实安全责任", "一、加强组织调度，落实安全责任",
        "二、开展排查整治，消除安全隐患", "二、开展排查整治，消除安全隐患", "下一步打算", "署名", "成文日期",
    )  # fmt: skip
