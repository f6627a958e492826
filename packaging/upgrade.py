"""From one version to the next: backup, migration, health check, change of the link; all of it, or back to what was there.

Run by install.sh with the new version's own Python; only the standard library, and psycopg where a workspace is in PostgreSQL.
Programs get the workspace by the environment: its URL may hold a password, and arguments are seen by everybody.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

import health
from health import Program, Unwell

DONE, FAILED, NOT_BACK = 0, 1, 3
"""NOT_BACK: a workspace could not be taken back, so that the new version has to stay at hand."""
VARIABLE = "CHENGWEN_WORKSPACE"
_HEAD = re.compile(r"(\d+) 个版本.*链末端 ?([0-9a-f]{64})")


class InUse(Unwell):
    """Somebody has the workspace open."""


@dataclass(frozen=True)
class Place:
    """A workspace: `given` is a folder, a .db file or a postgresql:// URL."""

    given: str

    @property
    def file(self) -> Path | None:
        if "://" in self.given:
            return None
        path = Path(self.given).absolute()
        return path if path.suffix == ".db" else path / "workspace.db"

    @property
    def shown(self) -> str:
        """Without the password."""
        if self.file is not None:
            return str(Path(self.given).absolute())
        parts = urlsplit(self.given)
        return f"postgresql://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"

    @property
    def environ(self) -> dict[str, str]:
        return {VARIABLE: self.given if self.file is None else str(Path(self.given).absolute())}


@dataclass(frozen=True)
class Backed:
    """A workspace and what leads back to it. `proven` where the old version wrote it; else the migration writes it.

    `head` is how many versions there were and where the audit chain ended, as the old version told it.
    """

    place: Place
    backup: Path
    proven: bool
    head: tuple[str, str] | None


def main() -> int:
    chosen = _arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    new = Program(chosen.new / "bin/chengwen")
    old = chosen.program or (chosen.old / "bin/chengwen" if chosen.old else None)
    before = Program(old) if old is not None else None
    places = [Place(one) for one in chosen.workspaces or _known()]
    migrated: list[Backed] = []
    try:
        health.check(new)
        for place in places:
            require_unused(place)
        backed = [back_up(place, before, chosen.prefix) for place in places]
        for one in backed:
            migrate(one, new, migrated)
        for one in backed:
            prove(one, new)
        _remember(chosen.prefix, places)
        switch(chosen.prefix / "current", chosen.new)
    except (Unwell, OSError, KeyboardInterrupt) as error:
        why = "已中止" if isinstance(error, KeyboardInterrupt) else str(error)
        _say(f"没有通过：{why}")
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        back = [go_back(one, new, before) for one in reversed(migrated)]
        if before is not None:
            _say(f"仍用旧版本 {before.path.parent.parent.name}")
        return FAILED if all(back) else NOT_BACK
    return DONE


def back_up(place: Place, old: Program | None, prefix: Path) -> Backed:
    """Has the old version write a backup that proves sound, and restore it on trial where it knows how to. Raises Unwell where it does not.

    Where there is no old version, or the workspace is newer than it already, nothing is written yet.
    """
    if place.file is not None and not place.file.exists():
        raise Unwell(f"没有工作区 {place.shown}")
    folder = place.file.parent / "backups" if place.file is not None else prefix / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _hand_over(place, folder)
    target = _unused(folder / f"before-upgrade-{datetime.now(UTC):%Y%m%d-%H%M%S}.db")
    head = _head(old.tried("workspace", "verify", **place.environ).stdout) if old is not None else None
    if old is None or head is None:
        return Backed(place, target, proven=False, head=None)
    _write_backup(old, place, target)
    return Backed(place, target, proven=True, head=head)


def migrate(one: Backed, new: Program, migrated: list[Backed]) -> None:
    """Brings a workspace to the new version's format: all of it or nothing. It stands in `migrated` from the moment that it is changed."""
    with tempfile.TemporaryDirectory(prefix=".upgrade-", dir=one.backup.parent) as name:
        snapshot = Path(name) / "before.db" if one.proven else one.backup
        said = new.run("workspace", "upgrade", "--backup", snapshot, **one.place.environ)
    if "→" in said:
        migrated.append(one)
        _say(f"工作区 {one.place.shown} 已升级，升级前的备份在 {one.backup}")
    elif not one.proven:
        _write_backup(new, one.place, one.backup)


def prove(one: Backed, new: Program) -> None:
    """Raises Unwell where the workspace does not verify, is not the one that it was, or is not served."""
    now = _head(new.run("workspace", "verify", **one.place.environ))
    if one.head is not None and one.head != now:
        raise Unwell(f"工作区 {one.place.shown} 升级后与升级前不同：版本数或审计链末端变了")
    if new.has("gradio"):
        with tempfile.TemporaryDirectory(prefix=".upgrade-", dir=one.backup.parent) as name:
            copy = Path(name) / "copy.db"  # a first start would give out the administrator's one-time password
            new.run("workspace", "backup", copy, **one.place.environ)
            health.serve(new, copy)
    _hand_over(one.place, one.backup)


def _hand_over(place: Place, made: Path) -> None:
    """What an administrator makes beside somebody's workspace is that somebody's: their own backups go there too."""
    if place.file is not None and os.geteuid() == 0 and made.exists():
        owner = place.file.stat()
        os.chown(made, owner.st_uid, owner.st_gid)


def _write_backup(program: Program, place: Place, target: Path) -> None:
    program.run("workspace", "backup", target, **place.environ)
    if program.tried("workspace", "drill", "--help").returncode == 0:
        program.run("workspace", "drill", target)
    _say(f"工作区 {place.shown} 已备份并核验：{target}")


def go_back(one: Backed, new: Program, old: Program | None) -> bool:
    """Whether the workspace is again what it was before."""
    try:
        said = new.run("workspace", "revert", one.backup, **one.place.environ)
        if old is not None:
            old.run("workspace", "verify", **one.place.environ)
    except Unwell as error:
        _say(f"工作区 {one.place.shown} 没有退回（{error}）；升级前的内容在 {one.backup}")
        return False
    _say(f"工作区 {one.place.shown} 已退回升级前的样子；{said.strip().splitlines()[-1]}")
    return True


def require_unused(place: Place) -> None:
    """Raises InUse where another process has the workspace open."""
    if place.file is None:
        _require_no_session(place)
    elif place.file.exists():
        _require_no_opener(place.file, place)


def _require_no_opener(file: Path, place: Place) -> None:
    """Who has a SQLite file in write-ahead mode open holds a lock on it, idle or not: an exclusive one is refused then."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=rw", uri=True, timeout=0)) as connection:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.rollback()
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise InUse(f"工作区 {place.shown} 正在使用，请先停掉 chengwen serve 和 worker") from error
        raise Unwell(f"工作区 {place.shown} 打不开：{error}") from error
    except sqlite3.DatabaseError as error:
        raise Unwell(f"工作区 {place.shown} 打不开：{error}") from error


def _require_no_session(place: Place) -> None:
    try:
        import psycopg
    except ModuleNotFoundError as error:
        raise Unwell("安装包里没有 PostgreSQL 的组件（team 扩展）") from error
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() \
AND application_name ~ '^(chengwen|procrastinate)'"
    try:
        with psycopg.connect(place.given, connect_timeout=10) as connection:
            (count,) = connection.execute(asked).fetchone() or (0,)
    except psycopg.Error as error:
        raise Unwell(f"工作区 {place.shown} 连不上：{str(error).splitlines()[0]}") from error
    if count:
        raise InUse(f"工作区 {place.shown} 正在使用（{count} 个连接），请先停掉 chengwen serve 和 worker")


def switch(link: Path, target: Path) -> None:
    """The link leads to the old or to the new version at every moment."""
    beside = link.with_name(f".{link.name}")
    beside.unlink(missing_ok=True)
    beside.symlink_to(Path("versions") / target.name)
    beside.replace(link)


def _remember(prefix: Path, places: Sequence[Place]) -> None:
    """Where workspaces are, for whoever uninstalls."""
    if not places:
        return
    file = prefix / "workspaces"
    known = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    lines = sorted({*known, *(place.shown for place in places)})
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _known() -> list[str]:
    """The workspace of the environment, where there is one already."""
    given = os.environ.get(VARIABLE, "").strip()
    file = Place(given).file if given else None
    return [given] if given and (file is None or file.exists()) else []


def _head(said: str) -> tuple[str, str] | None:
    found = _HEAD.search(said)
    return (found[1], found[2]) if found else None


def _unused(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--new", type=Path, required=True)
    parser.add_argument("--prefix", type=Path, required=True)
    parser.add_argument("--old", type=Path)
    parser.add_argument("--from", type=Path, dest="program")
    parser.add_argument("workspaces", nargs="*")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
