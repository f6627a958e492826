"""Lengths: a section outside the range that the profile sets (S112)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.examined import Examined, SectionView
from evals.finding import Finding
from evals.rule import rule

_SPACE = re.compile(r"\s+")


@rule(
    code="S112",
    name="章节篇幅不合",
    name_en="a section outside its length",
    severity="warning",
    basis="practice",
    needs=("profile",),
)
def section_length(document: Examined) -> Iterator[Finding]:
    """Characters without white space under each heading of the first level. Empty sections are S108's, outlooks have no length."""
    profile = document.profile
    if profile is None:
        return
    least, most = profile.section_length
    for section in document.sections:
        if section.heading.level != 1 or section.index in document.ahead:
            continue
        length = _length(document, section)
        if length == 0 or least <= length <= most:
            continue
        what = f"不足 {least} 字" if length < least else f"超过 {most} 字"
        yield section_length.finding(
            document,
            section.index,
            0,
            len(document.texts[section.index]),
            f"这一节 {length} 字，{what}：{profile.name}每节通常 {least}—{most} 字",
            f"this section has {length} characters, the profile {profile.kind} has {least} to {most}",
            expected=f"{least}—{most} 字",
        )


def _length(document: Examined, section: SectionView) -> int:
    body = (index for index in section.body if document.blocks[index].type != "outlook")
    return sum(len(_SPACE.sub("", document.texts[index])) for index in body)
