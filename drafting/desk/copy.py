"""The working copy: a report as it lies on somebody's desk. Facts, sections, blocks and points have ids that never change and are never given
twice, so that what is typed finds its place whatever is put in, taken out or moved in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from drafting.facts import Brief, Fact, Section
from drafting.record import Record
from drafting.report import Block, Point, Report, from_record

_Named = TypeVar("_Named", "PlacedBlock", "DeskSection")

OUTLOOK = "outlook"
"""The id of the section that holds the outlook's facts."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another wording of a point, which waits to be taken or declined."""

    point: Point
    instruction: str = ""


@dataclass(frozen=True, slots=True)
class PlacedPoint:
    id: str
    point: Point
    proposal: Proposal | None = None

    @property
    def text(self) -> str:
        """What is edited: gist and body. The enumerator is the outline's."""
        return self.point.text[len(self.point.enumerator) :]


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block by its id. `points` stand in place of the block's own; `section` is the section it belongs to, empty outside of all."""

    id: str
    frame: Block
    section: str = ""
    points: tuple[PlacedPoint, ...] = ()

    @property
    def block(self) -> Block:
        return replace(self.frame, points=tuple(one.point for one in self.points))

    @property
    def text(self) -> str:
        """What is edited where the block has no points: its words without the number."""
        return self.frame.words


@dataclass(frozen=True, slots=True)
class DeskSection:
    id: str
    heading: str
    facts: tuple[Fact, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """Two texts for one place: `mine` stands in the copy, `theirs` is what `by` made of it."""

    id: str
    mine: str
    theirs: str
    by: str


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a copy: characters `start` to `end` of the point's text, or of the block's where there is no point."""

    block: str
    point: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Copy:
    """`told` is what the report says of itself, without blocks or brief; `head` is the brief without its facts, None for a document that
    has none. `last` are the highest numbers given to facts (F), sections (s), blocks (b) and points (p).
    """

    told: Report
    head: Brief | None
    sections: tuple[DeskSection, ...]
    outlook: tuple[Fact, ...]
    blocks: tuple[PlacedBlock, ...]
    clashes: tuple[Clash, ...] = ()
    last: Mapping[str, int] = field(default_factory=dict)
    drafting: Mapping[str, str] = field(default_factory=dict)
    """What a drafting job that has not come to its end was asked for: scope and instruction; empty where there is none."""

    def brief(self) -> Brief | None:
        """The brief that the facts make; a fact without words is none yet."""
        if self.head is None:
            return None
        sections = tuple(_section(one) for one in self.sections if one.heading.strip() or _worded(one.facts))
        return replace(self.head, sections=sections, outlook=_worded(self.outlook))

    def report(self) -> Report:
        """The version that this copy would be."""
        return replace(self.told, brief=self.brief(), blocks=tuple(one.block for one in self.blocks))

    # --- what stands where

    def points(self) -> Iterator[tuple[PlacedBlock, PlacedPoint]]:
        for block in self.blocks:
            for point in block.points:
                yield block, point

    def facts(self) -> Iterator[tuple[str, Fact]]:
        """Every fact with the id of its section."""
        for section in self.sections:
            for fact in section.facts:
                yield section.id, fact
        for fact in self.outlook:
            yield OUTLOOK, fact

    def block(self, id: str) -> PlacedBlock:
        """The block of that id; LookupError where there is none."""
        return _found(self.blocks, id)

    def section(self, id: str) -> DeskSection:
        """The section of that id, the outlook among them; LookupError where there is none."""
        if id == OUTLOOK:
            return DeskSection(OUTLOOK, "", self.outlook)
        return _found(self.sections, id)

    def point(self, id: str) -> tuple[PlacedBlock, PlacedPoint]:
        """The point of that id and its block; LookupError where there is none."""
        for block, point in self.points():
            if point.id == id:
                return block, point
        raise LookupError(id)

    def place(self, block: int, start: int, end: int) -> Place:
        """Where characters of a block of `report()`, by its index, stand in the copy; cut to the point that they begin in."""
        placed = self.blocks[block]
        for (first, last, point), own in zip(placed.block.spans(), placed.points, strict=True):
            if start < last or own is placed.points[-1]:
                opening = first + len(point.enumerator)
                room = last - opening
                return Place(placed.id, own.id, _within(start - opening, room), _within(end - opening, room))
        shift, room = len(placed.frame.number), len(placed.text)
        return Place(placed.id, "", _within(start - shift, room), _within(end - shift, room))

    # --- with something else in it

    def with_block(self, block: PlacedBlock) -> Copy:
        return replace(self, blocks=tuple(block if one.id == block.id else one for one in self.blocks))

    def with_point(self, point: PlacedPoint) -> Copy:
        block, _ = self.point(point.id)
        points = tuple(point if one.id == point.id else one for one in block.points)
        return self.with_block(replace(block, points=points))

    def with_section(self, section: DeskSection) -> Copy:
        if section.id == OUTLOOK:
            return replace(self, outlook=section.facts)
        return replace(self, sections=tuple(section if one.id == section.id else one for one in self.sections))

    def numbered(self, letter: str) -> tuple[Copy, str]:
        """The next id of that letter, which nothing ever had."""
        number = self.last.get(letter, 0) + 1
        return replace(self, last={**self.last, letter: number}), f"{letter}{number}"

    # --- kept

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON; `of_record` reads it back."""
        report = replace(self.told, brief=self.head, blocks=tuple(one.block for one in self.blocks)).as_dict()
        return {
            "report": report,
            "sections": [
                {
                    "id": one.id,
                    "heading": one.heading,
                    "facts": _facts(one.facts),
                    "groups": [list(g) for g in one.groups],
                }
                for one in self.sections
            ],
            "outlook": _facts(self.outlook),
            "ids": [
                {"id": one.id, "section": one.section, "points": [p.id for p in one.points]} for one in self.blocks
            ],
            "proposals": [_proposal(point) for _, point in self.points() if point.proposal],
            "clashes": [{"id": c.id, "mine": c.mine, "theirs": c.theirs, "by": c.by} for c in self.clashes],
            "last": dict(self.last),
            "drafting": dict(self.drafting),
        }


def of_record(data: Record) -> Copy:
    """The copy that `as_dict` told; ValueError where it is none."""
    report = from_record(data.record("report"))
    proposals = {one.text("id"): one for one in data.records("proposals")}
    blocks = tuple(
        _placed(block, one, proposals) for block, one in zip(report.blocks, data.records("ids"), strict=True)
    )
    return Copy(
        told=replace(report, brief=None, blocks=()),
        head=report.brief,
        sections=tuple(
            DeskSection(one.text("id"), one.text("heading"), _read(one, "facts"), one.items("groups", _group))
            for one in data.records("sections")
        ),
        outlook=_read(data, "outlook"),
        blocks=blocks,
        clashes=tuple(
            Clash(one.text("id"), one.text("mine"), one.text("theirs"), one.text("by"))
            for one in data.records("clashes")
        ),
        last={letter: data.record("last").whole(letter, 0) for letter in "Fsbp"},
        drafting={name: data.record("drafting").text(name, "") for name in ("scope", "instruction")}
        if data.given("drafting")
        else {},
    )


def _found(among: tuple[_Named, ...], id: str) -> _Named:
    for one in among:
        if one.id == id:
            return one
    raise LookupError(id)


def _worded(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.text.strip())


def _section(one: DeskSection) -> Section:
    facts = _worded(one.facts)
    there = {fact.id for fact in facts}
    groups = tuple(tuple(id for id in group if id in there) for group in one.groups)
    return Section(one.heading, facts, tuple(group for group in groups if group))


def _within(offset: int, room: int) -> int:
    return min(max(offset, 0), room)


def _facts(facts: tuple[Fact, ...]) -> list[dict[str, Any]]:
    return [fact.as_dict() for fact in facts]


def _read(data: Record, name: str) -> tuple[Fact, ...]:
    return tuple(
        Fact(one.text("id"), one.text("text"), one.text("source"), one.day("date") if one.given("date") else None)
        for one in data.records(name)
    )


def _group(value: object, place: str) -> tuple[str, ...]:
    return Record({"": value}, place).texts("")


def _proposal(point: PlacedPoint) -> dict[str, Any]:
    assert point.proposal is not None  # noqa: S101 — asked for those that have one
    alone = Report((Block("paragraph", points=(point.proposal.point,)),)).as_dict()
    return {"id": point.id, "instruction": point.proposal.instruction, "report": alone}


def _placed(block: Block, ids: Record, proposals: Mapping[str, Record]) -> PlacedBlock:
    names = ids.texts("points") if ids.given("points") else ()
    points = []
    for id, point in zip(names, block.points, strict=True):
        told = proposals.get(id)
        offered = None
        if told is not None:
            offered = Proposal(next(from_record(told.record("report")).points()), told.text("instruction"))
        points.append(PlacedPoint(id, point, offered))
    return PlacedBlock(ids.text("id"), replace(block, points=()), ids.text("section"), tuple(points))
