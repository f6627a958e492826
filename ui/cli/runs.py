"""`chengwen runs`: the runs of a team's queue, from any machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.options import Actor, Output, Workspace


def runs(
    run: Annotated[int | None, typer.Argument(metavar="RUN", help="第几次运行；不写则列出所有。")] = None,
    follow: Annotated[bool, typer.Option("--follow", help="跟到做完为止。")] = False,
    cancel: Annotated[bool, typer.Option("--cancel", help="取消：不再开始新的，进行中的做完。")] = False,
    output: Output = "text",
    report: Annotated[Path | None, typer.Option(metavar="FILE.html", help="把结果另写成一个网页文件。")] = None,
    as_: Actor = None,
    workspace: Workspace = None,
) -> None:
    """队列的运行：列出、查看、跟踪、取消 regenerate --queue 交出去的任务。"""
    from ui.cli import queueing

    status = queueing.look(
        run, following=follow, cancel=cancel, output=output, report=report, who=as_, workspace=workspace
    )
    if status:
        raise typer.Exit(status)
