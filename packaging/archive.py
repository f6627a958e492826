"""A tar whose bytes depend on what is in it alone: sorted names, one time, no owner."""

from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path

_RUNNABLE = ".sh"


def sums(folder: Path) -> str:
    """SHA256SUMS as sha256sum(1) reads it: every file of the folder by its name in it, but for itself."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / "SHA256SUMS")
    return "".join(f"{digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(folder: Path, target: Path, when: int) -> None:
    """Writes `folder` as a tar with one folder in it, all of it of the time `when` (seconds since 1970).

    It is not compressed: wheels are, and weights do not get smaller. The file is whole or absent.
    """
    partial = target.with_name(f"{target.name}.part")
    try:
        with tarfile.open(partial, "w", format=tarfile.PAX_FORMAT) as archive:
            for path in (folder, *sorted(folder.rglob("*"))):
                info = archive.gettarinfo(path, str(path.relative_to(folder.parent)))
                info.uid = info.gid = 0
                info.uname = info.gname = ""
                info.mtime = when
                info.mode = 0o755 if path.is_dir() or path.suffix == _RUNNABLE else 0o644
                if info.islnk():  # a hard link of this machine is a file of its own there
                    info.type, info.linkname, info.size = tarfile.REGTYPE, "", path.stat().st_size
                if path.is_file():
                    with path.open("rb") as file:
                        archive.addfile(info, file)
                else:
                    archive.addfile(info)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
