"""`chengwen batches`: the batches that the workspace waits for, and calling one off."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.options import Actor, Output, Workspace


def batches(
    batch: Annotated[str | None, typer.Argument(metavar="BATCH", help="端点给这一批的名字；不写则列出所有。")] = None,
    cancel: Annotated[bool, typer.Option("--cancel", help="在端点上取消这一批；已答的下次运行取回。")] = False,
    output: Output = "text",
    as_: Actor = None,
    workspace: Workspace = None,
) -> None:
    """批处理：列出 regenerate --via batch-api 交出去、还没有取回的，或取消一批。"""
    from ui.cli import open_batches

    open_batches.look(batch, cancel=cancel, output=output, who=as_, workspace=workspace)
