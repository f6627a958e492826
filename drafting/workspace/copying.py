"""Backup and restore, while the workspace is in use, the same for SQLite and PostgreSQL.

A backup is one SQLite file with every row as it stood at one moment, the audit chain included: it can be verified like a workspace,
restored into either kind, and opened by anyone's SQLite in ten years. A restore replaces everything in one transaction, and keeps
what stood before in a backup of its own.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select, text

from drafting.errors import WorkspaceError
from drafting.workspace import engine as engines
from drafting.workspace import schema, users
from drafting.workspace.integrity import Integrity, verify
from drafting.workspace.ledger import Ledger
from drafting.workspace.location import Location, at
from drafting.workspace.tables import metadata
from drafting.workspace.workspace import Workspace

_ROWS = 500


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and the backup of what stood before."""

    integrity: Integrity
    before: Path


def back_up(workspace: Workspace, target: Path) -> Integrity:
    """Writes the workspace into a file, whole or not at all, and tells what the copy holds.

    Raises WorkspaceError where the file is there already, cannot be written, or the copy does not prove sound.
    """
    if target.exists():
        raise WorkspaceError(f"{target} 已存在，备份不覆盖文件")
    with _beside(target) as (path, engine, place):
        with workspace.reading() as source, engines.writing(engine, place) as copy:
            schema.upgrade(copy)
            _copy(source, copy)
        with engines.reading(engine, place) as copy:
            found = verify(copy)
        engine.dispose()
        with path.open("rb") as written:
            os.fsync(written.fileno())
        path.replace(target)
    return found


def restore(workspace: Workspace, source: Path, who: str) -> Restored:
    """Replaces everything by what a backup holds. Raises WorkspaceError for a file that is none, or one that does not prove sound."""
    with workspace.reading() as connection:
        if users.all_users(connection):
            users.require(connection, who, "administrator")
    if not source.is_file():
        raise WorkspaceError(f"没有备份文件 {source}")
    place = at(source) if source.suffix == ".db" else Location(f"sqlite+pysqlite:///{source}", source, str(source))
    engine = engines.connect(place)
    try:
        with engines.reading(engine, place) as copy:
            if not schema.require(copy, place):
                raise WorkspaceError(f"{source} 不是成文的备份")
            found = verify(copy)
            if not found.sound:
                raise WorkspaceError(f"备份 {source} 不完好，没有恢复：\n" + "\n".join(found.problems))
            before = _free(source)
            back_up(workspace, before)
            with engines.writing(workspace.engine, workspace.location) as target:
                _empty(target)
                _copy(copy, target)
                Ledger(target, who, workspace.clock(), workspace.via).note(
                    "restore", {"head": found.head, "from": source.name}
                )
    finally:
        engine.dispose()
    return Restored(found, before)


def upgrade(workspace_engine: Engine, location: Location, backup: Path) -> str:
    """Migrates an older workspace to today's tables, in one transaction, after a plain copy of a SQLite file to `backup`. Returns the age it had."""
    with engines.reading(workspace_engine, location) as connection:
        age = schema.age(connection)
    if age is None:
        raise WorkspaceError(f"{location} 里没有工作区")
    if location.path is not None:
        _snapshot(workspace_engine, location, backup)
    with engines.writing(workspace_engine, location) as connection:
        schema.upgrade(connection)
    return age


def _snapshot(engine: Engine, location: Location, backup: Path) -> None:
    """A SQLite file as it stands, of whatever age, in one file without a log beside it."""
    if backup.exists():
        raise WorkspaceError(f"{backup} 已存在，备份不覆盖文件")
    with engines.reading(engine, location) as connection:
        connection.execute(text("ROLLBACK"))
        connection.execute(text("VACUUM INTO :path"), {"path": str(backup)})


@contextmanager
def _beside(target: Path) -> Iterator[tuple[Path, Engine, Location]]:
    """A new SQLite file beside the target, gone again unless it was renamed."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".db")
    except OSError as error:
        raise WorkspaceError(f"备份 {target} 写不了：{error.strerror}") from error
    os.close(handle)
    path = Path(name)
    place = Location(f"sqlite+pysqlite:///{path}", path, str(target))
    engine = engines.connect(place)
    try:
        yield path, engine, place
    finally:
        engine.dispose()
        for left in (path, path.with_name(f"{path.name}-journal")):
            left.unlink(missing_ok=True)


def _copy(source: Connection, target: Connection) -> None:
    """Every row of every table. Rows refer to earlier ones only, and tables to those before them."""
    for table in metadata.sorted_tables:
        order = table.c.brief.is_not(None) if "brief" in table.c else next(iter(table.primary_key))
        found = source.execution_options(yield_per=_ROWS).execute(select(table).order_by(order))
        for rows in found.mappings().partitions(_ROWS):
            target.execute(insert(table), [dict(row) for row in rows])


def _empty(target: Connection) -> None:
    """Takes every row away, those that refer to others of their table first."""
    for table in reversed(metadata.sorted_tables):
        if "parent_id" in table.c:
            target.execute(table.update().values(parent_id=None, merged_id=None))
        if "reply_to" in table.c:
            target.execute(table.update().values(reply_to=None))
        if "brief" in table.c:
            target.execute(table.update().values(brief=None))
        target.execute(table.delete())


def _free(source: Path) -> Path:
    """A name beside the backup for what is about to be replaced."""
    number = 1
    while (path := source.with_name(f"{source.stem}.before-restore-{number}.db")).exists():
        number += 1
    return path
