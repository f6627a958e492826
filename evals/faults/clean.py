"""Clean reports, and the ways to change one in a single place."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from drafting import brief as briefs
from drafting import profiles
from drafting.facts import Brief
from drafting.period import Period
from drafting.profile import Profile
from drafting.report import Block, Point, Report, loads
from drafting.writer import Writer

CASES = Path(__file__).parents[1] / "cases"

Where = Literal["first", "middle", "last"]
WHERE: tuple[Where, ...] = ("first", "middle", "last")

_Row = TypeVar("_Row")
_YEAR = re.compile(r"(?<!\d)20\d\d(?=[年-])")


@dataclass(frozen=True)
class Clean:
    """A report without a fault: drafted by rule from a case's brief, which it holds.

    What changes it returns a report; a stretch written ⟦so⟧ in it is where the fault is (see `evals.faults.fault.unmarked`).
    `seat` counts the clean reports from 0, `of` is how many there are.
    """

    name: str
    report: Report
    profile: Profile
    seat: int = 0
    of: int = 1

    @property
    def brief(self) -> Brief:
        assert self.report.brief is not None  # noqa: S101 — every clean report was drafted from one
        return self.report.brief

    @property
    def period(self) -> Period:
        assert self.report.period is not None  # noqa: S101 — its brief names one
        return self.report.period

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.report.blocks

    def dealt(self, table: Sequence[_Row]) -> list[tuple[int, _Row]]:
        """This report's share of a table that is dealt out over all clean reports, each row with its number from 0."""
        return [(turn, row) for turn, row in enumerate(table) if turn % self.of == self.seat]

    def of_type(self, *types: str) -> list[int]:
        """The indexes of the blocks of these types."""
        return [index for index, block in enumerate(self.blocks) if block.type in types]

    def sections(self) -> list[range]:
        """For every heading of the first level, its block and those under it that are no outlook and no closing."""
        headings = [index for index in self.of_type("heading") if self.blocks[index].level == 1]
        closing = self.of_type("outlook", "attachment", "signature", "date")
        ends = sorted({*headings, *closing, len(self.blocks)})
        return [range(heading, next(end for end in ends if end > heading)) for heading in headings]

    def section(self, where: Where) -> range:
        """The first, the middle or the last section that holds paragraphs."""
        holding = [blocks for blocks in self.sections() if len(blocks) > 1]
        return holding[{"first": 0, "middle": len(holding) // 2, "last": -1}[where]]

    def with_blocks(self, blocks: Sequence[Block]) -> Report:
        return replace(self.report, blocks=tuple(blocks))

    def add(self, text: str, where: Where) -> Report:
        """The report with a paragraph of its own at the end of that section."""
        end = self.section(where).stop
        return self.with_blocks([*self.blocks[:end], Block("paragraph", text), *self.blocks[end:]])

    def append(self, sentence: str, where: Where) -> Report:
        """The report with a sentence more at the end of that section's last paragraph."""
        index = self.section(where).stop - 1
        block = self.blocks[index]
        if block.points:
            return self.at(index, replace(block, points=(*block.points, Point(sentence))))
        return self.at(index, replace(block, words=block.words + sentence))

    def put(self, sentence: str, turn: int) -> Report:
        """The report with a sentence more, turn by turn in another section: behind its last, between its points, on its own."""
        where = WHERE[turn % len(WHERE)]
        index = self.section(where).stop - 1
        block = self.blocks[index]
        match turn // len(WHERE) % 3:
            case 0:
                return self.append(sentence, where)
            case 1 if len(block.points) > 1:
                return self.at(index, replace(block, points=(block.points[0], Point(sentence), *block.points[1:])))
        return self.add(sentence, where)

    def in_year(self, year: int) -> Clean:
        """The same report of another year: every year that it names, its brief's among them, is moved along."""
        away = year - self.period.year
        moved = _YEAR.sub(lambda named: str(int(named.group()) + away), self.report.dumps().decode())
        return replace(self, name=f"{self.name}→{year}", report=loads(moved.encode()))

    def at(self, index: int, *blocks: Block) -> Report:
        """The report with these blocks, or none, in place of the one at `index`."""
        return self.with_blocks([*self.blocks[:index], *blocks, *self.blocks[index + 1 :]])

    def replace(self, old: str, new: str, index: int | None = None) -> Report:
        """The report with the first `old` put as `new`, in any block or in that of `index`. Raises LookupError where it does not stand."""
        for place in range(len(self.blocks)) if index is None else (index,):
            changed = _replaced(self.blocks[place], old, new)
            if changed is not None:
                return self.at(place, changed)
        raise LookupError(f"{self.name} 里没有“{old}”")


def _replaced(block: Block, old: str, new: str) -> Block | None:
    if old in block.words:
        return replace(block, words=block.words.replace(old, new, 1))
    if old in block.number:
        return replace(block, number=block.number.replace(old, new, 1))
    for at, point in enumerate(block.points):
        changed = _replaced_in_point(point, old, new)
        if changed is not None:
            return replace(block, points=(*block.points[:at], changed, *block.points[at + 1 :]))
    return None


def _replaced_in_point(point: Point, old: str, new: str) -> Point | None:
    if old in point.enumerator:
        return replace(point, enumerator=point.enumerator.replace(old, new, 1))
    if old in point.gist:
        return replace(point, gist=point.gist.replace(old, new, 1))
    return replace(point, body=point.body.replace(old, new, 1)) if old in point.body else None


@cache
def clean_reports(folder: Path = CASES) -> tuple[Clean, ...]:
    """The composer's drafts of all cases in that folder, by name."""
    paths = sorted(folder.glob("*.brief.yaml"))
    return tuple(_drafted(path, seat, len(paths)) for seat, path in enumerate(paths))


def _drafted(path: Path, seat: int, of: int) -> Clean:
    brief = briefs.load(path).brief
    profile = profiles.load(brief.kind, path.parent)
    report = asyncio.run(Writer(profile, None).draft(brief))
    return Clean(path.name.removesuffix(".brief.yaml"), report, profile, seat, of)
