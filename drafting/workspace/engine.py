"""Connections to a workspace: how SQLite and PostgreSQL are made to lose nothing.

SQLite: write-ahead log, a full sync on commit, 30 s of patience, foreign keys, and writes that begin IMMEDIATE: a deferred transaction
that turns into a write has read what another one is just changing, and fails at once. PostgreSQL: one advisory lock makes writes serial,
as the audit chain is; they take a few milliseconds. Whatever the server's defaults, a commit waits for the disk, a write reads what was
committed before it got the lock, and a writer whose machine went away is ended by the server, and its lock with it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.pool import QueuePool

from drafting.errors import WorkspaceError
from drafting.workspace.location import Location
from drafting.workspace.sayings import PATIENCE, said

_LOCK = 0x636E6777
_SAFE = f"""SELECT set_config('lock_timeout', '{PATIENCE}s', true), set_config('synchronous_commit', 'on', true),
set_config('idle_in_transaction_session_timeout', '{2 * PATIENCE}s', true)"""
_PARENTS: list[object] = []
"""Connections that a fork has of its parent: to close them would end them for the parent too."""

_TURNS: dict[tuple[int, Path], RLock] = {}
"""Whose turn it is to write, by process (a fork has no share in its parent's) and file."""

_CONNECTING = {"connect_timeout": 10, "application_name": "chengwen", "tcp_user_timeout": PATIENCE * 1000}


def connect(location: Location) -> Engine:
    """The engine; nothing is opened yet. Raises WorkspaceError for a URL that cannot be read or a driver that is not installed."""
    try:
        if location.path is None:
            url = make_url(location.url)
            own = {name: value for name, value in _CONNECTING.items() if name not in url.query}
            engine = create_engine(url, poolclass=QueuePool, pool_pre_ping=True, max_overflow=-1, connect_args=own)
        else:
            engine = create_engine(
                "sqlite+pysqlite://", poolclass=QueuePool, max_overflow=-1, creator=_opener(location.path)
            )
            event.listen(engine, "connect", _settle)
            event.listen(engine, "begin", _begin)
    except ModuleNotFoundError as error:
        raise WorkspaceError(
            f"用 PostgreSQL 须先安装 team 扩展：pip install 'chengwen[team]'（缺 {error.name}）"
        ) from error
    except ArgumentError:
        raise WorkspaceError(f"{location.named}的地址写法有误") from None
    _keep_to_its_own(engine, location)
    return engine


def _opener(path: Path) -> Callable[[], sqlite3.Connection]:
    """Opens the file, and never makes one: under a server whose file was taken away an empty one would pass for the workspace."""
    place = f"file:{quote(str(path.absolute()))}?mode=rw"
    return lambda: sqlite3.connect(place, uri=True, timeout=PATIENCE, check_same_thread=False)


def _settle(connection: Any, _record: object) -> None:
    """pysqlite begins no transaction by itself: `_begin` does, in the right mode."""
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", "synchronous = FULL", f"busy_timeout = {PATIENCE * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """`info` lives as long as the database's own connection does; the pragma is set where it is not what the last transaction left."""
    writes = bool(connection.get_execution_options().get("writes"))
    if connection.info.get("writes") is not writes:
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        connection.info["writes"] = writes
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _keep_to_its_own(engine: Engine, location: Location) -> None:
    """A pooled connection serves the process and the file that it was opened for: not a fork, not a file that was moved into its place."""

    def opened(_connection: object, record: Any) -> None:
        record.info["of"] = _process_and_file(location)

    def taken(_connection: object, record: Any, lent: Any) -> None:
        of, now = record.info["of"], _process_and_file(location)
        if of[0] != now[0]:
            _PARENTS.append(lent.dbapi_connection)
            record.dbapi_connection = lent.dbapi_connection = None
        if of != now:
            raise DisconnectionError

    event.listen(engine, "connect", opened)
    event.listen(engine, "checkout", taken)


def _process_and_file(location: Location) -> tuple[int, ...]:
    if location.path is None:
        return (os.getpid(),)
    try:
        there = location.path.stat()
    except OSError:
        return (os.getpid(), 0, 0)
    return (os.getpid(), there.st_dev, there.st_ino)


@contextmanager
def reading(engine: Engine, location: Location) -> Iterator[Connection]:
    """A transaction that sees one state of the workspace from its first statement on, and cannot write."""
    with told(location), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine, location: Location) -> Iterator[Connection]:
    """A transaction that is the only one to write. It is committed where the block ends, and leaves nothing where the block raises.

    Where PostgreSQL goes away in the moment of the commit, nobody here can know which of the two it was. To do it again is safe: a text
    that stands already makes no second version.
    """
    with told(location), _turn(location), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="READ COMMITTED", postgresql_readonly=False)
        with connection.execution_options(writes=True).begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text(_SAFE))
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            yield connection


@contextmanager
def _turn(location: Location) -> Iterator[None]:
    """The threads of one process write one after another. SQLite would have them sleep up to 0.1 s between two looks whether it is their turn.

    Who waits too long goes on and hears it from the database, as a writer of another process does.
    """
    if location.path is None:
        yield
        return
    turn = _TURNS.setdefault((os.getpid(), location.path.absolute()), RLock())
    held = turn.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if held:
            turn.release()


@contextmanager
def told(location: Location) -> Iterator[None]:
    """The database's own errors in the user's words. Whatever is raised, the transaction has left nothing."""
    try:
        yield
    except DBAPIError as error:
        raise WorkspaceError(f"{location.named}：{said(error)}") from error


def prepare(location: Location) -> None:
    """Sets a new SQLite file to its write-ahead log, which it keeps; outside a transaction, as SQLite asks."""
    if location.path is None:
        return
    with told(location):
        connection = sqlite3.connect(location.path, timeout=PATIENCE)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.Error as error:
            raise DBAPIError.instance("PRAGMA journal_mode", None, error, sqlite3.Error) from error
        finally:
            connection.close()
