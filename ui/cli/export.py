"""`chengwen export`: a report's version through the gate into a .docx."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def export(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="报告文件 *.report.json。")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE.docx", help="写到哪个文件。")],
    evidence: Annotated[bool, typer.Option("--evidence", help="每个要点附有依据批注。")] = False,
    profile: Annotated[str | None, typer.Option(metavar="KIND", help="文种或其文件；不写则按报告所记。")] = None,
    waive: Annotated[
        list[str] | None, typer.Option(metavar='CODE="理由"', help="豁免一项错误并写明理由，记入报告，可多次使用。")
    ] = None,
) -> None:
    """导出：通过核对才写 .docx；豁免须写明理由，并记入报告。"""
    from ui.cli.exporting import export_report

    export_report(report, out, evidence=evidence, kind=profile, waive=tuple(waive or ()))
