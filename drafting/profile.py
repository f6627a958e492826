"""Profile: a kind of report (文种) as data: sections, numbering, enumerators, formulas, lengths, diction, page layout."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

PointStyle = Literal["enumerated", "headed", "plain"]
Part = Literal["recipient", "lead", "outlook", "signature", "date"]


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A section that the kind knows. A heading belongs to it when it holds one of `keywords`."""

    name: str
    keywords: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Settings of GB/T 9704-2012 that the standard leaves open. `line_pitch` in points, fonts by their display names."""

    title_font: str = "方正小标宋简体"
    body_font: str = "仿宋_GB2312"
    heading_font: str = "黑体"
    subheading_font: str = "楷体_GB2312"
    number_font: str = "宋体"
    line_pitch: float = 28.95
    seal: bool = False
    red_header: bool = False
    page_numbers: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of report.

    `title`, `lead` and `outlook_formula` are formulas with slots {organ} {period} {topic} {name} {themes} {items} {next_period}.
    `numbering` holds a sample of each heading level's number: 一、（一）1.（1）. `point_style`: enumerated (一是…二是… in one paragraph),
    headed (a numbered run-in heading of the second level and a paragraph for each point) or plain (sentences). `points_per_section`
    and `section_length` (characters) are inclusive ranges. `set_phrases` are diction that claims nothing; `sentence_length` is what a sentence
    usually comes to in characters, 0 where the kind does not care. `ignored_checks` are codes of
    checks, or their beginnings, that this kind goes without; `review_levels` says through how many levels of review it goes (1–3) and
    `own_review` whether its author may review it; `path` is the file's. `fingerprint` is that of all that decides how a report is worded,
    which those do not, and part of every section's key.
    """

    kind: str
    name: str
    title: str
    lead: tuple[str, ...]
    sections: tuple[SectionRule, ...]
    free_sections: bool
    numbering: tuple[str, ...]
    point_style: PointStyle
    enumerators: tuple[str, ...]
    points_per_section: tuple[int, int]
    section_length: tuple[int, int]
    outlook_heading: str
    outlook_formula: str
    requires: frozenset[Part]
    diction: tuple[str, ...] = ()
    set_phrases: tuple[str, ...] = ()
    sentence_length: int = 0
    layout: Layout = field(default_factory=Layout)
    ignored_checks: tuple[str, ...] = ()
    review_levels: int = 1
    own_review: bool = False
    fingerprint: str = ""
    path: str = field(default="", compare=False)
