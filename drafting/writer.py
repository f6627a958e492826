"""The writer: outline → word the points (model) → verify → repair at most twice → compose the rest → report.

A model is asked through a LangChain sequence (drafting/asking.py). It sees one point, or one section, at a time and can change nothing
but gists and texts: order, numbers, headings and which facts share a point are the outline's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from drafting import composer, outline, prompts, verification
from drafting.answers import Wording
from drafting.assembly import assemble
from drafting.facts import Brief
from drafting.grounding import Ground
from drafting.models import Answer, Message, Model
from drafting.outline import PlannedPoint, PlannedSection
from drafting.profile import Profile
from drafting.report import Point, Provenance, Report
from drafting.together import together
from drafting.verification import Problem

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from drafting.asking import Attempt

ATTEMPTS = 3

Step = Literal["worded", "repaired", "composed", "locked", "again"]

# A gist is a verb of two characters and its object (加强安全教育); of the object three quarters must stand in facts, topic or heading.
_VERB = 2
_OF_THE_OBJECT = 0.75
# A gist whose long object stands in the text word for word says everything twice; one that opens with an effect claims it.
_LONGEST_ECHO = 5
_EFFECT = re.compile("提升|提高|改善|增强|优化|确保|保障")
_ANY_WORK = re.compile("(?:建设|工作|管理|力度|活动)$")

_POINT = ("word-point", "word-point-facts", "repair-point")
_SECTION = ("word-section", "word-section-facts", "repair-section")


@dataclass(frozen=True, slots=True)
class Progress:
    """What happened to one point: worded, repaired, left to the composer, locked; or that the model is asked again, and why.

    `number` is the section's (一、) and `facts` the ids of the point's facts. `text` is the wording so far, empty where there is none.
    """

    number: str
    facts: tuple[str, ...]
    step: Step
    attempt: int = 0
    problems: tuple[str, ...] = ()
    text: str = ""


@dataclass(slots=True)
class _Job:
    """One point on its way: what was tried and what was wrong."""

    number: str
    index: int
    plan: PlannedPoint
    ground: Ground
    around: str
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
        sections = await together(self._section(brief, section, kept) for section in plan.sections)
        return assemble(brief, self.profile, plan, sections)

    async def _section(
        self, brief: Brief, planned: PlannedSection, kept: Mapping[frozenset[str], Point]
    ) -> list[Point]:
        phrases = self.profile.set_phrases
        jobs = [
            _Job(planned.number, index, point, Ground.of(brief, point.facts, phrases), brief.topic + planned.heading)
            for index, point in enumerate(planned.points)
            if frozenset(point.ids) not in kept
        ]
        if self.model is not None:
            if self.model.unit == "section":
                await self._word_together(brief, planned.heading, jobs)
            else:
                await together(self._word_alone(brief, job) for job in jobs)
        made = dict(zip((job.index for job in jobs), self._finish(jobs, planned.heading), strict=True))
        points = []
        for index, point in enumerate(planned.points):
            if index in made:
                points.append(made[index])
            else:
                points.append(replace(kept[frozenset(point.ids)], enumerator=point.enumerator))
                self.watch(Progress(planned.number, point.ids, "locked", text=points[-1].text))
        return points

    # --- asking the model

    async def _word_alone(self, brief: Brief, job: _Job) -> None:
        chain = self._chain
        rules = prompts.load("word-point").render(kind=self.profile.name, diction=self._diction)
        facts = "；".join(fact.text for fact in job.plan.facts)
        question = prompts.load("word-point-facts").render(facts=facts)
        opening = [Message("system", rules), Message("user", question)]
        messages = opening
        while True:
            attempt = await chain.ainvoke(messages)
            _count([job], attempt.answer)
            found = self._judge(brief, job, next(iter(attempt.wordings), None), attempt.answer)
            if not found or job.attempts >= ATTEMPTS:
                return
            again = prompts.load("repair-point").render(problems=_listed(found), facts=facts)
            messages = [*opening, *_exchange(attempt.answer, again)]

    async def _word_together(self, brief: Brief, heading: str, jobs: Sequence[_Job]) -> None:
        chain = self._chain
        rules = prompts.load("word-section").render(kind=self.profile.name, diction=self._diction)
        question = prompts.load("word-section-facts").render(heading=heading, points=_as_json(jobs))
        opening = [Message("system", rules), Message("user", question)]
        messages = opening
        waiting = list(jobs)
        while waiting:
            attempt = await chain.ainvoke(messages)
            _count(waiting, attempt.answer)
            worded = _by_facts(attempt.wordings)
            wrong: list[str] = []
            for job in waiting:
                found = self._judge(brief, job, worded.get(frozenset(job.plan.ids)), attempt.answer)
                if found:
                    wrong.append(f"{'、'.join(job.plan.ids)}：{'；'.join(problem.message for problem in found)}")
            waiting = [job for job in waiting if job.wording is None and job.attempts < ATTEMPTS]
            again = prompts.load("repair-section").render(problems="\n".join(wrong), points=_as_json(waiting))
            messages = [*opening, *_exchange(attempt.answer, again)]

    def _judge(self, brief: Brief, job: _Job, wording: Wording | None, answer: Answer) -> list[Problem]:
        """What is wrong with a point's wording; nothing, and the wording is kept on the job."""
        if wording is None:
            found = [Problem("FORM", _NO_WORDING[answer.outcome])]
        else:
            mended = verification.mend(wording)
            found = verification.problems(mended, job.ground, brief.organ, gist_wanted=self._gists)
            if not found:
                job.wording = mended
                self._tell(job, "worded" if job.attempts == 1 else "repaired", text=f"{mended.gist}。{mended.text}")
                return []
        job.problems += [str(problem) for problem in found]
        said = f"{wording.gist}。{wording.text}" if wording else ""
        self._tell(job, "again" if job.attempts < ATTEMPTS else "composed", found, said)
        return found

    def _tell(self, job: _Job, step: Step, found: Sequence[Problem] = (), text: str = "") -> None:
        problems = tuple(problem.message for problem in found)
        self.watch(Progress(job.number, job.plan.ids, step, job.attempts, problems, text))

    # --- finishing a section

    def _finish(self, jobs: Sequence[_Job], heading: str) -> list[Point]:
        """Points in the outline's order. A gist that stands twice in a section gives way to the composer's."""
        points: list[Point] = []
        taken: set[str] = set()
        for job in jobs:
            point = self._point(job, heading, taken)
            taken.add(point.gist)
            points.append(point)
            if self.model is None:
                self._tell(job, "composed", text=point.text)
        return points

    def _point(self, job: _Job, heading: str, taken: set[str]) -> Point:
        gist, body = composer.compose(job.plan.facts, gist=self._gists, heading=heading, taken=taken)
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
            gist = _better_gist(job, gist, taken, job.around) if self._gists else ""
            how = replace(how, origin="worded" if job.attempts == 1 else "repaired")
        return Point(body=body, facts=job.plan.ids, enumerator=job.plan.enumerator, gist=gist, provenance=how)

    @cached_property
    def _chain(self) -> Runnable[Sequence[Message], Attempt]:
        # Imported here: the composer drafts without LangChain, which costs half a second to import.
        from drafting.asking import point_chain, section_chain

        if self.model is None:
            raise ValueError("没有模型可问")
        make = section_chain if self.model.unit == "section" else point_chain
        return make(self.model, stream=self.stream)

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


def _better_gist(job: _Job, composed: str, taken: set[str], around: str) -> str:
    """The model's gist where it is new, adds to the text's first words, and speaks of what the facts speak of.

    `around` are the words of topic and heading. Otherwise the composer's, or, for want of one, the model's if it is at least new.
    """
    worded, text = (job.wording.gist, job.wording.text) if job.wording else ("", "")
    if worded in taken or text.startswith(worded):
        return composed
    said = "".join(fact.text for fact in job.plan.facts) + around
    object_ = _ANY_WORK.sub("", worded[_VERB:])
    fitting = sum(char in said for char in object_) >= _OF_THE_OBJECT * len(object_)
    echo = len(object_) > _LONGEST_ECHO and object_ in text
    effect = _EFFECT.match(worded) is not None and worded[:_VERB] not in said
    return composed if composed and (echo or effect or not fitting) else worded


def _count(jobs: Sequence[_Job], answer: Answer) -> None:
    """One attempt more for each job; the tokens of a shared call are shared out, none lost."""
    share = len(jobs)
    for index, job in enumerate(jobs):
        job.attempts += 1
        job.prompt_tokens += answer.prompt_tokens // share + (index < answer.prompt_tokens % share)
        job.completion_tokens += answer.completion_tokens // share + (index < answer.completion_tokens % share)


def _exchange(answer: Answer, again: str) -> list[Message]:
    return [Message("assistant", answer.text or "（无）"), Message("user", again)]


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
