"""A PostgreSQL of the tests' own: a cluster in a temporary folder, reached by a socket there, gone when the tests end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DEBIAN = Path("/usr/lib/postgresql")
GUARDED = "guarded"
"""The role that must give a password; nobody else has to."""

ABSENT = "PostgreSQL is not installed (Debian: apt-get install postgresql): what a team's database does is not tested"


def programs() -> Path | None:
    """The folder with initdb and pg_ctl: Debian keeps them off the PATH."""
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).parent
    folders = sorted(_DEBIAN.glob("*/bin"), key=lambda folder: folder.parent.name)
    return folders[-1] if folders else None


@contextmanager
def cluster(bin: Path, *, durable: bool = False) -> Iterator[str]:
    """A running server; yields the query string that leads to its socket. Only a durable one waits for the disk."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        folder.chmod(0o777)
        data = folder / "data"
        _run(bin / "initdb", "-D", data, "-U", "chengwen", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        hba = data / "pg_hba.conf"
        hba.write_text(f"local all {GUARDED} scram-sha-256\n{hba.read_text()}")
        _start(bin, folder, durable=durable)
        try:
            yield f"host={folder}"
        finally:
            _run(bin / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def away(bin: Path, query: str) -> Iterator[None]:
    """The server of a durable cluster is gone, as when its machine loses power, until the block ends."""
    folder = Path(query.removeprefix("host="))
    _run(bin / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
    yield
    _start(bin, folder, durable=True)


def _start(bin: Path, folder: Path, *, durable: bool) -> None:
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync={'on' if durable else 'off'} -c max_connections=60"
    _run(bin / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")


def _run(*command: object) -> None:
    """The server refuses to run as root: as root it runs as Debian's own user for it."""
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*user, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")
