"""`chengwen roll`: last period's report into a brief for this one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.options import Workspace


def roll(
    last: Annotated[str, typer.Argument(metavar="LAST", help="上期的报告：.docx、.md、.txt、.report.json，或版本号。")],
    to: Annotated[str, typer.Option("--to", metavar="PERIOD", help="本期的报告期，如 2025年上半年。")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="BRIEF", help="写到哪个文件；已有的不覆盖。")],
    facts: Annotated[
        Path | None, typer.Option(metavar="SHEET", help="本期的事实：表格或提纲；对得上的填进去，与上期相同的要核对。")
    ] = None,
    issued: Annotated[str | None, typer.Option(metavar="DATE", help="本期的成文日期，如 2025-07-05。")] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="文种，没有认出或认错时写明。")] = None,
    organ: Annotated[str | None, typer.Option(help="发文机关，没有认出或认错时写明。")] = None,
    topic: Annotated[str | None, typer.Option(help="主题，没有认出或认错时写明。")] = None,
    last_period: Annotated[
        str | None, typer.Option("--last", metavar="PERIOD", help="上期的报告期，没有认出或认错时写明。")
    ] = None,
    workspace: Workspace = None,
) -> None:
    """滚动：沿用上期的结构，事实逐条询问，过时的提法按规则指出。"""
    from ui.cli.rolling import Options, run

    run(Options(last, to, out, facts, issued, kind, organ, topic, last_period, workspace))
