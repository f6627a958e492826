"""`chengwen workspace`: make it, prove it, back it up, put it back, migrate it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.options import Actor, Workspace

app = typer.Typer(name="workspace", help="工作区：建立、核验、备份、恢复、升级。", no_args_is_help=True)


@app.command("init")
def init(as_: Actor = None, workspace: Workspace = None) -> None:
    """建立工作区；建立的人是第一个管理员和拟稿人。"""
    from ui.cli import keeping

    keeping.init(who=as_, workspace=workspace)


@app.command("verify")
def verify(
    head: Annotated[
        str, typer.Option("--head", metavar="HASH", help="以前记下的审计链末端，须仍在链中：可发现末尾被截去。")
    ] = "",
    workspace: Workspace = None,
) -> None:
    """核验：每个版本与编号相符，每一行与审计链相符；不符的逐个点名，退出码为 1。"""
    from ui.cli import keeping

    if not keeping.verify(head, workspace=workspace):
        raise typer.Exit(1)


@app.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="备份写到哪个新文件。")], workspace: Workspace = None
) -> None:
    """备份到一个文件，使用中也可以；备份后即核验。"""
    from ui.cli import keeping

    keeping.back_up(file, workspace=workspace)


@app.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件。")],
    as_: Actor = None,
    workspace: Workspace = None,
) -> None:
    """从备份恢复：先核验备份，现有内容另存，再整体替换。"""
    from ui.cli import keeping

    keeping.restore(file, who=as_, workspace=workspace)


@app.command("upgrade")
def upgrade(workspace: Workspace = None) -> None:
    """把旧格式的工作区升级到此程序的格式，先自动备份。"""
    from ui.cli import keeping

    keeping.upgrade(workspace=workspace)
