"""`chengwen worker`: this machine does reports of a team's queue."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.options import Workspace


def worker(
    jobs: Annotated[int, typer.Option(min=1, max=1024, help="这台机器同时进行的模型调用数。")] = 8,
    once: Annotated[bool, typer.Option("--once", help="队列做空就退出；默认一直等新的任务。")] = False,
    heartbeat: Annotated[
        float, typer.Option(min=0.2, metavar="SECONDS", help="隔多久报一次平安；三次没报，别的机器就接手。")
    ] = 10.0,
    workspace: Workspace = None,
) -> None:
    """队列：在这台机器上做 regenerate --queue 交来的报告；可在任意多台机器上同时运行。"""
    from ui.cli import working

    working.run(jobs, once=once, heartbeat=heartbeat, workspace=workspace)
