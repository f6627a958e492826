"""Faults of broken lines: a sentence cut by the end of a line, as text copied from a page of a PDF is (S115)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from drafting.report import Block, Report
from evals.faults.clean import WHERE, Clean, Where
from evals.faults.fault import Change, breaks, spares

_QUOTED = 4
"""How many characters before the break the finding shows."""
_LINE = 28
"""Characters to a line of an official document."""

_SENTENCES = (
    "坚持边查边改、立行立改，对排查出的各类问题逐项登记造册，明确整改责任人和完成时限，做到问题不解决不销号。",
    "统筹用好各方面力量，组织机关干部下沉到一线，面对面听取意见建议，推动解决了一批群众反映强烈的实际困难。",
    "把制度建设贯穿工作全过程，先后出台管理办法和操作规程，从源头上堵塞漏洞，确保各项工作有章可循、有据可依。",
    "积极搭建交流平台，邀请行业专家现场授课，采取集中培训和个别辅导相结合的方式，帮助一线人员提高业务能力。",
    "严格落实值班值守制度，重要时段领导带班、专人在岗，遇有突发情况第一时间报告、第一时间处置，未发生责任事故。",
    "充分运用信息化手段，整合各部门数据资源，实现线上受理、线上流转、线上反馈，群众办事更加方便快捷。",
    "广泛开展宣传引导，利用宣传栏、公众号和流动广播等载体，讲清政策要求，形成全社会关心支持的良好局面。",
    "健全监督检查机制，采取明察暗访和交叉检查等方式，对工作不力的单位进行约谈，督促限期整改到位。",
)
_WHOLE = (
    ("主要做法如下：", "坚持边查边改，对各类问题逐项登记。"),
    ("制定方案，明确责任；", "组织实施，定期调度；"),
    ("成员单位：教育局、公安局", "财政局、民政局、卫生健康局。"),
    ("表1：各单位完成情况", "单位名称。完成数。完成率。"),
    ("（一）健全机制，明确分工", "成立工作专班，建立例会制度，每周调度进展。"),
    ("为深入贯彻落实上级决策部署，现就有关情况说明如下。", "坚持边查边改，对各类问题逐项登记。"),
    ("严格落实值班值守制度，重要时段领导带班、专人在岗", "一是遇有突发情况及时报告。二是做好记录。"),
    ("联系人：综合科", "联系电话：见通讯录。"),
)


def _split(clean: Clean, where: Where, first: str, rest: str, *, soft: bool = False) -> Report:
    """The report with these two lines at the end of that section, in two paragraphs, or in one that a soft break parts."""
    marked = f"{first[:-_QUOTED]}⟦{first[-_QUOTED:]}⟧"
    at = clean.section(where).stop
    texts = [f"{marked}\n{rest}"] if soft else [marked, rest]
    return clean.with_blocks([*clean.blocks[:at], *(Block("paragraph", text) for text in texts), *clean.blocks[at:]])


@breaks("S115", "a sentence cut where the line is full")
def _cut_at_the_margin(clean: Clean) -> Iterator[Report]:
    for turn in range(2):
        text = _running(clean.seat + turn)
        cut = _amid_words(text, _LINE * (2 + turn) - clean.seat)
        yield _split(clean, WHERE[(clean.seat + turn) % len(WHERE)], text[:cut], text[cut:])


@breaks("S115", "a sentence cut by a break inside its paragraph")
def _cut_inside_a_paragraph(clean: Clean) -> Iterator[Change]:
    text = _running(clean.seat + 4)
    cut = _amid_words(text, _LINE * 2 + clean.seat)
    where = WHERE[clean.seat % len(WHERE)]
    yield Change(_split(clean, where, text[:cut], text[cut:], soft=True), carriers=("docx", "md"))


def _running(turn: int) -> str:
    """Two sentences, one after the other."""
    return _SENTENCES[turn % len(_SENTENCES)] + _SENTENCES[(turn + 3) % len(_SENTENCES)]


def _amid_words(text: str, at: int) -> int:
    """The first place from there on with no mark of punctuation on either side."""
    return next(place for place in range(at, len(text)) if not {text[place - 1], text[place]} & set("，。、"))


@breaks("S115", "a sentence cut after a pause")
def _cut_after_a_pause(clean: Clean) -> Iterator[Report]:
    text = _SENTENCES[clean.seat % len(_SENTENCES)]
    stops = [match.end() for match in re.finditer("，", text)]
    for turn, cut in enumerate(stops[:2]):
        yield _split(clean, WHERE[(clean.seat + turn) % len(WHERE)], text[:cut], text[cut:])


@breaks("S115", "a line that begins with a mark")
def _cut_before_a_mark(clean: Clean) -> Iterator[Report]:
    text = _SENTENCES[(clean.seat + 1) % len(_SENTENCES)]
    cut = text.index("，", 15)
    yield _split(clean, WHERE[clean.seat % len(WHERE)], text[:cut], text[cut:])


@breaks("S115", "a line cut before a figure")
def _cut_before_a_figure(clean: Clean) -> Iterator[Report]:
    before, rest = (
        ("健全监督检查机制，对重点单位开展明察暗访，累计派出检查组", "24个，发现并交办问题136个，全部按期办结。"),
        ("积极争取上级支持，统筹整合各类资金，完成年度计划投资", "3.6亿元，占全年任务的八成以上。"),
        ("坚持学用结合，组织机关干部参加业务培训，累计培训", "420人次，参训率和合格率均保持在较高水平。"),
        ("持续优化办事流程，推行一窗受理、集成服务，办理时限压缩至", "5个工作日以内，群众满意度明显提升。"),
    )[clean.seat % 4]
    text = f"{_SENTENCES[clean.seat % len(_SENTENCES)]}{before}"
    yield _split(clean, WHERE[clean.seat % len(WHERE)], text, rest)


@breaks("S115", "a paragraph of the report cut")
def _own_paragraph_cut(clean: Clean) -> Iterator[Report]:
    for where in dict.fromkeys(clean.section(where).stop - 1 for where in WHERE):
        block = clean.blocks[where]
        stops = [match.end() for match in re.finditer("，(?=[一-鿿]{2})", block.text) if match.end() > 2 * _LINE]
        if stops and not block.number:
            first, rest = block.text[: stops[0]], block.text[stops[0] :]
            first = f"{first[:-_QUOTED]}⟦{first[-_QUOTED:]}⟧"
            yield clean.at(where, replace(block, words=first, points=()), Block("paragraph", rest))


@spares("S115", "lines that end where they should")
def _whole_lines(clean: Clean) -> Iterator[Report]:
    for turn, texts in clean.dealt(_WHOLE):
        at = clean.section(WHERE[turn % len(WHERE)]).stop
        yield clean.with_blocks([*clean.blocks[:at], *(Block("paragraph", text) for text in texts), *clean.blocks[at:]])


@spares("S115", "the same sentences, each in one paragraph")
def _uncut(clean: Clean) -> Iterator[Report]:
    at = clean.section("middle").stop
    texts = (_SENTENCES[clean.seat % len(_SENTENCES)], _SENTENCES[(clean.seat + 1) % len(_SENTENCES)])
    yield clean.with_blocks([*clean.blocks[:at], *(Block("paragraph", text) for text in texts), *clean.blocks[at:]])
