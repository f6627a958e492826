"""Backup and restore, while the workspace is in use, the same for SQLite and PostgreSQL.

A backup is one SQLite file with every row as it stood at one moment, the audit chain included: it can be verified like a workspace,
restored into either kind, and opened by anyone's SQLite in ten years. A restore replaces everything in one transaction. What stood before
is kept in a backup of its own, made after the transaction has become the only one to write: nothing can come between the two.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Select, String, Table, insert, select
from sqlalchemy.exc import DBAPIError

from drafting.errors import WorkspaceError
from drafting.workspace import engine as engines
from drafting.workspace import lines, schema, statement, users
from drafting.workspace.integrity import Integrity, verify
from drafting.workspace.ledger import Ledger
from drafting.workspace.location import Location, backup
from drafting.workspace.sayings import PATIENCE
from drafting.workspace.statement import Statement
from drafting.workspace.tables import SCHEMA, metadata
from drafting.workspace.whole import new_file, require_free
from drafting.workspace.workspace import Workspace

_ROWS = 500
_AGE = "alembic_version"
_WHAT = "备份"
_QUEUE = "procrastinate_"
"""What the tables of a team's queue are called: they hold jobs under way, and types that SQLite has none of."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and the backup of what stood before."""

    integrity: Integrity
    before: Path


@dataclass(frozen=True, slots=True)
class Reverted:
    """The age that the workspace has again, and the backup of what stood before."""

    age: str
    before: Path


def back_up(workspace: Workspace, target: Path) -> Integrity:
    """Writes the workspace into a file, whole or not at all, and tells what the copy holds and what is wrong with it, if anything is.

    The file states its digest (statement.py), unless something is wrong. Raises WorkspaceError where the file is there already or the database
    cannot be read or written; an OSError of the folder passes.
    """
    require_free(target, _WHAT)
    with workspace.reading() as source, new_file(target, _WHAT) as path:
        _snapshot(source, workspace.location, path, target)
        place = backup(path, target)
        with _opened(place) as copy:
            found = verify(copy)
            said = _said(copy, found)
        with _written(place) as copy:
            statement.write(copy, said)
    return found


def restore(workspace: Workspace, source: Path, who: str) -> Restored:
    """Replaces everything by what a backup holds. Raises WorkspaceError for a file that is none, or one that does not prove sound.

    In a workspace with users it takes an administrator: ReviewRefused for anyone else. Waiting writers go on afterwards, in what was restored.
    """
    with backup_opened(source) as copy:
        found = verify(copy)
        if not found.sound:
            raise WorkspaceError(f"{backup(source).named} 不完好，没有恢复：\n" + "\n".join(found.problems))
        before = _free(source, workspace.location)
        with workspace.writing(who) as ledger:
            if users.all_users(ledger.connection):
                users.require(ledger.connection, who, "administrator")
            with new_file(before, _WHAT) as path:
                _snapshot(ledger.connection, workspace.location, path, before)
                _empty(ledger.connection)
                _copy(copy, ledger.connection)
                now = Ledger(ledger.connection, who, workspace.clock(), workspace.via)
                now.note("restore", {"head": found.head, "from": source.name})
    return Restored(found, before)


def upgrade(workspace_engine: Engine, location: Location, target: Path) -> str:
    """Migrates an older workspace to today's tables, in one transaction, and returns the age it had.

    A copy as it stood goes to `target` first, unless it is of today's age. Raises WorkspaceError for a newer age, for none, and where a
    step of the migration fails: everything is as it was then, and the copy is gone, so that it can be tried again.
    """
    with engines.writing(workspace_engine, location) as connection:
        age = schema.age(connection, location)
        if age is None:
            raise WorkspaceError(f"{location.named} 是空的，没有可升级的")
        if age >= SCHEMA:
            schema.require(connection, location)
            return age
        require_free(target, _WHAT)
        with new_file(target, _WHAT) as path:
            _snapshot(connection, location, path, target)
            schema.upgrade(connection)
    return age


def revert(workspace_engine: Engine, location: Location, source: Path) -> Reverted:
    """Undoes an upgrade: the tables of the backup's age, and its rows, in one transaction; nothing is noted, it is the workspace that it was.

    What stood before is kept in a file beside it. Raises WorkspaceError for a file that is no backup of this age or an earlier one, and for
    a database that holds something else.
    """
    place = backup(source)
    if not source.is_file():
        raise WorkspaceError(f"没有备份文件 {source}")
    with _opened(place) as copy:
        age = schema.age(copy, place)
        if age is None:
            raise WorkspaceError(f"{place.named} 是空的")
        if age > SCHEMA:
            schema.require(copy, place)
        before = _free(source, location)
        with engines.writing(workspace_engine, location) as connection:
            if schema.age(connection, location) is None:
                raise WorkspaceError(f"{location.named} 是空的，没有可退回的")
            with new_file(before, _WHAT) as path:
                _snapshot(connection, location, path, before)
                _tables(connection).drop_all(connection)
                schema.upgrade(connection, age)
                _copy(copy, connection, _tables(connection, without=(_AGE,)))
    return Reverted(age, before)


@contextmanager
def backup_opened(file: Path) -> Iterator[Connection]:
    """A backup, to read. Raises WorkspaceError for a file that is none, or one of another age."""
    if not file.is_file():
        raise WorkspaceError(f"没有备份文件 {file}")
    place = backup(file)
    with _opened(place) as copy:
        if not schema.require(copy, place):
            raise WorkspaceError(f"{place.named} 是空的")
        yield copy


def put_back(copy: Connection, workspace: Workspace) -> None:
    """Every row of a backup into an empty workspace, without an entry of its own in the audit."""
    with engines.writing(workspace.engine, workspace.location) as connection:
        _copy(copy, connection)


def _said(copy: Connection, found: Integrity) -> Statement | None:
    """Nothing for what is damaged: a backup of it is evidence, and no proof."""
    try:
        return Statement(lines.digest(copy), found.head) if found.sound else None
    except WorkspaceError:
        return None


@contextmanager
def _opened(place: Location) -> Iterator[Connection]:
    engine = engines.connect(place)
    try:
        with engines.reading(engine, place) as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _written(place: Location) -> Iterator[Connection]:
    engine = engines.connect(place)
    try:
        with engines.writing(engine, place) as connection:
            yield connection
    finally:
        engine.dispose()


def _snapshot(source: Connection, location: Location, path: Path, shown: Path) -> None:
    """A workspace of any age and in any state, as a file of the same age: SQLite's pages, or PostgreSQL's tables and rows as found."""
    place = backup(path, shown)
    if location.path is not None:
        with engines.told(place):
            _duplicate(location.path, path)
        return
    found = _tables(source)
    path.touch()
    with _written(place) as copy:
        found.create_all(copy)
        _copy(source, copy, found)


def _duplicate(source: Path, target: Path) -> None:
    """A SQLite file as it was last committed, the write-ahead log included, by SQLite's backup interface."""
    try:
        with closing(sqlite3.connect(source, timeout=PATIENCE)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise DBAPIError.instance("backup", None, error, sqlite3.Error) from error


def _tables(source: Connection, without: tuple[str, ...] = ()) -> MetaData:
    """The tables as they are, in types that every database knows; not those of the queue that may live beside them in PostgreSQL."""
    found = MetaData()
    found.reflect(source, only=lambda name, _: not name.startswith(_QUEUE) and name not in without)
    for table in found.tables.values():
        for column in table.columns:
            column.type, column.server_default = column.type.as_generic(), None
            if isinstance(column.type, String):
                column.type.collation = None
    return found


def _copy(source: Connection, target: Connection, tables: MetaData = metadata) -> None:
    """Every row of every table. Rows refer to earlier ones only, and tables to those before them."""
    for table in tables.sorted_tables:
        for wanted in _in_order(table):
            found = source.execute(wanted, execution_options={"yield_per": _ROWS})
            for rows in found.mappings().partitions():
                target.execute(insert(table), [dict(row) for row in rows])


def _in_order(table: Table) -> Iterator[Select[Any]]:
    """A report's content refers to its brief's: contents that refer to none come first, without sorting what is large."""
    if "brief" in table.columns:
        yield select(table).where(table.c.brief.is_(None))
        yield select(table).where(table.c.brief.is_not(None))
    else:
        yield select(table).order_by(*table.primary_key)


def _empty(target: Connection) -> None:
    """Takes every row away; references inside a table are looked at when the statement has ended."""
    for table in reversed(metadata.sorted_tables):
        target.execute(table.delete())


def _free(source: Path, location: Location) -> Path:
    """A name for what is about to be replaced, beside it, or beside the backup where it is not in a file."""
    number = 1
    while (path := (location.path or source).with_name(f"{source.stem}.before-restore-{number}.db")).exists():
        number += 1
    return path
