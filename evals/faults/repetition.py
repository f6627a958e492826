"""Faults of repetition: a sentence or a paragraph that comes twice, letter for letter or nearly so (S113)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafting.report import Block, Report
from evals.faults.clean import WHERE, Clean
from evals.faults.fault import breaks, spares

_SENTENCES = (
    "坚持边查边改，对各类问题逐项登记造册，明确整改责任人和完成时限。",
    "统筹用好各方面力量，组织机关干部下沉一线，推动解决群众反映的实际困难。",
    "把制度建设贯穿工作全过程，出台管理办法和操作规程，从源头上堵塞漏洞。",
    "采取集中培训和个别辅导相结合的方式，帮助一线人员提高业务能力和服务水平。",
    "严格落实值班值守制度，遇有突发情况第一时间报告、第一时间组织力量处置。",
    "整合各部门数据资源，实现线上受理、线上流转和线上反馈，群众办事更加方便。",
    "利用宣传栏、公众号和流动广播等载体讲清政策要求，形成全社会支持的良好局面。",
    "健全监督检查机制，采取明察暗访和交叉检查等方式，督促限期整改到位。",
)
_NEARLY = (
    ("逐项登记造册", "逐一登记造册"),
    ("推动解决群众", "着力解决群众"),
    ("从源头上堵塞", "从根本上堵塞"),
    ("帮助一线人员", "促进一线人员"),
    ("第一时间报告", "第一时间上报"),
    ("群众办事更加", "企业办事更加"),
    ("形成全社会支持", "营造全社会支持"),
    ("督促限期整改", "责令限期整改"),
)
"""What differs in the second of two sentences that say the same."""

_TWO_FACTS: tuple[tuple[str, str], ...] = (
    ("第一季度组织各单位开展安全生产检查，检查企业46家次，发现问题31处。", "第二季度组织各单位开展安全生产检查，检查企业58家次，发现问题27处。"),
    ("甲社区新建便民服务站，配备工作人员3名，办理事项420件。", "乙社区新建便民服务站，配备工作人员5名，办理事项615件。"),
    ("特此报告。", "特此报告。"),
    ("各项工作有序推进。", "各项工作有序推进。"),
    ("完善应急预案，组织综合演练。（责任单位：办公室、各科室、各基层单位）", "抓好信息报送，提高报送质量。（责任单位：办公室、各科室、各基层单位）"),
    ("上半年受理群众来信来访事项142件，按期办结率达到百分之九十八。", "下半年受理群众来信来访事项167件，按期办结率达到百分之九十九。"),
    ("坚持把学习教育作为首要任务，组织集中学习，撰写心得体会。", "坚持把作风建设作为重要抓手，组织明察暗访，通报典型问题。"),
    ("加强统筹协调，明确责任分工。", "加强统筹协调，明确责任分工。"),
)  # fmt: skip


def _twice(clean: Clean, first: Sequence[str], again: Sequence[str]) -> Report:
    """The report with those paragraphs at the end of one section and these at the end of a later one, or behind them."""
    early, late = clean.section("first").stop, clean.section(WHERE[1 + clean.seat % 2]).stop
    before, after = [Block("paragraph", text) for text in first], [Block("paragraph", text) for text in again]
    return clean.with_blocks([*clean.blocks[:early], *before, *clean.blocks[early:late], *after, *clean.blocks[late:]])


@breaks("S113", "a sentence of our own twice")
def _sentence_twice(clean: Clean) -> Iterator[Report]:
    sentence, other = _SENTENCES[clean.seat % 8], _SENTENCES[(clean.seat + 1) % 8]
    yield _twice(clean, [sentence], [f"⟦{sentence}⟧"])
    yield _twice(clean, [f"二是{other}"], [f"{sentence}⟦三是{other}⟧"])


@breaks("S113", "a sentence twice, a word or two changed")
def _sentence_nearly_twice(clean: Clean) -> Iterator[Report]:
    sentence, (old, new) = _SENTENCES[clean.seat % 8], _NEARLY[clean.seat % 8]
    yield _twice(clean, [sentence], [f"⟦{sentence.replace(old, new)}⟧"])


@breaks("S113", "a paragraph of two sentences twice")
def _paragraph_twice(clean: Clean) -> Iterator[Report]:
    text = _SENTENCES[(clean.seat + 2) % 8] + _SENTENCES[(clean.seat + 5) % 8]
    yield _twice(clean, [text], [f"⟦{text}⟧"])


@breaks("S113", "a sentence of the report once more")
def _own_sentence_again(clean: Clean) -> Iterator[Report]:
    points = (point for block in clean.blocks if block.type == "paragraph" for point in block.points)
    bodies = [point.body for point in points if len(point.body) > 30 and point.body.count("。") == 1]
    for body in bodies[:3]:
        yield clean.add(f"⟦{body}⟧", "last")


@spares("S113", "two facts in one frame, and formulas")
def _two_facts(clean: Clean) -> Iterator[Report]:
    first, again = _TWO_FACTS[clean.seat % len(_TWO_FACTS)]
    yield _twice(clean, [first], [again])


@spares("S113", "different sentences")
def _different(clean: Clean) -> Iterator[Report]:
    yield _twice(clean, [_SENTENCES[clean.seat % 8]], [_SENTENCES[(clean.seat + 3) % 8]])
