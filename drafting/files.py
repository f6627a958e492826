"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Writes beside the target and renames: whoever looks sees the old file or the new one, never half of one.

    A device or a pipe is written to. An OSError passes and names the target, not the file beside it.
    """
    write_all(path, (data,))


def write_all(path: Path, pieces: Iterable[bytes]) -> None:
    """`write`, of what comes piece by piece and need not be in memory at one time. What making the pieces raises passes."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as stream:
                stream.writelines(pieces)
        else:
            _replace(path, pieces)
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def write_new(path: Path, data: bytes) -> None:
    """Writes a file that is not there yet; FileExistsError where it is. What could not be written whole is taken away again."""
    with path.open("xb") as stream:
        try:
            stream.write(data)
            stream.flush()
        except OSError:
            path.unlink(missing_ok=True)
            raise


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from error
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(pieces)
        beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
