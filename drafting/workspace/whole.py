"""Large files and folders, whole or absent: made under another name beside the target, on the disk before they take its name."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from drafting.errors import WorkspaceError


@contextmanager
def new_file(target: Path, what: str) -> Iterator[Path]:
    """A new file beside the target, which takes the target's name when the block ends, and is gone again where it raises."""
    with _beside(target):
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".db")
        os.close(handle)
        path = Path(name)
        try:
            yield path
            _sync(path)
            require_free(target, what)
            path.replace(target)
            _sync(target.parent)
        finally:
            for left in (path, path.with_name(f"{path.name}-journal")):
                left.unlink(missing_ok=True)


@contextmanager
def new_folder(target: Path, what: str) -> Iterator[Path]:
    """The same for a folder, which only its owner may enter."""
    require_free(target, what)
    with _beside(target):
        path = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        try:
            yield path
            os.sync()  # one wait for the disk instead of one for each of a hundred thousand files
            require_free(target, what)
            path.rename(target)
            _sync(target.parent)
        finally:
            shutil.rmtree(path, ignore_errors=True)


def require_free(target: Path, what: str) -> None:
    """Raises WorkspaceError where something stands at the target."""
    if target.exists() or target.is_symlink():
        raise WorkspaceError(f"{target} 已存在，{what}不覆盖文件")


@contextmanager
def _beside(target: Path) -> Iterator[None]:
    """The folder that the target is to be in: it is there, or is made and goes again where the block raises. An OSError names the target."""
    folder = target.parent
    there = folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException as error:
        if not there:
            with suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            error.filename, error.filename2 = str(target), None
        raise


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
