"""Faults of pairs: half of a quotation mark, of a book-title mark or of a bracket lost, doubled or turned (S114)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.report import Block, Report
from evals.faults.clean import WHERE, Clean
from evals.faults.fault import breaks, spares

_PAIRS = ("《》", "“”", "（）", "〔〕")

_HALVES = (
    "制定⟦《⟧专项整治实施方案，细化措施12条。",
    "制定专项整治实施方案⟦》⟧，细化措施12条。",
    "落实“一岗双责”⟦”⟧要求，签订承诺书。",
    "开展⟦“⟧回头看行动，复查问题16个。",
    "开展回头看⟦”⟧行动，复查问题16个。",
    "抽查点位24处⟦（⟧其中夜间8处，合格22处。",
    "抽查点位24处，其中夜间8处⟦）⟧，合格22处。",
    "印发通知⟦〔⟧2024年第3号，明确工作要求。",
    "印发通知2024年第3号⟦〕⟧，明确工作要求。",
    "坚持“两手抓”和⟦“⟧两促进，统筹各项任务。",
    "修订《考勤办法》⟦《⟧值班制度、《保密规定》等制度。",
    "抽查点位⟦（⟧含夜间（8处），合格22处。",
    "抽查点位(含夜间8处，）共24处⟦）⟧，合格22处。",
    "落实⟦（⟧“三重一大”事项集体决策，研究议题9项。",
    "召开“补短板、强弱项⟦“⟧推进会，部署任务7项。",
    "召开⟦”⟧补短板、强弱项”推进会，部署任务7项。",
    "学习贯彻《条例⟦《⟧，组织专题辅导2场。",
    "学习贯彻⟦》⟧条例》，组织专题辅导2场。",
    "抽查点位24处（其中夜间8处⟦（⟧，合格22处。",
    "听取⟦“⟧专项《规划》编制情况汇报，提出意见6条。",
    "收到⟦《⟧关于〈实施细则〉《有关问题的请示》，已答复。",
    "满意度达到九成（第三方测评）⟦）⟧，居前列。",
    "贯彻“坚持⟦‘⟧党政同责、一岗双责”要求，签订承诺书。",
    "贯彻《关于⟦〈⟧实施细则的说明》，组织辅导。",
)
"""Sentences of which one mark has no other half, or the wrong one; it is marked."""

_WHOLE = (
    "1）摸清底数；2）建立台账；3）逐项销号。",
    "工作分三步：一）摸底；二）整改；三）验收。",
    "a）类问题12个，b）类问题8个。",
    "抽查点位(含夜间8处），合格22处。",
    "抽查点位（含夜间8处)，合格22处。",
    "学习《关于〈实施细则〉的说明》，组织讨论。",
    "召开“推进“放管服”改革”座谈会，收集意见14条。",
    "印发〔2024〕6号文件，落实（试行）办法。",
    "坚持“两手抓、两促进”（即业务、党建一起抓），成效明显。",
    "承办“中国’99园艺博览会”志愿服务，接待外宾。",
    "贯彻“坚持‘党政同责、一岗双责’”要求，签订承诺书。",
    "桥梁净高5.5米，坡度3′，管径2″。",
    "“十件实事（含3件延续项目）”全部办结。",
    "（落实“四不两直”）暗访6次。",
    "评定结果为A（优秀）、B（良好）、C（合格）三档。",
    "【重点】事项逐月调度，「一网通办」上线。",
)
_OVER_PARAGRAPHS = (
    ("会议要求：“各单位要压实责任。", "“要抓好落实，按月报送进展。", "“要严明纪律，加强督促检查。”"),
    ("会议强调，“要提高认识。", "要抓好落实，按月报送进展。”"),
    ("有关事项说明如下（数据为快报数。", "最终以审定数为准）。"),
)
"""A quotation over several paragraphs: each opens with “, or the last alone closes; a bracket over two."""


def _held(clean: Clean) -> Iterator[int]:
    """The place, in the whole text, of every half of a pair that the report holds."""
    return (place for place, mark in enumerate(clean.report.text) if any(mark in pair for pair in _PAIRS))


def _without(clean: Clean, place: int) -> Report:
    """The report without that character; the half that it leaves alone is marked. Pairs of one kind do not nest here."""
    text = clean.report.text
    pair = next(pair for pair in _PAIRS if text[place] in pair)
    opens = text[place] == pair[0]
    other = text.index(pair[1], place) if opens else text.rindex(pair[0], 0, place)
    marked = text[:other] + f"⟦{text[other]}⟧" + text[other + 1 :]
    gone = place if place < other else place + 2
    return _laid_out(clean, marked[:gone] + marked[gone + 1 :])


def _laid_out(clean: Clean, text: str) -> Report:
    """The report with these lines as the texts of its blocks, without points."""
    lines = text.split("\n")
    return clean.with_blocks([
        replace(block, words=line.removeprefix(block.number), points=())
        for block, line in zip(clean.blocks, lines, strict=True)
    ])  # fmt: skip


@breaks("S114", "a half of a pair that stands in the report lost")
def _half_lost(clean: Clean) -> Iterator[Report]:
    halves = list(_held(clean))
    for place in halves[:: max(1, len(halves) // 4)]:
        yield _without(clean, place)


@breaks("S114", "a sentence with half a mark")
def _half_a_mark(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_HALVES):
        yield clean.put(sentence, turn)


@breaks("S114", "half a mark in title, lead or heading")
def _half_in_a_heading(clean: Clean) -> Iterator[Report]:
    title = clean.blocks[0]
    (lead,) = clean.of_type("lead")
    heading = clean.section(WHERE[clean.seat % len(WHERE)]).start
    yield clean.at(0, Block("title", f"{title.words}⟦（⟧送审稿" if clean.seat % 2 else f"⟦《⟧{title.words}"))
    yield clean.at(lead, Block("lead", f"按照通知⟦{'》”）〕'[clean.seat % 4]}⟧要求，{clean.blocks[lead].words}"))
    words = clean.blocks[heading].words
    yield clean.at(heading, replace(clean.blocks[heading], words=f"⟦“⟧{words}" if clean.seat % 2 else f"{words}⟦”⟧"))


@spares("S114", "whole pairs, and numbers with half a bracket")
def _whole(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_WHOLE):
        yield clean.add(sentence, WHERE[turn % len(WHERE)])


@spares("S114", "a quotation or a bracket over several paragraphs")
def _over_paragraphs(clean: Clean) -> Iterator[Report]:
    texts = _OVER_PARAGRAPHS[clean.seat % len(_OVER_PARAGRAPHS)]
    at = clean.section("middle").stop
    yield clean.with_blocks([*clean.blocks[:at], *(Block("paragraph", text) for text in texts), *clean.blocks[at:]])
