"""`chengwen doctor`: what an administrator would look at, and what to do about it."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.options import Output, Workspace


def doctor(
    full: Annotated[
        bool, typer.Option("--full", help="也做费时的：核验全部版本和审计链、权重的摘要，让 LibreOffice 排一页。")
    ] = False,
    url: Annotated[str, typer.Option(metavar="URL", help="经代理的地址；默认 CHENGWEN_URL。")] = "",
    output: Output = "text",
    workspace: Workspace = None,
) -> None:
    """体检：Python、工作区、模型、字体、磁盘、时钟、权限、代理逐项看过，说该怎么办；什么也不改。有毛病时退出码为 1。"""
    from ui.cli import examined

    if not examined.run(full=full, url=url, output=output, workspace=workspace):
        raise typer.Exit(1)
