"""Carrying: a comment stays with its words, goes with its block, and is told where its place is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.changes import compare, edits
from drafting.changes.carrying import carry, carrying, on_the_whole
from drafting.comments import Comment, Hand
from drafting.report import Block, Report
from tests.builders import CLEAN, report
from tests.test_changes import reports

HAND = Hand("李四")


def paragraphs(*texts: str) -> Report:
    return Report(tuple(Block("paragraph", text) for text in texts))


def on(told: Report, words: str) -> Comment:
    """A comment on these words, at the first place where they stand."""
    block, text = next((at, block.text) for at, block in enumerate(told.blocks) if words in block.text)
    return Comment("请核对", HAND, block, text.index(words), text.index(words) + len(words))


def words_of(comment: Comment, told: Report) -> str:
    return told.blocks[comment.block].text[comment.start : comment.end]


def comments_within(told: Report, block: int) -> st.SearchStrategy[Comment]:
    """A comment on words of this block, or on a mere place."""
    bounds = st.tuples(*[st.integers(0, len(told.blocks[block].text))] * 2).map(sorted)
    return bounds.map(lambda pair: Comment("请核对", HAND, block, *pair))


def comments_on(told: Report) -> st.SearchStrategy[Comment]:
    """A comment on the whole report or within one of its blocks."""
    within = [comments_within(told, block) for block in range(len(told.blocks))]
    return st.one_of(st.just(Comment("请核对", HAND)), *within)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("召开【会议5次】。", "今年召开会议5次。", "会议5次"),
        ("召开【会议5次】。", "召开会议6次。", "会议6次"),
        ("经济运行【总体平稳】。", "经济运行稳中向好。", "稳中向好"),
        ("经济运行总【体平】稳。", "经济运行稳中向好。", "稳中向好"),
        ("经济【运行总体】平稳。", "经济运行稳中向好。", "运行"),
        ("经济运行总体【平稳，增长】5.2%。", "经济运行稳中向好，增长5.2%。", "，增长"),
        ("【扎实推进安全工作】。", "扎实推进校园安全工作。", "扎实推进校园安全工作"),
        ("【扎实推进校园安全工作】。", "扎实推进安全工作。", "扎实推进安全工作"),
        ("【召开会议。】开展检查。", "召开会议。落实𠮷林要求。开展检查。", "召开会议。"),
        ("召开会议。【开展检查。】", "召开会议。落实𠮷林要求。开展检查。", "开展检查。"),
        ("召开会议。【开展检查。】组织培训。", "召开会议。组织培训。", None),
        ("召开会议。【】开展检查。", "召开调度会议。开展检查。", ""),
    ],
)
def test_a_comment_stays_with_its_words(old: str, new: str, expected: str | None) -> None:
    start, end = old.index("【"), old.index("】") - 1
    before, after = paragraphs(old.replace("【", "").replace("】", "")), paragraphs(new)
    comment = Comment("请核对", HAND, 0, start, end)
    kept, lost = carry([comment], before, after)
    assert [words_of(one, after) for one in kept] == ([] if expected is None else [expected])
    assert lost == ([comment] if expected is None else [])


def test_a_comment_goes_with_a_section_that_moves() -> None:
    old = report(CLEAN)
    blocks = old.blocks
    new = replace(old, blocks=(*blocks[:3], *blocks[5:7], *blocks[3:5], *blocks[7:]))
    comment = on(old, "218家次")
    ((carried,), lost) = carry([comment], old, new)
    assert (carried.block, words_of(carried, new), lost) == (comment.block - 2, "218家次", [])


@pytest.mark.parametrize("words", ["调度会6次", "31家重点单位", "6次。与31家重点单位"])
def test_a_comment_finds_its_words_where_a_paragraph_was_split_and_joined(words: str) -> None:
    joined = paragraphs("召开安全工作调度会6次。与31家重点单位签订安全生产承诺书。")
    split = paragraphs("召开安全工作调度会6次。", "与31家重点单位签订安全生产承诺书。")
    ((carried,), _) = carry([on(joined, words)], joined, split)
    assert words_of(carried, split) == words.split("。")[-1]
    ((back,), _) = carry([carried], split, joined)
    assert words_of(back, joined) == words.split("。")[-1]


def test_a_comment_across_a_split_ends_with_its_paragraph() -> None:
    joined = paragraphs("召开安全工作调度会6次。与31家重点单位签订安全生产承诺书。")
    split = paragraphs("召开安全工作调度会6次。", "与31家重点单位签订安全生产承诺书。")
    ((carried,), _) = carry([on(joined, "调度会6次。与31家")], joined, split)
    assert (carried.block, carried.start, carried.end) == (0, 6, 12)


def test_a_comment_whose_paragraph_went_is_told_with_its_words() -> None:
    old, new = paragraphs("召开会议5次。", "培训学员40人。"), paragraphs("召开会议5次。")
    whole, gone = Comment("总体可以", HAND), on(old, "学员40人")
    assert carry([whole, gone], old, new) == ([whole], [gone])
    assert on_the_whole(gone, old) == Comment("（原批注处“学员40人”已删去）请核对", HAND)


def test_long_words_are_quoted_in_short_and_a_mere_place_by_its_block() -> None:
    old = paragraphs("召开会议5次。" * 20, "培训学员40人。")
    assert (
        on_the_whole(Comment("请核对", HAND, 0, 0, 140), old).text
        == f"（原批注处“{('召开会议5次。' * 20)[:40]}……”已删去）请核对"
    )
    assert on_the_whole(Comment("请核对", HAND, 1), old).text == "（原批注处“培训学员40人。”已删去）请核对"


@pytest.mark.parametrize(
    "comment",
    [Comment("请核对", HAND, 9, 0, 2), Comment("请核对", HAND, 0, 90, 95), Comment("请核对", HAND, 0, 90, 90)],
)
def test_a_comment_on_no_place_of_the_old_version_has_none_in_the_new(comment: Comment) -> None:
    old = paragraphs("召开会议5次。")
    assert carry([comment], old, old) == ([], [comment])
    assert on_the_whole(comment, old).block == -1


@given(old=reports, data=st.data())
def test_over_the_same_version_nothing_changes(old: Report, data: st.DataObject) -> None:
    comments = data.draw(st.lists(comments_on(old), max_size=5))
    assert carry(comments, old, old) == (comments, [])


@settings(max_examples=200)
@given(old=reports, new=reports, data=st.data())
def test_every_comment_is_kept_at_a_place_of_the_new_version_or_told(
    old: Report, new: Report, data: st.DataObject
) -> None:
    comments = data.draw(st.lists(comments_on(old), max_size=5))
    kept, lost = carry(comments, old, new)
    assert len(kept) + len(lost) == len(comments)
    assert all(one in comments and one.block >= 0 for one in lost)
    for one in kept:
        assert one.block < 0 or 0 <= one.start <= one.end <= len(new.blocks[one.block].text)
    place = carrying(compare(old, new))
    assert [place(one) for one in comments if one not in lost] == kept


clauses = st.lists(
    st.sampled_from(("召开会议5次", "召开会议6次", "经济运行总体平稳", "经济运行稳中向好", "开展𠮷林检查", "，", "。")), min_size=1, max_size=6
).map("".join)  # fmt: skip


@settings(max_examples=300)
@given(old=clauses, new=clauses, data=st.data())
def test_exactly_the_words_that_stayed_keep_the_comment(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    comparison = compare(paragraphs(old), paragraphs(new))
    carried = carrying(comparison)(Comment("请核对", HAND, 0, start, end))
    if len(comparison.rows) > 1:
        assert carried is None
        return
    stayed = _stayed(old, new)
    of_quote = [stayed[at] for at in range(start, end) if at in stayed]
    if carried is None:
        assert not of_quote
        return
    anchored = range(carried.start, carried.end)
    assert [at for at in stayed.values() if at in anchored] == of_quote


def _stayed(old: str, new: str) -> dict[int, int]:
    """Where each character that no edit touches stands in the new text."""
    stayed, at, shift = {}, 0, 0
    for edit in edits(old, new):
        stayed.update({place: place + shift for place in range(at, edit.old_start)})
        at, shift = edit.old_end, edit.new_end - edit.old_end
    stayed.update({place: place + shift for place in range(at, len(old))})
    assert all(old[before] == new[after] for before, after in stayed.items())
    return stayed


NAMED = ("仓储企业", "水上客运", "建筑工地", "𠮷林路段")
DEEDS: dict[str, Callable[[str], str]] = {
    "改数": lambda text: text.replace("12处", "15处"),
    "加段": lambda text: f"组织培训{text[:2]}学员40人。\n{text}",
    "删段": lambda text: "",
}


@settings(max_examples=150)
@given(
    steps=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(sorted(DEEDS))), min_size=2, max_size=4),
    data=st.data(),
)
def test_on_blocks_that_nobody_touched_two_steps_are_one(steps: list[tuple[int, str]], data: st.DataObject) -> None:
    texts = [f"{name}排查全面展开，{name}发现隐患12处。" for name in NAMED]
    versions = [paragraphs(*texts)]
    for block, deed in steps:
        texts[block] = DEEDS[deed](texts[block])
        versions.append(paragraphs(*"\n".join(filter(None, texts)).split("\n")))
    old, middle, new = versions[0], versions[len(steps) // 2], versions[-1]
    untouched = sorted(set(range(len(NAMED))) - {block for block, _ in steps})
    there = st.one_of([comments_within(old, block) for block in untouched])
    comments = data.draw(st.lists(there, min_size=1, max_size=3))
    halfway, lost = carry(comments, old, middle)
    assert carry(halfway, middle, new) == carry(comments, old, new)
    assert not lost
    kept, _ = carry(comments, old, new)
    assert [words_of(one, new) for one in kept] == [words_of(one, old) for one in comments]
