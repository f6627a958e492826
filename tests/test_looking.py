"""What the rules say while a text is typed: the same as a check that has seen nothing before, and what the desk needs beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting import memory, profiles
from drafting.facts import Fact
from drafting.ground import Ground
from drafting.period import Period
from drafting.report import Report
from evals.by_block import by_block
from evals.examined import Examined
from evals.finding import Finding
from evals.gate import may_export
from evals.looking import Seen, look
from tests.builders import CLEAN, report
from tests.campus import CAMPUS, edits_of

KIND = profiles.load(CAMPUS.kind)
TYPED = (
    "甲乙",
    "5次",
    "，",
    "",
    "2024年是建国70周年。",
    "6月31日",
    "去年",
    "其余9处",
    "XX局",
    "截止6月底",
    "，,",
    "  ",
)


def point(base: Report, block: int, place: int, change: Callable[[str], str]) -> Report:
    """The report with the body of one point changed."""
    blocks = list(base.blocks)
    points = list(blocks[block].points)
    points[place] = replace(points[place], body=change(points[place].body))
    blocks[block] = replace(blocks[block], points=tuple(points))
    return replace(base, blocks=tuple(blocks))


def seen_at(text: Report, code: str) -> Seen:
    found = [one for one in look(text, KIND).seen if one.finding.code == code]
    assert len(found) == 1, [one.finding for one in found]
    return found[0]


@st.composite
def typed(draw: st.DrawFn) -> Report:
    """The campus report as it stands in the middle of typing: points written over and paragraphs moved, facts and headings changed."""
    made = draw(edits_of(CAMPUS))
    for _ in range(draw(st.integers(1, 3))):
        with_points = [at for at, block in enumerate(made.blocks) if block.points]
        if not with_points:
            break
        block = draw(st.sampled_from(with_points))
        place = draw(st.integers(0, len(made.blocks[block].points) - 1))
        at, words = draw(st.integers(0, 20)), draw(st.sampled_from(TYPED))
        made = point(made, block, place, lambda body, at=at, words=words: body[:at] + words + body[at:])  # type: ignore[misc]
    brief = made.brief
    assert brief is not None
    if draw(st.booleans()):
        section = brief.sections[0]
        fact = replace(section.facts[0], text=section.facts[0].text + draw(st.sampled_from(TYPED)))
        section = replace(
            section, facts=(fact, *section.facts[1:]), heading=section.heading + draw(st.sampled_from(TYPED))
        )
        brief = replace(brief, sections=(section, *brief.sections[1:]))
    return replace(made, brief=brief)


@settings(deadline=None)
@given(st.lists(typed(), min_size=1, max_size=3))
def test_what_is_remembered_is_what_is_read_afresh(texts: list[Report]) -> None:
    """One after the other, as a desk sees them; then each of them by a process that has seen nothing."""
    remembered = [may_export(text, KIND) for text in texts]
    for text, before in zip(texts, remembered, strict=True):
        memory.forget()
        assert may_export(text, KIND) == before


def test_lines_are_those_of_this_text_where_the_block_was_seen_on_another() -> None:
    wrong = report(CLEAN.replace("6次", "6次。XX局来访3—五家"))
    below = report(CLEAN.replace("市人民政府：", "市人民政府：\n市安委会：").replace("6次", "6次。XX局来访3—五家"))
    one, other = (
        [found for found in may_export(text, KIND).findings if found.code == "Y702"] for text in (wrong, below)
    )
    assert [(found.line, found.block) for found in other] == [(found.line + 1, found.block + 1) for found in one]
    assert one


def test_facts_of_the_same_words_on_other_lines_of_a_file_are_told_where_they_stand() -> None:
    brief = CAMPUS.brief
    assert brief is not None
    section = brief.sections[0]
    for line in (5, 50):
        facts = (replace(section.facts[0], line=line), Fact("F99", section.facts[0].text, line=line + 1))
        again = replace(brief, sections=(replace(section, facts=facts), *brief.sections[1:]))
        found = [one for one in may_export(replace(CAMPUS, brief=again), KIND).of_brief if one.code == "B102"]
        assert [one.line for one in found] == [line + 1]


def test_periods_of_the_same_days_and_another_kind_are_not_taken_for_each_other() -> None:
    from drafting import dates

    month = Period.parse("2024年2月")
    days = replace(month, kind="days")
    assert month == days
    told = [dates.find("环比增长3%", CAMPUS.issued or month.last, one)[0].first for one in (month, days, month)]
    assert told[0] == told[2] != told[1]


def test_a_rule_on_one_block_cannot_look_at_another() -> None:
    met: list[tuple[str, ...]] = []

    @by_block("paragraph")
    def greedy(document: Examined, index: int) -> Iterator[Finding]:
        met.append(document.texts)
        return iter(())

    list(greedy(Examined(CAMPUS)))
    assert met == [(block.text,) for block in CAMPUS.blocks if block.type == "paragraph"]


def test_the_same_ground_is_read_once() -> None:
    brief = CAMPUS.brief
    assert brief is not None
    assert Ground.of(brief) is Ground.of(replace(brief, title=brief.title))


def test_many_threads_get_what_one_gets() -> None:
    texts = [point(CAMPUS, 4, 0, lambda body, at=at: f"{body}组织检查{at}次。") for at in range(12)]  # type: ignore[misc]
    memory.forget()
    alone = [may_export(text, KIND) for text in texts]
    memory.forget()
    got: dict[int, object] = {}
    threads = [Thread(target=lambda at=at: got.update({at: may_export(texts[at], KIND)})) for at in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [got[at] for at in range(12)] == alone


# --- mends


def test_a_wrong_anniversary_is_mended_and_only_where_that_silences_it() -> None:
    wrong = point(CAMPUS, 4, 0, lambda body: body + "2024年是建国70周年。")
    assert seen_at(wrong, "D305").fix == "建国75周年"
    again = point(CAMPUS, 4, 0, lambda body: body + "2024年是建国75周年。")
    assert not [one for one in look(again, KIND).seen if one.finding.code == "D305"]


def test_a_number_is_not_mended_to_one_that_no_fact_holds() -> None:
    """发现247处，整改239处，其余8处: with 整改 altered, N501 expects another remainder, which the fact does not say."""
    block, place = next(
        (at, number)
        for at, one in enumerate(CAMPUS.blocks)
        for number, own in enumerate(one.points)
        if "其余8处" in own.body
    )
    wrong = point(CAMPUS, block, place, lambda body: body.replace("整改239处", "整改230处"))
    assert seen_at(wrong, "N501").finding.expected == "17处"
    assert seen_at(wrong, "N501").fix is None
    altered = [one for one in look(wrong, KIND).seen if one.finding.code == "G405" and one.finding.quote]
    assert ("230处", "239处") in [(one.finding.quote, one.fix) for one in altered]


def test_what_a_point_lacks_never_takes_its_words_place() -> None:
    short = point(CAMPUS, 4, 0, lambda body: body[:12] + "。")
    lacking = [one for one in look(short, KIND).seen if one.finding.code in ("G404", "G405") and one.finding.expected]
    assert lacking
    assert not [one for one in lacking if one.fix is not None]
    assert {one.fact for one in lacking} == {"F1"}


def test_every_fix_that_is_offered_makes_its_rule_say_less() -> None:
    worst = CAMPUS
    for place, words in enumerate(("2024年是建国70周年。", "截止6月底，", "这样子搞好工作,")):
        worst = point(worst, 4, place, lambda body, words=words: body + words)  # type: ignore[misc]
    offered = [one for one in look(worst, KIND).seen if one.fix is not None]
    assert {"D305", "Y701", "Y705"} <= {one.finding.code for one in offered}
    from evals.fixing import mend_report

    for one in offered:
        mended, count = mend_report(worst, [replace(one.finding, fix=one.fix)])
        left = [other for other in may_export(mended, KIND).findings if other.code == one.finding.code]
        before = [other for other in may_export(worst, KIND).findings if other.code == one.finding.code]
        assert (count, len(left) < len(before)) == (1, True), one


# --- what stands on what


def test_every_fact_of_a_composed_report_is_used_and_every_sentence_stands_on_one() -> None:
    told = look(CAMPUS, KIND).standing
    assert all(told.used.values())
    assert all(piece.facts for pieces in told.pieces.values() for piece in pieces)


def test_each_sentence_stands_on_its_own_facts() -> None:
    told = look(CAMPUS, KIND).standing
    own = CAMPUS.blocks[4].points[1]
    assert own.facts == ("F2", "F3")
    text = own.text[len(own.enumerator) :]
    pieces = {text[one.start : one.end]: one.facts for one in told.pieces[(4, 1)]}
    assert pieces["层层压实责任。"] == ("F2", "F3")
    split = point(CAMPUS, 4, 1, lambda body: body.replace("，并对4所", "。对4所"))
    facts = [one.facts for one in look(split, KIND).standing.pieces[(4, 1)]]
    assert facts[1:] == [("F2",), ("F3",)]


def test_a_sentence_on_no_fact_has_none() -> None:
    padded = point(CAMPUS, 4, 0, lambda body: body + "有关单位5次上门走访，群众拍手称快。")
    assert [one.facts for one in look(padded, KIND).standing.pieces[(4, 0)]][-1] == ()


def test_a_fact_that_its_point_lost_is_not_used_and_another_sentence_may_take_it_up() -> None:
    brief = CAMPUS.brief
    assert brief is not None
    without = point(CAMPUS, 4, 2, lambda body: "认真抓好落实。")
    assert look(without, KIND).standing.used["F4"] == ()
    taken = point(without, 6, 0, lambda body: f"{body}{brief.fact('F4').text}。")
    told = look(taken, KIND).standing
    assert told.used["F4"] == ((6, 0),)
    assert told.pieces[(6, 0)][-1].facts == ("F4",)


# --- findings beside the paper


def test_errors_of_the_brief_are_told_with_their_fact_and_offsets() -> None:
    brief = CAMPUS.brief
    assert brief is not None
    section = brief.sections[0]
    first = replace(section.facts[0], text="9月20日召开校园安全专题会议5次")
    wrong = replace(brief, sections=(replace(section, facts=(first, *section.facts[1:])), *brief.sections[1:]))
    told = [one for one in look(replace(CAMPUS, brief=wrong), KIND).seen if one.of_brief]
    assert [(one.fact, one.finding.code, one.finding.quote) for one in told] == [("F1", "B103", "9月20日")]


def test_a_waived_error_is_told_as_such_and_not_counted() -> None:
    wrong = point(CAMPUS, 4, 0, lambda body: body + "2024年是建国70周年。")
    before, after = look(wrong, KIND), look(wrong.waive("D305", "原文如此"), KIND)
    assert before.counts["error"] - after.counts["error"] == 1
    assert [one.waived for one in after.seen if one.finding.code == "D305"] == ["原文如此"]
    assert {one.code for one in before.verdict.open} - {one.code for one in after.verdict.open} == {"D305"}


@pytest.mark.parametrize("blocks", [(), CAMPUS.blocks[:1], CAMPUS.blocks[:3]])
def test_an_unfinished_report_is_looked_at(blocks: tuple[object, ...]) -> None:
    told = look(replace(CAMPUS, blocks=blocks), KIND)  # type: ignore[arg-type]
    assert not told.verdict.allowed
    assert not any(told.standing.used.values())


def test_every_date_is_told_with_the_gravest_that_is_said_of_it() -> None:
    wrong = point(CAMPUS, 4, 0, lambda body: body + "9月10日召开总结会1次。")
    dated = [one for one in look(wrong, KIND).dated if one.mention.text == "9月10日"]
    assert [one.verdict.code for one in dated if one.verdict] == ["D302"]
    fine = [one for one in look(CAMPUS, KIND).dated if one.verdict]
    assert fine == []
