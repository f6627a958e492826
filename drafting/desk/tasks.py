"""What a drafting job has to word: the points of a working copy that were asked for, as parts that a writer takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafting import outline
from drafting.desk import closing
from drafting.desk.copy import OUTLOOK
from drafting.errors import InputError
from drafting.facts import Brief, Fact
from drafting.outline import PlannedPoint, PlannedSection
from drafting.profile import Profile
from drafting.questions import Wish
from drafting.writer import Part

ALL = "all"
_LONGEST_INSTRUCTION = 200
_NOTHING = "没有可以拟写的事实，请先填写事实"
_LOCKED = "所选的要点都已锁定"
_OTHERWISE = "换一种写法，不照抄现稿"
"""The wish of a redraft without one: the same question would only bring the same answer."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A point of the copy. `text` is its gist and its body; `proposed` says that a proposal for it waits to be decided."""

    id: str
    facts: tuple[str, ...]
    gist: str
    text: str
    locked: bool
    proposed: bool


@dataclass(frozen=True, slots=True)
class Bench:
    """A working copy as a job sees it: the brief that its facts make, and by the sections' ids, in the brief's order, the points that stand.

    `outlook` is the closing paragraph, None where there is none.
    """

    brief: Brief
    profile: Profile
    sections: tuple[tuple[str, tuple[Standing, ...]], ...]
    outlook: Standing | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """The parts to be worded, each with its section's id; `locked` are the facts of points that were asked for and stay as they are."""

    brief: Brief
    profile: Profile
    parts: tuple[tuple[str, Part], ...]
    locked: tuple[tuple[str, tuple[str, ...]], ...]

    def sent(self) -> Iterator[Fact]:
        """Everything that a model is told: headings, facts, and with a wish the instruction and the texts as they stand."""
        for _, part in self.parts:
            yield Fact(f"{part.number}标题", part.heading)
            for point in part.points:
                yield from point.facts
            if part.wish is not None:
                yield Fact("改写要求", part.wish.instruction)
                yield from (Fact(f"{'、'.join(ids)} 的现稿", text) for ids, text in part.wish.standing.items())


def instruction(told: str) -> str:
    """The drafter's instruction in one line. Raises InputError for one that is too long."""
    plain = " ".join(told.split())
    if len(plain) > _LONGEST_INSTRUCTION:
        raise InputError(f"改写要求太长（{len(plain)}字），请写在{_LONGEST_INSTRUCTION}字以内")
    return plain


def task(bench: Bench, scope: str, wish: str = "", *, resumed: bool = False) -> Task:
    """What there is to word in `scope`: everything, a section or a point, by its id, or the outlook, which follows its facts else.

    Everything, without a wish, means what is not yet worded, or, where nothing is missing, each point anew. A `resumed` task leaves out the
    points that have got their proposal. Raises InputError where there is nothing to word.
    """
    if scope == OUTLOOK or (bench.outlook is not None and scope == bench.outlook.id):
        return _outlook(bench, wish, resumed=resumed)
    planned = outline.plan(bench.brief, bench.profile).sections
    seen = [_Section(id, points, plan) for (id, points), plan in zip(bench.sections, planned, strict=True)]
    chosen = _chosen(seen, scope, missing_only=not wish)
    if resumed:
        chosen = [(section, [one for one in points if not one.proposed]) for section, points in chosen]
    parts = tuple((section.id, section.part(points, wish)) for section, points in chosen if section.left(points))
    locked = tuple((section.id, one.facts) for section, points in chosen for one in points if one.locked)
    if not parts:
        raise InputError(_LOCKED if locked else _NOTHING)
    return Task(bench.brief, bench.profile, parts, locked)


def _outlook(bench: Bench, wish: str, *, resumed: bool) -> Task:
    standing = bench.outlook
    if not bench.brief.outlook or (resumed and standing is not None and standing.proposed):
        raise InputError(_NOTHING)
    if standing is not None and standing.locked:
        raise InputError(_LOCKED)
    text = standing.text if standing is not None else ""
    part = closing.part(bench.brief, bench.profile, text, wish or (_OTHERWISE if text else ""))
    return Task(bench.brief, bench.profile, ((OUTLOOK, part),), ())


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One point to be worded: a standing one, or, with an empty id, facts that no point words yet."""

    id: str
    point: PlannedPoint
    locked: bool = False
    proposed: bool = False
    text: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        return self.point.ids


@dataclass(frozen=True, slots=True)
class _Section:
    id: str
    standing: tuple[Standing, ...]
    planned: PlannedSection

    def wanted(self) -> list[_Wanted]:
        """All its points: those that stand, and the planned ones of facts that none of them words, in the order of their facts."""
        facts = {fact.id: fact for point in self.planned.points for fact in point.facts}
        found = []
        for one in self.standing:
            own = tuple(facts[id] for id in one.facts if id in facts)
            if own:
                found.append(_Wanted(one.id, PlannedPoint(own, ""), one.locked, one.proposed, one.text))
        worded = {id for one in self.standing for id in one.facts}
        for point in self.planned.points:
            left = tuple(fact for fact in point.facts if fact.id not in worded)
            if left:
                found.append(_Wanted("", PlannedPoint(left, point.enumerator)))
        order = list(facts)
        return sorted(found, key=lambda one: order.index(one.facts[0]))

    def left(self, points: Sequence[_Wanted]) -> list[_Wanted]:
        return [one for one in points if not one.locked]

    def part(self, points: Sequence[_Wanted], wish: str) -> Part:
        """The part of these points; the gists of all others are taken, and so are those that a redraft does not ask for."""
        asked = self.left(points)
        anew = {one.id for one in asked}
        taken = frozenset(one.gist for one in self.standing if one.id not in anew and one.gist)
        standing = {one.facts: one.text for one in asked if one.text}
        made = Wish(wish or _OTHERWISE, standing) if wish or standing else None
        return Part(self.planned.number, self.planned.heading, tuple(one.point for one in asked), taken, made)


def _chosen(sections: Sequence[_Section], scope: str, *, missing_only: bool) -> list[tuple[_Section, list[_Wanted]]]:
    everything = [(section, section.wanted()) for section in sections]
    if scope == ALL:
        missing = [(section, [one for one in points if not one.id]) for section, points in everything]
        return missing if missing_only and any(points for _, points in missing) else everything
    for section, points in everything:
        if scope == section.id:
            return [(section, points)]
        if any(scope == one.id for one in section.standing):
            return [(section, _one(points, scope))]
    raise InputError("没有这个章节或要点，可能已被删去")


def _one(points: Sequence[_Wanted], id: str) -> list[_Wanted]:
    found = [one for one in points if one.id == id]
    if not found:
        raise InputError("这个要点没有依据的事实，不能改写")
    return found
