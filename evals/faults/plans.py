"""Five-year plans told of in the wrong years (D308): the fourteenth runs from 2021 to 2025, every other five years from there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.outline import han_number
from drafting.report import Block, Report
from evals.faults.clean import Clean
from evals.faults.fault import breaks, spares

_FIRST_YEAR_OF_THE_FOURTEENTH = 2021

_PLACED = (
    # of the plan that runs: what the report's year is called, and which of the plan's five it is by that
    ("{year}年是⟦{plan}⟧的开局之年，各项任务起步平稳。", 1),
    ("{year}年是⟦{plan}规划⟧的收官之年，重点任务加快推进。", 5),
    ("今年是实施⟦{plan}规划⟧的第一年，任务分解到岗。", 1),
    ("{year}年是⟦{plan}规划⟧收尾之年，也是任务冲刺之年。", 5),
    ("{year}年，是⟦{plan}⟧起步之年。", 1),
    ("{year}年既是⟦{plan}⟧收官之年，又是管理提升年。", 5),
    ("{year}年是⟦{plan}规划⟧实施的最后一年，重点抓好清单销号。", 5),
    ("{year}年是⟦{plan}规划⟧的第三年，各项任务过半。", 3),
    ("今年是⟦{plan}⟧实施的第二年，重点任务压茬推进。", 2),
)
_OVER = (
    # of the plan before the one that runs
    "{year}年是⟦{plan}⟧的关键之年，工作任务繁重。",
    "深入实施⟦{plan}规划⟧，推进重点工程9个。",
    "全面落实⟦{plan}规划⟧各项任务，完成投资1200万元。",
    "当前正处于⟦{plan}时期⟧，机遇与挑战并存。",
    "围绕⟦{plan}⟧目标任务，开展专项检查6次。",
    "{year}年是⟦{plan}规划⟧承上启下的重要一年。",
    "紧扣⟦{plan}规划⟧目标，细化措施18条。",
    "⟦{plan}时期⟧，我们将继续加大投入，补齐短板。",
    "{year}年是实施⟦{plan}规划⟧的攻坚之年。",
    "进入⟦{plan}时期⟧，服务需求持续增长，受理事项2600件。",
    "对照⟦{plan}规划⟧，扎实推进年度重点工作11项。",
    "抓好⟦{plan}规划⟧重点项目建设，开工项目7个。",
    "加快⟦{plan}⟧重点项目建设，完成投资860万元。",
    "确保⟦{plan}规划⟧目标如期实现，逐项倒排工期。",
    "{year}年，⟦{plan}规划⟧进入攻坚阶段，任务压力加大。",
)
_NOT_BEGUN = (
    # of the plan after the one that runs
    "⟦{plan}以来⟧，累计完成项目9个。",
    "⟦{plan}时期⟧，累计建成示范点17个。",
    "当前正处于⟦{plan}时期⟧，各项任务加快落实。",
    "{year}年是⟦{plan}⟧的关键之年，重点任务有序推进。",
    "⟦{plan}期间⟧，共培训业务骨干1300人次。",
    "{year}年是⟦{plan}规划⟧开局之年，各项任务全面启动。",
    "深入实施⟦{plan}规划⟧，完成重点工程5个。",
)
_RIGHT = (
    "认真总结{before}规划实施情况，形成评估报告1份。",
    "{before}时期，累计建成重点工程9个。",
    "主要指标比{before}末提高4.2个百分点。",
    "谋划{after}时期重点工作，开展专题调研6次。",
    "启动{after}规划编制前期研究，召开座谈会4次。",
    "为{after}良好开局打牢基础。",
    "深入实施{plan}规划，推进重点工程9个。",
    "{plan}以来，累计培训业务骨干1300人次。",
    "{plan}时期，我们将继续加大投入，补齐短板。",
    "落实“八五”普法规划，开展法治宣传14场。",
    "{plan}规划确定的五个重点项目全部开工。",
    "完成{before}规划项目审计决算，涉及资金2100万元。",
    "落实{before}规划遗留项目验收3个。",
    "围绕{after}规划，征求意见建议52条。",
    "{before}规划实施以来，主要指标逐年提高。",
    "{before}规划确定的目标如期实现，基础条件明显改善。",
    "对照《{before}重点任务清单》逐项核对历史数据。",
    "{year}年是{plan}规划的重要一年，任务完成率96%。",
)
_IN_A_HEADING = (
    "深入实施⟦{before}规划⟧，推进项目建设",
    "围绕⟦{before}⟧目标，提升服务水平",
)


def _number(year: int) -> int:
    """Which plan the year belongs to."""
    return 14 + (year - _FIRST_YEAR_OF_THE_FOURTEENTH) // 5


def _place(year: int) -> int:
    """Which of its plan's five years it is, from 1."""
    return (year - _FIRST_YEAR_OF_THE_FOURTEENTH) % 5 + 1


def _name(number: int, turn: int = 0) -> str:
    """The plan's short name, every fourth without quotes."""
    return f"{han_number(number)}五" if turn % 4 == 3 else f"“{han_number(number)}五”"


def _told(sentence: str, clean: Clean, away: int, turn: int) -> str:
    """The sentence told of the plan that runs, or of one so many plans before or behind it."""
    bare = "⟧" in sentence and "{plan}⟧" not in sentence
    return sentence.format(plan=_name(_number(clean.period.year) + away, turn if bare else 0), year=clean.period.year)


@breaks("D308", "the wrong year of the plan that runs")
def wrong_place(clean: Clean) -> Iterator[Report]:
    year = clean.period.year
    for turn in range(2):
        sentence, place = _PLACED[(clean.seat + 3 * turn) % len(_PLACED)]
        # 今年 of a report issued in January may be the year of issue
        if place not in (_place(year), _place(clean.brief.issued.year)):
            yield clean.put(_told(sentence, clean, 0, clean.seat), clean.seat + turn)


@breaks("D308", "a plan that is over, as current")
def over(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_OVER):
        yield clean.put(_told(sentence, clean, -1 - turn % 2, turn), turn)
        earlier = clean.in_year((2012, 2016, 2018, 2020, 2026)[turn % 5])
        yield earlier.put(_told(sentence, earlier, -1, turn + 1), turn + 1)


@breaks("D308", "a plan that has not begun, as current")
def not_begun(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_NOT_BEGUN):
        early = clean.in_year(2024) if _place(clean.period.year) == 5 else clean
        yield early.put(_told(sentence, early, +1, turn), turn)
        earlier = clean.in_year((2013, 2018, 2019)[turn % 3])
        yield earlier.put(_told(sentence, earlier, +1, turn + 1), turn + 1)


@breaks("D308", "in a heading or the lead")
def in_a_heading_or_the_lead(clean: Clean) -> Iterator[Report]:
    before = _name(_number(clean.period.year) - 1)
    if clean.seat % 2:
        index = clean.section("middle").start
        words = _IN_A_HEADING[clean.seat // 2 % len(_IN_A_HEADING)].format(before=before)
        yield clean.at(index, replace(clean.blocks[index], words=words))
        return
    index = clean.of_type("lead")[0]
    opened = f"{clean.period.year}年是⟦{before}规划⟧的关键之年。{clean.blocks[index].text}"
    yield clean.at(index, Block("lead", opened))


@spares("D308", "the right year of the plan that runs")
def right_place(clean: Clean) -> Iterator[Report]:
    for turn in range(2):
        sentence, place = _PLACED[(clean.seat + 3 * turn) % len(_PLACED)]
        then = clean.in_year(_FIRST_YEAR_OF_THE_FOURTEENTH + place - 1 - 5 * (clean.seat % 2))
        yield then.put(_bare(_told(sentence, then, 0, clean.seat)), clean.seat + turn)


@spares("D308", "the plan that runs, as current")
def the_plan_that_runs(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_OVER):
        yield clean.put(_bare(_told(sentence, clean, 0, turn)), turn)
    for turn, sentence in clean.dealt(_NOT_BEGUN[:-2]):
        yield clean.put(_bare(_told(sentence, clean, 0, turn)), turn)


@spares("D308", "summed up afterwards, drafted before")
def summed_up_or_drafted(clean: Clean) -> Iterator[Report]:
    running = _number(clean.period.year)
    names = {"before": _name(running - 1), "plan": _name(running), "after": _name(running + 1)}
    for turn, sentence in clean.dealt(_RIGHT):
        yield clean.put(sentence.format(**names, year=clean.period.year), turn)


def _bare(sentence: str) -> str:
    return sentence.replace("⟦", "").replace("⟧", "")
