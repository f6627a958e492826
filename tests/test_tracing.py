"""Tracing: whose each change along a chain of versions is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.changes import Change, compare
from drafting.changes.tracing import Hands, authorship, hands
from drafting.comments import Hand
from drafting.report import Block, Point, Report
from tests.builders import CLEAN, report
from tests.test_changes import reports

NAMES = ("张三", "李四", "王五", "赵六", "钱七", "孙八", "周九")
HANDS = tuple(Hand(name, datetime(2024, 7, 1, 9, tzinfo=UTC) + timedelta(hours=at)) for at, name in enumerate(NAMES))


def chain(*versions: Report) -> list[tuple[Report, Hand]]:
    """The old version by nobody, then 张三's, 李四's, 王五's."""
    return list(zip(versions, (Hand("无人"), *HANDS), strict=False))


def traced(*versions: Report) -> list[tuple[Change, Hands]]:
    told = hands(chain(*versions))
    return [(change, told(change)) for change in compare(versions[0], versions[-1]).changes]


def paragraphs(*texts: str) -> Report:
    return Report(tuple(Block("paragraph", text) for text in texts))


def whose(*texts: str) -> dict[str, str]:
    """Versions of one paragraph: what changed between the first and the last, as `gone→come`, and who did it last."""
    told = authorship(chain(*map(paragraphs, texts)))
    changes = compare(paragraphs(texts[0]), paragraphs(texts[-1])).changes
    return {f"{change.old}→{change.new}": told(change).name for change in changes}


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        (["召开会议5次。", "召开会议6次。"], {"5次→6次": "张三"}),
        (["召开会议5次。", "召开会议6次。", "召开会议7次。"], {"5次→7次": "李四"}),
        (
            ["召开会议5次，签订责任书23份。", "召开会议6次，签订责任书23份。", "召开会议6次，签订责任书31份。"],
            {"5次→6次": "张三", "23份→31份": "李四"},
        ),
        (["召开会议5次。", "召开会议6次。", "召开会议5次。", "召开会议6次。"], {"5次→6次": "王五"}),
        (["召开会议。", "召开会议。检查𠮷林企业。", "召开会议。检查𠮷林企业。"], {"→检查𠮷林企业。": "张三"}),
        (["召开会议。开展检查。", "召开会议。", "召开会议。开展检查。", "召开会议。"], {"开展检查。→": "王五"}),
        (["召开会议。开展检查。", "开展检查。", "召开调度会。开展检查。", "召开会议。开展检查。"], {}),
    ],
    ids=["两个版本", "同一处改两次", "各改一处", "改了又改回再改", "后来者没改", "删了恢复再删", "最后与原来一样"],
)
def test_a_change_is_of_the_hand_that_made_it_last(versions: list[str], expected: dict[str, str]) -> None:
    assert whose(*versions) == expected


@pytest.mark.parametrize(
    ("between", "gone", "came"),
    [
        ("经济运行，增长5.2%。", 0, 1),
        ("经济运行总体平稳稳中向好，增长5.2%。", 1, 0),
        ("经济运行总体平稳，增长5.2%。", 1, 1),
    ],
    ids=["先删后加", "先加后删", "一次改成"],
)
def test_who_took_out_and_who_put_in_are_told_apart(between: str, gone: int, came: int) -> None:
    ((change, made),) = traced(
        *map(paragraphs, ("经济运行总体平稳，增长5.2%。", between, "经济运行稳中向好，增长5.2%。"))
    )
    assert (change.old, change.new) == ("总体平稳", "稳中向好")
    assert made == Hands(HANDS[gone], HANDS[came], HANDS[1])


@pytest.mark.parametrize("backwards", [False, True])
def test_a_change_with_one_side_has_one_hand(backwards: bool) -> None:
    texts = ["召开会议。", "召开会议。", "召开会议。开展检查。", "召开会议。开展检查。"]
    ((change, made),) = traced(*map(paragraphs, reversed(texts) if backwards else texts))
    assert not (change.old and change.new)
    assert made == Hands(HANDS[1], HANDS[1], HANDS[1])


def test_a_paragraph_put_in_is_its_last_writer_s() -> None:
    old, first = ("召开会议5次。",), ("召开会议5次。", "开展仓储企业专项排查，发现隐患12处。")
    second = (first[0], first[1].replace("12处", "15处"))
    ((change, made),) = traced(*(paragraphs(*texts) for texts in (old, first, second, second)))
    assert (change.kind, made.last) == ("block", HANDS[1])


def test_a_paragraph_taken_out_is_of_the_hand_that_took_out_its_last_words() -> None:
    old = ("召开会议5次。", "开展仓储企业专项排查。发现隐患12处。")
    half = ("召开会议5次。", "开展仓储企业专项排查。")
    gone = ("召开会议5次。",)
    ((change, made),) = traced(*(paragraphs(*texts) for texts in (old, half, gone, gone)))
    assert (change.kind, made.last) == ("block", HANDS[1])


def test_a_split_is_of_the_hand_that_split() -> None:
    one = "召开安全工作调度会6次。与31家重点单位签订安全生产承诺书。"
    parts = ("召开安全工作调度会6次。", "与31家重点单位签订安全生产承诺书。")
    ((change, made),) = traced(paragraphs(one), paragraphs(one), paragraphs(*parts), paragraphs(*parts))
    assert (change.new, made.last) == ("\n", HANDS[1])


def test_the_two_halves_of_a_split_have_their_own_hands() -> None:
    first, second = "召开安全工作专题会15次。", "签订安全生产责任书31份。"
    edited, other = second.replace("31份", "36份"), first.replace("15次", "16次")
    found = traced(paragraphs(first + second), paragraphs(first + edited), paragraphs(other, edited))
    assert [(change.old, change.new, made.last) for change, made in found] == [
        ("15次", "16次", HANDS[1]),
        ("", "\n", HANDS[1]),
        ("31份", "36份", HANDS[0]),
    ]


def test_a_move_is_of_the_hand_that_moved_though_another_wrote_in_between() -> None:
    """Which of two sections passed the other hangs on their lengths; 张三 made one longer, 李四 swapped them."""
    old = report(CLEAN)
    blocks = old.blocks
    more = tuple(
        Block("paragraph", f"{name}督导，发现隐患{at}处。") for at, name in enumerate(("开展水上", "组织消防"), 12)
    )
    longer = replace(old, blocks=(*blocks[:5], *more, *blocks[5:]))
    swapped = replace(old, blocks=(*blocks[:3], *blocks[5:7], *blocks[3:5], *more, *blocks[7:]))
    made = [(change.kind, hand.last) for change, hand in traced(old, longer, swapped, swapped)]
    assert [hand for kind, hand in made if kind == "move"] == [HANDS[1]] * 2
    assert [hand for kind, hand in made if kind == "block"] == [HANDS[0]] * 2


def test_a_section_taken_out_by_one_and_put_back_elsewhere_by_another_was_moved_by_the_other() -> None:
    old = report(CLEAN)
    blocks = old.blocks
    without = replace(old, blocks=(*blocks[:3], *blocks[5:]))
    moved = replace(old, blocks=(*blocks[:3], *blocks[5:7], *blocks[3:5], *blocks[7:]))
    assert {(change.kind, made.last) for change, made in traced(old, without, moved)} == {("move", HANDS[1])}


def test_an_empty_paragraph_is_of_the_hand_that_put_it_in() -> None:
    old, new = paragraphs("召开会议5次。"), paragraphs("召开会议5次。", "")
    ((change, made),) = traced(old, old, new, new)
    assert (change.kind, made.last) == ("block", HANDS[1])
    ((_, back),) = traced(new, new, old, old)
    assert back.last == HANDS[1]


def test_a_role_is_of_the_hand_that_gave_it() -> None:
    old = paragraphs("开展排查整治", "检查企业218家次。")
    headed = replace(old, blocks=(Block("heading", "开展排查整治", 1), old.blocks[1]))
    edited = replace(headed, blocks=(headed.blocks[0], Block("paragraph", "检查企业220家次。")))
    assert [(change.kind, made.last) for change, made in traced(old, old, headed, edited)] == [
        ("role", HANDS[1]),
        ("text", HANDS[2]),
    ]


def test_a_role_is_of_the_hand_that_put_the_words_back_in_it() -> None:
    old, without = paragraphs("开展排查整治", "检查企业218家次。"), paragraphs("检查企业218家次。")
    headed = replace(old, blocks=(Block("heading", "开展排查整治", 1), old.blocks[1]))
    ((change, made),) = traced(old, without, headed)
    assert (change.kind, made.last) == ("role", HANDS[1])


def test_a_role_stays_its_giver_s_though_the_words_were_changed_and_changed_back() -> None:
    block = Block("paragraph", points=(Point("召开会议5次。", ("F1",)),))
    old, stood = Report((block,)), Report((replace(block, points=(Point("召开会议5次。", ("F2",)),)),))
    reworded = Report((replace(block, points=(Point("召开会议6次。", ("F2",)),)),))
    ((change, made),) = traced(old, stood, reworded, stood)
    assert (change.kind, made.last) == ("role", HANDS[0])
    ((_, later),) = traced(old, old, stood)
    assert later.last == HANDS[1]


def test_the_particulars_are_of_the_hand_that_told_them() -> None:
    old = paragraphs("召开会议5次。")
    told = replace(old, organ="市应急管理局")
    edited = replace(told, blocks=paragraphs("召开会议6次。").blocks)
    assert [(change.kind, made.last) for change, made in traced(old, old, told, edited)] == [
        ("particulars", HANDS[1]),
        ("text", HANDS[2]),
    ]


def test_a_chain_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one version"):
        authorship([])


# --- laws

Deed = Callable[[str], tuple[str, ...]]
DEEDS: dict[str, Deed] = {
    "改数": lambda text: (text.replace("12处", "15处"),),
    "改词": lambda text: (text.replace("全面", "深入"),),
    "加句": lambda text: (f"{text}成效明显。",),
    "删句": lambda text: (text[text.index("。") + 1 :],),
    "删段": lambda text: (),
    "加段": lambda text: (text, f"另外，{text.split('排查')[0]}培训学员40人。"),
}
PLACES = ("仓储企业", "水上客运", "建筑工地", "校园周边", "𠮷林路段", "农村自建房")
TEXTS = tuple(f"{place}排查全面展开。在{place}发现隐患12处，已督促整改。" for place in PLACES)


@settings(max_examples=150)
@given(
    order=st.permutations(range(len(TEXTS))),
    deeds=st.lists(st.sampled_from(sorted(DEEDS)), min_size=len(TEXTS), max_size=len(TEXTS)),
    steps=st.integers(1, len(TEXTS)),
)
def test_what_first_came_or_went_in_a_version_is_that_version_s(order: list[int], deeds: list[str], steps: int) -> None:
    versions = [paragraphs(*TEXTS)]
    texts: list[tuple[str, ...]] = [(text,) for text in TEXTS]
    for block, deed in zip(order[:steps], deeds, strict=False):
        texts = [*texts[:block], DEEDS[deed](TEXTS[block]), *texts[block + 1 :]]
        versions.append(paragraphs(*(text for parts in texts for text in parts)))
    found = traced(*versions)
    comparison = compare(versions[0], versions[-1])
    assert len(found) == steps
    for change, made in found:
        row = comparison.rows[change.row]
        text = comparison.old_text(row) or comparison.new_text(row)
        touched = next(at for at, place in enumerate(PLACES) if place in text)
        assert made == Hands(*[HANDS[order.index(touched)]] * 3)


@settings(max_examples=150)
@given(versions=st.lists(reports, min_size=2, max_size=5), data=st.data())
def test_a_hand_that_changed_nothing_made_no_change(versions: Sequence[Report], data: st.DataObject) -> None:
    idle = data.draw(st.integers(1, len(versions)))
    whole = chain(*versions)
    longer = [*whole[:idle], (whole[idle - 1][0], Hand("路人")), *whole[idle:]]
    told, told_of_longer = hands(whole), hands(longer)
    for change in compare(versions[0], versions[-1]).changes:
        assert told(change) == told_of_longer(change)
        assert {told(change).gone, told(change).came, told(change).last} <= {hand for _, hand in whole[1:]}


@settings(max_examples=100)
@given(old=reports, new=reports)
def test_between_two_versions_all_is_the_new_one_s(old: Report, new: Report) -> None:
    assert all(made == Hands(*[HANDS[0]] * 3) for _, made in traced(old, new))
