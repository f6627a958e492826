"""Laying a report on the desk: every part of it gets its id, and every block the section it belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from drafting.desk.copy import OUTLOOK, Copy, DeskSection, PlacedBlock, PlacedPoint
from drafting.report import Block, Report

_CLOSING = ("outlook", "attachment", "signature", "date")
_GIVEN = re.compile(r"F(\d{1,9})")


def copy_of(report: Report) -> Copy:
    """The copy of a version; its `report()` is that version again."""
    brief = report.brief
    sections = tuple(
        DeskSection(f"s{number}", one.heading, one.facts, one.groups)
        for number, one in enumerate(brief.sections if brief else (), start=1)
    )
    owners = owned(report.blocks, sections)
    blocks, points = [], 0
    for number, (block, owner) in enumerate(zip(report.blocks, owners, strict=True), start=1):
        own = tuple(PlacedPoint(f"p{points + at}", point) for at, point in enumerate(block.points, start=1))
        points += len(own)
        blocks.append(PlacedBlock(f"b{number}", replace(block, points=()), owner, own))
    ids = [fact.id for fact in brief.facts()] if brief else []
    given = [int(match[1]) for id in ids if (match := _GIVEN.fullmatch(id))]
    return Copy(
        told=replace(report, brief=None, blocks=(), waivers=()),
        head=replace(brief, sections=(), outlook=(), path="") if brief else None,
        sections=sections,
        outlook=brief.outlook if brief else (),
        blocks=tuple(blocks),
        last={"F": max([len(ids), *given]), "s": len(sections), "b": len(blocks), "p": points},
    )


def owned(blocks: Sequence[Block], sections: Sequence[DeskSection]) -> list[str]:
    """The section of each block: that of the heading above it. Headings are the sections' by their words, else by their order."""
    heads = [at for at, block in enumerate(blocks) if block.type == "heading" and block.level == 1]
    of_heading = _matched([blocks[at].words for at in heads], [one.heading for one in sections])
    owner, owners = "", []
    for at, block in enumerate(blocks):
        if at in heads:
            place = of_heading.get(heads.index(at))
            owner = sections[place].id if place is not None else _of_outlook(blocks, at)
        elif block.type in _CLOSING:
            owner = OUTLOOK if block.type == "outlook" else ""
        owners.append(owner)
    return owners


def _matched(heads: Sequence[str], sections: Sequence[str]) -> Mapping[int, int]:
    """Which heading is which section's: words first; what is left, where as many are left on either side, in order."""
    found: dict[int, int] = {}
    free = list(range(len(sections)))
    for at, words in enumerate(heads):
        same = next((place for place in free if sections[place] == words), None)
        if same is not None:
            found[at] = same
            free.remove(same)
    left = [at for at in range(len(heads)) if at not in found]
    return {**found, **dict(zip(left, free, strict=False))} if free else found


def _of_outlook(blocks: Sequence[Block], at: int) -> str:
    after = blocks[at + 1].type if at + 1 < len(blocks) else ""
    return OUTLOOK if after == "outlook" else ""
