"""`chengwen diff`: what changed between two versions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.options import Workspace


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="旧版：.docx、.md、.txt、*.report.json，或版本号。")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="新版，同上。")],
    output: Annotated[
        str | None, typer.Option(metavar="text|html|json", help="输出形式；不写则看 -o 的扩展名，否则为 text。")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="写到哪个文件；不写则显示。")] = None,
    workspace: Workspace = None,
) -> None:
    """比较：先说改了哪些章节、数字、日期和事实，再逐段标出修改。有无不同，退出码都是 0。"""
    from ui.cli.diffing import run

    run(old, new, output, out, workspace)
