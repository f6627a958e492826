"""`chengwen dates`: which date mentions a text holds, and which days they stand for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def dates(
    file: Annotated[Path, typer.Argument(metavar="FILE|-", help="文本、.docx 或 *.report.json；- 为标准输入。")],
    reference: Annotated[
        str, typer.Option(metavar="DATE", help="文中的“今天”，即成文日期，如 2024-07-05；今年、去年由它推算。")
    ],
    period: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="报告期，如 2024年上半年；不写年份的月份和同比由它推算。")
    ] = None,
    output: Annotated[str, typer.Option(metavar="text|json", help="输出形式。")] = "text",
) -> None:
    """日期：列出文中每处日期的位置、起止日和类别。"""
    from ui.cli.dating import run

    run(file, reference, period, output)
