"""Changes: marks as a careful editor would make them, and the laws of accepting and rejecting."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.changes import Comparison, compare, edits
from drafting.report import Block, Point, Report
from tests.builders import CLEAN, report

SENTENCES = (
    "召开会议5次。", "召开会议6次。", "签订责任书23份。", "经济运行总体平稳，增长5.2%。", "经济运行稳中向好，增长6.1%。",
    "发现隐患312处，整改308处。", "发现隐患312处，全部整改到位。", "培训𠮷林籍学员40人。", "投入资金1,200万元。", "",
)  # fmt: skip
HEADINGS = ("加强组织领导", "加强组织调度", "开展排查整治", "抓好教育培训")

points = st.builds(
    Point,
    body=st.sampled_from(SENTENCES[:-1]),
    facts=st.sampled_from([(), ("F1",), ("F2", "F3")]),
    enumerator=st.sampled_from(["", "一是", "二是"]),
    gist=st.sampled_from(["", "加大检查力度"]),
)
headings = st.builds(
    lambda text, number: Block("heading", text, 1, number),
    st.sampled_from(HEADINGS),
    st.sampled_from(["一、", "二、", "三、"]),
)
plain = st.builds(
    lambda texts: Block("paragraph", "".join(texts) or "略。"), st.lists(st.sampled_from(SENTENCES), max_size=4)
)
pointed = st.builds(lambda found: Block("paragraph", points=tuple(found)), st.lists(points, min_size=1, max_size=3))
blocks = st.one_of(headings, plain, pointed)
reports = st.builds(lambda found: Report(tuple(found)), st.lists(blocks, max_size=8))


def marked(old: str, new: str) -> str:
    parts, at = [], 0
    for edit in edits(old, new):
        gone, come = old[edit.old_start : edit.old_end], new[edit.new_start : edit.new_end]
        parts += [old[at : edit.old_start], gone and f"[-{gone}-]", come and f"{{+{come}+}}"]
        at = edit.old_end
    return "".join([*parts, old[at:]])


@pytest.mark.parametrize(
    "expected",
    [
        "经济运行[-总体平稳-]{+稳中向好+}，增长[-5.2%-]{+6.1%+}。",
        "一是召开会议[-5次-]{+6次+}。{+三是开展培训。+}二是签订责任书。",
        "一是召开会议5次。[-二是签订责任书23份。-]三是开展培训。",
        "[-扎实-]{+深入+}推进{+校园+}安全[-生产-]工作",
        "[-6月30日-]{+7月15日+}前{+基本+}完成",
        "投入资金[-1,200万元-]{+1200万元+}",
        "坚持“三会一课”{+和主题党日+}制度",
        "完成投资6.3亿元，同比[-增长-]{+下降+}8.6%。",
        "2024年是建国[-70周年-]{+75周年+}",
    ],
)
def test_edits_are_marked_as_an_editor_would(expected: str) -> None:
    import re

    old = re.sub(r"\{\+.*?\+\}", "", expected).replace("[-", "").replace("-]", "")
    new = re.sub(r"\[-.*?-\]", "", expected).replace("{+", "").replace("+}", "")
    assert marked(old, new) == expected


@given(
    old=st.text("召开会议5612次。，%稳中向好总体平", max_size=30),
    new=st.text("召开会议5612次。，%稳中向好总体平", max_size=30),
)
def test_edits_make_the_new_text_of_the_old(old: str, new: str) -> None:
    made, at = [], 0
    for edit in edits(old, new):
        assert edit.old_start >= at
        made += [old[at : edit.old_start], new[edit.new_start : edit.new_end]]
        at = edit.old_end
    assert "".join([*made, old[at:]]) == new


def every(comparison: Comparison) -> frozenset[str]:
    return frozenset(change.id for change in comparison.changes)


@settings(max_examples=300)
@given(old=reports, new=reports)
def test_all_accepted_is_the_new_version_and_all_rejected_the_old(old: Report, new: Report) -> None:
    comparison = compare(old, new)
    assert tuple(comparison._blocks(every(comparison))) == new.blocks
    assert tuple(comparison._blocks(frozenset())) == old.blocks
    assert len(every(comparison)) == len(comparison.changes)


@settings(max_examples=150)
@given(old=reports, new=reports, data=st.data())
def test_what_was_accepted_is_no_change_any_more(old: Report, new: Report, data: st.DataObject) -> None:
    comparison = compare(old, new)
    chosen = data.draw(st.sets(st.sampled_from(sorted(every(comparison))))) if comparison.changes else set()
    some = comparison.accept(chosen)
    assert comparison.reject(every(comparison) - frozenset(chosen)) == some
    assert len(some.text) <= len(old.text) + len(new.text) + 2


def test_a_moved_section_is_one_move_a_block() -> None:
    old = report(CLEAN)
    blocks = old.blocks
    new = replace(old, blocks=(*blocks[:3], *blocks[5:7], *blocks[3:5], *blocks[7:]))
    comparison = compare(old, new)
    assert {change.kind for change in comparison.changes} == {"move"}
    assert len(comparison.changes) == 2
    assert tuple(comparison._blocks(every(comparison))) == new.blocks


def test_a_split_paragraph_is_one_line_feed() -> None:
    old = Report((Block("paragraph", "召开安全工作调度会6次。与31家重点单位签订安全生产承诺书。"),))
    new = Report(
        (Block("paragraph", "召开安全工作调度会6次。"), Block("paragraph", "与31家重点单位签订安全生产承诺书。"))
    )
    (change,) = compare(old, new).changes
    assert (change.old, change.new) == ("", "\n")
    (back,) = compare(new, old).changes
    assert (back.old, back.new) == ("\n", "")


def test_a_partly_accepted_point_keeps_its_facts() -> None:
    point = Point("召开会议5次，签订责任书23份。", ("F1", "F2"), "一是", "加强领导")
    old = Report((Block("paragraph", points=(point,)),))
    new = Report((Block("paragraph", points=(replace(point, body="召开会议6次，签订责任书31份。"),)),))
    comparison = compare(old, new)
    first = comparison.changes[0]
    (mixed,) = comparison.accept([first.id]).points()
    assert (mixed.body, mixed.facts, mixed.gist) == ("召开会议6次，签订责任书23份。", ("F1", "F2"), "加强领导")
    assert mixed.provenance.origin == "edited"


def test_an_id_that_is_not_there_is_named() -> None:
    comparison = compare(report(CLEAN), report(CLEAN.replace("6次", "7次")))
    with pytest.raises(LookupError, match="没有编号为 无此"):
        comparison.accept(["无此"])
