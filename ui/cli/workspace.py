"""`chengwen workspace`: make it, prove it, back it up, put it back, migrate it, take it along."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.options import Actor, Workspace

app = typer.Typer(
    name="workspace", help="工作区：建立、核验、备份、演练、恢复、升级、导出、导入。", no_args_is_help=True
)


Folder = Annotated[
    Path | None,
    typer.Option("--folder", metavar="DIR", help="放按时间命名的备份的文件夹；默认工作区旁的 backups。"),
]


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
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="备份写到哪个新文件；不写则按时间命名，放进 --folder。")
    ] = None,
    folder: Folder = None,
    keep: Annotated[
        str,
        typer.Option(
            "--keep",
            metavar="3,7d,4w,12m",
            help="按时间命名的旧备份留哪些：最新 3 份，另 7 天、4 周、12 个月每天（周、月）一份；y 是年。默认都留。",
        ),
    ] = "",
    workspace: Workspace = None,
) -> None:
    """备份到一个文件，使用中也可以；备份后即核验，不完好时退出码为 1，旧的一份不删。"""
    from ui.cli import keeping

    sound = (
        keeping.back_up(file, folder, keep, workspace=workspace)
        if file is not None
        else keeping.back_up_by_time(folder, keep, workspace=workspace)
    )
    if not sound:
        raise typer.Exit(1)


@app.command("drill")
def drill(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="备份文件；不写则是 --folder 里最新的。")] = None,
    folder: Folder = None,
    workspace: Workspace = None,
) -> None:
    """恢复演练：把备份恢复到临时的地方，核验，与备份所记的摘要比对，然后删去；工作区不动。不符时退出码为 1。"""
    from ui.cli import keeping

    if not keeping.drill(file, folder, workspace=workspace):
        raise typer.Exit(1)


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
def upgrade(
    backup: Annotated[
        Path | None,
        typer.Option("--backup", metavar="FILE", help="升级前的备份写到哪个新文件；默认在工作区旁。"),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """把旧格式的工作区升级到此程序的格式，先自动备份。"""
    from ui.cli import keeping

    keeping.upgrade(backup, workspace=workspace)


@app.command("revert")
def revert(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="升级前的备份。")],
    workspace: Workspace = None,
) -> None:
    """撤销升级：回到升级前备份的格式和内容，供旧版本程序接着用；现有内容另存。"""
    from ui.cli import keeping

    keeping.revert(file, workspace=workspace)


@app.command("digest")
def digest(workspace: Workspace = None) -> None:
    """全部内容的摘要：内容相同则相同，不论在 SQLite 还是 PostgreSQL。"""
    from ui.cli import keeping

    keeping.digest(workspace=workspace)


@app.command("export")
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="写到哪个新文件夹。")], workspace: Workspace = None
) -> None:
    """全部导出为普通文件：报告、提纲、各版本，每张表一个 JSON Lines 文件，附摘要；先核验，不完好的不导出。"""
    from ui.cli import moving

    moving.export(folder, workspace=workspace)


@app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="workspace export 写的文件夹。")],
    workspace: Workspace = None,
) -> None:
    """把导出读进空的工作区，核对、核验后与导出时一模一样；SQLite 与 PostgreSQL 由此互搬。"""
    from ui.cli import moving

    moving.import_(folder, workspace=workspace)
