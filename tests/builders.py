"""Builders: a report, a brief or a profile for a test, each in one line."""

from __future__ import annotations

import re
from datetime import date

from drafting.facts import Brief, Fact, Section
from drafting.period import Period
from drafting.profile import Part, Profile, SectionRule
from drafting.report import Block, Report
from evals.checking import examination_of_brief, examine
from evals.finding import Finding

_NUMBERS = (r"[一二三四五六七八九十]{1,3}、", r"（[一二三四五六七八九十]{1,3}）", r"\d{1,2}\.(?!\d)", r"（\d{1,2}）")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")

TITLE = "市应急管理局关于2024年上半年安全生产工作的专题报告"
CLEAN = f"""{TITLE}
市人民政府：
2024年上半年，市应急管理局聚焦落实责任、排查隐患，扎实推进安全生产工作。现将有关情况报告如下：
一、加强组织调度，落实安全责任
一是加强统筹调度。召开安全工作调度会6次。二是逐级明确任务。与31家重点单位签订安全生产承诺书，逐级明确责任人和完成时限。
二、开展排查整治，消除安全隐患
一是加大检查力度。检查企业218家次，查出问题95处，已整改90处，其余5处限期8月底前完成。二是突出重点整治。3月10日至4月20日开展仓储企业排查。
下一步，市应急管理局将完成其余5处问题整改。
市应急管理局
2024年7月5日"""


def blocks(text: str) -> tuple[Block, ...]:
    """One block a line. A first line without a stop is the title; 一、 without a stop a heading; 下一步 opens the outlook."""
    lines = [line for line in text.splitlines() if line.strip()]
    built: list[Block] = []
    for index, line in enumerate(lines):
        dated = index + 1 < len(lines) and _DATE.fullmatch(lines[index + 1]) is not None
        built.append(_block(line, first=not index, before_date=dated, headed=any(b.type == "heading" for b in built)))
    return tuple(built)


def _block(line: str, *, first: bool, before_date: bool, headed: bool) -> Block:
    level, number = next(
        ((level, match.group()) for level, form in enumerate(_NUMBERS, 1) if (match := re.match(form, line))), (0, "")
    )
    if number:
        kind = "paragraph" if re.search(r"[。；：]$", line) else "heading"
        return Block("heading" if kind == "heading" else "paragraph", line[len(number) :], level, number)
    if first and not re.search(r"[。：]$", line):
        return Block("title", line)
    if _DATE.fullmatch(line):
        return Block("date", line)
    if before_date and not line.endswith("。"):
        return Block("signature", line)
    if line.endswith("：") and len(line) < 20 and not headed:
        return Block("recipient", line)
    if line.startswith("下一步"):
        return Block("outlook", line)
    return Block("paragraph" if headed else "lead", line)


def report(
    text: str,
    period: str | None = "2024年上半年",
    issued: str | None = "2024-07-05",
    organ: str = "市应急管理局",
    **more: object,
) -> Report:
    """A report of these lines; `period` and `issued` None where it should not know them."""
    return Report(
        blocks(text),
        organ=organ,
        period=Period.parse(period) if period else None,
        issued=date.fromisoformat(issued) if issued else None,
        **more,  # type: ignore[arg-type]
    )


def body(*paragraphs: str, **more: object) -> Report:
    """A clean report whose second section holds these paragraphs instead."""
    lines = CLEAN.splitlines()
    return report("\n".join([*lines[:6], *paragraphs, *lines[7:]]), **more)  # type: ignore[arg-type]


def brief(
    *facts: str, outlook: tuple[str, ...] = (), period: str = "2024年上半年", issued: str = "2024-07-05"
) -> Brief:
    """A brief of one section with these facts, numbered F1, F2, …"""
    numbered = [Fact(f"F{index}", text) for index, text in enumerate((*facts, *outlook), start=1)]
    section = Section("加强组织调度，落实安全责任", tuple(numbered[: len(facts)]))
    return Brief(
        kind="special-report",
        organ="市应急管理局",
        topic="安全生产工作",
        period=Period.parse(period),
        issued=date.fromisoformat(issued),
        sections=(section,),
        outlook=tuple(numbered[len(facts) :]),
    )


def profile(
    *sections: tuple[str, bool], requires: tuple[Part, ...] = ("lead", "outlook", "signature", "date")
) -> Profile:
    """A special report; each section by its keyword and whether it is required."""
    return Profile(
        kind="special-report",
        name="专题报告",
        title="{organ}关于{period}{topic}的{name}",
        lead=("{period}，{organ}扎实推进{topic}。现将有关情况报告如下：",),
        sections=tuple(SectionRule(name, (name,), required) for name, required in sections),
        free_sections=True,
        numbering=("一、", "（一）", "1.", "（1）"),
        point_style="enumerated",
        enumerators=tuple(f"{number}是" for number in "一二三四五六七八九十"),
        points_per_section=(2, 5),
        section_length=(60, 1500),
        outlook_heading="",
        outlook_formula="下一步，{organ}将{items}。",
        requires=frozenset(requires),
    )


def found(checked: Report, code: str, **more: object) -> list[Finding]:
    """What one rule finds."""
    return examine(checked, select=[code], **more)  # type: ignore[arg-type]


def quotes(checked: Report, code: str, **more: object) -> list[str]:
    return [finding.quote for finding in found(checked, code, **more)]


def found_in_brief(code: str, *facts: str, **more: object) -> list[Finding]:
    """What one rule finds in a brief of these facts; `more` as `brief` takes it."""
    return found_in(brief(*facts, **more), code)  # type: ignore[arg-type]


def found_in(told: Brief, code: str) -> list[Finding]:
    return list(examination_of_brief(told, select=[code]).findings)
