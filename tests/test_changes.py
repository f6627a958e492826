"""Changes: marks as a careful editor would make them, and the laws of accepting and rejecting."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.changes import Comparison, compare, edits
from drafting.changes.likeness import words
from drafting.report import Block, Point, Report
from tests.builders import CLEAN, report

DATA = Path(__file__).parent / "data/changes.tsv"
SENTENCES = (
    "召开会议5次。", "召开会议6次。", "签订责任书23份。", "经济运行总体平稳，增长5.2%。", "经济运行稳中向好，增长6.1%。",
    "发现隐患312处，整改308处。", "发现隐患312处，全部整改到位。", "培训𠮷林籍学员40人。", "投入资金1,200万元。", "",
)  # fmt: skip
HEADINGS = ("加强组织领导", "加强组织调度", "开展排查整治", "抓好教育培训")

CLAUSES = (
    "召开会议5次", "召开会议6次，", "签订责任书23份。", "一是加强领导。", "二是加大领导。", "早发现、早报告", "早研判、", "总体平稳", "稳中向好，",
    "（试行）", "《办法》", "由10%提高到15%", "6月30日前", "7月15日前完成", "\n", "；", "𠮷林", "PM2.5", "  ", "。”",
)  # fmt: skip
texts = st.one_of(
    st.text("召开会议5612次。，、%稳中向好总体平（）“”一二是\n", max_size=40),
    st.lists(st.sampled_from(CLAUSES), max_size=12).map("".join),
)
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

distinct = st.builds(lambda found: Report(tuple(found)), st.lists(blocks, max_size=8, unique_by=words))


def cases() -> list[tuple[str, str]]:
    """The expected marks and what each case shows."""
    lines = DATA.read_text(encoding="utf-8").splitlines()
    return [(marks, shows) for marks, _, shows in (line.partition("\t") for line in lines if not line.startswith("#"))]


def before(expected: str) -> str:
    return re.sub(r"\{\+.*?\+\}", "", expected).replace("[-", "").replace("-]", "")


def after(expected: str) -> str:
    return re.sub(r"\[-.*?-\]", "", expected).replace("{+", "").replace("+}", "")


def marked(old: str, new: str) -> str:
    parts, at = [], 0
    for edit in edits(old, new):
        gone, come = old[edit.old_start : edit.old_end], new[edit.new_start : edit.new_end]
        parts += [old[at : edit.old_start], gone and f"[-{gone}-]", come and f"{{+{come}+}}"]
        at = edit.old_end
    return "".join([*parts, old[at:]])


@pytest.mark.parametrize("expected", [pytest.param(marks, id=shows) for marks, shows in cases()])
def test_edits_are_marked_as_an_editor_would(expected: str) -> None:
    assert marked(before(expected), after(expected)) == expected


def test_every_case_says_what_it_shows_and_there_are_enough() -> None:
    shown = [shows for _, shows in cases()]
    assert all(shown)
    assert len(set(shown)) == len(shown) >= 54


@settings(max_examples=300)
@given(old=texts, new=texts)
def test_edits_make_the_new_text_of_the_old(old: str, new: str) -> None:
    made, at, other = [], 0, 0
    for edit in edits(old, new):
        assert edit.old_start >= at
        assert edit.new_start >= other
        assert edit.old_start < edit.old_end or edit.new_start < edit.new_end
        assert old[edit.old_start : edit.old_end] != new[edit.new_start : edit.new_end]
        assert old[at : edit.old_start] == new[other : edit.new_start]
        made += [old[at : edit.old_start], new[edit.new_start : edit.new_end]]
        at, other = edit.old_end, edit.new_end
    assert "".join([*made, old[at:]]) == new
    assert (old != new) == bool(made)


@given(
    old=st.integers(0, 99_999),
    new=st.integers(0, 99_999),
    unit=st.sampled_from(["次", "万元", "%", "个百分点", "家次", "名"]),
)
def test_a_number_is_never_cut(old: int, new: int, unit: str) -> None:
    expected = "" if old == new else f"[-{old}{unit}-]{{+{new}{unit}+}}"
    assert marked(f"共{old}{unit}，增加。", f"共{new}{unit}，增加。") == f"共{expected or f'{old}{unit}'}，增加。"


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


@settings(max_examples=150)
@given(old=reports, new=reports, data=st.data())
def test_some_accepted_and_then_the_rest_is_the_new_version(old: Report, new: Report, data: st.DataObject) -> None:
    comparison = compare(old, new)
    chosen = data.draw(st.sets(st.sampled_from(sorted(every(comparison))))) if comparison.changes else set()
    rest = compare(comparison.accept(chosen), new)
    assert tuple(rest._blocks(every(rest))) == new.blocks


@settings(max_examples=150)
@given(old=reports, new=reports, data=st.data())
def test_the_order_of_decisions_does_not_matter(old: Report, new: Report, data: st.DataObject) -> None:
    comparison = compare(old, new)
    order = data.draw(st.permutations([change.id for change in comparison.changes]))
    chosen = order[: len(order) // 2]
    assert comparison.accept(chosen) == comparison.accept(sorted(chosen))
    assert comparison.accept(chosen) == comparison.reject(order[len(order) // 2 :])


ELSEWHERE = "附表由各业务科室据实填报，逐项注明出处。"


@settings(max_examples=150)
@given(old=distinct, new=distinct, first=st.booleans())
def test_ids_stay_when_another_block_changes(old: Report, new: Report, first: bool) -> None:
    """Of two blocks with the same words either may be called the one that changed; such versions are left out here."""

    def beside(report: Report, text: str) -> Report:
        more = (Block("paragraph", text),)
        return replace(report, blocks=(*more, *report.blocks) if first else (*report.blocks, *more))

    still = compare(beside(old, ELSEWHERE), beside(new, ELSEWHERE))
    changed = compare(beside(old, ELSEWHERE), beside(new, ELSEWHERE.replace("业务科室", "街道办事处")))
    (more,) = [change for change in changed.changes if change.new == "街道办事处"]
    assert every(changed) == every(still) | {more.id}


def test_ids_stay_when_the_heading_over_them_changes() -> None:
    old = report(CLEAN)
    new = report(CLEAN.replace("调度会6次", "调度会7次"))
    renamed = report(CLEAN.replace("调度会6次", "调度会7次").replace("加强组织调度，", "强化组织调度，"))
    (change,) = compare(old, new).changes
    assert change.id in every(compare(old, renamed))


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
