"""Faults of sections: one that the profile requires is missing, two stand in the wrong order, one is too long (S102, S103, S112)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafting.outline import heading_number
from drafting.profile import Profile, SectionRule
from drafting.report import Block, Report
from evals.faults.clean import WHERE, Clean
from evals.faults.fault import Change, breaks, spares

_REQUIRED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("意见建议", ("意见建议", "工作建议", "对策建议"), "经办人员提出的意见建议共3条，已经汇总。"),
    ("经验做法", ("经验做法", "典型做法", "工作亮点"), "各单位交流了经验做法。"),
    ("问题整改", ("问题整改", "整改落实", "整改情况"), "问题整改台账已经建立。"),
    ("自查情况", ("自查情况", "自评情况"), "自查情况另行汇总。"),
    ("资金使用", ("资金使用", "经费使用", "经费支出"), "资金使用接受审计监督。"),
    ("基本情况", ("基本情况", "总体情况", "概况"), "基本情况见附表。"),
    ("党建工作", ("党建工作", "党的建设"), "党建工作与业务工作一同部署。"),
    ("风险研判", ("风险研判", "形势分析", "风险隐患"), "每月开展一次风险研判。"),
)
"""A section, its keywords, and a sentence that names it without being it."""

_SYNONYMS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("存在问题", ("存在的问题", "存在问题", "问题和不足"), "存在的问题及原因分析"),
    ("存在问题", ("存在的问题", "存在问题", "问题和不足"), "当前工作中的问题和不足"),
    ("意见建议", ("意见建议", "工作建议"), "几点工作建议"),
    ("经验做法", ("经验做法", "主要做法"), "主要做法和成效"),
    ("问题整改", ("整改落实", "整改情况"), "巡察反馈意见整改落实"),
    ("党建工作", ("党建", "党的建设"), "全面加强党的建设"),
    ("资金使用", ("资金使用", "经费支出"), "预算执行和经费支出"),
    ("风险研判", ("风险", "形势"), "面临的形势"),
)
_FILLER = "按照方案要求逐项对照检查，建立工作台账，明确责任单位和完成时限，做到件件有着落、事事有回音"
_TOPICS = "值守 巡查 培训 演练 督查 会商 宣传 调度 核验 抽检 登记 归档 通报 评估 复核 回访 排查 公示 约谈 备案".split()


def _keyword(clean: Clean, section: range) -> str:
    """The first clause of a section's heading: 健全责任体系 of 一、健全责任体系，落实安全责任."""
    return re.split("[，、。]", clean.blocks[section.start].words)[0]


def _own(clean: Clean, *, required: bool = False) -> tuple[list[range], Profile]:
    """The report's sections but for the outlook's, and a profile that knows them in the order in which they stand."""
    sections = [section for section in clean.sections() if len(section) > 1]
    words = [_keyword(clean, section) for section in sections]
    rules = tuple(SectionRule(word, (word,), required) for word in words)
    return sections, replace(clean.profile, sections=rules)


def _requiring(clean: Clean, name: str, keywords: tuple[str, ...]) -> Profile:
    return replace(clean.profile, sections=(SectionRule(name, keywords, required=True), *clean.profile.sections))


# --- S102


@breaks("S102", "a required section cut")
def _cut(clean: Clean) -> Iterator[Change]:
    sections, profile = _own(clean, required=True)
    for section in sections:
        rest = [*clean.blocks[: section.start], *clean.blocks[section.stop :]]
        yield Change(clean.with_blocks(rest), profile=profile)


@breaks("S102", "a required section under a heading that says something else")
def _renamed(clean: Clean) -> Iterator[Change]:
    sections, profile = _own(clean, required=True)
    section = sections[clean.seat % len(sections)]
    heading = replace(clean.blocks[section.start], words="其他工作")
    yield Change(clean.at(section.start, heading), profile=profile)


@breaks("S102", "a required section named in the text only")
def _named_in_the_text(clean: Clean) -> Iterator[Change]:
    for turn, (name, keywords, sentence) in clean.dealt(_REQUIRED):
        yield Change(clean.put(sentence, turn), profile=_requiring(clean, name, keywords))


@breaks("S102", "a required section in the title only")
def _named_in_the_title(clean: Clean) -> Iterator[Change]:
    for _, (name, keywords, _) in clean.dealt(_REQUIRED):
        title = replace(clean.blocks[0], words=f"关于{keywords[0]}的报告")
        yield Change(clean.at(0, title), profile=_requiring(clean, name, keywords))


@spares("S102", "a heading with another of the keywords")
def _synonymous(clean: Clean) -> Iterator[Change]:
    for turn, (name, keywords, words) in clean.dealt(_SYNONYMS):
        section = clean.section(WHERE[turn % len(WHERE)])
        heading = replace(clean.blocks[section.start], words=words)
        yield Change(clean.at(section.start, heading), profile=_requiring(clean, name, keywords))


@spares("S102", "a run-in heading of the first level")
def _run_in(clean: Clean) -> Iterator[Change]:
    for _, (name, keywords, _) in clean.dealt(_REQUIRED):
        at = clean.section("last").stop
        number = heading_number("一、", len(clean.sections()) + 1)
        run_in = Block("paragraph", f"{keywords[-1]}。本期无新增事项。", 1, number)
        report = clean.with_blocks([*clean.blocks[:at], run_in, *clean.blocks[at:]])
        yield Change(report, profile=_requiring(clean, name, keywords))


@spares("S102", "a section that may be missing")
def _optional(clean: Clean) -> Iterator[Change]:
    sections, profile = _own(clean)
    yield Change(
        clean.with_blocks([*clean.blocks[: sections[0].start], *clean.blocks[sections[0].stop :]]), profile=profile
    )


# --- S103


@breaks("S103", "two neighbouring sections changed about")
def _changed_about(clean: Clean) -> Iterator[Change]:
    sections, profile = _own(clean)
    for place in range(len(sections) - 1):
        order = [*range(place), place + 1, place, *range(place + 2, len(sections))]
        yield Change(_in_order(clean, sections, order, late=place), profile=profile)


@breaks("S103", "the first section put last")
def _first_put_last(clean: Clean) -> Iterator[Change]:
    sections, profile = _own(clean)
    if len(sections) > 2:
        yield Change(_in_order(clean, sections, [*range(1, len(sections)), 0], late=0), profile=profile)


@breaks("S103", "a section that the profile puts first put last")
def _overview_last(clean: Clean) -> Iterator[Change]:
    sections, profile = _own(clean)
    at = sections[-1].stop
    for name in ("基本情况", "总体评价"):
        ordered = replace(profile, sections=(SectionRule(name, (name,)), *profile.sections))
        heading = Block("heading", f"{name}⟧", 1, f"⟦{heading_number('一、', len(sections) + 1)}")
        body = Block("paragraph", f"各项任务按计划推进，{name}另见附表。")
        yield Change(clean.with_blocks([*clean.blocks[:at], heading, body, *clean.blocks[at:]]), profile=ordered)


@spares("S103", "a section that the profile does not know, anywhere")
def _free(clean: Clean) -> Iterator[Change]:
    sections, profile = _own(clean)
    for place in {0, len(sections) - 1}:
        at = sections[place].start
        free = [Block("heading", "领导关怀和社会评价", 1), Block("paragraph", "各级领导实地指导4次。")]
        yield Change(clean.with_blocks([*clean.blocks[:at], *free, *clean.blocks[at:]]), profile=profile)


@spares("S103", "the order of another profile")
def _unknown_order(clean: Clean) -> Iterator[Change]:
    sections, _ = _own(clean)
    yield Change(_in_order(clean, sections, [*range(1, len(sections)), 0]))


def _in_order(clean: Clean, sections: Sequence[range], order: Sequence[int], late: int | None = None) -> Report:
    """The sections in that order, numbered anew; the heading of the one that stands too late is marked."""
    blocks: list[Block] = []
    for place, taken in enumerate(order):
        heading = replace(clean.blocks[sections[taken].start], number=heading_number("一、", place + 1))
        if taken == late:
            heading = replace(heading, number=f"⟦{heading.number}", words=f"{heading.words}⟧")
        blocks += [heading, *(clean.blocks[index] for index in sections[taken][1:])]
    return clean.with_blocks([*clean.blocks[: sections[0].start], *blocks, *clean.blocks[sections[-1].stop :]])


# --- S112


def _letters(clean: Clean, section: range) -> int:
    return sum(len(re.sub(r"\s", "", clean.blocks[index].text)) for index in section[1:])


def _headed(clean: Clean, section: range, *body: Block) -> Report:
    heading = clean.blocks[section.start]
    marked = replace(heading, number=f"⟦{heading.number}", words=f"{heading.words}⟧")
    kept = body or tuple(clean.blocks[index] for index in section[1:])
    return clean.with_blocks([*clean.blocks[: section.start], marked, *kept, *clean.blocks[section.stop :]])


@breaks("S112", "a section of a few words")
def _short(clean: Clean) -> Iterator[Report]:
    for turn, where in enumerate(dict.fromkeys(clean.section(where) for where in WHERE)):
        yield _headed(clean, where, Block("paragraph", ("工作正常推进。", "完成年度任务。", "详见附件。")[turn]))


@breaks("S112", "a section that runs on and on")
def _long(clean: Clean) -> Iterator[Report]:
    for where in dict.fromkeys(clean.section(where) for where in ("first", "last")):
        paragraphs = clean.profile.section_length[1] // len(_FILLER) + 1
        topics = [f"{one}与{other}" for one in _TOPICS for other in _TOPICS if one != other]
        yield _headed(clean, where, *(Block("paragraph", f"{topic}方面，{_FILLER}。") for topic in topics[:paragraphs]))


@breaks("S112", "one character too many or too few")
def _just_outside(clean: Clean) -> Iterator[Change]:
    section = clean.section("middle")
    letters = _letters(clean, section)
    within = (letters + 1, letters * 2) if clean.seat % 2 else (letters // 2, letters - 1)
    yield Change(_headed(clean, section), profile=replace(clean.profile, section_length=within))


@spares("S112", "a section of exactly the least or the greatest length")
def _just_inside(clean: Clean) -> Iterator[Change]:
    section = clean.section("middle")
    letters = _letters(clean, section)
    bounds = (letters, 9999) if clean.seat % 2 else (1, letters)
    report = clean.with_blocks([clean.blocks[0], *(clean.blocks[index] for index in section)])
    yield Change(report, profile=replace(clean.profile, section_length=bounds))


@spares("S112", "outlooks and empty sections have no length")
def _without_length(clean: Clean) -> Iterator[Report]:
    at = clean.section("last").stop
    heading = Block("heading", "下一步工作安排", 1, heading_number("一、", len(clean.sections()) + 1))
    ahead = [heading, Block("paragraph", "抓好落实。")]
    yield clean.with_blocks([*clean.blocks[:at], *ahead, *clean.blocks[at:]])
