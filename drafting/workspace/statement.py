"""What a backup says of itself: the digest of what it was made from and the head of its audit chain, in a table of its own.

It stands in the file, so that the two cannot be parted. It proves nothing against somebody who can write the file; it tells a restore whether
it came to the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Connection, MetaData, Table, Text, insert, inspect, select

_table = Table(
    "backup",
    MetaData(),
    Column("digest", Text, nullable=False),
    Column("head", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Statement:
    """`digest` as lines.digest gives it, `head` the last hash of the audit chain."""

    digest: str
    head: str


def write(copy: Connection, statement: Statement | None) -> None:
    """Puts it into a backup, in place of one that came along in the copy; None where there is nothing to say."""
    _table.drop(copy, checkfirst=True)
    if statement is None:
        return
    _table.create(copy)
    copy.execute(insert(_table), {"digest": statement.digest, "head": statement.head})


def read(copy: Connection) -> Statement | None:
    """None for a backup that says nothing: an earlier program made it, or it was damaged when it was made."""
    if _table.name not in inspect(copy).get_table_names():
        return None
    row = copy.execute(select(_table)).first()
    return Statement(row.digest, row.head) if row else None
