"""Rebasing: a working copy on top of what a colleague saved meanwhile. What stays keeps its id; no word of either is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from drafting.changes.alignment import align
from drafting.changes.merge import Conflict, merge
from drafting.desk.briefs import merge_briefs
from drafting.desk.copy import OUTLOOK, Clash, Copy, DeskSection, PlacedBlock, PlacedPoint
from drafting.desk.laying import copy_of, owned
from drafting.report import Block, Point, Report


def rebased(copy: Copy, base: Report, head: Report, by: str) -> Copy:
    """The copy, made of `base`, with what `head` has that `base` has not. Where both changed one place mine stands and `by` is named beside
    theirs."""
    mine = copy.report()
    brief, clashes = mine.brief or head.brief, tuple[Clash, ...]()
    if mine.brief and base.brief and head.brief:
        briefs = merge_briefs(base.brief, mine.brief, head.brief)
        mine, copy = _with_names(mine, briefs.renamed), _renamed(copy, briefs.renamed)
        brief, clashes = briefs.brief, briefs.clashes
    merged = merge(base, mine, head)
    laid = relaid(copy, replace(merged.report, brief=brief))
    if brief is not None:
        told = replace(laid.told, organ=brief.organ, topic=brief.topic, period=brief.period, issued=brief.issued)
        laid = replace(laid, told=told)
    kept = [replace(one, by=by) for one in clashes]
    if merged.conflicts:
        sides = _Sides(_printed(relaid(copy, base)), _printed(relaid(copy, head)))
        for conflict in merged.conflicts:
            laid, clash = _clash(laid, conflict, by, sides)
            kept.append(clash)
    standing = [one for one in copy.clashes if one.id not in {clash.id for clash in kept}]
    return replace(laid, clashes=(*standing, *kept))


def relaid(copy: Copy, report: Report) -> Copy:
    """The report laid on the desk with the ids that its parts have on this copy; what is new gets new ones."""
    fresh = copy_of(report)
    last = {letter: max(copy.last.get(letter, 0), fresh.last.get(letter, 0)) for letter in "Fsbp"}
    result = replace(fresh, last=last, clashes=(), drafting=copy.drafting)
    result = _sections(copy, result)
    return _blocks(copy, result)


def _sections(copy: Copy, fresh: Copy) -> Copy:
    free = list(copy.sections)
    sections = []
    for section in fresh.sections:
        same = _likest(section, free)
        if same is not None:
            free.remove(same)
            sections.append(replace(section, id=same.id))
        else:
            fresh, id = fresh.numbered("s")
            sections.append(replace(section, id=id))
    return _with_blanks(copy, replace(fresh, sections=tuple(sections)))


def _with_blanks(copy: Copy, fresh: Copy) -> Copy:
    """Facts and sections without words are no part of a version; on the desk somebody is just typing them."""
    there = {one.id for one in fresh.sections}
    blank = tuple(one for one in copy.sections if one.id not in there and not one.heading.strip())
    fresh = replace(
        fresh, sections=(*fresh.sections, *(one for one in blank if not any(f.text.strip() for f in one.facts)))
    )
    for section, fact in copy.facts():
        if not fact.text.strip() and (section == OUTLOOK or section in there):
            own = fresh.section(section)
            fresh = fresh.with_section(replace(own, facts=(*own.facts, fact)))
    return fresh


def _likest(section: DeskSection, among: Sequence[DeskSection]) -> DeskSection | None:
    facts = {fact.id for fact in section.facts}

    def kinship(one: DeskSection) -> int:
        return 2 * len(facts & {fact.id for fact in one.facts}) + (one.heading == section.heading)

    best = max(among, key=kinship, default=None)
    return best if best is not None and kinship(best) else None


def _blocks(copy: Copy, fresh: Copy) -> Copy:
    old, new = [one.block for one in copy.blocks], [one.block for one in fresh.blocks]
    partner: dict[int, int] = {}
    for row in align(old, new):
        partner.update(zip(row.new, row.old, strict=False))
    owners = owned(new, fresh.sections)
    proposals = {point.id: point.proposal for _, point in copy.points()}
    blocks = []
    for at, (block, owner) in enumerate(zip(new, owners, strict=True)):
        before = copy.blocks[partner[at]] if at in partner else None
        if before is None:
            fresh, id = fresh.numbered("b")
        else:
            id = before.id
        points = []
        for point, own in _points(block.points, before.points if before else ()):
            if own is None:
                fresh, name = fresh.numbered("p")
                points.append(PlacedPoint(name, point))
            else:
                points.append(PlacedPoint(own.id, point, proposals[own.id]))
        blocks.append(PlacedBlock(id, replace(block, points=()), owner, tuple(points)))
    return replace(fresh, blocks=tuple(blocks))


def _points(points: Sequence[Point], before: Sequence[PlacedPoint]) -> Iterator[tuple[Point, PlacedPoint | None]]:
    """Each point with the one it was: of the same text, or facts, or in what is left of the order."""
    partners: dict[int, PlacedPoint] = {}
    free = list(before)
    for same in (_same_text, _same_facts):
        for at, point in enumerate(points):
            found = next((one for one in free if at not in partners and same(point, one.point)), None)
            if found is not None:
                partners[at] = found
                free.remove(found)
    for at, point in enumerate(points):
        if at not in partners and free and not (point.facts and free[0].point.facts):
            partners[at] = free.pop(0)
        yield point, partners.get(at)


def _same_text(one: Point, other: Point) -> bool:
    return (one.gist, one.body) == (other.gist, other.body)


def _same_facts(one: Point, other: Point) -> bool:
    return bool(one.facts) and set(one.facts) & set(other.facts) != set()


@dataclass(frozen=True, slots=True)
class _Sides:
    """What the base and the colleague's version print at the ids of my copy, of points and of blocks without any.

    `taken` are the places that an earlier conflict of the very same words was given.
    """

    base: Mapping[str, str]
    theirs: Mapping[str, str]
    taken: set[tuple[str, Conflict]] = field(default_factory=set)

    def fit(self, id: str, conflict: Conflict) -> tuple[bool, int]:
        """How well the place of that id is the conflict's: other places may read the same."""
        base, theirs = self.base.get(id, ""), self.theirs.get(id, "")
        return _taking(id, conflict) not in self.taken, (conflict.base in base) + (conflict.theirs in theirs)


def _taking(id: str, conflict: Conflict) -> tuple[str, Conflict]:
    return id, replace(conflict, heading="")


def _printed(copy: Copy) -> Mapping[str, str]:
    points = {point.id: point.point.text for _, point in copy.points()}
    return points | {block.id: block.block.text for block in copy.blocks if not block.points}


def _clash(copy: Copy, conflict: Conflict, by: str, sides: _Sides) -> tuple[Copy, Clash]:
    """The clash at the point or block where my words stand; where I took them out, at an empty paragraph in their section."""
    holding = [id for id, text in _printed(copy).items() if conflict.mine and conflict.mine in text]
    if holding:
        id = max(holding, key=lambda one: sides.fit(one, conflict))
        sides.taken.add(_taking(id, conflict))
        return copy, _clash_at(copy, id, conflict, by)
    copy, id = copy.numbered("b")
    at = next(
        (at for at, one in enumerate(copy.blocks, start=1) if one.block.text == conflict.heading), len(copy.blocks)
    )
    section = copy.blocks[at - 1].section if at else ""
    empty = PlacedBlock(id, Block("paragraph", ""), section)
    return replace(copy, blocks=(*copy.blocks[:at], empty, *copy.blocks[at:])), Clash(id, "", conflict.theirs, by)


def _clash_at(copy: Copy, id: str, conflict: Conflict, by: str) -> Clash:
    for _, point in copy.points():
        if point.id == id:
            return Clash(id, point.text, _beside(point.text, conflict, point.point.enumerator), by)
    block = copy.block(id)
    return Clash(id, block.text, _beside(block.text, conflict, block.frame.number), by)


def _beside(text: str, conflict: Conflict, opening: str) -> str:
    """My whole text with their words in place of mine."""
    mine = conflict.mine.removeprefix(opening)
    return text.replace(mine, conflict.theirs.removeprefix(opening), 1)


def _with_names(report: Report, names: Mapping[str, str]) -> Report:
    if not names:
        return report
    blocks = tuple(
        replace(
            block,
            points=tuple(
                replace(point, facts=tuple(names.get(id, id) for id in point.facts)) for point in block.points
            ),
        )
        for block in report.blocks
    )
    return replace(report, blocks=blocks)


def _renamed(copy: Copy, names: Mapping[str, str]) -> Copy:
    for _, placed in list(copy.points()) if names else ():
        facts = tuple(names.get(id, id) for id in placed.point.facts)
        copy = copy.with_point(replace(placed, point=replace(placed.point, facts=facts)))
    return copy
