"""Faults of enumeration: 一是…二是… that skips, repeats or runs back, and one list inside another (S106, S107)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafting.outline import han_number
from drafting.report import Block, Report
from evals.faults.clean import WHERE, Clean, Where
from evals.faults.fault import breaks, spares

_BROKEN = (
    "一是健全机制，明确分工。⟦三是⟧强化督导，逐月通报。",
    "一是健全机制，明确分工；二是摸清底数，建立台账；⟦四是⟧强化督导，逐月通报。",
    "一是健全机制，明确分工。二是摸清底数，建立台账。⟦二是⟧强化督导，逐月通报。三是抓好总结。",
    "主要做法有：一是健全机制；⟦三是⟧摸清底数；四是强化督导。",
    "重点抓好以下工作。⟦二是⟧摸清底数，建立台账。三是强化督导，逐月通报。",
    "一是健全机制，二是摸清底数，三是强化督导，⟦五是⟧抓好总结。",
    "首先，健全机制，明确分工。⟦三是⟧强化督导，逐月通报。",
    "一是健全机制。二是摸清底数。三是强化督导。⟦三是⟧抓好总结。",
    "一是健全机制。二是摸清底数。三是强化督导。⟦二是⟧抓好总结。",
    "一是健全机制。⟦一是⟧摸清底数。二是强化督导。",
    "（试点工作）一是健全机制。二是摸清底数。⟦四是⟧强化督导。五是抓好总结。",
    "针对薄弱环节，一是加密巡查；二是落实专人；⟦六是⟧按时回访。",
    "一是制度建设再加强，修订办法3项。⟦四是⟧经费保障再加强，落实资金12万元。",
    "一是健全机制。二是摸清底数。三是强化督导。四是抓好总结。五是搞好宣传。六是备足物资。七是严明纪律。八是管好档案。九是公开信息。⟦十一是⟧畅通渠道。",
    "一是健全机制。二是摸清底数。三是强化督导。四是抓好总结。五是搞好宣传。六是备足物资。七是严明纪律。八是管好档案。九是公开信息。十是畅通渠道。⟦十二是⟧落实保障。",
    "围绕三项任务：一是查摆问题，“回头看”全覆盖。⟦三是⟧健全机制，“一把手”负总责。",
)
"""A paragraph with a list of its own; the first enumerator that is wrong is marked."""

_BROKEN_PARAGRAPHS: tuple[tuple[str, ...], ...] = (
    ("一是健全机制，明确分工。", "⟦三是⟧强化督导，逐月通报。"),
    ("一是健全机制，明确分工。", "二是摸清底数，建立台账。", "⟦四是⟧强化督导，逐月通报。"),
    ("一是健全机制，明确分工。", "二是摸清底数，建立台账。", "⟦二是⟧强化督导，逐月通报。"),
    ("主要采取以下措施：", "一是健全机制。", "各单位均已落实到位。", "⟦三是⟧强化督导。"),
    ("一是健全机制，明确分工。二是摸清底数。", "⟦四是⟧强化督导，逐月通报。"),
)
_WHOLE = (
    "首先，健全机制，明确分工。二是强化督导，逐月通报。三是抓好总结。",
    "存在的问题一是力量不足，二是经费紧张，三是装备老化。",
    "主要原因有两个方面，第一是认识不到位，二是责任不落实。",
    "要统一是非标准，做到三是三非分明。",
    "一方面健全机制；二是强化督导。",
    "思想上，一是加强学习，二是深入调研；作风上，一是转变方式，二是改进服务。",
    "一是一、二是二，数据核实做到账实相符。",
    "问题主要是：一是力量不足；二是经费紧张。措施是：一是充实力量；二是落实经费。",
    "做法之一是健全机制，特点之二是强化督导。",
    "其一是健全机制，其二是强化督导。",
    "这项工作一是要早，二是要细，三是要实。",
    "重点有三：其一，健全机制；二是摸清底数；三是强化督导。",
)
_NESTED = (
    "二是强化督导，做到两个到位。⟦一是⟧通报到位，每月一期。二是约谈到位，逐家见面。三是抓好总结。",
    "一是健全机制。二是强化督导：⟦一是⟧每月通报；二是逐家约谈；三是挂牌督办。三是抓好总结。",
    "一是健全机制。二是强化督导：⟦一是⟧每月通报；二是逐家约谈。三是抓好总结。",
    "一是健全机制：⟦一是⟧成立专班，二是明确分工，三是细化措施。二是强化督导，逐月通报。",
    "一是健全机制。二是摸清底数。三是强化督导，⟦一是⟧每月通报，二是逐家约谈。四是抓好总结。",
    "一是健全机制；二是强化督导，具体是：⟦一是⟧每月通报，二是逐家约谈，三是挂牌督办，四是跟踪问效；三是抓好总结。",
)
_APART = (
    "一是健全机制。首先成立专班，其次明确分工。二是强化督导。",
    "一是健全机制：（1）成立专班；（2）明确分工。二是强化督导：（1）每月通报；（2）逐家约谈。",
    "在管理上，一是健全机制，二是强化督导。在服务上，一是简化流程，二是压缩时限。",
    "一是健全机制，既成立专班又明确分工。二是强化督导，一手抓通报、一手抓约谈。",
    "一是健全机制。第一步成立专班，第二步明确分工。二是强化督导。",
    "一是健全机制，二是强化督导，三是抓好总结。下一阶段，一是巩固成果，二是完善制度。",
)


def _enumerated(clean: Clean) -> Iterator[tuple[int, Block]]:
    """The paragraphs whose points carry enumerators, three of them or more."""
    for index in clean.of_type("paragraph"):
        block = clean.blocks[index]
        if len(block.points) > 2 and all(point.enumerator for point in block.points):
            yield index, block


def _renumbered(block: Block, place: int, value: int) -> Block:
    point = replace(block.points[place], enumerator=f"⟦{han_number(value)}是⟧")
    return replace(block, points=(*block.points[:place], point, *block.points[place + 1 :]))


def _with(clean: Clean, texts: Sequence[str], where: Where) -> Report:
    at = clean.section(where).stop
    blocks = [Block("paragraph", text) for text in texts]
    return clean.with_blocks([*clean.blocks[:at], *blocks, *clean.blocks[at:]])


# --- S106


@breaks("S106", "a point cut, the others not counted anew")
def _point_cut(clean: Clean) -> Iterator[Report]:
    for turn, (index, block) in enumerate(_enumerated(clean)):
        place = 1 + turn % (len(block.points) - 2)
        marked = _renumbered(block, place + 1, place + 2)
        yield clean.at(index, replace(marked, points=(*marked.points[:place], *marked.points[place + 1 :])))


@breaks("S106", "a point numbered like the one before it")
def _point_repeated(clean: Clean) -> Iterator[Report]:
    for turn, (index, block) in enumerate(_enumerated(clean)):
        place = 1 + (turn + 1) % (len(block.points) - 1)
        yield clean.at(index, _renumbered(block, place, place))


@breaks("S106", "a paragraph whose list skips or repeats")
def _list_broken(clean: Clean) -> Iterator[Report]:
    for turn, text in clean.dealt(_BROKEN):
        yield _with(clean, [text], WHERE[turn % len(WHERE)])


@breaks("S106", "a list over several paragraphs that skips or repeats")
def _paragraphs_broken(clean: Clean) -> Iterator[Report]:
    for turn, texts in clean.dealt(_BROKEN_PARAGRAPHS):
        yield _with(clean, texts, WHERE[turn % len(WHERE)])


@spares("S106", "lists that are whole, and words that only look like one")
def _list_whole(clean: Clean) -> Iterator[Report]:
    for turn, text in clean.dealt(_WHOLE):
        yield _with(clean, [text], WHERE[turn % len(WHERE)])


@spares("S106", "a list that runs on over paragraphs")
def _run_on(clean: Clean) -> Iterator[Report]:
    between = ("", "有关材料已经报送。", "为此，专门召开会议。")[clean.seat % 3]
    texts = ("一是健全机制，明确分工。", between, "二是摸清底数。同时强化督导。", "三是抓好总结，推广经验。")
    yield _with(clean, [text for text in texts if text], WHERE[clean.seat % len(WHERE)])


# --- S107


@breaks("S107", "a list inside an item of the same kind")
def _nested(clean: Clean) -> Iterator[Report]:
    for turn in range(2 * clean.seat, 2 * clean.seat + 3):
        yield _with(clean, [_NESTED[turn % len(_NESTED)]], WHERE[turn % len(WHERE)])


@breaks("S107", "a list inside a point")
def _nested_in_a_point(clean: Clean) -> Iterator[Report]:
    for turn, (index, block) in enumerate(_enumerated(clean)):
        inner = (
            "主要抓了两个环节：⟦一是⟧事前摸底，二是事后回访。",
            "⟦一是⟧会前准备充分，二是会后督办到位，三是考核跟进。",
        )[turn % 2]
        point = replace(block.points[1], body=f"{block.points[1].body.rstrip('。')}，{inner}")
        yield clean.at(index, replace(block, points=(block.points[0], point, *block.points[2:])))


@spares("S107", "lists beside one another, or of another kind inside")
def _apart(clean: Clean) -> Iterator[Report]:
    for turn in range(clean.seat, clean.seat + 2):
        yield _with(clean, [_APART[turn % len(_APART)]], WHERE[turn % len(WHERE)])
