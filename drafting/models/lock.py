"""A lock between processes, on a file: two people who fetch the same weights do it once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def _acquire(file: BinaryIO, *, wait: bool) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _acquire(file: BinaryIO, *, wait: bool) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


@contextmanager
def locked(path: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Holds the lock on `path`, which is made; calls `on_wait` once where another process has it. The system drops
    the lock of a process that dies; the file stays, for a file that is removed can be locked twice.
    """
    with path.open("ab") as file:
        try:
            _acquire(file, wait=False)
        except OSError:
            on_wait()
            _acquire(file, wait=True)
        yield
