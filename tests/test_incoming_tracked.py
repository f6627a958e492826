"""Tracked changes come back as proposals with their hands, comments at their places; redlines and LibreOffice's files among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from drafting.changes import Change, Comparison, compare
from drafting.comments import Comment, Hand
from drafting.documents.incoming import incoming
from drafting.documents.redline import redline_bytes
from drafting.documents.tracked import revisions
from drafting.profile import Layout
from drafting.report import Block
from tests.campus import (
    CAMPUS,
    CASES,
    LAYOUTS,
    back,
    drafted,
    edited_campus,
    edits_of,
    exported,
    ranged,
    same_but,
    with_comments,
)
from tests.reports_for_documents import any_report, report
from tests.tracked_files import HANDS, office, rebuilt, retyped, tracked
from tests.wordfiles import W, saved

# --- proposals


def test_proposals_are_the_changes_with_their_hands() -> None:
    new = edited_campus()
    made = back(CAMPUS, tracked(CAMPUS, new), "proposed")
    assert made.report is CAMPUS
    assert made.proposal == new
    changes = compare(made.report, made.proposal).changes
    assert [(change.new, made.hands[change.id].name) for change in changes] == [
        ("深入", "张三"),
        ("6次", "李四"),
        ("240处", "王五"),
        ("4.3万人次", "赵六"),
    ]
    assert "有 8 处修订（张三、李四、王五、赵六），逐处待定" in made.notes


def test_a_change_that_several_hands_made_is_the_last_ones() -> None:
    old, new = report(), report(organ="市应急管理局")
    blocks = list(new.blocks)
    blocks[2] = replace(blocks[2], words=blocks[2].words.replace("扎实推进", "深入开展"))
    data = tracked(old, replace(new, blocks=tuple(blocks)))
    data = retyped(data, ('<w:t xml:space="preserve">深入开展</w:t></w:r></w:ins>', _two_hands()))
    made = back(old, data, "proposed")
    assert made.proposal is not None
    (change,) = compare(made.report, made.proposal).changes
    assert made.hands[change.id].name == "赵六"


def _two_hands() -> str:
    later = '<w:ins w:id="90" w:author="赵六" w:date="2024-07-09T09:00:00Z"><w:r><w:t>开展</w:t></w:r></w:ins>'
    return f'<w:t xml:space="preserve">深入</w:t></w:r></w:ins>{later}'


def test_edits_that_were_not_tracked_are_in_the_version_already() -> None:
    data = retyped(tracked(CAMPUS, edited_campus()), ("持证上岗率达到100%", "持证上岗率达到99%"))
    made = back(CAMPUS, data, "proposed")
    assert same_but(made.report, CAMPUS, 4)
    assert "99%" in made.report.blocks[4].text
    assert "另有 1 处修改没有留下修订痕迹，已写入版本，不在待定之列" in made.notes
    assert made.proposal is not None
    assert len(compare(made.report, made.proposal).changes) == 4


def test_breaks_have_hands_too() -> None:
    old = report(
        Block("paragraph", "检查企业6家。培训人员3期。"),
        Block("paragraph", "开展演练。"),
        Block("paragraph", "发放材料。"),
    )
    new = report(
        Block("paragraph", "检查企业6家。"),
        Block("paragraph", "培训人员3期。"),
        Block("paragraph", "开展演练。发放材料。"),
    )
    made = back(old, tracked(old, new, HANDS[:2]), "proposed")
    assert made.proposal is not None
    assert made.proposal.text == new.text
    changes = compare(made.report, made.proposal).changes
    assert {(change.old, change.new, made.hands[change.id].name) for change in changes} == {
        ("", "\n", "张三"),
        ("\n", "", "李四"),
    }


def test_what_only_one_person_tracked_is_all_theirs() -> None:
    def level(paragraphs: list[etree._Element]) -> list[etree._Element]:
        before = f'<w:pPr xmlns:w="{W}"><w:pStyle w:val="Heading1"/></w:pPr>'
        change = etree.SubElement(paragraphs[5][0], f"{{{W}}}pPrChange")
        change.set(f"{{{W}}}author", "张三")
        change.append(etree.fromstring(before))
        paragraphs[5][0][0].set(f"{{{W}}}val", "Heading2")
        return paragraphs

    made = back(CAMPUS, rebuilt(exported(CAMPUS), level), "proposed")
    assert made.report is CAMPUS
    assert made.proposal is not None
    (change,) = compare(made.report, made.proposal).changes
    assert (change.kind, made.hands[change.id].name) == ("role", "张三")
    assert made.proposal.blocks[5].level == 2


def test_three_hundred_changes_by_four_people() -> None:
    base = replace(
        CAMPUS,
        blocks=(
            *CAMPUS.blocks[:11],
            *(Block("paragraph", f"检查第{at}所学校{at}次。整改隐患{at}处。") for at in range(1, 160)),
            *CAMPUS.blocks[11:],
        ),
    )
    blocks = [
        replace(each, words=each.words.replace("次。", "场。").replace("处。", "项。"))
        if each.words.startswith("检查第")
        else each
        for each in base.blocks
    ]
    new = replace(base, blocks=tuple(blocks))
    made = back(base, tracked(base, new), "proposed")
    assert made.report is base
    assert made.proposal == new
    changes = compare(base, new).changes
    assert len(changes) == 318
    assert [made.hands[change.id] for change in changes[:4]] == [made.hands[change.id] for change in changes[4:8]]
    assert {hand.name for hand in made.hands.values()} == {name for name, _ in HANDS}


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_laws_of_both_versions(data: st.DataObject) -> None:
    """Rejected is the base, accepted reads as the new text, the proposal is both; one person's changes are all theirs."""
    base = data.draw(any_report())
    new = data.draw(st.one_of(edits_of(base), edits_of(base), any_report()))
    hands = data.draw(st.sampled_from([HANDS, HANDS[:1]]))
    source = revisions(tracked(base, new, hands))
    accepted = incoming(base, source, "accepted", force=True).report
    assert incoming(base, source, "rejected", force=True).report is base
    assert [block.text for block in accepted.blocks] == [block.text for block in new.blocks]
    proposed = incoming(base, source, "proposed", force=True)
    assert (proposed.report, proposed.proposal) == (base, accepted)
    changes = compare(base, accepted).changes
    if len(hands) == 1:
        assert set(proposed.hands) == {change.id for change in changes}
    assert set(proposed.hands.values()) <= {
        Hand(name, each.at) for name, _ in hands for each in proposed.hands.values()
    }


# --- comments


def test_comments_stand_on_the_versions_own_words() -> None:
    base = replace(
        CAMPUS,
        blocks=(
            replace(CAMPUS.blocks[0], words="县教育局关于2024年上半年\n校园安全工作的专题报告"),
            *CAMPUS.blocks[1:],
        ),
    )
    data = exported(base)
    marked = retyped(data, ("工作的专题报告", ranged(1, "工作的专题报告")), ("事项23项", ranged(2, "事项23项")))
    made = back(base, with_comments(marked, "题目太长", "核对台账"))
    assert made.report is base
    assert [(each.text, base.blocks[each.block].text[each.start : each.end]) for each in made.comments] == [
        ("题目太长", "工作的专题报告"),
        ("核对台账", "事项23项"),
    ]
    assert made.comments[0].start == len("县教育局关于2024年上半年\n校园安全")


def test_comments_of_a_proposal_stand_on_both_versions() -> None:
    new = edited_campus()
    data = retyped(
        tracked(CAMPUS, new),
        ("2024年7月8日", '2024年7月8日</w:t></w:r><w:r><w:commentReference w:id="1"/></w:r><w:r><w:t>'),
    )
    made = back(CAMPUS, with_comments(data, "改为印发日期"), "proposed")
    assert made.proposal is not None
    assert [(each.block, each.start) for each in made.comments] == [(13, 9)]
    assert made.comments == made.proposal_comments


# --- our own redlines

SIGNED = [Hand(name, datetime(2024, 7, day, 9, tzinfo=UTC)) for day, name in enumerate(("张三", "李四", "王五"), 1)]


def by_turns(comparison: Comparison) -> Mapping[str, Hand]:
    return {change.id: SIGNED[turn % 3] for turn, change in enumerate(comparison.changes)}


def test_a_redline_comes_back_with_its_hands_and_comments() -> None:
    new = edited_campus()
    new = replace(new, blocks=(*new.blocks[:9], Block("paragraph", "另开展督导3轮。"), *new.blocks[11:]))
    comparison = compare(CAMPUS, new)
    hands = by_turns(comparison)
    comments = (Comment("核对台账", SIGNED[0], 4, 5, 9), Comment("此段是否保留", SIGNED[2], 9, 0, 7))
    data = redline_bytes(comparison, LAYOUTS[1], by=lambda change: hands[change.id], comments=comments)
    assert back(CAMPUS, data, "rejected").report is CAMPUS
    accepted = back(CAMPUS, data, "accepted")
    assert (accepted.report, accepted.comments) == (new, comments)
    proposed = back(CAMPUS, data, "proposed")
    assert (proposed.report, proposed.proposal, proposed.proposal_comments) == (CAMPUS, new, comments)
    assert proposed.hands == hands


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_any_redline_comes_back(data: st.DataObject) -> None:
    base = data.draw(any_report())
    new = data.draw(st.one_of(edits_of(base), edits_of(base), any_report()))
    comparison = compare(base, new)
    hands = by_turns(comparison)

    def by(change: Change) -> Hand:
        return hands[change.id]

    at = data.draw(st.sampled_from([at for at, block in enumerate(new.blocks) if block.type != "attachment"]))
    start = data.draw(st.integers(0, len(new.blocks[at].text) - 1))
    comment = Comment("请核实", SIGNED[0], at, start, data.draw(st.integers(start + 1, len(new.blocks[at].text))))
    source = revisions(redline_bytes(comparison, Layout(), by=by, comments=[comment]))
    assert incoming(base, source, "rejected", force=True).report is base
    accepted = incoming(base, source, "accepted", force=True)
    assert [block.text for block in accepted.report.blocks] == [block.text for block in new.blocks]
    assert accepted.comments == (comment,)
    proposed = incoming(base, source, "proposed", force=True)
    decisions = compare(proposed.report, proposed.proposal or base)
    for change in decisions.changes:
        # What was moved is taken out and put in as a whole: changed words in it are the mover's.
        if change.id in hands and not decisions.rows[change.row].moved:
            assert proposed.hands[change.id] == hands[change.id]


# --- files that LibreOffice made


@pytest.mark.office
def test_a_version_that_libreoffice_saved_is_the_version_itself(tmp_path: Path) -> None:
    bases = [drafted(case) for case in CASES]
    files = [saved(tmp_path, f"{at}.docx", exported(base, LAYOUTS[at % 2])) for at, base in enumerate(bases)]
    for base, data in zip(bases, office(tmp_path, *files), strict=True):
        assert back(base, data).report is base


@pytest.mark.office
def test_changes_that_libreoffice_wrote_again_are_the_same(tmp_path: Path) -> None:
    new = edited_campus()
    new = replace(new, blocks=(*new.blocks[:9], Block("paragraph", "另开展督导3轮。"), *new.blocks[11:]))
    (data,) = office(tmp_path, saved(tmp_path, "tracked.docx", tracked(CAMPUS, new)))
    made = back(CAMPUS, data, "proposed")
    assert made.report is CAMPUS
    assert made.proposal is not None
    assert made.proposal.text == new.text
    assert {hand.name for hand in made.hands.values()} == {name for name, _ in HANDS}
