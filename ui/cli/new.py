"""`chengwen new`: a starter brief."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def new(
    brief: Annotated[
        Path, typer.Argument(metavar="BRIEF", help="写到哪个文件，如 安全生产.brief.yaml；已有的不覆盖。")
    ],
    kind: Annotated[
        str,
        typer.Option(
            metavar="KIND", help="文种：special-report、work-summary、briefing，或其中文名，或文种文件的路径。"
        ),
    ],
    period: Annotated[str | None, typer.Option(metavar="PERIOD", help="报告期，如 2024年上半年。")] = None,
    issued: Annotated[str | None, typer.Option(metavar="DATE", help="成文日期，如 2024-07-05。")] = None,
) -> None:
    """新建：写一份带说明的提纲，照着填。"""
    from drafting import files, profiles
    from drafting.errors import InputError
    from drafting.fields import DAY_WANTED, day
    from drafting.period import Period
    from drafting.starter import starter

    profile = profiles.load(kind)
    covered = Period.parse(period) if period else None
    signed = day(issued) if issued else None
    if issued and not signed:
        raise InputError(f"--issued “{issued}”{DAY_WANTED}")
    if covered and signed and signed < covered.first:
        raise InputError(f"--issued {signed} 早于报告期的第一天 {covered.first}")
    text = starter(profiles.reference(kind, brief.parent), profile, covered, signed)
    try:
        files.write_new(brief, text.encode())
    except FileExistsError:
        raise InputError(f"{brief}: 已有这个文件，没有覆盖") from None
    typer.echo(f"已写 {brief}（{profile.name}）。填好后运行：chengwen draft {brief}")
