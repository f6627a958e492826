"""`chengwen regenerate`: hundreds of reports brought up to date, and only what changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.options import Actor, Output, Workspace


def regenerate(
    briefs: Annotated[
        list[Path], typer.Argument(metavar="BRIEF|FOLDER|SHEET…", help="提纲、表格，或装着它们的文件夹。")
    ],
    model: Annotated[
        str | None, typer.Option(metavar="SPEC", help="模型，如 openai:NAME、gguf:NAME、composer。")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=1024, help="同时进行的模型调用数。")] = 8,
    processes: Annotated[
        int | None, typer.Option(min=1, max=64, help="本机用几个进程；缺省按核数，报告少时一个。")
    ] = None,
    via: Annotated[
        str,
        typer.Option(
            metavar="calls|batch-api",
            help="怎样问模型：逐次调用，或先交给端点的批处理接口（没有这种接口就逐次调用）。批处理的用量取回时才计入。",
        ),
    ] = "calls",
    rate: Annotated[
        float | None, typer.Option(min=0.001, help="每分钟最多几次请求，同一工作区的各处合计；缺省见 CHENGWEN_RATE。")
    ] = None,
    max_tokens: Annotated[int | None, typer.Option(min=0, help="最多用多少词元，到了就停。")] = None,
    max_cost: Annotated[float | None, typer.Option(min=0, help="最多花多少钱，到了就停（须设价格）。")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出要做什么，不调用模型，不写任何东西。")] = False,
    queue: Annotated[
        bool, typer.Option("--queue", help="交给团队的队列，由各台机器上的 chengwen worker 做（PostgreSQL 工作区）。")
    ] = False,
    detach: Annotated[bool, typer.Option("--detach", help="交给队列后就返回，不等做完。")] = False,
    output: Output = "text",
    report: Annotated[Path | None, typer.Option(metavar="FILE.html", help="把结果另写成一个网页文件。")] = None,
    allow_secrets: Annotated[
        bool, typer.Option("--allow-secrets", help="允许把含密级标志或个人信息的事实发往本机以外的模型。")
    ] = False,
    as_: Actor = None,
    workspace: Workspace = None,
) -> None:
    """重新生成：事实、提示词、文种或模型变了的才重做，人改过的不动；断了再运行一次即接着做。"""
    from ui.cli.at_work import Options
    from ui.cli.regenerating import run

    status = run(
        Options(
            briefs=tuple(briefs),
            model=model,
            jobs=jobs,
            processes=processes,
            via=via,
            rate=rate,
            max_tokens=max_tokens,
            max_cost=max_cost,
            dry_run=dry_run,
            queue=queue,
            detach=detach,
            output=output,
            report=report,
            allow_secrets=allow_secrets,
            who=as_,
            workspace=workspace,
        )
    )
    if status:
        raise typer.Exit(status)
