"""`chengwen profile`: kinds of reports as files, learned from exemplars."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(name="profile", help="文种：从范文学得。", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """文种：从范文学得。"""


@app.command()
def learn(
    exemplars: Annotated[list[Path], typer.Argument(metavar="EXEMPLAR…", help="一份或几份同一文种的范文。")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="PROFILE", help="写到哪个 .yaml 文件；已有的不覆盖。")],
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="以哪个文种为底子；缺省按范文认出的，认不出时为专题报告。")
    ] = None,
) -> None:
    """学文种：结构、序号、公式、篇幅和惯用语；范文的事实、数字、日期和名称不学。"""
    from ui.cli.learning import run

    run(exemplars, out, kind)
