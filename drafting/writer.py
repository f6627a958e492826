"""The writer: outline → word the points (model) → verify → repair at most twice → compose the rest → report.

A model is asked through a LangChain sequence (drafting/asking.py). It sees one point, or one section, at a time and can change nothing
but gists and texts: order, numbers, headings and which facts share a point are the outline's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from drafting import composer, gists, happenings, outline, prompts, questions, verification
from drafting.answers import Wording
from drafting.arriving import Arriving
from drafting.assembly import assemble
from drafting.facts import Brief
from drafting.grounding import Ground
from drafting.models import Answer, Askable
from drafting.outline import PlannedPoint, PlannedSection
from drafting.profile import Profile
from drafting.questions import Wish
from drafting.report import Origin, Point, Provenance, Report
from drafting.together import together
from drafting.verification import Problem

ATTEMPTS = 3

Step = Literal["worded", "repaired", "composed", "locked", "again"]


@dataclass(frozen=True, slots=True)
class Part:
    """What is to be worded of one section: points of it, in the outline's order.

    `number` is the section's (一、); `taken` are the gists of its other points, which stay. With a `wish` the points are reworded.
    `called` says what facts are called towards the model, by their ids; a fact that is not in it goes by its id.
    """

    number: str
    heading: str
    points: tuple[PlannedPoint, ...]
    taken: frozenset[str] = frozenset()
    wish: Wish | None = None
    called: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """What happened to one point: worded, repaired, left to the composer, locked; or that the model is asked again, and why.

    `number` is the section's (一、) and `facts` the ids of the point's facts. `text` is the wording so far, empty where there is none.
    `point` is there once the point is done: as it will be, but for its tokens and, in a whole report, for a gist that comes up twice.
    """

    number: str
    facts: tuple[str, ...]
    step: Step
    attempt: int = 0
    problems: tuple[str, ...] = ()
    text: str = ""
    point: Point | None = None


@dataclass(slots=True)
class _Job:
    """One point on its way: what was tried and what was wrong; `attempts` counts the one under way."""

    plan: PlannedPoint
    ground: Ground
    wording: Wording | None = None
    point: Point | None = None
    attempts: int = 0
    problems: list[str] = field(default_factory=list)
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(slots=True)
class _Work:
    """A part on its way: its points, and the gists that its section has by now."""

    brief: Brief
    part: Part
    jobs: list[_Job]
    taken: set[str]

    @property
    def around(self) -> str:
        return self.brief.topic + self.part.heading

    @property
    def waiting(self) -> list[_Job]:
        return [job for job in self.jobs if job.wording is None and job.attempts < ATTEMPTS]


@dataclass(frozen=True)
class Writer:
    """Drafts reports with one profile and one model (None: the composer words everything).

    `watch` is told of every step and `meter` of every answer; `stream` asks the endpoint to stream, for someone who waits: points are
    told as they arrive. ModelUnreachable passes through and leaves nothing behind.
    """

    profile: Profile
    model: Askable | None
    watch: Callable[[Progress], None] = lambda _: None
    stream: bool = False
    meter: Callable[[Answer], None] = lambda _: None

    async def draft(self, brief: Brief, locked: Sequence[Point] = ()) -> Report:
        """The report of a brief. Points in `locked` stand as they are where their facts are those of a planned point."""
        plan = outline.plan(brief, self.profile)
        kept = {frozenset(point.facts): point for point in locked if point.locked}
        sections = await together(self.section(brief, section, kept) for section in plan.sections)
        return assemble(brief, self.profile, plan, sections)

    async def word(self, brief: Brief, part: Part) -> list[Point]:
        """The points of a part, in its order, each told to `watch` when it is done. Those that failed three times are composed.

        A gist that is doubled goes to the point that was done first.
        """
        work = self._work(brief, part)
        await self._ask(work)
        for job in work.jobs:
            if job.point is None:
                self._settle(work, job, "composed")
        return [replace(job.point, provenance=self._how(work, job)) for job in work.jobs if job.point]

    async def section(
        self, brief: Brief, planned: PlannedSection, kept: Mapping[frozenset[str], Point] | None = None
    ) -> list[Point]:
        """The points of one section of the brief's outline, in its order; those in `kept`, by their facts, stand as they are."""
        kept = kept or {}
        asked = tuple(point for point in planned.points if frozenset(point.ids) not in kept)
        work = self._work(brief, Part(planned.number, planned.heading, asked, called=questions.called(planned)))
        await self._ask(work)
        made = {job.plan.ids: point for job, point in zip(work.jobs, self._finish(work), strict=True)}
        points = []
        for point in planned.points:
            if point.ids in made:
                points.append(made[point.ids])
            else:
                points.append(replace(kept[frozenset(point.ids)], enumerator=point.enumerator))
                self.watch(Progress(planned.number, point.ids, "locked", text=points[-1].text, point=points[-1]))
        return points

    def _work(self, brief: Brief, part: Part) -> _Work:
        phrases = self.profile.set_phrases
        jobs = [_Job(point, Ground.of(brief, point.facts, phrases)) for point in part.points]
        return _Work(brief, part, jobs, set(part.taken))

    # --- asking the model

    async def _ask(self, work: _Work) -> None:
        if self.model is None or not work.jobs:
            return
        if self.model.unit == "section":
            await self._word_together(self.model, work)
        else:
            model = self.model
            await together(self._word_alone(model, work, job) for job in work.jobs)

    async def _word_alone(self, model: Askable, work: _Work, job: _Job) -> None:
        # Imported here: the composer drafts without LangChain, which costs half a second to import.
        from drafting.asking import point_chain

        chain = point_chain(model, stream=self.stream)
        opening = questions.of_point(self.profile, job.plan, work.part.wish)
        messages = opening
        while True:
            job.attempts += 1
            attempt = await chain.ainvoke(messages)
            self._count([job], attempt.answer)
            found = self._judge(work, job, next(iter(attempt.wordings), None), attempt.answer)
            if not found or job.attempts >= ATTEMPTS:
                return
            messages = [*opening, *questions.again_of_point(attempt.answer, found, job.plan)]

    async def _word_together(self, model: Askable, work: _Work) -> None:
        from drafting.asking import section_chain

        plans = [job.plan for job in work.jobs]
        names = {fact.id: work.part.called.get(fact.id, fact.id) for plan in plans for fact in plan.facts}
        ids = {name: id for id, name in names.items()}
        opening = questions.of_section(self.profile, work.part.heading, plans, names, work.part.wish)
        messages = opening
        while waiting := work.waiting:
            for job in waiting:
                job.attempts += 1
            chain = section_chain(model, heard=self._listener(work, waiting, ids) if self.stream else None)
            attempt = await chain.ainvoke(messages)
            self._count(waiting, attempt.answer)
            worded = _by_facts(attempt.wordings, ids)
            wrong: dict[tuple[str, ...], list[Problem]] = {}
            for job in waiting:
                if job.wording is None:
                    found = self._judge(work, job, worded.get(frozenset(job.plan.ids)), attempt.answer)
                    wrong |= {job.plan.ids: found} if found else {}
            left = [job.plan for job in work.waiting]
            messages = [*opening, *questions.again_of_section(attempt.answer, wrong, left, names)]

    def _listener(self, work: _Work, waiting: Sequence[_Job], ids: Mapping[str, str]) -> Callable[[str], None]:
        """Takes a point as soon as it stands whole in the stream, if it is fit; what is not is judged with the whole answer."""
        arriving, jobs = Arriving(), {frozenset(job.plan.ids): job for job in waiting}

        def heard(text: str) -> None:
            for wording in arriving.heard(text):
                job = jobs.get(_facts(wording, ids))
                if job is not None and job.wording is None:
                    self._problems(work, job, wording)

        return heard

    def _problems(self, work: _Work, job: _Job, wording: Wording) -> list[Problem]:
        """What is wrong with a point's wording; nothing, and the wording is kept on the job."""
        mended = verification.mend(wording)
        found = verification.problems(mended, job.ground, work.brief.organ, gist_wanted=self._gists)
        if not found:
            job.wording = mended
            self._settle(work, job, "worded" if job.attempts == 1 else "repaired", text=f"{mended.gist}。{mended.text}")
        return found

    def _judge(self, work: _Work, job: _Job, wording: Wording | None, answer: Answer) -> list[Problem]:
        """What is wrong with what came for a point; told, and after the last attempt the composer words it."""
        found = (
            self._problems(work, job, wording) if wording else [Problem("FORM", questions.NO_WORDING[answer.outcome])]
        )
        if not found:
            return []
        job.problems += [str(problem) for problem in found]
        said = f"{wording.gist}。{wording.text}" if wording else ""
        if job.attempts < ATTEMPTS:
            self._tell(work, job, "again", found, said)
        else:
            self._settle(work, job, "composed", found, said)
        return found

    def _settle(self, work: _Work, job: _Job, step: Step, found: Sequence[Problem] = (), text: str = "") -> None:
        """The point is done, as far as gists are known by now."""
        job.point = self._point(work, job, work.taken)
        work.taken.add(job.point.gist)
        self._tell(work, job, step, found, text or job.point.text)

    def _tell(self, work: _Work, job: _Job, step: Step, found: Sequence[Problem], text: str) -> None:
        problems = tuple(problem.message for problem in found)
        happenings.tell(happenings.Point(step))
        self.watch(Progress(work.part.number, job.plan.ids, step, job.attempts, problems, text, job.point))

    def _count(self, jobs: Sequence[_Job], answer: Answer) -> None:
        """The tokens of a shared call are shared out, none lost."""
        self.meter(answer)
        share = len(jobs)
        for index, job in enumerate(jobs):
            job.prompt_tokens += answer.prompt_tokens // share + (index < answer.prompt_tokens % share)
            job.completion_tokens += answer.completion_tokens // share + (index < answer.completion_tokens % share)

    # --- finishing a section

    def _finish(self, work: _Work) -> list[Point]:
        """Points in the outline's order. A gist that stands twice in a section gives way to the composer's."""
        points: list[Point] = []
        taken: set[str] = set()
        for job in work.jobs:
            point = self._point(work, job, taken)
            taken.add(point.gist)
            points.append(point)
            if self.model is None:
                job.point = point
                self._tell(work, job, "composed", (), point.text)
        return points

    def _point(self, work: _Work, job: _Job, taken: set[str]) -> Point:
        how, facts, heading = self._how(work, job), job.plan.facts, work.part.heading
        if job.wording is None:
            length = self.profile.sentence_length
            gist, body = composer.compose(facts, gist=self._gists, heading=heading, taken=taken, sentence_length=length)
        else:
            body = job.wording.text
            ours = composer.gist_of(facts, heading, taken) if self._gists else ""
            fit = gists.better(job.wording, ours, taken=taken, facts=facts, around=work.around)
            gist = fit if self._gists else ""
        return Point(body=body, facts=job.plan.ids, enumerator=job.plan.enumerator, gist=gist, provenance=how)

    def _how(self, work: _Work, job: _Job) -> Provenance:
        worded: Origin = "worded" if job.attempts == 1 else "repaired"
        return Provenance(
            worded if job.wording is not None else "composed",
            model=str(self.model.spec) if self.model else "composer",
            prompt=prompts.fingerprint(questions.used(self.model.unit, work.part.wish)) if self.model else "",
            attempts=job.attempts,
            problems=tuple(job.problems),
            prompt_tokens=job.prompt_tokens,
            completion_tokens=job.completion_tokens,
        )

    @property
    def _gists(self) -> bool:
        return self.profile.point_style != "plain"


def _by_facts(wordings: Sequence[Wording], ids: Mapping[str, str]) -> dict[frozenset[str], Wording]:
    """Worded points by the facts they name; the first stands where one is doubled, and one for unknown facts finds no place."""
    found: dict[frozenset[str], Wording] = {}
    for wording in wordings:
        found.setdefault(_facts(wording, ids), wording)
    return found


def _facts(wording: Wording, ids: Mapping[str, str]) -> frozenset[str]:
    """The ids of the facts that a model names by what they are called towards it; a name that nobody gave stays as it is."""
    return frozenset(ids.get(name, f"?{name}") for name in wording.facts)
