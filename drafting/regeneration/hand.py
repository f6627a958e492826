"""A hand: brings reports up to date, many side by side. Each section is on the disk before the next takes its place."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from time import perf_counter

from drafting.assembly import assemble
from drafting.errors import ChengwenError, ModelSetupError, ModelUnreachable, WorkspaceError
from drafting.facts import Brief
from drafting.models import Answer, Askable
from drafting.regeneration import drafts, wordings
from drafting.regeneration.budget import Budget, Purse, Stopped
from drafting.regeneration.commits import Commits
from drafting.regeneration.journal import Journal
from drafting.regeneration.keys import Manner
from drafting.regeneration.order import Order, Result, State
from drafting.regeneration.plan import ReportPlan, SectionPlan, plan
from drafting.regeneration.wordings import Worded
from drafting.report import Point, Report
from drafting.together import together
from drafting.workspace import history, saving, usage, verdicts
from drafting.workspace.ledger import Ledger
from drafting.workspace.outcome import Outcome
from drafting.workspace.saving import Prepared, Saved
from drafting.workspace.usage import Spent
from drafting.workspace.workspace import Workspace
from drafting.writer import Writer

Screen = Callable[[Brief], Awaitable[None]]
"""Raises OutboundRefused for a brief whose facts may not leave this machine."""

Told = Callable[[], None]
"""Called when a section is on the disk."""

_REGENERATED = "重新生成"
_GONE = 3
"""Sections in a row without an answer, each after all its retries, that say that the endpoint is away."""


@dataclass
class Hand:
    """One process's hand in a run: `model` None composes by rule. At most `slots` sections are under way at once.

    A section keeps its slot until it is committed: whatever moment the process is killed at, no more answers than that are lost.
    """

    workspace: Workspace
    who: str
    manner: Manner
    model: Askable | None
    slots: int
    budget: Purse = field(default_factory=Budget)
    screen: Screen | None = None
    told: Told = lambda: None
    _unanswered: int = 0
    _commits: Commits = field(init=False)
    _free: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._commits = Commits(self.workspace, self.who)
        self._free = asyncio.Semaphore(self.slots)

    async def do(self, order: Order) -> Result:
        """Brings one report up to date. What goes wrong with it alone is its result.

        Raises ModelSetupError, ModelUnreachable and WorkspaceError, which concern every report.
        """
        started = perf_counter()
        try:
            result = await self._do(order)
        except Stopped as stopped:
            result = Result(order.brief.path, "", "failed", reason=str(stopped))
        except ModelUnreachable as error:
            self._unanswered += 1
            if self._unanswered >= _GONE:
                raise
            result = Result(order.brief.path, "", "failed", reason=str(error), away=True)
        except (ModelSetupError, WorkspaceError):
            raise
        except ChengwenError as error:
            result = Result(order.brief.path, "", "failed", reason=str(error))
        return replace(result, seconds=perf_counter() - started)

    async def _do(self, order: Order) -> Result:
        with self.workspace.reading() as connection:
            todo = plan(connection, order.brief, order.profile, self.manner)
            known = wordings.answers_to(connection, {one.made.key for one in todo.stale}) if self.model else {}
        if todo.unchanged and todo.head is not None:
            return _told(order, todo, "unchanged", todo.head.short)
        if self.screen is not None and todo.stale:
            await self.screen(order.brief)
        work = _Work(order, todo, known)
        sections = await together(self._section(work, section) for section in todo.sections)
        report = assemble(order.brief, order.profile, todo.outline, sections)
        return await self._finish(work, report)

    async def _section(self, work: _Work, section: SectionPlan) -> Sequence[Point]:
        """The section's points as they are to stand."""
        if section.worded is not None:
            return section.points(section.worded)
        if self.model is None or not section.asked.points:
            worded = await self._words(work, section, None)
            work.worded += bool(section.asked.points)
            return section.points(worded)
        async with self._free:
            journal = self._journal(work, section, self.model)
            try:
                worded = await self._words(work, section, journal)
                await self._commits.put(lambda ledger: wordings.put(ledger.connection, section.made.key, worded))
            finally:
                if journal.begun:
                    await self.budget.end(work.order, journal.spent)
        self._unanswered = 0
        work.worded += 1
        work.spent += worded.spent
        self.told()
        return section.points(worded)

    async def _words(self, work: _Work, section: SectionPlan, journal: Journal | None) -> Worded:
        writer = Writer(work.order.profile, journal)
        points = await writer.section(work.order.brief, section.asked)
        spent = journal.spent + journal.earlier if journal else Spent()
        return Worded.of(work.todo.context, section.asked.points, points, spent)

    def _journal(self, work: _Work, section: SectionPlan, model: Askable) -> Journal:
        key = section.made.key

        async def keep(question: str, answer: Answer) -> None:
            await self._commits.put(lambda ledger: wordings.keep_answer(ledger.connection, question, key, answer))

        return Journal(model, keep, work.known.get(key, {}), partial(self.budget.begin, work.order))

    # --- the report, once its sections are there

    async def _finish(self, work: _Work, report: Report) -> Result:
        while True:
            with self.workspace.reading() as connection:
                prepared = saving.prepare(connection, report)
            outcome = work.order.gate(prepared.stands)
            saved = await self._commits.put(partial(self._put, work, prepared, outcome))
            if saved is not None:
                return _finished(work, saved, outcome)

    def _put(self, work: _Work, prepared: Prepared, outcome: Outcome, ledger: Ledger) -> Saved | None:
        """The version, what the gate said of it, what it was made from and what that cost, all or nothing."""
        saved = saving.take_up(
            ledger, prepared, "regenerated", source=work.order.brief.path, note=_why(work.todo) or _REGENERATED
        )
        if saved is None:
            return None
        verdicts.keep(ledger, saved.version, outcome)
        drafts.put(
            ledger.connection, history.last_machine_made(ledger.connection, saved.document.id).id, work.todo.made
        )
        if work.spent.calls:
            usage.record(ledger, saved.document.id, str(self.manner.spec), work.spent)
        return saved


@dataclass
class _Work:
    """One order on its way; `known` are answers of an earlier run or a batch, by section and question."""

    order: Order
    todo: ReportPlan
    known: Mapping[str, dict[str, Answer]]
    worded: int = 0
    spent: Spent = field(default_factory=Spent)


def _why(todo: ReportPlan) -> str:
    """Why a version was made, for its note; nothing for the first."""
    if todo.document is None:
        return ""
    reasons = dict.fromkeys(reason for section in todo.stale for reason in section.because)
    return "；".join(reasons)[:200]


def _finished(work: _Work, saved: Saved, outcome: Outcome) -> Result:
    state: State = "made" if saved.made else "unchanged"
    if saved.conflicts:
        state = "conflict"
    elif not outcome.allowed:
        state = "refused"
    elif saved.merged:
        state = "merged"
    clashes = "；".join(f"{one.heading or '篇首'}：人工改过，新拟的另存待定" for one in saved.conflicts)
    refusal = outcome.refusal.replace("\n", "；")
    return replace(
        _told(work.order, work.todo, state, saved.version.short),
        report=saved.document.name,
        worded=work.worded,
        reused=len(work.todo.sections) - len(work.todo.stale),
        errors=outcome.errors,
        warnings=outcome.warnings,
        codes=Counter(str(one["code"]) for one in outcome.findings),
        reason="；".join(filter(None, (clashes, refusal))) or _why(work.todo),
        spent=work.spent,
    )


def _told(order: Order, todo: ReportPlan, state: State, version: str) -> Result:
    name = todo.document.name if todo.document else ""
    return Result(order.brief.path, name, state, reused=len(todo.sections), version=version)
