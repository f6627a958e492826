"""The ledger: the one way to write. Every row that is put in or changed gets an entry in the audit chain, in the same transaction.

An entry holds who, when and what, the digest of the row as it then stood, and the hash of the entry before: no row can be altered, added
or taken away later without the chain telling (`integrity.py`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from drafting.canonical import fingerprint
from drafting.workspace.tables import audit

START = "0" * 64
"""What stands as the previous hash of the first entry."""


class Ledger:
    """A write transaction in the hands of `who`; `at` is its time."""

    def __init__(self, connection: Connection, who: str, at: datetime, via: str) -> None:
        self.connection = connection
        self.who = who
        self.at = stamp(at)
        self._via = via
        last = connection.execute(select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)).first()
        self._number: int = last.number if last else 0
        self._previous: str = last.hash if last else START

    def add(self, table: Table, action: str, /, **values: Any) -> int:
        """Puts a row in, under the next id, which is returned."""
        last = self.connection.execute(select(func.max(table.c.id))).scalar_one()
        row = {"id": (last or 0) + 1, **values}
        self.connection.execute(insert(table), row)
        self._enter(table, row, action)
        return int(row["id"])

    def change(self, table: Table, id: int, action: str, /, **values: Any) -> None:
        """Changes columns of a row; LookupError where there is none of that id."""
        self.connection.execute(update(table).where(table.c.id == id).values(**values))
        row = self.connection.execute(select(table).where(table.c.id == id)).mappings().first()
        if row is None:
            raise LookupError(f"{table.name} {id}")
        self._enter(table, dict(row), action)

    def note(self, action: str, detail: dict[str, Any]) -> None:
        """An entry about the workspace as a whole, such as a restore."""
        self._append("workspace", 0, fingerprint(detail), action)

    def _enter(self, table: Table, row: dict[str, Any], action: str) -> None:
        self._append(table.name, row["id"], digest(row), action)

    def _append(self, subject: str, subject_id: int, digest: str, action: str) -> None:
        entry = {
            "number": self._number + 1,
            "at": self.at,
            "who": self.who,
            "via": self._via,
            "action": action,
            "subject": subject,
            "subject_id": subject_id,
            "digest": digest,
            "previous": self._previous,
        }
        link = chained(entry)
        self.connection.execute(insert(audit), {**entry, "hash": link})
        self._number, self._previous = self._number + 1, link


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
