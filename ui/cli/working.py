"""What `chengwen worker` does: takes reports from the queue until it is told to stop, and comes back when the database does."""

from __future__ import annotations

import asyncio
import os

from drafting.errors import InputError, WorkspaceError
from drafting.regeneration.order import Result
from drafting.regeneration.runs import Run
from drafting.regeneration.team import Team
from drafting.workspace.workspace import Workspace
from evals import parcel
from ui.cli import regenerated, store
from ui.cli.progress import say

_AHEAD = 4
"""Reports that are planned, checked and committed beside those whose sections are asked for."""
_AGAIN = 5.0
"""Seconds until the database is looked for again."""


def run(jobs: int, *, once: bool, heartbeat: float, workspace: str | None) -> None:
    """Works until Ctrl-C or, `once`, until the queue is empty. Raises WorkspaceError where there is no queue to begin with."""
    with store.workspace(workspace) as opened:
        require_queue(opened)
        _make_ready()
        asyncio.run(_work(opened, jobs, once=once, heartbeat=heartbeat))


def require_queue(opened: Workspace) -> None:
    """Raises WorkspaceError for a workspace of one machine, InputError where the extra is not installed."""
    try:
        from drafting.regeneration import queue
    except ModuleNotFoundError as error:
        raise InputError(f"队列须先安装 team 扩展：pip install 'chengwen[team]'（缺 {error.name}）") from error
    queue.require_team(opened.location)


def _make_ready() -> None:
    """Imports what asks a model: it takes a second or two, in which a worker with reports in hand would show no life."""
    from drafting import asking  # noqa: F401
    from drafting.models import connection  # noqa: F401


async def _work(opened: Workspace, jobs: int, *, once: bool, heartbeat: float) -> None:
    from drafting.regeneration import queue

    team = Team(opened, os.environ, jobs, parcel.unpacked, _tell)
    met = False
    try:
        while True:
            try:
                async with queue.open_queue(opened.location, team.work) as taken:
                    say("在等任务；Ctrl-C 做完手上的再停" if not met else "又连上了工作区")
                    met = True
                    await queue.serve(taken, jobs + _AHEAD, say, wait=not once, heartbeat=heartbeat)
                    return
            except WorkspaceError as error:
                if not met or once:
                    raise
                say(f"{error}；{_AGAIN:.0f} 秒后再试")
                await asyncio.sleep(_AGAIN)
    finally:
        await team.close()


def _tell(run: Run, result: Result) -> None:
    say(f"[{run.id}] {regenerated.line(result)}")
