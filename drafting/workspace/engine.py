"""Connections to a workspace: how SQLite and PostgreSQL are made to lose nothing, and what their errors mean.

SQLite: write-ahead log, a full sync on commit, 30 s of patience, foreign keys, and writes that begin IMMEDIATE: a deferred transaction
that turns into a write has read what another one is just changing, and fails at once. PostgreSQL: one advisory lock makes writes serial,
as the audit chain is; they take a few milliseconds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError
from sqlalchemy.pool import NullPool, Pool, QueuePool

from drafting.errors import WorkspaceError
from drafting.workspace.location import Location

PATIENCE = 30
"""Seconds that a write waits for another one."""

_LOCK = 0x636E6777
_SAID = {
    "SQLITE_READONLY": "只读，无法写入",
    "SQLITE_FULL": "所在的磁盘已满，没有写下",
    "SQLITE_IOERR": "读写失败，请看磁盘是否已满或损坏",
    "SQLITE_CANTOPEN": "打不开，请看文件夹是否存在、有没有权限",
    "SQLITE_PERM": "没有权限",
    "SQLITE_AUTH": "没有权限",
    "SQLITE_BUSY": f"正被别的程序写，等了 {PATIENCE} 秒仍未轮到，请稍后再试",
    "SQLITE_LOCKED": "正被别的程序写，请稍后再试",
    "SQLITE_NOTADB": "不是成文的工作区",
    "SQLITE_CORRUPT": "文件已损坏，请用 chengwen workspace restore 从备份恢复",
}


def connect(location: Location) -> Engine:
    """The engine; nothing is opened yet. Raises WorkspaceError for a URL that cannot be read or a driver that is not installed."""
    try:
        url = make_url(location.url)
        if location.path is None:
            return create_engine(url, poolclass=QueuePool, pool_pre_ping=True)
        engine = create_engine(url, poolclass=_pool(), connect_args={"timeout": PATIENCE, "check_same_thread": False})
    except ModuleNotFoundError as error:
        raise WorkspaceError(
            f"用 PostgreSQL 须先安装 team 扩展：pip install 'chengwen[team]'（缺 {error.name}）"
        ) from error
    except ArgumentError:
        raise WorkspaceError(f"工作区 {location} 的地址写法有误") from None
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _pool() -> type[Pool]:
    """A SQLite connection is cheap and must not outlive a fork."""
    return NullPool


def _settle(connection: Any, _record: object) -> None:
    """pysqlite begins no transaction by itself: `_begin` does, in the right mode."""
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", "synchronous = FULL", f"busy_timeout = {PATIENCE * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


@contextmanager
def reading(engine: Engine, location: Location) -> Iterator[Connection]:
    """A transaction that sees one state of the workspace from its first statement on."""
    with _told(location), engine.connect() as opened:
        connection = opened
        if engine.dialect.name == "postgresql":
            connection = opened.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine, location: Location) -> Iterator[Connection]:
    """A transaction that is the only one to write. It is committed where the block ends, and leaves nothing where the block raises."""
    with _told(location), engine.connect() as opened, opened.execution_options(writes=True).begin():
        if engine.dialect.name == "postgresql":
            opened.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
            opened.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        yield opened


@contextmanager
def _told(location: Location) -> Iterator[None]:
    """The database's own errors in the user's words. Whatever is raised, the transaction has left nothing."""
    try:
        yield
    except DBAPIError as error:
        raise WorkspaceError(f"工作区 {location}：{_said(error)}") from error


def _said(error: DBAPIError) -> str:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        name = getattr(cause, "sqlite_errorname", "") or ""
        return next((said for code, said in _SAID.items() if name.startswith(code)), f"数据库出错（{cause}）")
    first = str(cause).strip().partition("\n")[0]
    if isinstance(error, OperationalError):
        return f"连不上 PostgreSQL 或被它中断（{first}）"
    return f"数据库出错（{first}）" if isinstance(error, DatabaseError) else f"出错（{first}）"


def prepare(engine: Engine, location: Location) -> None:
    """Sets a new SQLite file to its write-ahead log, which it keeps; outside a transaction, as SQLite asks."""
    if location.path is None:
        return
    with _told(location):
        connection = sqlite3.connect(location.path, timeout=PATIENCE)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.Error as error:
            raise DBAPIError.instance("PRAGMA journal_mode", None, error, sqlite3.Error) from error
        finally:
            connection.close()
