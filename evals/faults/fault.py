"""Fault: one known break of a clean report, what it must draw and where; and look-alikes, which must draw nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from drafting.facts import Brief, Fact
from drafting.profile import Profile
from drafting.report import Block, Point, Report
from evals.examined import OldText
from evals.faults.clean import Clean
from evals.finding import DOCUMENT, Severity

Carrier = Literal["docx", "txt", "md"]
"""The file that a report is carried in, on its way to the rule."""

CARRIERS: tuple[Carrier, ...] = ("docx", "txt", "md")

_OPEN, _CLOSE = "⟦", "⟧"


@dataclass(frozen=True, slots=True)
class Change:
    """What a seeder yields: a report, where one stretch may be marked ⟦so⟧, and what it must be checked with.

    `severity` None stands for the rule's own. `carriers` are the files in which the fault survives; `told` False where the check shall
    know neither brief nor profile, as with a document from outside; `profile` where it is another than the clean report's. `against` are
    the old texts that the check is given. For a rule on briefs the report is the brief laid out (`evals.factsheet`), and no file carries it.
    """

    report: Report
    severity: Severity | None = None
    carriers: tuple[Carrier, ...] = CARRIERS
    told: bool = True
    profile: Profile | None = None
    against: tuple[OldText, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A changed report with its label, RULE/what was done/which report/number, and the span that was marked.

    `block` is −1 and `start` = `end` = 0 where nothing was marked: the finding is about the whole document.
    """

    code: str
    label: str
    change: Change
    profile: Profile
    block: int
    start: int
    end: int

    @property
    def report(self) -> Report:
        return self.change.report

    @property
    def brief(self) -> Brief | None:
        return self.report.brief

    @property
    def quote(self) -> str:
        return "" if self.block == DOCUMENT else self.report.blocks[self.block].text[self.start : self.end]


Seeder = Callable[[Clean], Iterator[Change | Report]]


@dataclass(frozen=True, slots=True)
class Generator:
    """A seeder, the code that its reports must draw (or must not), and what it does, in a few words."""

    code: str
    what: str
    seeder: Seeder = field(repr=False)

    def samples(self, clean_reports: Sequence[Clean]) -> Iterator[Sample]:
        for clean in clean_reports:
            for number, made in enumerate(self.seeder(clean), start=1):
                change = made if isinstance(made, Change) else Change(made)
                report, block, start, end = unmarked(change.report)
                label = f"{self.code}/{self.what}/{clean.name}/{number}"
                yield Sample(
                    self.code, label, replace(change, report=report), change.profile or clean.profile, block, start, end
                )


FAULTS: list[Generator] = []
LOOK_ALIKES: list[Generator] = []


def breaks(code: str, what: str) -> Callable[[Seeder], Seeder]:
    """Registers a seeder of faults: each report that it yields must draw `code` at the marked span."""
    return _registered(FAULTS, code, what)


def spares(code: str, what: str) -> Callable[[Seeder], Seeder]:
    """Registers a seeder of look-alikes: no report that it yields may draw `code` anywhere."""
    return _registered(LOOK_ALIKES, code, what)


def _registered(generators: list[Generator], code: str, what: str) -> Callable[[Seeder], Seeder]:
    def register(seeder: Seeder) -> Seeder:
        generators.append(Generator(code, what, seeder))
        return seeder

    return register


def unmarked(report: Report) -> tuple[Report, int, int, int]:
    """The report without its mark, and the block and offsets of the stretch that was marked; −1, 0, 0 where none was.

    Raises ValueError for a mark that does not close in its block, or a second one.
    """
    marked = [index for index, block in enumerate(report.blocks) if _OPEN in block.text or _CLOSE in block.text]
    if not marked:
        return report, DOCUMENT, 0, 0
    text = report.blocks[marked[0]].text
    start, end = text.find(_OPEN), text.find(_CLOSE) - len(_OPEN)
    if len(marked) > 1 or text.count(_OPEN) != 1 or text.count(_CLOSE) != 1 or not 0 <= start < end:
        raise ValueError(f"标记须成对，且只有一处：{text}")
    blocks = (*report.blocks[: marked[0]], _stripped(report.blocks[marked[0]]), *report.blocks[marked[0] + 1 :])
    brief = _stripped_brief(report.brief) if report.brief else None
    return replace(report, blocks=blocks, brief=brief), marked[0], start, end


def _stripped_brief(brief: Brief) -> Brief:
    """A brief laid out as a report holds the mark in the fact itself."""
    sections = tuple(replace(section, facts=_stripped_facts(section.facts)) for section in brief.sections)
    return replace(brief, sections=sections, outlook=_stripped_facts(brief.outlook))


def _stripped_facts(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(replace(fact, text=_bare(fact.text)) if _OPEN in fact.text else fact for fact in facts)


def _stripped(block: Block) -> Block:
    points = tuple(_stripped_point(point) for point in block.points)
    return replace(block, number=_bare(block.number), words=_bare(block.words), points=points)


def _stripped_point(point: Point) -> Point:
    return replace(point, enumerator=_bare(point.enumerator), gist=_bare(point.gist), body=_bare(point.body))


def _bare(text: str) -> str:
    return re.sub(f"[{_OPEN}{_CLOSE}]", "", text)
