"""Rows as lines of canonical JSON: what an export holds, and what the digest of a workspace is taken over.

A line is the same on SQLite and PostgreSQL and with any release of zlib: what a table keeps compressed stands in it as the JSON that it is.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, LargeBinary, RowMapping, Select, Table, Text, collate, select

from drafting.canonical import canonical, fingerprint
from drafting.errors import WorkspaceError
from drafting.workspace.tables import SCHEMA, contents, desks, metadata

TABLES: tuple[Table, ...] = tuple(metadata.sorted_tables)
"""Every table, after those that it refers to."""

_ROWS = 500
_OPAQUE = {desks.c.undo}
"""Bytes that are no compressed JSON: they stand as base64."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lines a table has, and the SHA-256 of all of them one after another."""

    rows: int
    sha256: str


def tally(connection: Connection, table: Table, write: Callable[[bytes], object] | None = None) -> Tally:
    """Counts and sums the lines of a table, in the order of its key, and writes each where a `write` is given.

    Raises WorkspaceError for a row that cannot be read.
    """
    sha256, rows = hashlib.sha256(), 0
    for wanted in _in_order(connection, table):
        for row in connection.execute(wanted, execution_options={"yield_per": _ROWS}).mappings():
            line = _line(table, row)
            sha256.update(line)
            rows += 1
            if write is not None:
                write(line)
    return Tally(rows, sha256.hexdigest())


def digest(connection: Connection) -> str:
    """What the whole workspace holds, as 64 hexadecimal digits: equal for equal content, in whichever database."""
    return named({table.name: tally(connection, table) for table in TABLES})


def named(tallies: Mapping[str, Tally]) -> str:
    """The digest of a workspace whose tables have these tallies."""
    told = {name: {"rows": one.rows, "sha256": one.sha256} for name, one in tallies.items()}
    return fingerprint({"schema": SCHEMA, "tables": told})


def read(table: Table, line: bytes) -> dict[str, Any]:
    """The row that a line tells. Raises ValueError for a line that is none of this table."""
    told = json.loads(line)
    if not isinstance(told, dict) or told.keys() != {column.name for column in table.columns}:
        raise ValueError(f"不是 {table.name} 的一行")
    for column in _binary(table):
        value = told[column.name]
        told[column.name] = base64.b64decode(value) if column in _OPAQUE else zlib.compress(canonical(value), 6)
    return told


def _line(table: Table, row: RowMapping) -> bytes:
    """What is compressed is put in as it stands, unread: that is faster by far than reading it."""
    binary = {column.name: column for column in _binary(table)}
    if not binary:
        return canonical(dict(row)) + b"\n"
    try:
        parts = [
            canonical(name) + b":" + (_unpacked(binary[name], row[name]) if name in binary else canonical(row[name]))
            for name in sorted(column.name for column in table.columns)
        ]
    except (TypeError, zlib.error) as error:
        key = "、".join(str(row[column.name])[:12] for column in table.primary_key)
        raise WorkspaceError(f"{table.name} 的 {key} 读不出，已损坏（{error}）") from error
    return b"{" + b",".join(parts) + b"}\n"


def _unpacked(column: object, value: bytes) -> bytes:
    return canonical(base64.b64encode(value).decode()) if column in _OPAQUE else zlib.decompress(value)


def _binary(table: Table) -> list[Any]:
    return [column for column in table.columns if isinstance(column.type, LargeBinary)]


def _in_order(connection: Connection, table: Table) -> Iterator[Select[Any]]:
    """By key, in the order of bytes whatever the database's language. A report's content comes after the briefs, to one of which it refers."""
    by = [
        collate(column, "C") if isinstance(column.type, Text) and connection.dialect.name == "postgresql" else column
        for column in table.primary_key
    ]
    if table is contents:
        yield select(table).where(table.c.brief.is_(None)).order_by(*by)
        yield select(table).where(table.c.brief.is_not(None)).order_by(*by)
    else:
        yield select(table).order_by(*by)
