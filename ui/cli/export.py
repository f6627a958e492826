"""`chengwen export`: a report's version through the gate into a .docx."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.options import Actor, Workspace


def export(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="报告文件 *.report.json，或工作区里的版本号。")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE.docx", help="写到哪个文件。")],
    redline_from: Annotated[
        str | None,
        typer.Option("--redline-from", metavar="VERSION", help="导出对照这个旧版的修订稿：Word 修订标记，可逐处接受。"),
    ] = None,
    evidence: Annotated[bool, typer.Option("--evidence", help="每个要点附有依据批注。")] = False,
    final: Annotated[bool, typer.Option("--final", help="只要正式稿：没有签发就不导出。")] = False,
    with_errors: Annotated[
        bool, typer.Option("--with-errors", help="供审阅：有未改的错误也导出送审稿，每页标明有几项。")
    ] = False,
    profile: Annotated[str | None, typer.Option(metavar="KIND", help="文种或其文件；不写则按报告所记。")] = None,
    waive: Annotated[
        list[str] | None, typer.Option(metavar='CODE="理由"', help="豁免一项错误并写明理由，记入报告，可多次使用。")
    ] = None,
    as_: Actor = None,
    workspace: Workspace = None,
) -> None:
    """导出：通过核对才写 .docx；没有签发的每页带送审稿标记。豁免须写明理由，并记下来。"""
    from ui.cli.exporting import Options, export_report

    export_report(
        Options(report, out, evidence, redline_from, profile, tuple(waive or ()), final, with_errors, as_, workspace)
    )
