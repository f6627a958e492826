"""The writer: outline → word the points (model) → verify → repair at most twice → compose the rest → report.

The steps are a LangChain sequence; the model sees one point, or one section, at a time and can change nothing but a gist and a text.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from drafting import answers, composer, outline, prompts, verification
from drafting.answers import Wording
from drafting.facts import Brief, Fact
from drafting.grounding import Ground
from drafting.models import Answer, Message, Model
from drafting.outline import Outline, PlannedPoint
from drafting.profile import Profile
from drafting.report import Block, Point, Provenance, Report
from drafting.verification import Problem

ATTEMPTS = 3

_POINT = ("word-point", "word-point-facts", "repair-point")
_SECTION = ("word-section", "word-section-facts", "repair-section")


@dataclass(frozen=True, slots=True)
class Progress:
    """What happened to one point: worded, repaired or composed; or that the model is asked again, and why."""

    section: int
    point: int
    step: Literal["worded", "repaired", "composed", "locked", "again"]
    attempt: int = 0
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class _Job:
    """One point on its way: what was tried and what was wrong."""

    section: int
    index: int
    plan: PlannedPoint
    ground: Ground
    wording: Wording | None = None
    attempts: int = 0
    problems: list[str] = field(default_factory=list)
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True)
class Writer:
    """Drafts reports with one profile and one model (None: the composer words everything).

    `watch` is told of every step; `stream` asks the endpoint to stream, for someone who waits. ModelUnreachable passes through and
    leaves nothing behind.
    """

    profile: Profile
    model: Model | None
    watch: Callable[[Progress], None] = lambda _: None
    stream: bool = False

    async def draft(self, brief: Brief, locked: Sequence[Point] = ()) -> Report:
        """The report of a brief. Points in `locked` stand as they are where their facts are those of a planned point."""
        plan = outline.plan(brief, self.profile)
        kept = {frozenset(point.facts): point for point in locked if point.locked}
        sections = await asyncio.gather(
            *(self._section(brief, index, plan, kept) for index in range(len(plan.sections)))
        )
        return assemble(brief, self.profile, plan, sections)

    async def _section(
        self, brief: Brief, index: int, plan: Outline, kept: Mapping[frozenset[str], Point]
    ) -> list[Point]:
        planned = plan.sections[index]
        phrases = self.profile.set_phrases
        jobs = [
            _Job(index, number, point, Ground.of(brief, point.facts, phrases))
            for number, point in enumerate(planned.points)
            if frozenset(point.ids) not in kept
        ]
        if self.model is not None:
            if self.model.unit == "section":
                await self._word_together(brief, planned.heading, jobs)
            else:
                await asyncio.gather(*(self._word_alone(brief, job) for job in jobs))
        made = dict(zip((job.index for job in jobs), self._finish(jobs), strict=True))
        points = []
        for number, point in enumerate(planned.points):
            if number in made:
                points.append(made[number])
            else:
                points.append(replace(kept[frozenset(point.ids)], enumerator=point.enumerator))
                self.watch(Progress(index, number, "locked"))
        return points

    # --- asking the model

    async def _word_alone(self, brief: Brief, job: _Job) -> None:
        rules = prompts.load("word-point").render(kind=self.profile.name, diction=self._diction)
        facts = "；".join(fact.text for fact in job.plan.facts)
        question = prompts.load("word-point-facts").render(facts=facts)
        messages = [Message("system", rules), Message("user", question)]
        while True:
            answer = await self._ask(messages, answers.POINT_SCHEMA, [job])
            wording = answers.read_point(answer.text) if answer.outcome in ("complete", "cut") else None
            found = self._judge(brief, job, wording, answer)
            if not found or job.attempts >= ATTEMPTS:
                return
            again = prompts.load("repair-point").render(problems=_listed(found), facts=facts)
            messages = [*messages[:2], Message("assistant", answer.text or "（无）"), Message("user", again)]

    async def _word_together(self, brief: Brief, heading: str, jobs: Sequence[_Job]) -> None:
        rules = prompts.load("word-section").render(kind=self.profile.name, diction=self._diction)
        question = prompts.load("word-section-facts").render(heading=heading, points=_as_json(jobs))
        messages = [Message("system", rules), Message("user", question)]
        waiting = list(jobs)
        while waiting:
            answer = await self._ask(messages, answers.SECTION_SCHEMA, waiting)
            worded = _by_facts(answers.read_section(answer.text)) if answer.outcome in ("complete", "cut") else {}
            wrong: dict[str, list[Problem]] = {}
            for job in waiting:
                found = self._judge(brief, job, worded.get(frozenset(job.plan.ids)), answer)
                if found:
                    wrong["、".join(job.plan.ids)] = found
            waiting = [job for job in waiting if job.wording is None and job.attempts < ATTEMPTS]
            listed = "\n".join(f"{ids}：{'；'.join(problem.message for problem in found)}" for ids, found in wrong.items())
            again = prompts.load("repair-section").render(problems=listed, points=_as_json(waiting))
            messages = [*messages[:2], Message("assistant", answer.text or "（无）"), Message("user", again)]

    async def _ask(self, messages: Sequence[Message], schema: dict[str, object], jobs: Sequence[_Job]) -> Answer:
        assert self.model is not None  # noqa: S101  (the composer asks nothing)
        answer = await self.model.ask(messages, schema=schema, stream=self.stream)
        share = len(jobs)
        for number, job in enumerate(jobs):
            job.attempts += 1
            job.prompt_tokens += answer.prompt_tokens // share + (number < answer.prompt_tokens % share)
            job.completion_tokens += answer.completion_tokens // share + (number < answer.completion_tokens % share)
        return answer

    def _judge(self, brief: Brief, job: _Job, wording: Wording | None, answer: Answer) -> list[Problem]:
        """What is wrong with a point's wording; nothing, and the wording is kept on the job."""
        if wording is None:
            found = [Problem("FORM", _NO_WORDING[answer.outcome])]
        else:
            mended = verification.mend(wording)
            found = verification.problems(mended, job.ground, brief.organ, gist_wanted=self._gists)
            if not found:
                job.wording = mended
                return []
        job.problems += [str(problem) for problem in found]
        if job.attempts < ATTEMPTS:
            messages = tuple(problem.message for problem in found)
            self.watch(Progress(job.section, job.index, "again", job.attempts + 1, messages))
        return found

    # --- finishing a section

    def _finish(self, jobs: Sequence[_Job]) -> list[Point]:
        """Points in the outline's order. A gist that stands twice in a section gives way to the composer's."""
        points: list[Point] = []
        taken: set[str] = set()
        for job in jobs:
            point = self._point(job, taken)
            taken.add(point.gist)
            points.append(point)
            how = point.provenance
            self.watch(Progress(job.section, job.index, _step(how), how.attempts, how.problems))
        return points

    def _point(self, job: _Job, taken: set[str]) -> Point:
        required = self.profile.point_style == "headed"
        gist, body = composer.compose(job.plan.facts, gist=self._gists, required=required, taken=taken)
        how = Provenance(
            "composed",
            model=str(self.model.spec) if self.model else "composer",
            prompt=self._fingerprint if self.model else "",
            attempts=job.attempts,
            problems=tuple(job.problems),
            prompt_tokens=job.prompt_tokens,
            completion_tokens=job.completion_tokens,
        )
        if job.wording is not None:
            body = job.wording.text
            if job.wording.gist not in taken and self._gists:
                gist = job.wording.gist
            how = replace(how, origin="worded" if job.attempts == 1 else "repaired")
        return Point(body=body, facts=job.plan.ids, enumerator=job.plan.enumerator, gist=gist, provenance=how)

    @property
    def _gists(self) -> bool:
        return self.profile.point_style != "plain"

    @property
    def _diction(self) -> str:
        return "；".join(self.profile.diction) or "庄重、简明、准确"

    @property
    def _fingerprint(self) -> str:
        used = _SECTION if self.model and self.model.unit == "section" else _POINT
        return prompts.fingerprint(prompts.load(name) for name in used)


_NO_WORDING: Mapping[str, str] = {
    "complete": "应答不是所要的 JSON 对象，或缺少要点",
    "cut": "应答被截断",
    "empty": "应答为空",
    "refused": "模型拒绝作答",
    "garbled": "应答不完整",
}


def _step(how: Provenance) -> Literal["worded", "repaired", "composed"]:
    return how.origin if how.origin in ("worded", "repaired") else "composed"  # type: ignore[return-value]


def _listed(found: Sequence[Problem]) -> str:
    return "\n".join(f"- {problem.message}" for problem in found)


def _as_json(jobs: Sequence[_Job]) -> str:
    points = [{"facts": list(job.plan.ids), "texts": [fact.text for fact in job.plan.facts]} for job in jobs]
    return json.dumps(points, ensure_ascii=False)


def _by_facts(wordings: Sequence[Wording]) -> dict[frozenset[str], Wording]:
    """Worded points by the facts they name; the first stands where one is doubled, and one for unknown facts finds no place."""
    found: dict[frozenset[str], Wording] = {}
    for wording in wordings:
        found.setdefault(frozenset(wording.facts), wording)
    return found


# --- assembling


def assemble(brief: Brief, profile: Profile, plan: Outline, sections: Sequence[Sequence[Point]]) -> Report:
    """The report of an outline and its worded points."""
    blocks = [Block("title", plan.title)]
    if brief.recipient:
        blocks.append(Block("recipient", f"{brief.recipient}："))
    if plan.lead:
        blocks.append(Block("lead", plan.lead))
    for planned, points in zip(plan.sections, sections, strict=True):
        blocks.append(Block("heading", planned.heading, level=1, number=planned.number))
        blocks += _paragraphs(profile, points)
    blocks += _closing(brief, profile, plan)
    return Report(
        blocks=tuple(blocks),
        kind=brief.kind,
        organ=brief.organ,
        topic=brief.topic,
        period=brief.period,
        issued=brief.issued,
        brief=brief,
        profile=profile.fingerprint,
    )


def _paragraphs(profile: Profile, points: Sequence[Point]) -> list[Block]:
    if profile.point_style != "headed":
        return [Block("paragraph", points=tuple(points))]
    return [
        Block("paragraph", level=2, number=point.enumerator, points=(replace(point, enumerator=""),)) for point in points
    ]


def _closing(brief: Brief, profile: Profile, plan: Outline) -> list[Block]:
    blocks = []
    if plan.outlook:
        if plan.outlook_heading:
            blocks.append(Block("heading", plan.outlook_heading, level=1, number=plan.outlook_number))
        how = Provenance("composed", model="composer")
        ids = tuple(fact.id for fact in brief.outlook)
        blocks.append(Block("outlook", points=(Point(plan.outlook, ids, provenance=how),)))
    if brief.attachments:
        blocks.append(Block("attachment", _attachments(brief.attachments)))
    if "signature" in profile.requires:
        blocks.append(Block("signature", brief.organ))
    if "date" in profile.requires:
        issued = brief.issued
        blocks.append(Block("date", f"{issued.year}年{issued.month}月{issued.day}日"))
    return blocks


def _attachments(titles: Sequence[str]) -> str:
    if len(titles) == 1:
        return f"附件：{titles[0]}"
    return "附件：" + "\n".join(f"{index}.{title}" for index, title in enumerate(titles, start=1))


def facts_of(brief: Brief, point: Point) -> list[Fact]:
    """The facts that a point stands on."""
    return [brief.fact(fact_id) for fact_id in point.facts]
