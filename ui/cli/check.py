"""`chengwen check`: findings in documents, as a linter shows them or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def check(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", help="要检查的 .docx、.md、.txt、*.report.json，或提纲 *.brief.yaml、.xlsx、.csv。"
        ),
    ],
    brief: Annotated[Path | None, typer.Option(metavar="BRIEF", help="对照的提纲，每个数字、日期都须有依据。")] = None,
    profile: Annotated[str | None, typer.Option(metavar="KIND", help="文种的名称或其文件，如 special-report。")] = None,
    select: Annotated[list[str] | None, typer.Option(metavar="CODES", help="只查这些代码或前缀，如 D,S104。")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="CODES", help="不查这些代码或前缀。")] = None,
    output: Annotated[str, typer.Option(metavar="text|json", help="输出形式。")] = "text",
    period: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="报告期，如 2024年上半年；不写则由文中读出。")
    ] = None,
    issued: Annotated[
        str | None, typer.Option(metavar="DATE", help="成文日期，如 2024-07-05；不写则由文中读出。")
    ] = None,
    organ: Annotated[str | None, typer.Option(metavar="NAME", help="发文机关；不写则由文中读出。")] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option(metavar="OLD", help="上一期报告或范文，可多次使用：查从它抄来而没有事实依据的内容。"),
    ] = None,
    lang: Annotated[
        str | None, typer.Option(metavar="zh|en", help="提示用的语言，默认按 CHENGWEN_LANG，否则中文。")
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="改正标点、空格等可按规则改的，就地写回 .txt、.md、*.report.json。")
    ] = False,
) -> None:
    """校核：结构、占位符、日期、周年，有提纲时逐个核对数字；提纲本身也可校核。有错误时退出码为 1。"""
    from ui.cli.checking import Options, run

    status = run(
        Options(
            files=tuple(files),
            brief=brief,
            profile=profile,
            select=_codes(select),
            ignore=_codes(ignore),
            output=output,
            period=period,
            issued=issued,
            organ=organ,
            against=tuple(against or ()),
            language=lang,
            fix=fix,
        )
    )
    if status:
        raise typer.Exit(status)


def _codes(given: list[str] | None) -> tuple[str, ...]:
    """Codes of one option given often or with commas."""
    return tuple(code.strip().upper() for part in given or () for code in part.split(",") if code.strip())
