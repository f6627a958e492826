"""`chengwen eval`: cases and seeded faults measured, models compared, results kept and held against earlier ones."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    model: Annotated[
        list[str] | None,
        typer.Option(metavar="SPEC", help="比较的模型，可多次使用，如 openai:NAME、gguf:NAME、composer。"),
    ] = None,
    cases: Annotated[
        Path | None, typer.Option(metavar="DIR", help="用例文件夹（*.brief.yaml），默认用随附的用例。")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="对照的旧结果（--save 写出），退步的逐条列出。")
    ] = None,
    save: Annotated[Path | None, typer.Option(metavar="FILE", help="把全部结果存为 JSON。")] = None,
    output: Annotated[str, typer.Option(metavar="text|json", help="输出形式。")] = "text",
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="另存 JUnit XML，供持续集成读取。")] = None,
    select: Annotated[list[str] | None, typer.Option(metavar="CODES", help="只测这些代码或前缀，如 D,S104。")] = None,
    style: Annotated[
        list[Path] | None,
        typer.Option(metavar="EXEMPLAR", help="只比文风：用学得的文种拟稿，比不用时接近范文多少；可多次使用。"),
    ] = None,
    judge: Annotated[
        str | None, typer.Option(metavar="SPEC", help="请一个模型评审文字；只供参考，不影响退出码。")
    ] = None,
) -> None:
    """评测：逐条规则查埋设的错误和形似的正确写法，比较各模型。阈值未达或有退步时退出码为 1。"""
    from ui.cli.evaluating import Options, run

    if style:
        from ui.cli.style_evaluating import run as compare_style

        compare_style(style, tuple(model or ("composer",)), cases, output)
        return
    status = run(
        Options(
            models=tuple(model or ()),
            cases=cases,
            baseline=baseline,
            save=save,
            output=output,
            junit=junit,
            select=tuple(code.strip().upper() for part in select or () for code in part.split(",") if code.strip()),
            judge=judge,
        )
    )
    if status:
        raise typer.Exit(status)
