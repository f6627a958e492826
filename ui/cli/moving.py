"""What `chengwen workspace export` and `import` do."""

from __future__ import annotations

import os
from pathlib import Path

from drafting.workspace import exporting, importing
from drafting.workspace.location import locate
from ui.cli import store


def export(folder: Path, *, workspace: str | None) -> None:
    with store.workspace(workspace) as opened:
        done = exporting.export(opened, folder)
    print(
        f"→ {folder}  {done.files} 个文件，{done.integrity.versions} 个版本，{done.integrity.entries} 条审计，"
        f"完好；内容摘要 {done.digest}"
    )


def import_(folder: Path, *, workspace: str | None) -> None:
    location = locate(workspace, os.environ)
    done = importing.take(folder, location)
    print(
        f"工作区 {location}：已导入 {folder}，{done.integrity.versions} 个版本，{done.integrity.entries} 条审计，"
        f"完好，与导出时一致；内容摘要 {done.digest}"
    )
