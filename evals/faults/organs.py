"""Faults of names: the organ that reports, called by another name in title, lead, outlook, signature or text (S116)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafting.report import Block, BlockType, Report
from evals.faults.clean import WHERE, Clean
from evals.faults.fault import breaks, spares

_FRAME: tuple[BlockType, ...] = ("title", "outlook", "signature")
_OTHERS = (
    "县水利局",
    "市自然资源局",
    "区民政局",
    "市发展和改革委员会",
    "县第一中学",
    "区中医院",
    "镇人民政府",
    "市城市投资有限公司",
)
_BESIDE = (
    "会同市场监管局开展联合检查12次。",
    "向市财政局申报项目3个，获批2个。",
    "县委常委会专题听取汇报，提出明确要求。",
    "接受审计局专项审计，反馈问题已全部整改。",
    "我局牵头制定方案，各股室分工负责。",
    "本单位职工参加志愿服务86人次。",
    "省厅调研组实地指导，给予充分肯定。",
    "与公安局、司法局建立会商机制。",
)


def _bare(clean: Clean) -> str:
    """The organ's name without its level: 教育局 of 县教育局."""
    return clean.brief.organ[1:]


def _levelled(clean: Clean) -> bool:
    """Does its name begin with a level, and not with the name of a place?"""
    return clean.brief.organ[0] in "省市县区" and clean.brief.organ[1] not in "市县区"


def _other(clean: Clean, turn: int) -> str:
    return _OTHERS[(clean.seat + turn) % len(_OTHERS)]


def _named_in(clean: Clean, kind: BlockType, name: str) -> Report:
    """The report with that name, marked, for the organ's own in the block of that type."""
    (index,) = clean.of_type(kind)
    return clean.replace(clean.brief.organ, f"⟦{name}⟧", index)


@breaks("S116", "another organ's name in title, outlook or signature")
def _another_s_name(clean: Clean) -> Iterator[Report]:
    for turn, kind in enumerate(_FRAME):
        yield _named_in(clean, kind, _other(clean, turn))


@breaks("S116", "the level lost in title, outlook or signature")
def _level_lost(clean: Clean) -> Iterator[Report]:
    if _levelled(clean):
        for kind in _FRAME:
            yield _named_in(clean, kind, _bare(clean))


@breaks("S116", "another name in 现将…报告如下")
def _summed_up_by_another(clean: Clean) -> Iterator[Report]:
    (lead,) = clean.of_type("lead")
    words = f"现将⟦{_other(clean, 3)}⟧{clean.period.year}年有关工作情况报告如下："
    yield clean.at(lead, Block("lead", words))


@breaks("S116", "another name as the lead's subject")
def _led_by_another(clean: Clean) -> Iterator[Report]:
    (lead,) = clean.of_type("lead")
    words = f"{clean.period.year}年，⟦{_other(clean, 5)}⟧坚持问题导向，狠抓工作落实。现将有关情况报告如下："
    yield clean.at(lead, Block("lead", words))


@breaks("S116", "a name without its level in the text")
def _bare_in_the_text(clean: Clean) -> Iterator[Report]:
    if _levelled(clean) and clean.brief.organ.endswith("局"):
        for where in WHERE[:2]:
            yield clean.add(f"⟦{_bare(clean)}⟧主要负责同志带队督查，现场交办问题。", where)


@spares("S116", "the place in front of the name")
def _with_its_place(clean: Clean) -> Iterator[Report]:
    place = ("新乡", "清河", "临江", "安平")[clean.seat % 4]
    if _levelled(clean):
        (signature,) = clean.of_type("signature")
        yield clean.at(signature, Block("signature", f"{place}{clean.brief.organ}"))
        yield clean.replace(clean.brief.organ, f"{place}{clean.brief.organ}", 0)


@spares("S116", "a short name that the text declares")
def _declared(clean: Clean) -> Iterator[Report]:
    (lead,) = clean.of_type("lead")
    short = _bare(clean)
    declared = f"{clean.brief.organ}（以下简称“{short}”）坚持问题导向。现将有关情况报告如下："
    (outlook,) = clean.of_type("outlook")
    report = clean.at(lead, Block("lead", f"{clean.period.year}年，{declared}"))
    yield replace(clean, report=report).replace(clean.brief.organ, short, outlook)


@spares("S116", "the same name wherever the report names itself")
def _one_name(clean: Clean) -> Iterator[Report]:
    (lead,) = clean.of_type("lead")
    organ, year = clean.brief.organ, clean.period.year
    yield clean.at(lead, Block("lead", f"现将{organ}{year}年有关工作情况报告如下："))
    yield clean.at(lead, Block("lead", f"{year}年，{organ}党委坚持问题导向，狠抓工作落实。现将有关情况报告如下："))


@spares("S116", "other organs in the text")
def _beside_others(clean: Clean) -> Iterator[Report]:
    for turn, sentence in clean.dealt(_BESIDE):
        yield clean.add(sentence, WHERE[turn % len(WHERE)])
