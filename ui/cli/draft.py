"""`chengwen draft`: briefs and spreadsheets in, checked documents out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.options import Actor, Workspace


def draft(
    briefs: Annotated[
        list[Path], typer.Argument(metavar="BRIEF…", help="提纲文件 *.brief.yaml，或 .xlsx、.csv 表格。")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="写到哪个文件夹。")] = Path(),
    model: Annotated[
        str | None, typer.Option(metavar="SPEC", help="模型，如 openai:NAME、gguf:NAME、composer。")
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="docx,md,txt,json 中的若干种。")
    ] = "docx,json",
    jobs: Annotated[int | None, typer.Option(min=1, max=256, help="同时进行的模型调用数。")] = None,
    evidence: Annotated[bool, typer.Option("--evidence", help="另存一份每个要点附有依据批注的 .docx。")] = False,
    each_point: Annotated[bool, typer.Option("--each-point", help="逐条显示每个要点如何成文。")] = False,
    waive: Annotated[
        list[str] | None, typer.Option(metavar='CODE="理由"', help="豁免一项错误并写明理由，可多次使用。")
    ] = None,
    allow_secrets: Annotated[
        bool, typer.Option("--allow-secrets", help="允许把含密级标志或个人信息的事实发往本机以外的模型。")
    ] = False,
    as_: Actor = None,
    workspace: Workspace = None,
) -> None:
    """拟稿：模型写要点，代码定结构、核对每个数字，有错不出 .docx。"""
    from ui.cli.drafting import Options, run

    status = run(
        Options(
            briefs=tuple(briefs),
            out=out,
            model=model,
            formats=tuple(dict.fromkeys(part.strip() for part in formats.split(",") if part.strip())),
            jobs=jobs,
            evidence=evidence,
            each_point=each_point,
            waivers=tuple(waive or ()),
            allow_secrets=allow_secrets,
            who=as_,
            workspace=workspace,
        )
    )
    if status:
        raise typer.Exit(status)
