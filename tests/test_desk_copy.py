"""The working copy: laid out and read back, operations that find their place whatever happened in between, and nothing lost."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting import brief as brief_file
from drafting import profiles
from drafting.canonical import canonical
from drafting.desk.applying import apply
from drafting.desk.copy import OUTLOOK, Clash, Copy, of_record
from drafting.desk.head import told
from drafting.desk.laying import copy_of
from drafting.desk.operations import (
    AddBlock,
    AddFact,
    AddSection,
    DeleteFact,
    DeleteSection,
    FactText,
    Group,
    Heading,
    HeadText,
    Lock,
    Mend,
    MoveFact,
    MoveSection,
    Operation,
    PaperText,
    Paste,
    Settle,
    Ungroup,
    operation,
)
from drafting.desk.rebasing import rebased, relaid
from drafting.desk.texts import Clashing, together
from drafting.errors import InputError
from drafting.record import Record
from tests.builders import CLEAN, report
from tests.web.furnished import CASES, drafted

KINDS = {
    name: drafted(brief_file.load(CASES / f"{name}.brief.yaml").brief)
    for name in ("campus-2024h1", "clinic-2024q3", "transport-2024")
}
PROFILE = profiles.load("special-report")

texts = st.text(st.sampled_from("检查企业整改隐患演练场次，。一二3456是\t "), max_size=24)


def campus() -> Copy:
    return copy_of(KINDS["campus-2024h1"])


@pytest.mark.parametrize("name", KINDS)
def test_a_copy_that_nobody_touched_is_its_version(name: str) -> None:
    copy = copy_of(KINDS[name])
    assert copy.report() == replace(KINDS[name], waivers=())
    again = of_record(Record(json.loads(canonical(copy.as_dict()))))
    assert again == copy
    assert again.report().version == KINDS[name].version


def test_a_document_without_a_brief_is_a_copy_too() -> None:
    imported = report(CLEAN)
    copy = copy_of(imported)
    assert copy.head is None
    assert copy.report() == imported
    with pytest.raises(InputError, match="还没有提纲"):
        apply(copy, AddSection("", "新的部分"), PROFILE)


def test_every_place_of_the_report_is_one_of_the_copy() -> None:
    copy = campus()
    for index, placed in enumerate(copy.blocks):
        for start, end, point in placed.block.spans():
            found = copy.place(index, start + len(point.enumerator), end)
            own = copy.point(found.point)[1]
            assert own.text[found.start : found.end] == own.text
        if not placed.points:
            found = copy.place(index, len(placed.frame.number), len(placed.block.text))
            assert (found.block, found.point, placed.text[found.start : found.end]) == (placed.id, "", placed.text)


# --- sections


def _paper(copy: Copy) -> dict[str, list[str]]:
    """The texts under each heading."""
    found: dict[str, list[str]] = {}
    heading = ""
    for one in copy.blocks:
        if one.frame.type == "heading" and one.frame.level == 1:
            heading = one.frame.words
        if one.section != OUTLOOK:
            found.setdefault(heading, []).extend(point.text for point in one.points)
    return found


def test_sections_put_in_moved_and_taken_out_keep_every_text_under_its_own_heading() -> None:
    copy = campus()
    before = _paper(copy)
    ids = [one.id for one in copy.sections]
    copy = apply(copy, AddSection(ids[0], "新添的部分"), PROFILE)
    copy = apply(copy, MoveSection(ids[-1], ""), PROFILE)
    copy = apply(copy, DeleteSection(ids[1]), PROFILE)
    gone = next(one.heading for one in campus().sections if one.id == ids[1])
    assert {name: texts for name, texts in _paper(copy).items() if name != "新添的部分"} == {
        name: texts for name, texts in before.items() if name != gone
    }
    numbers = [one.frame.number for one in copy.blocks if one.frame.type == "heading" and one.section != OUTLOOK]
    assert numbers == ["一、", "二、", "三、", "四、"][: len(numbers)]
    assert [one.frame.words for one in copy.blocks if one.frame.type == "heading" and one.section != OUTLOOK] == [
        one.heading for one in copy.sections
    ]


def test_the_lead_follows_the_topic_until_somebody_worded_it() -> None:
    copy = campus()
    lead = next(one for one in copy.blocks if one.frame.type == "lead")
    followed = apply(copy, HeadText("topic", "校园安全工作", "校园消防工作"), PROFILE)
    assert "校园消防工作" in followed.block(lead.id).text
    worded = apply(copy, PaperText(lead.id, lead.text, lead.text + "全县教育系统总体平稳。"), PROFILE)
    kept = apply(worded, HeadText("topic", "校园安全工作", "校园消防工作"), PROFILE)
    assert kept.block(lead.id).text == lead.text + "全县教育系统总体平稳。"


def test_a_heading_is_one_thing_on_the_left_and_in_the_paper() -> None:
    copy = campus()
    section = copy.sections[0]
    renamed = apply(copy, Heading(section.id, section.heading, "压实各方责任"), PROFILE)
    block = next(one for one in renamed.blocks if one.section == section.id)
    assert block.frame.words == "压实各方责任"
    back = apply(renamed, PaperText(block.id, "压实各方责任", "健全责任体系"), PROFILE)
    assert back.sections[0].heading == "健全责任体系"


# --- facts


def test_pasted_lines_and_cells_become_facts() -> None:
    copy = apply(campus(), Paste("s1", "", "1. 开展演练3场\n\n· 检查食堂58家次\n（三）约谈4所学校"), PROFILE)
    assert [fact.text for fact in copy.sections[0].facts[:3]] == ["开展演练3场", "检查食堂58家次", "约谈4所学校"]
    table = '来源\t事实\t日期\n安全股\t培训2.5万人次\t2024年3月5日\n\t"更换灯具\n126盏"\t不详\n'
    copy = apply(copy, Paste("s2", "", table), PROFILE)
    first, second = copy.sections[1].facts[:2]
    assert (first.text, first.source, str(first.date)) == ("培训2.5万人次", "安全股", "2024-03-05")
    assert (second.text, second.date) == ("更换灯具 126盏", None)
    with pytest.raises(InputError, match="没有文字"):
        apply(copy, Paste("s1", "", " \n\t\n"), PROFILE)


def test_a_fact_that_goes_leaves_the_words_that_stood_on_it() -> None:
    copy = campus()
    _, point = next(copy.points())
    gone = point.point.facts[0]
    left = apply(copy, DeleteFact(gone), PROFILE)
    now = left.point(point.id)[1]
    assert now.text == point.text
    assert gone not in now.point.facts
    added = apply(left, AddFact("s1", "", "新的事实"), PROFILE)
    assert added.sections[0].facts[0].id not in {fact.id for _, fact in copy.facts()}


def test_facts_are_grouped_side_by_side_and_loosened_again() -> None:
    copy = campus()
    first, *_, last = (fact.id for fact in copy.sections[1].facts)
    grouped = apply(copy, Group((last, first)), PROFILE)
    ids = [fact.id for fact in grouped.sections[1].facts]
    assert abs(ids.index(first) - ids.index(last)) == 1
    assert (first, last) in grouped.sections[1].groups
    assert all(first not in group for group in apply(grouped, Ungroup(first), PROFILE).sections[1].groups)
    with pytest.raises(InputError, match="同一个部分"):
        apply(copy, Group((first, copy.sections[0].facts[0].id)), PROFILE)


# --- texts


@given(texts, texts, texts)
def test_texts_of_two_tabs_are_put_together_or_clash(was: str, mine: str, theirs: str) -> None:
    assert together(was, was, mine) == mine
    assert together(was, mine, was) == mine
    assert together(was, mine, mine) == mine
    assert together(was, mine, theirs) == together(was, theirs, mine) or together(was, mine, theirs) is not None


def test_two_tabs_write_into_one_point() -> None:
    copy = campus()
    _, point = next(copy.points())
    was = point.text
    one = apply(copy, PaperText(point.id, was, "经研究，" + was), PROFILE)
    both = apply(one, PaperText(point.id, was, was + "成效明显。"), PROFILE)
    assert both.point(point.id)[1].text == "经研究，" + was + "成效明显。"
    with pytest.raises(Clashing) as found:
        apply(one, PaperText(point.id, was, "另行写过，" + was), PROFILE)
    assert (found.value.clash.mine, found.value.clash.theirs) == ("另行写过，" + was, "经研究，" + was)


def test_an_edited_point_keeps_its_facts_and_its_enumerator() -> None:
    copy = campus()
    _, point = next(copy.points())
    edited = apply(copy, PaperText(point.id, point.text, "改写过的话。"), PROFILE).point(point.id)[1]
    assert (edited.point.facts, edited.point.enumerator) == (point.point.facts, point.point.enumerator)
    assert edited.point.provenance.origin == "edited"
    emptied = apply(copy, PaperText(point.id, point.text, ""), PROFILE).point(point.id)[1]
    assert (emptied.text, emptied.point.facts) == ("", point.point.facts)


def test_a_locked_point_is_left_as_it_stands() -> None:
    copy = campus()
    _, point = next(copy.points())
    locked = apply(copy, Lock(point.id, locked=True), PROFILE)
    for step in (PaperText(point.id, point.text, "改了"), Mend(point.id, 0, 1, point.text[:1], "改")):
        with pytest.raises(InputError, match="已锁定"):
            apply(locked, step, PROFILE)
    with pytest.raises(InputError, match="锁定"):
        apply(locked, DeleteSection(copy.sections[0].id), PROFILE)
    assert apply(apply(locked, Lock(point.id, locked=False), PROFILE), PaperText(point.id, point.text, "改"), PROFILE)


def test_a_mend_is_made_where_its_words_still_stand_and_nowhere_else() -> None:
    copy = campus()
    _, point = next(copy.points())
    mended = apply(copy, Mend(point.id, 0, 2, point.text[:2], "切实"), PROFILE)
    assert mended.point(point.id)[1].text == "切实" + point.text[2:]
    with pytest.raises(InputError, match="已改动"):
        apply(mended, Mend(point.id, 0, 2, point.text[:2], "切实"), PROFILE)


# --- any operations in any order


@st.composite
def operations(draw: st.DrawFn, copy: Copy) -> Operation:
    facts = st.sampled_from([fact.id for _, fact in copy.facts()] or ["F1"])
    sections = st.sampled_from([one.id for one in copy.sections] or ["s1"])
    behind = st.one_of(st.just(""), sections)
    points = st.sampled_from([point.id for _, point in copy.points()] or ["p1"])
    blocks = st.sampled_from([one.id for one in copy.blocks])
    words = draw(texts)
    step: Operation = draw(
        st.one_of(
            st.builds(AddFact, sections, st.just(""), st.just(words)),
            st.builds(DeleteFact, facts),
            st.builds(MoveFact, facts, sections, st.just("")),
            st.builds(AddSection, behind, st.just(words)),
            st.builds(DeleteSection, sections),
            st.builds(MoveSection, sections, behind),
            st.builds(Lock, points, st.booleans()),
            st.builds(AddBlock, blocks, st.just(words)),
            facts.map(lambda id: FactText(id, "text", _fact_text(copy, id), words)),
            points.map(lambda id: PaperText(id, _point_text(copy, id), words)),
        )
    )
    return step


def _fact_text(copy: Copy, id: str) -> str:
    return next((fact.text for _, fact in copy.facts() if fact.id == id), "")


def _point_text(copy: Copy, id: str) -> str:
    return next((point.text for _, point in copy.points() if point.id == id), "")


def _ids(copy: Copy) -> list[str]:
    return [
        *(one.id for one in copy.sections),
        *(fact.id for _, fact in copy.facts()),
        *(one.id for one in copy.blocks),
        *(point.id for _, point in copy.points()),
    ]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_done_ids_stay_apart_headings_stay_in_order_and_it_can_be_kept(data: st.DataObject) -> None:
    copy = campus()
    for _ in range(data.draw(st.integers(1, 8))):
        step = data.draw(operations(copy))
        before = Counter(_ids(copy))
        try:
            after = apply(copy, step, PROFILE)
        except InputError:
            continue
        new = set(_ids(after)) - set(before)
        assert all(int(id[1:]) > copy.last.get(id[0], 0) for id in new if id[1:].isdigit())
        copy = after
    assert max(Counter(_ids(copy)).values()) == 1
    headed = [
        one.section
        for one in copy.blocks
        if one.frame.type == "heading" and one.section in {s.id for s in copy.sections}
    ]
    assert headed == [one.id for one in copy.sections]
    again = of_record(Record(json.loads(canonical(copy.as_dict()))))
    assert again.report() == copy.report()
    whole = copy_of(copy.report())
    assert whole.report() == copy.report()


# --- a colleague's version


def _done(copy: Copy, steps: Sequence[Operation]) -> Copy:
    for step in steps:
        copy = apply(copy, step, PROFILE)
    return copy


def test_a_colleagues_version_comes_under_the_copy_and_what_stays_keeps_its_id() -> None:
    base = KINDS["campus-2024h1"]
    copy = copy_of(base)
    mine, theirs = (point for _, point in list(copy.points())[:2])
    edited = _done(copy, [PaperText(mine.id, mine.text, mine.text + "我加的一句。"), AddFact("s1", "", "我添的事实")])
    head = _done(
        copy_of(base),
        [PaperText(theirs.id, theirs.text, theirs.text + "同事加的一句。"), AddFact("s2", "", "同事添的事实")],
    )
    merged = rebased(edited, base, head.report(), "李四")
    assert merged.clashes == ()
    assert merged.point(mine.id)[1].text.endswith("我加的一句。")
    assert merged.point(theirs.id)[1].text.endswith("同事加的一句。")
    assert {"我添的事实", "同事添的事实"} <= {fact.text for _, fact in merged.facts()}
    assert [one.id for one in merged.sections] == [one.id for one in copy.sections]
    assert [one.id for one in merged.blocks] == [one.id for one in copy.blocks]


def test_where_both_wrote_at_one_place_both_texts_are_there() -> None:
    base = KINDS["campus-2024h1"]
    copy = copy_of(base)
    _, point = next(copy.points())
    fact = copy.sections[0].facts[0]
    edited = _done(
        copy, [PaperText(point.id, point.text, "我的写法。"), FactText(fact.id, "text", fact.text, "我的事实9次")]
    )
    head = _done(
        copy_of(base),
        [PaperText(point.id, point.text, "同事的写法。"), FactText(fact.id, "text", fact.text, "同事的事实8次")],
    )
    merged = rebased(edited, base, head.report(), "李四")
    clashes = {one.id: one for one in merged.clashes}
    assert (clashes[point.id].mine, clashes[point.id].theirs, clashes[point.id].by) == (
        "我的写法。",
        "同事的写法。",
        "李四",
    )
    assert (clashes[fact.id].mine, clashes[fact.id].theirs) == ("我的事实9次", "同事的事实8次")
    assert merged.point(point.id)[1].text == "我的写法。"


def test_a_clash_is_at_its_own_point_though_another_reads_the_same() -> None:
    base = KINDS["campus-2024h1"]
    copy = copy_of(base)
    same, other = [point for _, point in copy.points() if point.point.enumerator == "一是"][:2]
    edited = _done(copy, [PaperText(one.id, one.text, "逐项抓好落实。") for one in (same, other)])
    head = _done(copy_of(base), [PaperText(other.id, other.text, "同事的写法。")])
    (clash,) = rebased(edited, base, head.report(), "李四").clashes
    assert (clash.id, clash.mine, clash.theirs) == (other.id, "逐项抓好落实。", "同事的写法。")


def test_two_clashes_of_the_very_same_words_are_at_two_points() -> None:
    base = KINDS["campus-2024h1"]
    every = [point.id for _, point in copy_of(base).points() if point.point.enumerator == "一是"]
    for id in every[:2]:
        base = _done(copy_of(base), [PaperText(id, copy_of(base).point(id)[1].text, "逐步推进。")]).report()
    copy = copy_of(base)
    ids = [point.id for _, point in copy.points() if point.text == "逐步推进。"]
    edited = _done(copy, [PaperText(id, "逐步推进。", "我的写法。") for id in ids])
    head = _done(copy_of(base), [PaperText(id, "逐步推进。", "同事的写法。") for id in ids])
    assert len(ids) == 2
    assert [one.id for one in rebased(edited, base, head.report(), "李四").clashes] == ids


def test_heads_that_both_changed_are_put_together_or_clash_and_are_settled() -> None:
    base = KINDS["campus-2024h1"]
    own = [
        HeadText("recipient", "县人民政府", "县人民政府办公室"),
        HeadText("topic", "校园安全工作", "校园消防工作"),
        HeadText("issued", "2024-07-08", "2024-07-09"),
        HeadText("terms", "", "三防两重\n双控机制"),
    ]
    theirs = [
        HeadText("organ", "县教育局", "县教育体育局"),
        HeadText("topic", "校园安全工作", "学校安全工作"),
        HeadText("issued", "2024-07-08", "2024-07-10"),
    ]
    head = _done(copy_of(base), [HeadText(one.field, _typed(copy_of(base), one.field), one.value) for one in theirs])
    mine = _done(copy_of(base), [HeadText(one.field, _typed(copy_of(base), one.field), one.value) for one in own])
    merged = rebased(mine, base, head.report(), "李四")
    assert merged.head is not None
    assert (merged.head.organ, merged.head.recipient) == ("县教育体育局", "县人民政府办公室")
    assert merged.head.terms == ("三防两重", "双控机制")
    clashes = {one.id: (one.mine, one.theirs, one.by) for one in merged.clashes if one.id in ("topic", "issued")}
    assert clashes["issued"] == ("2024-07-09", "2024-07-10", "李四")
    assert "topic" not in clashes or clashes["topic"] == ("校园消防工作", "学校安全工作", "李四")
    settled = apply(merged, Settle("issued", "2024-07-10"), PROFILE)
    assert settled.head is not None
    assert settled.head.issued.isoformat() == "2024-07-10"
    assert "issued" not in {one.id for one in settled.clashes}


def _typed(copy: Copy, field: str) -> str:
    assert copy.head is not None
    return told(copy.head, field)


def test_two_tabs_on_one_list_or_one_day_of_the_head() -> None:
    copy = apply(campus(), HeadText("terms", _typed(campus(), "terms"), "三防两重"), PROFILE)
    both = apply(
        apply(copy, HeadText("terms", "三防两重", "双控机制\n三防两重"), PROFILE),
        HeadText("terms", "三防两重\n", "三防两重\n一校一策"),
        PROFILE,
    )
    assert both.head is not None
    assert both.head.terms == ("双控机制", "三防两重", "一校一策")
    first = apply(copy, HeadText("issued", _typed(copy, "issued"), "2024-07-11"), PROFILE)
    with pytest.raises(Clashing) as found:
        apply(first, HeadText("issued", _typed(copy, "issued"), "2024-07-12"), PROFILE)
    assert (found.value.clash.mine, found.value.clash.theirs) == ("2024-07-12", "2024-07-11")


def test_who_keeps_their_text_keeps_what_they_typed_on() -> None:
    copy = campus()
    fact = copy.sections[0].facts[0]
    clashing = replace(copy, clashes=(Clash(fact.id, fact.text, "同事的事实8次", "李四"),))
    typed = apply(clashing, FactText(fact.id, "text", fact.text, fact.text + "，又写一句"), PROFILE)
    kept = apply(typed, Settle(fact.id, fact.text), PROFILE)
    assert (kept.sections[0].facts[0].text, kept.clashes) == (fact.text + "，又写一句", ())
    taken = apply(typed, Settle(fact.id, "同事的事实8次"), PROFILE)
    assert taken.sections[0].facts[0].text == "同事的事实8次"


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_text_of_two_people_is_lost(data: st.DataObject) -> None:
    base = KINDS["campus-2024h1"]
    copy = copy_of(base)
    sides: list[Copy] = []
    written: list[list[str]] = []
    for who in ("甲", "乙"):
        side, own = copy, list[str]()
        for number in range(data.draw(st.integers(1, 3))):
            text = f"{who}写的第{number}处，{data.draw(texts)}收尾。"
            text = " ".join(text.split())
            point = data.draw(st.sampled_from([one.id for _, one in side.points()]))
            fact = data.draw(st.sampled_from([one.id for _, one in side.facts()]))
            steps: list[Operation] = [
                PaperText(point, _point_text(side, point), text),
                FactText(fact, "text", _fact_text(side, fact), text),
                AddFact("s1", "", text),
            ]
            step = data.draw(st.sampled_from(steps))
            before = side.report().text
            side = apply(side, step, PROFILE)
            own = [one for one in [*own, text] if one in _all(side)]
            assert before
        sides.append(side)
        written.append(own)
    merged = rebased(sides[0], base, sides[1].report(), "李四")
    everything = _all(merged) + "\n".join(one.theirs for one in merged.clashes)
    for text in (*written[0], *written[1]):
        assert text in everything
    assert max(Counter(_ids(merged)).values()) == 1


def _all(copy: Copy) -> str:
    return "\n".join(
        (
            *(fact.text for _, fact in copy.facts()),
            *(point.text for _, point in copy.points()),
            *(one.text for one in copy.blocks),
        )
    )


def test_facts_that_are_just_typed_outlast_a_colleagues_version() -> None:
    base = KINDS["campus-2024h1"]
    copy = apply(copy_of(base), AddFact("s1", "", ""), PROFILE)
    head = apply(copy_of(base), AddFact("s2", "", "同事添的事实"), PROFILE).report()
    merged = rebased(copy, base, head, "李四")
    assert [fact.text for fact in merged.sections[0].facts].count("") == 1


def test_what_is_laid_anew_keeps_the_ids_of_what_it_was() -> None:
    copy = campus()
    moved = _done(copy, [MoveSection(copy.sections[-1].id, "")])
    again = relaid(moved, moved.report())
    assert [one.id for one in again.blocks] == [one.id for one in moved.blocks]
    assert [one.id for one in again.sections] == [one.id for one in moved.sections]


# --- what a page sends


@pytest.mark.parametrize(
    "sent",
    [
        {"op": "drop_table"},
        {"op": "fact", "id": "F1", "field": "id", "was": "", "value": ""},
        {"op": "fact", "id": ["F1"], "field": "text", "was": "", "value": ""},
        {"op": "delete_fact", "id": "F1", "and": "more"},
        {"op": "lock", "id": "p1", "locked": "yes"},
        {"op": "mend", "id": "p1", "start": -1, "end": 2, "was": "", "value": ""},
        {"op": "group", "ids": "F1"},
        {},
    ],
)
def test_what_is_no_operation_is_refused(sent: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        operation(Record(sent))


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (DeleteFact("F999"), "已被删去"),
        (MoveSection("s1", "s99"), "已被删去"),
        (HeadText("period", "2024年上半年", "去年的样子"), "报告期"),
        (HeadText("issued", "2024-07-08", "2023-01-01"), "早于报告期"),
        (HeadText("organ", "县教育局", " "), "不能空着"),
        (FactText("F1", "date", "", "2024-02-30"), "日期应写作"),
        (FactText("F1", "text", "1至6月召开校园安全专题会议5次，分析研判重点事项23项", "检" * 20_001), "超过上限"),
        (PaperText("b5", "", "不在要点里"), "改要点"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(step: Operation, why: str) -> None:
    copy = campus()
    with pytest.raises(InputError, match=why) as found:
        apply(copy, step, PROFILE)
    assert "\n" not in str(found.value)
