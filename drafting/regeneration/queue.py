"""The queue of a team: procrastinate's, in the PostgreSQL of the workspace. A job is a report of a run; its sections are committed one by one.

A worker that dies is known by its heartbeat: whoever sees it first puts its reports back, and of them only the sections that were in flight
are asked for again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import procrastinate
from procrastinate.exceptions import ConnectorException
from sqlalchemy import Connection, text

from drafting.errors import WorkspaceError
from drafting.workspace.location import Location

QUEUE = "chengwen"
TASK = "chengwen.report"
HEARTBEAT = 10.0
"""Seconds between two signs of life; after three of them without one a worker counts as dead."""

_MADE = "SELECT to_regclass('procrastinate_jobs') IS NOT NULL"


@dataclass(frozen=True)
class Queue:
    """The queue, and which of its jobs this process has in hand.

    A process that was starved of its processor for long looks dead to its own clock too: what it has in hand it never takes from itself.
    """

    app: procrastinate.App
    in_hand: set[int | None]


Work = Callable[[int, int], Awaitable[None]]
"""Does the report at that place of that run, and puts down what became of it."""

for name in (
    "procrastinate",
    "psycopg.pool",
):  # they print what they meet; what matters is told by `serve` and stands in the results
    logging.getLogger(name).setLevel(logging.CRITICAL)


def require_team(location: Location) -> None:
    """Raises WorkspaceError for a workspace of one machine."""
    if location.path is not None:
        raise WorkspaceError(
            f"{location.named}在本机文件里；多台机器要用 PostgreSQL 工作区（--workspace postgresql://…）"
        )


def defer(connection: Connection, run: int, places: Sequence[int]) -> None:
    """Puts the reports of a run into the queue, in the caller's write: the run and its jobs are there together, or neither."""
    raw: Any = connection.connection.dbapi_connection
    if not connection.execute(text(_MADE)).scalar_one():
        raw.execute(_app("").schema_manager.get_schema())
    tasks: list[dict[str, Any]] = [{"run": run, "place": place} for place in places]
    job = _app("").configure_task(TASK, queue=QUEUE, connection=raw)
    job.batch_defer(*tasks)


@asynccontextmanager
async def open_queue(location: Location, work: Work) -> AsyncIterator[Queue]:
    """The queue with what is to be done about its jobs, open until the block ends. Raises WorkspaceError where it cannot be reached."""
    app = _app(location.url.replace("+psycopg", ""))

    queue = Queue(app, set())

    @app.task(name=TASK, queue=QUEUE, retry=procrastinate.RetryStrategy(max_attempts=5, wait=5), pass_context=True)
    async def report(context: procrastinate.JobContext, run: int, place: int) -> None:
        queue.in_hand.add(context.job.id)
        try:
            await work(run, place)
        finally:
            queue.in_hand.discard(context.job.id)

    try:
        async with app.open_async():
            if not await app.check_connection_async():
                await app.schema_manager.apply_schema_async()
            yield queue
    except ConnectorException as error:
        raise WorkspaceError(f"{location.named}：连不上队列（{_cause(error)}）") from error


async def serve(
    queue: Queue, jobs: int, told: Callable[[str], None], *, wait: bool = True, heartbeat: float = HEARTBEAT
) -> None:
    """Does jobs, so many at once, until it is cancelled; without `wait` until none is left. `told` hears where the database goes and comes back.

    Raises WorkspaceError where the queue gives up on the database.
    """
    watching = asyncio.create_task(_take_over(queue, heartbeat, told))
    try:
        await queue.app.run_worker_async(
            queues=[QUEUE],
            concurrency=jobs,
            wait=wait,
            fetch_job_polling_interval=min(5.0, heartbeat),
            update_heartbeat_interval=heartbeat,
            stalled_worker_timeout=3 * heartbeat,
            delete_jobs="successful",
            install_signal_handlers=True,
        )
    except ConnectorException as error:
        raise WorkspaceError(f"工作区的队列断开了（{_cause(error)}）") from error
    finally:
        watching.cancel()


async def _take_over(queue: Queue, heartbeat: float, told: Callable[[str], None]) -> None:
    """Puts back, again and again, the jobs of workers that show no life any more."""
    manager = queue.app.job_manager
    away = False
    while True:
        try:
            for job in await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=3 * heartbeat):
                if job.id not in queue.in_hand:
                    await manager.retry_job(job)
        except ConnectorException as error:
            if not away:
                told(f"连不上工作区的队列，接着试（{_cause(error)}）")
            away = True
        else:
            if away:
                told("又连上了工作区的队列")
            away = False
        await asyncio.sleep(heartbeat)


def _app(conninfo: str) -> procrastinate.App:
    return procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=conninfo, min_size=1, max_size=4))


def _cause(error: BaseException) -> str:
    return str(error.__cause__ or error).strip().splitlines()[0]
