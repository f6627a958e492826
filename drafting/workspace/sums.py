"""A folder of files that lists them in SHA256SUMS, as sha256sum writes and checks it: it can be proved without this program."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from drafting.errors import WorkspaceError

SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  ([^\\\n]+)\n")


class Sums:
    """Files that are put into a folder, each with its line in the list `lines`. `files` counts them."""

    def __init__(self, folder: Path, lines: BinaryIO) -> None:
        self.files = 0
        self._folder = folder
        self._lines = lines
        self._made: set[Path] = set()

    def put(self, path: str, data: bytes) -> None:
        with self.stream(path) as write:
            write(data)

    @contextmanager
    def stream(self, path: str) -> Iterator[Callable[[bytes], None]]:
        """A file of any length, written piece by piece."""
        target = self._folder / path
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made = {target.parent}
        sha256 = hashlib.sha256()
        with target.open("xb") as file:

            def write(data: bytes) -> None:
                sha256.update(data)
                file.write(data)

            yield write
        self._lines.write(f"{sha256.hexdigest()}  {path}\n".encode())
        self.files += 1


@contextmanager
def listed(folder: Path) -> Iterator[Sums]:
    """A folder to put files into; the list is whole when the block ends."""
    with (folder / SUMS).open("xb") as lines:
        yield Sums(folder, lines)


def proved(folder: Path) -> Iterator[tuple[str, str]]:
    """The path of every file on the list and its SHA-256, after each was read. Files that are on no list are left alone.

    Raises WorkspaceError for a list that is missing or damaged, and for a file that is missing or another.
    """
    try:
        with (folder / SUMS).open(encoding="utf-8", newline="\n") as listing:
            for number, line in enumerate(listing, start=1):
                match = _LINE.fullmatch(line)
                if match is None or not _inside(match[2]):
                    raise WorkspaceError(f"{folder / SUMS} 第 {number} 行损坏，导出没有复制完整或被改动过")
                yield match[2], _proved(folder, match[2], match[1])
    except FileNotFoundError:
        raise WorkspaceError(f"{folder} 缺 {SUMS}，不是成文的导出，或没有复制完整") from None
    except UnicodeDecodeError:
        raise WorkspaceError(f"{folder / SUMS} 损坏，导出没有复制完整或被改动过") from None


def _proved(folder: Path, path: str, expected: str) -> str:
    try:
        with (folder / path).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise WorkspaceError(f"{folder / path} 不见了，导出没有复制完整或被改动过") from None
    if found != expected:
        raise WorkspaceError(f"{folder / path} 与 {SUMS} 不符，没有复制完整或被改动过")
    return found


def _inside(path: str) -> bool:
    parts = PurePosixPath(path)
    return not parts.is_absolute() and ".." not in parts.parts
