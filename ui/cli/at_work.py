"""The run itself: every report through one hand in this process, or through a crew of processes where there is work for several cores."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from drafting.errors import InputError
from drafting.facts import Brief
from drafting.models import Choice, open_model
from drafting.models.call_settings import CallSettings
from drafting.models.deferred import Deferred, deferred
from drafting.outbound import check_outbound, sent
from drafting.regeneration import crew
from drafting.regeneration.budget import Budget
from drafting.regeneration.hand import Hand
from drafting.regeneration.keys import Manner
from drafting.regeneration.order import Order, Result
from drafting.regeneration.run import run as run_orders
from drafting.workspace.paces import SharedPace
from drafting.workspace.workspace import Workspace
from evals.outcome import gate_of
from ui.cli import regenerated
from ui.cli.progress import say
from ui.cli.tasks import Task

_ORDERS, _CALLS = 24, 8
"""Reports, and calls in flight, that are worth a process: to fork one costs 0.1 s, to import the client again a second."""


@dataclass(frozen=True, slots=True)
class Options:
    """The command's options as given."""

    briefs: tuple[Path, ...]
    model: str | None
    jobs: int
    processes: int | None
    via: str
    rate: float | None
    max_tokens: int | None
    max_cost: float | None
    dry_run: bool
    queue: bool
    detach: bool
    output: str
    report: Path | None
    allow_secrets: bool
    who: str | None
    workspace: str | None


@dataclass
class Job:
    """One run of the command."""

    options: Options
    workspace: Workspace
    who: str
    choice: Choice
    tasks: Sequence[Task]
    budget: Budget
    results: list[Result] = field(default_factory=list)

    def orders(self) -> Iterator[Order]:
        return map(self.order, range(len(self.tasks)))

    def order(self, place: int) -> Order:
        task = self.tasks[place]
        return Order(task.brief, task.profile, task.stem, gate_of(task.profile, task.timeline, task.settings), place)


def work(job: Job) -> None:
    """Does every report; what became of each is in the job's results. Raises what Hand.do raises."""
    size = processes(job)
    if size > 1:
        _crewed(job, size)
    else:
        asyncio.run(_alone(job))


def processes(job: Job) -> int:
    """How many processes share the work. Raises InputError for a number that does not go with the rest.

    A model in this process's care is one process's; a budget is counted in one, as what is in flight elsewhere would go beyond it.
    """
    told, options = job.options.processes, job.options
    one = job.choice.spec.is_embedded or options.max_tokens is not None or options.max_cost is not None
    if told is not None and told > 1:
        if one:
            raise InputError("--processes 不与 --max-tokens、--max-cost 或本机模型同用：它们只用一个进程")
        if not crew.possible():
            raise InputError("--processes：这个系统上只能用一个进程")
    if told is not None:
        return told
    if one or not crew.possible():
        return 1
    calls = len(job.tasks) if job.choice.spec.is_composer else options.jobs // _CALLS
    return max(1, min(crew.cores(), len(job.tasks) // _ORDERS, calls))


# --- in one process


async def _alone(job: Job) -> None:
    with regenerated.watching(len(job.tasks)) as watch, _stopping(job.budget):

        def done(_: Order, result: Result) -> None:
            job.results.append(result)
            watch(result)

        await _do(job, job.options.jobs, job.orders(), done, _once(say))


async def _do(
    job: Job, slots: int, orders: Iterator[Order], done: Callable[[Order, Result], None], said: Callable[[str], None]
) -> None:
    """The orders through one hand with so many slots."""
    spec = job.choice.spec
    if spec.is_composer:
        await run_orders(Hand(job.workspace, job.who, Manner(spec, "section"), None, 1, job.budget), orders, done)
        return
    calls = CallSettings.of(os.environ)
    opening = partial(
        open_model,
        spec,
        environ=os.environ,
        in_flight=slots,
        rate=job.options.rate or calls.rate,
        timeout=calls.timeout,
        max_retries=calls.retries,
        pace=partial(SharedPace, job.workspace),
    )
    async with deferred(spec, opening) as model:
        screen = partial(_screen, job.options, model, said)
        manner, together = Manner(spec, model.unit), 1 if spec.is_embedded else slots
        await run_orders(Hand(job.workspace, job.who, manner, model, together, job.budget, screen), orders, done)


async def _screen(options: Options, asked: Deferred, said: Callable[[str], None], brief: Brief) -> None:
    model = await asked.opened()
    said(f"端点 {model.endpoint}")
    check_outbound(sent(brief), model.endpoint, allowed=options.allow_secrets or model.on_loopback)


def _once(said: Callable[[str], None]) -> Callable[[str], None]:
    told: set[str] = set()

    def tell(line: str) -> None:
        if line not in told:
            told.add(line)
            said(line)

    return tell


# --- in several


def _crewed(job: Job, size: int) -> None:
    """Each process has its share of the calls in flight."""
    calls, over = divmod(job.options.jobs, size)

    async def do(share: crew.Share) -> None:
        share.when_stopped(job.budget.stop)
        slots = calls + (share.number < over)
        await _do(job, slots, map(job.order, share.places()), partial(_sent, share), share.said)

    with (
        crew.crew(size, len(job.tasks), do) as hands,
        regenerated.watching(len(job.tasks)) as watch,
        _interrupting(job.budget, hands),
    ):
        for place, result in hands.results(say):
            became = result or Result(job.tasks[place].brief.path, "", "failed", reason=crew.LOST)
            job.results.append(became)
            watch(became)


def _sent(share: crew.Share, order: Order, result: Result) -> None:
    share.done(order.place, result)


@contextmanager
def _interrupting(budget: Budget, hands: crew.Crew) -> Iterator[None]:
    """Ctrl-C as `_stopping` has it, for all processes at once."""

    def stop(*_: object) -> None:
        say(_INTERRUPTED)
        budget.stop()
        hands.stop()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_INTERRUPTED = "正在做完进行中的部分；再按一次 Ctrl-C 立即中断。已做完的都在，再运行一次即接着做"


@contextmanager
def _stopping(budget: Budget) -> Iterator[None]:
    """Ctrl-C lets what is in flight end; a second one breaks off."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        say(_INTERRUPTED)
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
