"""The page about a run as a file: refused before anything is spent where it has no place, written whole at the end."""

from __future__ import annotations

from pathlib import Path

from drafting import files
from drafting.errors import InputError
from drafting.workspace.workspace import Workspace
from ui.cli.progress import say
from ui.cli.regenerated import Summary


def require_place(path: Path, *, dry_run: bool = False) -> None:
    """Raises InputError where the page could not be written: before anything is spent."""
    if dry_run:
        raise InputError(f"{path}: --dry-run 什么也不做，没有结果可写，请去掉 --report")
    if path.is_dir() or not path.parent.is_dir():
        raise InputError(f"{path}: 写不到这里，请给一个已有文件夹里的文件名")


def write(path: Path | None, workspace: Workspace, summary: Summary) -> None:
    """The reports are made by now: a page that cannot be written is told, and is no error of the run."""
    if path is None:
        return
    from ui.cli.regeneration_page import page  # comparing takes longer to import than a run with nothing to do

    try:
        files.write_all(path, (f"{line}\n".encode() for line in page(workspace, summary)))
    except OSError as error:
        say(f"{path}: 网页没有写成：{error.strerror or error}")
    else:
        say(f"{path}: 结果已写成网页")
