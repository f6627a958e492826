"""The ledger: the one way to write. Every row that is put in or changed gets an entry in the audit chain, in the same transaction.

An entry holds who, when and what, the digest of the row as it then stood, and the hash of the entry before: no row can be altered, added
or taken away later without the chain telling (`integrity.py`). Order is the entries' number, never their time: clocks go wrong.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from drafting.canonical import fingerprint
from drafting.errors import InputError
from drafting.workspace.tables import audit

START = "0" * 64
"""What stands as the previous hash of the first entry."""

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


class Ledger:
    """A write transaction in the hands of `who`; `at` is its time."""

    def __init__(self, connection: Connection, who: str, at: datetime, via: str) -> None:
        _require_text({"who": who})
        self.connection = connection
        self.who = who
        self.at = stamp(at)
        self._via = via
        self._ids: dict[str, int] = {}
        self._last: tuple[int, str] | None = None

    def add(self, table: Table, action: str, /, **values: Any) -> int:
        """Puts a row in, under the next id, which is returned. Raises InputError for text that no file could hold."""
        _require_text(values)
        id = self._next(table)
        row = {column.name: values.get(column.name) for column in table.columns} | {"id": id}
        self.connection.execute(insert(table), row)
        self._enter(table, row, action)
        return id

    def change(self, table: Table, id: int, action: str, /, **values: Any) -> None:
        """Changes columns of a row; LookupError where there is none of that id, InputError for text that no file could hold."""
        _require_text(values)
        self.connection.execute(update(table).where(table.c.id == id).values(**values))
        row = self.connection.execute(select(table).where(table.c.id == id)).mappings().first()
        if row is None:
            raise LookupError(f"{table.name} {id}")
        self._enter(table, dict(row), action)

    def note(self, action: str, detail: dict[str, Any]) -> None:
        """An entry about the workspace as a whole, such as a restore."""
        self._append("workspace", 0, fingerprint(detail), action)

    def _next(self, table: Table) -> int:
        """Ids are looked up once: this transaction is the only one to write."""
        if table.name not in self._ids:
            self._ids[table.name] = self.connection.execute(select(func.max(table.c.id))).scalar_one() or 0
        self._ids[table.name] += 1
        return self._ids[table.name]

    def _enter(self, table: Table, row: dict[str, Any], action: str) -> None:
        self._append(table.name, row["id"], digest(row), action)

    def _append(self, subject: str, subject_id: int, digest: str, action: str) -> None:
        number, previous = self._last or self._looked_up()
        entry = {
            "number": number + 1,
            "at": self.at,
            "who": self.who,
            "via": self._via,
            "action": action,
            "subject": subject,
            "subject_id": subject_id,
            "digest": digest,
            "previous": previous,
        }
        link = chained(entry)
        self.connection.execute(insert(audit), {**entry, "hash": link})
        self._last = (number + 1, link)

    def _looked_up(self) -> tuple[int, str]:
        """The chain's last number and hash: looked for with the first entry, because what keeps working copies makes none."""
        wanted = select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)
        last = self.connection.execute(wanted).first()
        return (last.number, last.hash) if last else (0, START)


def _require_text(values: dict[str, Any]) -> None:
    """PostgreSQL takes no NUL, and UTF-8 no half of a surrogate pair (what a broken argument of the command line becomes)."""
    for value in values.values():
        if isinstance(value, str) and _NO_TEXT.search(value):
            shown = "".join(sign for sign in value if sign.isprintable())[:20]
            raise InputError(f"“{shown}”含有不是文字的字符，存不了")


def digest(row: dict[str, Any]) -> str:
    """The fingerprint of a row: its columns by name."""
    return fingerprint(row)


def chained(entry: dict[str, Any]) -> str:
    """The hash of an audit entry: over all its columns, the previous entry's hash among them."""
    return fingerprint({name: value for name, value in entry.items() if name != "hash"})


def stamp(at: datetime) -> str:
    """A time as the tables hold it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def read_stamp(text: str) -> datetime:
    """A time of the tables, aware."""
    return datetime.fromisoformat(text)
