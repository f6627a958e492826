"""Outlooks that name another time than the one that comes next (D309)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from typing import Literal

from drafting.errors import PeriodError
from drafting.outline import han_number
from drafting.period import Period
from drafting.report import Block, Report
from evals.faults.clean import Clean
from evals.faults.fault import breaks, spares

Slip = Literal["its own", "the one before", "the next, a year early", "the next, a year late", "the year before"]

_SLIPS: tuple[Slip, ...] = (
    "the next, a year early",
    "its own",
    "the year before",
    "the one before",
    "the next, a year late",
)

_OPENINGS = (
    "下一步，⟦{when}⟧，{organ}将继续抓好问题整改，推动工作落实。",
    "⟦{when}⟧，{organ}将围绕薄弱环节，持续加力推进各项工作。",
    "下一步，{organ}将在⟦{when}⟧重点抓好制度落实和队伍建设。",
    "下一步，⟦{when}⟧要重点做好以下工作：健全制度，强化培训，严格考核。",
    "⟦{when}⟧，我们将认真做好人员培训、设备更新等工作。",
    "下一步，⟦{when}⟧计划完成设备更新40台，开展培训6期。",
    "下一阶段，⟦{when}⟧，{organ}拟新增服务站点5个。",
    "⟦{when}⟧，{organ}要进一步压实责任，确保任务落地见效。",
    "下一步，⟦{when}⟧，力争完成重点项目6个。",
    "接下来，⟦{when}⟧，{organ}将着力补齐短板，完善长效机制。",
    "⟦{when}⟧重点抓好以下工作：巩固整改成果，开展专项检查。",
    "下一步，在⟦{when}⟧，{organ}将继续深化改革，提升服务水平。",
    "⟦{when}⟧的工作打算：继续完善制度，抓好重点任务。",
    "⟦{when}⟧，计划组织培训8期、演练4场。",
    "展望⟦{when}⟧，{organ}将坚持目标不变、力度不减。",
    "下一步工作中，⟦{when}⟧，{organ}将抓紧推进在建项目。",
    "⟦{when}⟧工作安排如下：推进项目建设，严格日常监管。",
    "为做好⟦{when}⟧工作，{organ}将细化措施，逐项推进。",
)

_HEADINGS = ("⟦{when}⟧工作打算", "⟦{when}⟧工作安排", "⟦{when}⟧重点工作计划", "⟦{when}⟧工作思路", "⟦{when}⟧主要任务")

_PLANS = (
    "下一步，{organ}将巩固{own}工作成果，补齐短板弱项。",
    "下一步，针对{own}存在的问题，{organ}将逐项整改。",
    "下一步，到{later}年，全面完成设施更新。",
    "下一步，{organ}将落实{year}—{later}年行动计划，有序推进项目建设。",
    "{own}完成的任务，下一步要继续巩固提升。",
    "下一步，{organ}将深入开展交流学习，推广{own}先进经验。",
    "在总结{own}经验的基础上，下一步{organ}将完善制度机制。",
    "今后一个时期，{organ}将持续用力、久久为功。",
    "下一步，{organ}将对照《{before}年工作要点》查漏补缺。",
    "下一步，较{before}年增加培训4期，扩大覆盖面。",
    "{own}虽然取得了一定成绩，但仍有差距，{organ}将迎头赶上。",
    "下一步，{organ}将加快推进{before}年立项的3个项目。",
    "下一步，{organ}将力争到{later}年底实现全覆盖。",
    "根据{before}年以来的工作实际，{organ}将进一步健全制度。",
)


def _named(clean: Clean, slip: Slip) -> str:
    """The period that is named by that slip. A span of odd days is told by the half year that it lies in."""
    period = clean.period
    if period.kind == "days":
        period = Period.of_months(period.year, 1, 6) if period.first.month < 7 else Period.of_months(period.year, 7, 12)
    following = period.next()
    match slip:
        case "its own":
            return str(period)
        case "the one before":
            return str(period.previous())
        case "the next, a year early":
            return _moved(following if period.kind != "year" else period, -1)
        case "the next, a year late":
            return _moved(following, 1)
        case "the year before":
            return f"{period.year - 1}年"


def _moved(period: Period, years: int) -> str:
    return str(period).replace(str(period.year), str(period.year + years))


def _next(clean: Clean) -> Period:
    """What comes next: the fourth quarter after three, the rest of the year after a span of odd days."""
    period = clean.period
    if period.kind in ("three-quarters", "days"):
        return Period.of_months(period.year, 10, 12)
    try:
        return period.next()
    except PeriodError:
        return period


def _opened(clean: Clean, words: str) -> Report:
    index = clean.of_type("outlook")[0]
    return clean.at(index, Block("outlook", words))


def _headed(clean: Clean, words: str) -> Report:
    """The report whose outlook stands under that heading, in place of its own where it has one."""
    index = clean.of_type("outlook")[0]
    if clean.blocks[index - 1].type == "heading":
        return clean.at(index - 1, replace(clean.blocks[index - 1], words=words))
    number = f"{han_number(len(clean.sections()) + 1)}、"
    return clean.at(index, Block("heading", words, 1, number), clean.blocks[index])


_SLIPPED = tuple(zip(islice(cycle(_OPENINGS), 40), cycle(_SLIPS), strict=False))
_SLIPPED_HEADINGS = tuple(zip(_HEADINGS, _SLIPS, strict=True))


@breaks("D309", "at the head of the plans")
def wrong_next(clean: Clean) -> Iterator[Report]:
    for _, (words, slip) in clean.dealt(_SLIPPED):
        yield _opened(clean, words.format(when=_named(clean, slip), organ=clean.brief.organ))


@breaks("D309", "in the heading over them")
def wrong_next_in_a_heading(clean: Clean) -> Iterator[Report]:
    for _, (words, slip) in clean.dealt(_SLIPPED_HEADINGS):
        yield _headed(clean, words.format(when=_named(clean, slip)))


@breaks("D309", "its own, without the year")
def its_own_without_the_year(clean: Clean) -> Iterator[Report]:
    if clean.period.kind in ("half", "quarter", "month"):
        own = clean.period.label_within_year
        yield _opened(clean, f"下一步，⟦{own}⟧，{clean.brief.organ}将继续做好各项工作。")
        yield _opened(clean, f"⟦{own}⟧，{clean.brief.organ}将抓好3项重点任务。")


@spares("D309", "the period that comes next")
def the_next(clean: Clean) -> Iterator[Report]:
    organ, following = clean.brief.organ, _next(clean)
    for turn, words in clean.dealt(_OPENINGS):
        when = following.label_within_year if turn % 2 and following.year == clean.period.year else str(following)
        yield _opened(clean, _bare(words).format(when=when, organ=organ))
    for _, words in clean.dealt(_HEADINGS):
        yield _headed(clean, _bare(words).format(when=following))


@spares("D309", "what is looked back on, and longer spans")
def other_times(clean: Clean) -> Iterator[Report]:
    year, own = clean.period.year, _named(clean, "its own")
    for _, words in clean.dealt(_PLANS):
        filled = words.format(organ=clean.brief.organ, own=own, year=year, later=year + 3, before=year - 1)
        yield _opened(clean, filled)
    yield _opened(clean, f"{year + 1}年，{clean.brief.organ}将继续做好各项工作。")


def _bare(words: str) -> str:
    return words.replace("⟦", "").replace("⟧", "")
