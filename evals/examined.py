"""Examined: a report as rules look at it, everything that several of them need computed once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Literal, Protocol

from drafting import dates
from drafting.dates import Mention
from drafting.facts import Brief
from drafting.memory import remembered
from drafting.period import Period
from drafting.profile import Profile
from drafting.report import Block, BlockType, Report
from evals.timeline import Timeline
from evals.timeline import timeline as our_timeline

Need = Literal["period", "issued", "organ", "profile", "brief", "against"]

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?[”’」』）]?")
# What comes next: at the head of a paragraph, or anywhere in a heading.
_NEXT = r"下一?步|下一阶段|今后一个时期|下半年|下一?季度|下一?年度?|明年|下个?月"
_AHEAD_OPENING = re.compile(rf"[\s　]*(?:(?:\d{{4}}年)?(?:{_NEXT})|今后|接下来|来年)")
_AHEAD_HEADING = re.compile(rf"{_NEXT}|(?:打算|安排|计划|思路|展望|目标|部署)(?:如下)?[：。]?$")


class Place(Protocol):
    """Where a block begins in the text as read; both count from 1."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


@dataclass(frozen=True, slots=True)
class OldText:
    """A text that this one may have been copied from: the last report or an exemplar, under the name that findings call it by."""

    name: str
    report: Report


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch up to 。！？ or ；with that mark, at `start`..`end` of its block's text."""

    block: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A heading, its block's index, and the indexes of the blocks under it up to the next heading of its level or a higher one."""

    heading: Block
    index: int
    body: range


class Examined:
    """One report under examination. `period` and `issued` may be missing; `reference` is the report's today; `timeline` is ours by default.

    `against` are the texts that it may have been copied from.
    """

    def __init__(
        self,
        report: Report,
        *,
        profile: Profile | None = None,
        brief: Brief | None = None,
        places: Sequence[Place] = (),
        timeline: Timeline | None = None,
        against: Sequence[OldText] = (),
    ) -> None:
        self.report = report
        self.blocks = report.blocks
        self.profile = profile
        self.brief = brief or report.brief
        self.places = places
        self.against = tuple(against)
        self.timeline = our_timeline() if timeline is None else timeline
        self.period: Period | None = report.period
        self.issued: date | None = report.issued
        self.texts = tuple(block.text for block in report.blocks)

    @property
    def organ(self) -> str:
        """Who reports: the report's organ, else the brief's; empty where neither tells."""
        return self.report.organ or (self.brief.organ if self.brief else "")

    @property
    def reference(self) -> date | None:
        """The report's today: the day it was issued, else its period's last day."""
        return self.issued or (self.period.last if self.period else None)

    def has(self, need: Need) -> bool:
        """Is it there at all? An organ without a name and no old text at all are not."""
        return bool(getattr(self, need))

    def place(self, block: int, offset: int) -> tuple[int, int]:
        """Line and column of a character of a block; without places, of the report's text. A block may run over several lines."""
        if block < len(self.places):
            line, column = self.places[block].line, self.places[block].column
        else:
            line, column = self._lines[block], 1
        text = self.texts[block]
        breaks = text.count("\n", 0, offset)
        return (line + breaks, offset - text.rfind("\n", 0, offset)) if breaks else (line, column + offset)

    @cached_property
    def _lines(self) -> list[int]:
        """The line on which each block begins in the report's own text."""
        return list(accumulate((text.count("\n") + 1 for text in self.texts), initial=1))

    def of_type(self, *types: BlockType) -> Iterator[tuple[int, Block]]:
        """Every block of these types with its index."""
        return ((index, block) for index, block in enumerate(self.blocks) if block.type in types)

    @cached_property
    def text(self) -> str:
        return "\n".join(self.texts)

    @cached_property
    def mentions(self) -> tuple[tuple[Mention, ...], ...]:
        """The date mentions of each block, resolved against the reference date; empty tuples where there is none."""
        reference = self.reference
        if reference is None:
            return tuple(() for _ in self.blocks)
        return tuple(tuple(dates.find(text, reference=reference, period=self.period)) for text in self.texts)

    @cached_property
    def sections(self) -> tuple[SectionView, ...]:
        headings = [(index, block) for index, block in self.of_type("heading")]
        views = []
        for place, (index, block) in enumerate(headings):
            after = (other for other, rival in headings[place + 1 :] if rival.level <= block.level)
            views.append(SectionView(block, index, range(index + 1, next(after, self._end_of_body))))
        return tuple(views)

    @cached_property
    def _end_of_body(self) -> int:
        """The index of the first closing block (signature, date, attachment) after the last that belongs to the body."""
        end = len(self.blocks)
        while end and self.blocks[end - 1].type in ("signature", "date", "attachment"):
            end -= 1
        return end

    @cached_property
    def ahead(self) -> frozenset[int]:
        """The blocks about what comes next: outlooks, sections so headed, and what follows 下一步，… up to the next heading."""
        found = {index for index, _ in self.of_type("outlook")}
        for section in self.sections:
            if _AHEAD_HEADING.search(section.heading.words):
                found.update((section.index, *section.body))
        opened = False
        for index, block in enumerate(self.blocks):
            opened = block.type != "heading" and (opened or _AHEAD_OPENING.match(self.texts[index]) is not None)
            if opened:
                found.add(index)
        return frozenset(found)

    def sentences(self, block: int) -> Iterator[Sentence]:
        """The sentences of a block, blank ones left out."""
        text = self.texts[block]
        for start, end in _sentences_of(text):
            yield Sentence(block, start, end, text[start:end])


@remembered(8192)
def _sentences_of(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _SENTENCE.finditer(text) if match.group().strip())
