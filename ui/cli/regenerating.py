"""What `chengwen regenerate` does: read what can be read, plan, word what is out of date, and tell what became of each report."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from drafting import questions
from drafting.errors import ChengwenError, Complaint, InputError, ModelUnreachable
from drafting.models import Choice, Unit, choose
from drafting.regeneration.budget import Budget
from drafting.regeneration.keys import Manner
from drafting.regeneration.order import Result
from drafting.regeneration.plan import ReportPlan, SectionPlan, plan
from drafting.regeneration.runs import Terms
from drafting.workspace.usage import Prices, Spent
from drafting.workspace.workspace import Workspace
from ui import garbage
from ui.cli import at_work, page_file, queueing, regenerated, store
from ui.cli.at_work import Job, Options
from ui.cli.progress import say
from ui.cli.tasks import Task, collect

_BATCHES = "batch-api"


def run(options: Options) -> int:
    """Brings every report up to date: 0 when each is, 1 when one is refused, in conflict, failed or left out. Other errors pass typed."""
    store.one_of(options.output, ("text", "json"), "--output")
    store.one_of(options.via, ("calls", _BATCHES), "--via")
    if options.report is not None:
        page_file.require_place(options.report, dry_run=options.dry_run)
    budget = Budget(options.max_tokens, options.max_cost, Prices.of(os.environ))
    garbage.resume()
    tasks, complaints = collect(options.briefs)
    if not tasks:
        raise InputError(complaints=complaints)
    if options.detach and not options.queue:
        raise InputError("--detach 只与 --queue 同用")
    if options.queue and options.via == _BATCHES:
        raise InputError("--queue 不与 --via batch-api 同用")
    if options.detach and options.report is not None:
        raise InputError("--detach 不等做完，没有结果可写：请用 chengwen runs RUN --follow --report FILE.html")
    for complaint in complaints:
        say(str(complaint))
    choice = choose(options.model, os.environ)
    say(choice.reason)
    with store.workspace(options.workspace, create=not options.dry_run) as opened:
        if options.dry_run:
            return _tell_plan(opened, tasks, choice, options.output, complaints)
        who = store.founded(opened, store.actor(options.who), "drafter").name
        if options.queue:
            return _hand_in(options, opened, who, choice, tasks, complaints)
        return _regenerate(Job(options, opened, who, choice, tasks, budget), complaints)


def _hand_in(
    options: Options,
    opened: Workspace,
    who: str,
    choice: Choice,
    tasks: Sequence[Task],
    complaints: Sequence[Complaint],
) -> int:
    prices = Prices.of(os.environ) or Prices(0.0, 0.0)
    limits = (options.rate, options.max_tokens, options.max_cost)
    terms = Terms(*limits, prices.sent, prices.received, options.allow_secrets)
    run = queueing.hand_in(opened, who, str(choice.spec), terms, tasks)
    if options.detach:
        return 1 if complaints else 0
    return queueing.follow(opened, run, complaints, options.output, options.report)


def _regenerate(job: Job, complaints: Sequence[Complaint]) -> int:
    started, broken = perf_counter(), ""
    try:
        if job.options.via == _BATCHES:
            _bring(job)
        at_work.work(job)
    except ChengwenError as error:
        broken = str(error)
        raise
    finally:
        summary = regenerated.Summary(job.results, complaints, perf_counter() - started, job.budget.why)
        regenerated.tell(summary, job.options.output)
        page_file.write(job.options.report, job.workspace, replace(summary, stopped=broken or summary.stopped))
    return summary.status


def _bring(job: Job) -> None:
    """What batches cost counts against the budget of the calls that follow. Where the endpoint goes away no report was begun, and each says so."""
    from ui.cli import batching  # costs what opening a model costs

    bringing = batching.bring(
        job.workspace,
        job.who,
        job.choice.spec,
        job.orders(),
        environ=os.environ,
        allow_secrets=job.options.allow_secrets,
        rate=job.options.rate,
    )
    try:
        job.budget.spent += asyncio.run(bringing)
    except ModelUnreachable as error:
        job.results += [Result(task.brief.path, "", "failed", reason=str(error), away=True) for task in job.tasks]
        raise


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
