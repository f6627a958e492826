"""Faults of numbering: a heading's or an item's number that skips, repeats or runs back, a level left out (S104, S105)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafting.outline import heading_number
from drafting.report import Block, Report
from evals.faults.clean import WHERE, Clean, Where
from evals.faults.fault import breaks, spares

_ITEMS = (
    "健全工作机制，明确职责分工。",
    "加强日常巡查，建立工作台账。",
    "强化督促指导，及时通报情况。",
    "做好信息报送，按时上报报表。",
    "严格考核奖惩，兑现目标任务。",
    "完善应急预案，备足物资装备。",
    "开展业务培训，提升履职能力。",
    "广泛宣传发动，营造良好氛围。",
    "落实经费保障，规范资金使用。",
    "抓好总结评估，推广典型经验。",
    "推进信息公开，接受社会监督。",
    "加强档案管理，做到一事一档。",
    "畅通诉求渠道，及时回应关切。",
)
_LEVEL = {"（一）": 2, "(一)": 2, "1.": 3, "1．": 3, "1、": 3, "（1）": 4, "(1)": 4}

_BROKEN_LISTS: tuple[tuple[str, tuple[int, ...], int], ...] = (
    ("1.", (1, 3, 4), 1),
    ("1.", (1, 2, 2, 3), 2),
    ("1.", (1, 2, 4), 2),
    ("1.", (2, 3), 0),
    ("1、", (1, 2, 3, 5), 3),
    ("1、", (1, 2, 3, 3), 3),
    ("1．", (1, 3), 1),
    ("（1）", (1, 2, 4, 5), 2),
    ("（1）", (1, 1, 2), 1),
    ("（1）", (1, 2, 3, 2), 3),
    ("(1)", (1, 3), 1),
    ("1.", (1, 2, 3, 4, 5, 6, 7, 8, 9, 11), 9),
    ("1.", (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10), 10),
    ("1.", (1, 5), 1),
    ("1、", (1, 2, 3, 4, 3), 4),
    ("（1）", (3, 4), 0),
)
"""The shape of a list's numbers, their values, and the place of the first that is wrong."""

_BROKEN_HAN_LISTS: tuple[tuple[str, tuple[int, ...], int], ...] = (
    ("（一）", (1, 3), 1),
    ("（一）", (1, 2, 2), 2),
    ("（一）", (2, 3), 0),
    ("（一）", (1, 2, 3, 5), 3),
    ("(一)", (1, 2, 4), 2),
    ("（一）", (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12), 10),
)
_NO_NUMBERS = (
    "8.6个重大专项全部启动，年度投资完成过半。",
    "三、四月份是传统淡季，业务量有所回落。",
    "二、三季度集中开展排查，发现问题全部交办。",
    "一、二级响应期间，领导干部全员在岗。",
    "三、四线城市的做法值得借鉴，已组织考察学习。",
    "一、二、三产业融合项目落地4个。",
    "八、九年级学生体质监测全部完成。",
    "2.5万人次参加活动，覆盖面进一步扩大。",
    "7.28强降雨期间，值班人员24小时在岗。",
    "5.12防灾减灾日当天，设置宣传点6处。",
    "3、4号楼加装电梯工程完工，住户反映良好。",
    "五、六两个月受理量较大，已增派人手。",
    "12.3万户居民受益，满意度稳步提升。",
    "二、三期工程同步推进，投资完成序时进度。",
    "4.0版平台上线运行，系统响应更快。",
    "十、十一月为集中攻坚阶段，任务已全部分解。",
    "二、三号泵站更新改造完毕，运行平稳。",
)


def _list(shape: str, values: Sequence[int], wrong: int | None = None) -> list[Block]:
    """A paragraph an item; the number of the one that is wrong is marked."""
    blocks = []
    for place, value in enumerate(values):
        number = heading_number(shape, value)
        number = f"⟦{number}⟧" if place == wrong else number
        blocks.append(Block("paragraph", _ITEMS[place % len(_ITEMS)], _LEVEL[shape], number))
    return blocks


def _with(clean: Clean, blocks: Sequence[Block], where: Where) -> Report:
    """The report with these blocks at the end of that section."""
    at = clean.section(where).stop
    return clean.with_blocks([*clean.blocks[:at], *blocks, *clean.blocks[at:]])


def _marked(block: Block) -> Block:
    return replace(block, number=f"⟦{block.number}⟧")


def _run_ins(clean: Clean, where: Where) -> list[int]:
    """The paragraphs of that section that carry numbers of their own."""
    return [index for index in clean.section(where)[1:] if clean.blocks[index].number]


# --- S104


@breaks("S104", "a section cut, the others not numbered anew")
def _section_cut(clean: Clean) -> Iterator[Report]:
    sections = clean.sections()
    for place in dict.fromkeys((0, len(sections) // 2 - 1)):
        after = sections[place].stop
        if place + 1 < len(sections):
            kept = [*clean.blocks[: sections[place].start], _marked(clean.blocks[after]), *clean.blocks[after + 1 :]]
            yield clean.with_blocks(kept)


@breaks("S104", "a section put in, the others not numbered anew")
def _section_put_in(clean: Clean) -> Iterator[Report]:
    heading = clean.blocks[clean.section("middle").start]
    put_in = [replace(heading, words="强化组织保障"), Block("paragraph", _ITEMS[clean.seat])]
    at = clean.section("middle").start
    yield clean.with_blocks([*clean.blocks[:at], *put_in, _marked(heading), *clean.blocks[at + 1 :]])


@breaks("S104", "the last heading's number too high")
def _last_too_high(clean: Clean) -> Iterator[Report]:
    last = clean.sections()[-1].start
    number = heading_number("一、", len(clean.sections()) + 1 + clean.seat % 2)
    yield clean.at(last, _marked(replace(clean.blocks[last], number=number)))


@breaks("S104", "a numbered paragraph cut")
def _run_in_cut(clean: Clean) -> Iterator[Report]:
    for where in WHERE:
        numbered = _run_ins(clean, where)
        for place, index in enumerate(numbered[1:-1], start=1):
            after = numbered[place + 1]
            yield clean.with_blocks([*clean.blocks[:index], _marked(clean.blocks[after]), *clean.blocks[after + 1 :]])


@breaks("S104", "a list of items that skips or repeats")
def _list_broken(clean: Clean) -> Iterator[Report]:
    for turn, (shape, values, wrong) in clean.dealt(_BROKEN_LISTS):
        yield _with(clean, _list(shape, values, wrong), WHERE[turn % len(WHERE)])


@breaks("S104", "a list of （一） that skips or repeats")
def _han_list_broken(clean: Clean) -> Iterator[Report]:
    """Where no paragraph is numbered （一） already: there another list of them could be taken for going on from the first."""
    for where in WHERE[: 0 if _run_ins(clean, "first") else None]:
        turn = (clean.seat + WHERE.index(where)) % len(_BROKEN_HAN_LISTS)
        shape, values, wrong = _BROKEN_HAN_LISTS[turn]
        yield _with(clean, _list(shape, values, wrong), where)


@spares("S104", "the same lists without a break")
def _list_whole(clean: Clean) -> Iterator[Report]:
    for turn, (shape, values, _) in clean.dealt(_BROKEN_LISTS[::2]):
        yield _with(clean, _list(shape, range(1, len(values) + 1)), WHERE[turn % len(WHERE)])


@spares("S104", "what only looks like a number")
def _no_number(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_NO_NUMBERS):
        yield clean.add(sentence, WHERE[turn % len(WHERE)])


@spares("S104", "（一）（二） counted on across the sections")
def _counted_on(clean: Clean) -> Iterator[Report]:
    if _run_ins(clean, "first"):
        return
    items = iter(_list("（一）", range(1, 13)))
    blocks = list(clean.blocks)
    for section in reversed(clean.sections()):
        blocks[section.stop : section.stop] = [Block("paragraph")] * 2
    yield clean.with_blocks([next(items) if not block.text else block for block in blocks])


@spares("S104", "an appendix with a list of its own")
def _appendix(clean: Clean) -> Iterator[Report]:
    head = Block("paragraph", ("附件1", "附件", "附：工作清单")[clean.seat % 3])
    items = [
        Block("heading", words.rstrip("。"), 1, heading_number("一、", n)) for n, words in enumerate(_ITEMS[:3], 1)
    ]
    body = [each for item in items for each in (item, Block("paragraph", f"{item.words}有关材料另存。"))]
    yield clean.with_blocks([*clean.blocks, head, *body])


@spares("S104", "a first number inside a line")
def _inside_a_line(clean: Clean) -> Iterator[Report]:
    opening = (
        "附件：1.任务分解表",
        "注：1.数据截至报告期末",
        "重点抓好以下工作：1.摸清底数；2.建立台账",
        "说明：1.口径与上期一致",
    )
    first = opening[clean.seat % len(opening)]
    numbers = range(3, 5) if "2." in first else range(2, 4)
    yield _with(clean, [Block("paragraph", first), *_list("1.", numbers)], "last")


@spares("S104", "lists that start again and lists within lists")
def _within_lists(clean: Clean) -> Iterator[Report]:
    inner = _list("（1）", (1, 2))
    outer = _list("1.", (1, 2, 3))
    yield _with(clean, [outer[0], *inner, outer[1], *inner, outer[2]], "first")
    yield _with(clean, [*_list("1.", (1, 2)), Block("paragraph", "另外两项要求是："), *_list("1.", (1, 2))], "last")


# --- S105


def _skipping(clean: Clean, shape: str, *, run_in: bool) -> list[Block]:
    number = f"⟦{heading_number(shape, 1)}⟧"
    words, rest = _ITEMS[clean.seat].rstrip("。").split("，")
    second = Block("paragraph", _ITEMS[clean.seat + 1], _LEVEL[shape], heading_number(shape, 2))
    if run_in:
        return [Block("paragraph", f"{words}。{rest}，形成闭环。", _LEVEL[shape], number), second]
    headings = [Block("heading", words, _LEVEL[shape], number), Block("paragraph", f"{rest}，形成闭环。")]
    return [*headings, second]


@breaks("S105", "1. or （1） under 一、")
def _level_left_out(clean: Clean) -> Iterator[Report]:
    if _run_ins(clean, "first"):
        return
    shapes = ("1.", "1、", "（1）", "1．", "(1)")
    for turn, where in enumerate(WHERE):
        shape = shapes[(clean.seat + turn) % len(shapes)]
        yield _with(clean, _skipping(clean, shape, run_in=bool(turn % 2)), where)


@breaks("S105", "（1） under （一）")
def _lower_level_left_out(clean: Clean) -> Iterator[Report]:
    above = [] if _run_ins(clean, "first") else [Block("paragraph", "抓好日常管理。建立台账。", 2, "（一）")]
    for where in WHERE[: 2 if above else 3]:
        shape = "（1）" if where == "first" else "(1)"
        yield _with(clean, [*above, *_skipping(clean, shape, run_in=where == "middle")], where)


@spares("S105", "every level in its turn")
def _in_turn(clean: Clean) -> Iterator[Report]:
    above = [] if _run_ins(clean, "last") else [Block("paragraph", "抓好日常管理。建立台账。", 2, "（一）")]
    inner = [*_list("1.", (1,)), *_list("（1）", (1, 2)), *_list("1.", (2,))]
    yield _with(clean, [*above, *inner], "last")


@spares("S105", "numbers inside a paragraph, and what only looks like one")
def _no_level(clean: Clean) -> Iterator[Report]:
    texts = ("1.2万户受益。", "1—6月任务完成。", "重点任务有两项：（1）摸清底数；（2）建立台账。", "1号楼改造完工。")
    yield clean.add(texts[clean.seat % len(texts)], "middle")
