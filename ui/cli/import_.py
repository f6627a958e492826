"""`chengwen import`: a file that someone edited in Word becomes a new version."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.options import Actor, Workspace


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="改过的 .docx，也可以是 .md、.txt、*.report.json。")],
    onto: Annotated[str, typer.Option("--onto", metavar="VERSION", help="它是从哪个版本改来的。")],
    tracked: Annotated[
        str | None,
        typer.Option(
            metavar="accepted|rejected|proposed",
            help="未处理的修订：按全部接受、按全部拒绝，或逐处待定（chengwen decide）。",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="与那个版本几乎没有相同的文字也收。")] = False,
    as_: Actor = None,
    workspace: Workspace = None,
) -> None:
    """导入：在 Word 里改过的稿子收为新版本，要点重新对上事实，批注保留，数字重新核对。"""
    from ui.cli.importing import Options, run

    run(Options(file, onto, tracked, force, as_, workspace))
