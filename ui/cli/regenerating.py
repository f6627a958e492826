"""What `chengwen regenerate` does: read what can be read, plan, word what is out of date, and tell what became of each report."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter

from drafting import questions
from drafting.errors import Complaint, InputError
from drafting.facts import Brief
from drafting.models import Choice, Model, Unit, choose, open_model
from drafting.models.call_settings import CallSettings
from drafting.outbound import check_outbound, sent
from drafting.regeneration.budget import Budget
from drafting.regeneration.hand import Hand
from drafting.regeneration.keys import Manner
from drafting.regeneration.order import Order, Result
from drafting.regeneration.plan import ReportPlan, SectionPlan, plan
from drafting.regeneration.run import run as run_orders
from drafting.workspace.usage import Prices, Spent
from drafting.workspace.workspace import Workspace
from evals.outcome import gate_of
from ui.cli import regenerated, store
from ui.cli.progress import say
from ui.cli.tasks import Task, collect


@dataclass(frozen=True, slots=True)
class Options:
    """The command's options as given."""

    briefs: tuple[Path, ...]
    model: str | None
    jobs: int
    rate: float | None
    max_tokens: int | None
    max_cost: float | None
    dry_run: bool
    output: str
    allow_secrets: bool
    who: str | None
    workspace: str | None


def run(options: Options) -> int:
    """Brings every report up to date: 0 when each is, 1 when one is refused, in conflict, failed or left out. Other errors pass typed."""
    store.one_of(options.output, ("text", "json"), "--output")
    budget = Budget(options.max_tokens, options.max_cost, Prices.of(os.environ))
    tasks, complaints = collect(options.briefs)
    if not tasks:
        raise InputError(complaints=complaints)
    for complaint in complaints:
        say(str(complaint))
    choice = choose(options.model, os.environ)
    say(choice.reason)
    with store.workspace(options.workspace, create=not options.dry_run) as opened:
        if options.dry_run:
            return _tell_plan(opened, tasks, choice, options.output, complaints)
        who = store.founded(opened, store.actor(options.who), "drafter").name
        job = _Job(options, opened, who, choice, tasks, budget)
        return asyncio.run(_regenerate(job, complaints))


@dataclass
class _Job:
    """One run of the command."""

    options: Options
    workspace: Workspace
    who: str
    choice: Choice
    tasks: Sequence[Task]
    budget: Budget
    results: list[Result] = field(default_factory=list)


async def _regenerate(job: _Job, complaints: Sequence[Complaint]) -> int:
    started = perf_counter()
    with regenerated.watching(len(job.tasks)) as watch, _stopping(job.budget):

        def done(result: Result) -> None:
            job.results.append(result)
            watch(result)

        try:
            await _all(job, done)
        finally:
            summary = regenerated.Summary(job.results, complaints, perf_counter() - started, job.budget.why)
            regenerated.tell(summary, job.options.output)
    return summary.status


async def _all(job: _Job, done: regenerated.Watch) -> None:
    if job.choice.spec.is_composer:
        hand = Hand(job.workspace, job.who, Manner(job.choice.spec, "section"), None, 1, job.budget)
        await run_orders(hand, _orders(job), done)
        return
    calls = CallSettings.of(os.environ)
    opened = open_model(
        job.choice.spec,
        environ=os.environ,
        in_flight=job.options.jobs,
        rate=job.options.rate,
        timeout=calls.timeout,
        max_retries=calls.retries,
    )
    async with opened as model:
        say(f"端点 {model.endpoint}")
        manner = Manner(job.choice.spec, model.unit)
        hand = Hand(job.workspace, job.who, manner, model, model.in_flight, job.budget, partial(_screen, job, model))
        await run_orders(hand, _orders(job), done)


def _screen(job: _Job, model: Model, brief: Brief) -> None:
    check_outbound(sent(brief), model.endpoint, allowed=job.options.allow_secrets or model.on_loopback)


def _tell_plan(
    workspace: Workspace, tasks: Sequence[Task], choice: Choice, output: str, complaints: Sequence[Complaint]
) -> int:
    """Prints what there is to do and what that would take. Spends nothing and writes nothing."""
    unit: Unit = "point" if choice.spec.is_embedded else "section"
    manner = Manner(choice.spec, unit)
    plans: list[tuple[str, ReportPlan]] = []
    expected = Spent()
    with workspace.reading() as connection:
        for task in tasks:
            found = plan(connection, task.brief, task.profile, manner)
            plans.append((task.brief.path, found))
            if not choice.spec.is_composer:
                expected = sum((_expected(task, section, unit) for section in found.stale), expected)
    prices = Prices.of(os.environ)
    cost = prices.cost(expected) if prices and not choice.spec.is_composer else None
    regenerated.tell_plans(plans, output, expected, cost)
    return 1 if complaints else 0


_TOKENS_PER_CHARACTER = 0.7
"""Of Chinese text, by the tokenizers that were tried (Qwen2.5, GPT-4o): 0.6 to 0.8."""
_WRAPPING = 1.5
"""An answer is its facts in full sentences, with gists, in JSON."""


def _expected(task: Task, section: SectionPlan, unit: Unit) -> Spent:
    """What wording a section will cost, by the lengths of questions and facts; no repairs counted."""
    points = section.asked.points
    if unit == "point":
        asked = [questions.of_point(task.profile, point, None) for point in points]
    else:
        names = questions.called(section.planned)
        asked = [questions.of_section(task.profile, section.asked.heading, points, names, None)] if points else []
    sent_ = sum(len(message.text) for messages in asked for message in messages)
    received = sum(len(fact.text) for point in points for fact in point.facts) * _WRAPPING
    return Spent(len(asked), round(sent_ * _TOKENS_PER_CHARACTER), round(received * _TOKENS_PER_CHARACTER))


def _orders(job: _Job) -> Iterator[Order]:
    for task in job.tasks:
        yield Order(task.brief, task.profile, task.stem, gate_of(task.profile, task.timeline, task.settings))


@contextmanager
def _stopping(budget: Budget) -> Iterator[None]:
    """Ctrl-C lets what is in flight end; a second one breaks off."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        say("正在做完进行中的部分；再按一次 Ctrl-C 立即中断。已做完的都在，再运行一次即接着做")
        budget.stop()
        loop.remove_signal_handler(signal.SIGINT)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    try:
        loop.add_signal_handler(signal.SIGINT, stop)
    except NotImplementedError:  # no POSIX signals here
        yield
        return
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
