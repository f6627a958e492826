"""`chengwen model`: the models that can run on this machine, and fetching them."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

app = typer.Typer(name="model", help="本机模型：列出、下载。", no_args_is_help=True)


@app.command("list")
def list_models(
    output: Annotated[Literal["text", "json"], typer.Option("--output", help="输出格式。")] = "text",
) -> None:
    """列出可在本机运行的模型：大小、许可证、是否已下载、存放位置。"""
    import json
    import os

    from drafting.models import catalog, storage

    rows = [
        {
            "name": entry.name,
            "title": entry.title,
            "licence": entry.licence,
            "bytes": entry.size,
            "sha256": entry.sha256,
            "drafts": entry.drafts,
            "fetched": storage.is_fetched(entry, os.environ),
            "path": str(storage.path(entry, os.environ)),
        }
        for entry in catalog.ENTRIES
    ]
    if output == "json":
        typer.echo(json.dumps({"version": 1, "models": rows}, ensure_ascii=False, indent=1))
        return
    for row in rows:
        state = f"已下载  {row['path']}" if row["fetched"] else f"未下载  chengwen model fetch {row['name']}"
        purpose = "" if row["drafts"] else "  只供试装，不宜拟稿"
        typer.echo(f"{row['name']}  {_megabytes(row['bytes'])}  {row['licence']}  {state}{purpose}")


@app.command("fetch")
def fetch_model(
    name: Annotated[str, typer.Argument(help="模型名，见 chengwen model list。")],
    origin: Annotated[str | None, typer.Option("--from", metavar="PATH_OR_URL", help="只从这个文件或网址取。")] = None,
) -> None:
    """下载一个模型并核对摘要；中断后再次运行会接着下载。"""
    import os

    from drafting.models import catalog, storage, weights
    from ui.cli.fetching import watching

    entry = catalog.find(name)
    if storage.is_fetched(entry, os.environ):
        typer.echo(f"{name} 已经下载：{storage.path(entry, os.environ)}")
        return
    with watching(entry.size) as listener:
        weights.fetch(entry, weights.sources(entry, os.environ, origin), os.environ, listener)


def _megabytes(size: object) -> str:
    return f"{int(str(size)) / 1e6:,.0f} MB"
