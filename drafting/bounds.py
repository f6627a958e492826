"""How large a brief may be: what headings and points can count off, and what a person would still read."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.facts import Brief, Section

MOST_SECTIONS = 98
"""Headings are numbered up to 九十九、, and the outlook may have one of its own."""
MOST_POINTS = 90
"""Points that the drafter settled in one section, and items of the outlook; they are counted off in the same numerals."""
MOST_FACTS = 500
"""Facts of one section."""


def beyond(brief: Brief) -> Iterator[tuple[int, str]]:
    """What is more than that: the line of the file where it stands, and what is wrong with it."""
    if len(brief.sections) > MOST_SECTIONS:
        line = brief.sections[MOST_SECTIONS].facts[0].line if brief.sections[MOST_SECTIONS].facts else 0
        yield line, f"有 {len(brief.sections)} 个部分，超过上限 {MOST_SECTIONS} 个，请分成几份报告"
    for section in brief.sections:
        yield from _of_section(section)
    if len(brief.outlook) > MOST_POINTS:
        yield brief.outlook[MOST_POINTS].line, f"下一步打算有 {len(brief.outlook)} 条，超过上限 {MOST_POINTS} 条"


def _of_section(section: Section) -> Iterator[tuple[int, str]]:
    if len(section.facts) > MOST_FACTS:
        line = section.facts[MOST_FACTS].line
        yield line, f"“{section.heading}”有 {len(section.facts)} 条事实，超过上限 {MOST_FACTS} 条，请分成几个部分"
    if len(section.groups) > MOST_POINTS:
        first = section.groups[MOST_POINTS][0]
        line = next(fact.line for fact in section.facts if fact.id == first)
        yield line, f"“{section.heading}”有 {len(section.groups)} 个分好的要点，超过上限 {MOST_POINTS} 个"
