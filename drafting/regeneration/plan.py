"""The plan of a report: for every section whether it is fresh or out of date and why, and whether a person's words are in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection, select

from drafting import outline, verification
from drafting.answers import Wording
from drafting.facts import Brief
from drafting.grounding import Ground
from drafting.outline import Outline, PlannedPoint, PlannedSection
from drafting.profile import Profile
from drafting.regeneration import drafts, keys, wordings
from drafting.regeneration.drafts import Made, MadeSection
from drafting.regeneration.keys import Manner
from drafting.regeneration.reasons import because
from drafting.regeneration.wordings import Worded
from drafting.report import Point, Report
from drafting.workspace import contents, history
from drafting.workspace.rows import MACHINE_MADE, Document, Version
from drafting.workspace.tables import conflicts, versions

State = Literal["fresh", "stale"]

_NEW_REPORT = "报告还没有稿子"
_NEW_SECTION = "新的一节"
_UNKNOWN = "没有记录这一稿是怎样拟出来的"
_NO_LONGER = "其余内容变了，原来的文字不再有依据"


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """One section of a report that is to be brought up to date.

    `asked` are its points but for those that a person locked, which `locked` holds by their facts. fresh: `worded` stands as it is.
    stale: it is to be worded anew, `because` of these. `edited`: what stands is not what a machine wrote. `conflict`: a clash of a
    person's words with a machine's waits there to be settled.
    """

    planned: PlannedSection
    asked: PlannedSection
    locked: Mapping[frozenset[str], Point]
    made: MadeSection
    state: State
    because: tuple[str, ...] = ()
    worded: Worded | None = None
    edited: bool = False
    conflict: bool = False

    def points(self, worded: Worded) -> tuple[Point, ...]:
        """The section's points in order: those that were worded, and the locked ones as they stand."""
        fresh = dict(zip((one.ids for one in self.asked.points), worded.as_points(self.asked.points), strict=True))
        return tuple(
            fresh[one.ids] if one.ids in fresh else replace(self.locked[frozenset(one.ids)], enumerator=one.enumerator)
            for one in self.planned.points
        )


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """What is to be done about one report. `unchanged`: nothing at all, the version that stands was made from this very brief."""

    brief: Brief
    profile: Profile
    outline: Outline
    context: str
    sections: tuple[SectionPlan, ...]
    key: str
    document: Document | None
    head: Version | None
    unchanged: bool

    @property
    def stale(self) -> tuple[SectionPlan, ...]:
        return tuple(one for one in self.sections if one.state == "stale")

    @property
    def made(self) -> Made:
        """What a version of this plan is made from."""
        return Made(self.key, tuple(one.made for one in self.sections), any(one.locked for one in self.sections))


def plan(connection: Connection, brief: Brief, profile: Profile, manner: Manner) -> ReportPlan:
    """The plan of the report of a brief. Reads the workspace and changes nothing."""
    skeleton = outline.plan(brief, profile)
    document = history.document_of_identity(connection, brief.identity)
    before = _before(connection, document)
    locked = _locked(before)
    asked = [_asked(section, locked) for section in skeleton.sections]
    made = [MadeSection.of(keys.inputs(one.heading, one.points, profile, manner)) for one in asked]
    key = keys.of_report(brief, profile, [one.key for one in made])
    unchanged = before is not None and before.made is not None and before.made.key == key
    context = keys.context(brief)
    kept = {} if unchanged else wordings.among(connection, {one.key for one in made})
    planner = _Planner(brief, profile, context, before, kept)
    sections = tuple(
        planner.section(planned, mine, locked, one, unchanged)
        for planned, mine, one in zip(skeleton.sections, asked, made, strict=True)
    )
    head = before.head if before else None
    return ReportPlan(brief, profile, skeleton, context, sections, key, document, head, unchanged)


@dataclass(frozen=True, slots=True)
class _Before:
    """What the workspace has of the report: the version that stands, what a machine made last, and from what."""

    head: Version
    machine: Version | None
    made: Made | None
    texts: tuple[Report, Report] | None
    conflicts: frozenset[str]

    @property
    def edited(self) -> frozenset[str]:
        """The headings of sections whose points do not all stand as the machine wrote them."""
        if self.texts is None:
            return frozenset()
        machine, head = self.texts
        standing = {point.text for point in head.points()}
        changed: set[str] = set()
        heading = ""
        for block in machine.blocks:
            heading = block.words if block.type == "heading" and block.level == 1 else heading
            if any(point.text not in standing for point in block.points):
                changed.add(heading)
        return frozenset(changed)


@dataclass(frozen=True, slots=True)
class _Planner:
    brief: Brief
    profile: Profile
    context: str
    before: _Before | None
    kept: Mapping[str, Worded]

    def section(
        self,
        planned: PlannedSection,
        asked: PlannedSection,
        locked: Mapping[frozenset[str], Point],
        made: MadeSection,
        unchanged: bool,
    ) -> SectionPlan:
        before = self.before
        edited = before is not None and planned.heading in before.edited
        conflict = before is not None and any(one.endswith(planned.heading) for one in before.conflicts)
        own = {frozenset(one.ids): locked[frozenset(one.ids)] for one in planned.points if frozenset(one.ids) in locked}
        if unchanged:
            return SectionPlan(planned, asked, own, made, "fresh", edited=edited, conflict=conflict)
        worded = self.kept.get(made.key)
        if worded is not None and (worded.context == self.context or self._stands(asked, worded)):
            return SectionPlan(planned, asked, own, made, "fresh", worded=worded, edited=edited, conflict=conflict)
        why = (_NO_LONGER,) if worded is not None else self._because(made)
        return SectionPlan(planned, asked, own, made, "stale", why, edited=edited, conflict=conflict)

    def _stands(self, asked: PlannedSection, worded: Worded) -> bool:
        """Whether words that were held against another context may stand in this one."""
        return all(
            point.provenance.origin == "composed" or not self._problems(planned, point)
            for planned, point in zip(asked.points, worded.points, strict=True)
        )

    def _problems(self, planned: PlannedPoint, point: Point) -> Sequence[object]:
        ground = Ground.of(self.brief, planned.facts, self.profile.set_phrases)
        wording = Wording(point.gist, point.body)
        return verification.problems(wording, ground, self.brief.organ, gist_wanted=bool(point.gist))

    def _because(self, made: MadeSection) -> tuple[str, ...]:
        before = self.before
        if before is None:
            return (_NEW_REPORT,)
        if before.made is None:
            return (_UNKNOWN,)
        old = _counterpart(made, before.made.sections)
        return because(old, made) if old else (_NEW_SECTION,)


def _counterpart(made: MadeSection, among: Sequence[MadeSection]) -> MadeSection | None:
    """The section that this one was: that of its heading, else the one with which it shares most facts."""
    for one in among:
        if one.heading == made.heading:
            return one
    shared = {one: len(set(one.facts) & set(made.facts)) for one in among}
    best = max(shared, key=lambda one: shared[one], default=None)
    return best if best is not None and shared[best] else None


def _asked(section: PlannedSection, locked: Mapping[frozenset[str], Point]) -> PlannedSection:
    return replace(section, points=tuple(one for one in section.points if frozenset(one.ids) not in locked))


def _locked(before: _Before | None) -> dict[frozenset[str], Point]:
    """The points that a person locked in the version that stands, by their facts."""
    if before is None or before.texts is None:
        return {}
    return {frozenset(point.facts): point for point in before.texts[1].points() if point.locked}


def _before(connection: Connection, document: Document | None) -> _Before | None:
    if document is None:
        return None
    head = history.head(connection, document.id)
    wanted = select(versions.c.id).where(versions.c.report_id == document.id, versions.c.origin.in_(MACHINE_MADE))
    last = connection.execute(wanted.order_by(versions.c.id.desc()).limit(1)).scalar_one_or_none()
    if last is None:
        return _Before(head, None, None, (contents.get(connection, head.hash),) * 2, frozenset())
    machine = history.version(connection, last) if last != head.id else head
    made, texts = drafts.get(connection, last), None
    if machine.hash != head.hash or made is None or made.locked:
        texts = contents.get(connection, machine.hash), contents.get(connection, head.hash)
    waiting = select(conflicts.c.heading).join(versions, versions.c.id == conflicts.c.version_id)
    of_report = waiting.where(versions.c.report_id == document.id, conflicts.c.settled_by == "")
    headings = frozenset(connection.execute(of_report).scalars()) if texts else frozenset()
    return _Before(head, machine, made, texts, headings)
