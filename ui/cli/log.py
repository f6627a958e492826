"""`chengwen log` and `chengwen show`: the reports of a workspace, the versions of one, and one version."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.options import Output, Workspace


def log(
    version: Annotated[
        str | None, typer.Argument(metavar="[VERSION]", help="某报告的任一版本号或其文件；不写则列出所有报告。")
    ] = None,
    output: Output = "text",
    workspace: Workspace = None,
) -> None:
    """历史：工作区有哪些报告；一份报告有哪些版本，谁改的，审到哪一步。"""
    from ui.cli import histories

    histories.log(version, output=output, workspace=workspace)


def show(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="版本号或其开头，或报告文件。")],
    output: Output = "text",
    workspace: Workspace = None,
) -> None:
    """查看：一个版本的正文、来历、审核、校核、豁免和批注。"""
    from ui.cli import histories

    histories.show(version, output=output, workspace=workspace)
