"""The brief as rules look at it: a fact a block under its section's heading, so that dates, amounts and spans work as in a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from drafting.facts import Brief, Fact
from drafting.profile import Profile
from drafting.report import Block, BlockType, Point, Report
from evals.examined import Examined
from evals.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Held:
    """A fact, the block that it is, and where it stands: its section (−1 in the outlook) and the point it was put in, 0 for none."""

    fact: Fact
    block: int
    section: int
    point: int

    @property
    def ahead(self) -> bool:
        return self.section < 0


def factsheet(brief: Brief) -> Report:
    """The brief laid out as blocks: each section's heading and its facts, then the outlook's; a fact is a block of one point."""
    blocks: list[Block] = []
    for section in brief.sections:
        blocks.append(Block("heading", section.heading, level=1))
        blocks += (_block("paragraph", fact) for fact in section.facts)
    blocks += (_block("outlook", fact) for fact in brief.outlook)
    return Report(tuple(blocks), brief.kind, brief.organ, brief.topic, brief.period, brief.issued, brief)


def _block(kind: BlockType, fact: Fact) -> Block:
    return Block(kind, points=(Point(fact.text, (fact.id,)),))


class ExaminedBrief(Examined):
    """One brief under examination. A finding's line and column are those of its fact in the brief's file, 0 where it came from none."""

    def __init__(self, brief: Brief, *, profile: Profile | None = None, timeline: Timeline | None = None) -> None:
        super().__init__(factsheet(brief), profile=profile, timeline=timeline)

    def place(self, block: int, offset: int) -> tuple[int, int]:
        """Of the fact as a whole: YAML may fold it over several lines, and a cell has no columns inside."""
        held = self._by_block.get(block)
        return (held.fact.line, held.fact.column) if held else (0, 0)

    @cached_property
    def _by_block(self) -> dict[int, Held]:
        return {held.block: held for held in facts_of(self)}


def facts_of(document: Examined) -> Iterator[Held]:
    """Every fact of a brief under examination with its place, in order; nothing where the document is none."""
    brief = document.brief
    if brief is None:
        return
    block = 0
    for number, section in enumerate(brief.sections):
        points = {fact_id: point for point, group in enumerate(section.groups, start=1) for fact_id in group}
        block += 1
        for fact in section.facts:
            yield Held(fact, block, number, points.get(fact.id, 0))
            block += 1
    for fact in brief.outlook:
        yield Held(fact, block, -1, 0)
        block += 1
