"""Whether the workspace is what it was: every content its hash, every row its entry in the audit chain, every entry its predecessor.

Everything is read in streams, tables beside their entries in one order, so that memory does not grow with the workspace. What someone put
there is data of any kind: whatever it is, it becomes a line that names the row.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, exists, func, select, text
from sqlalchemy.exc import DBAPIError

from drafting.errors import WorkspaceError
from drafting.workspace import contents, naming
from drafting.workspace.ledger import START, chained, digest
from drafting.workspace.rows import SHOWN
from drafting.workspace.tables import AUDITED, audit, briefs, steps, versions
from drafting.workspace.tables import contents as contents_table

_ROWS = 1000
_HEAD = re.compile(rf"[0-9a-f]{{{SHOWN},64}}")


@dataclass(frozen=True, slots=True)
class Integrity:
    """What was looked at and what is wrong, a line each. `head` is the audit chain's last hash: written down elsewhere, it also proves that
    nothing was cut off at the end, and that the chain was not computed anew from the start."""

    versions: int
    entries: int
    head: str
    problems: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not self.problems


@dataclass(slots=True)
class _Chain:
    """The audit chain as it is walked: its last number and hash, and the hash that must be met."""

    expected: str
    number: int = 0
    head: str = START
    met: bool = field(init=False)

    def __post_init__(self) -> None:
        self.met = not self.expected


def verify(connection: Connection, expected_head: str = "") -> Integrity:
    """Reads everything. `expected_head` is a chain hash that was written down earlier (or its beginning) and must still be in the chain.

    Raises WorkspaceError for an `expected_head` that is no such hash, or too short to prove anything.
    """
    if expected_head and not _HEAD.fullmatch(expected_head):
        raise WorkspaceError(f"审计链末端“{expected_head[:64]}”应是核验时记下的 {SHOWN} 至 64 位十六进制数")
    chain = _Chain(expected_head)
    problems: list[str] = []
    for part in (_store(connection), _walked(connection, chain), _rows(connection), _contents(connection)):
        problems += _readable(connection, part)
    problems += _readable(connection, _signed(connection))
    count = connection.execute(select(func.count()).select_from(versions)).scalar_one()
    entries = connection.execute(select(func.count()).select_from(audit)).scalar_one()
    return Integrity(count, entries, chain.head, tuple(problems))


def _readable(connection: Connection, part: Iterator[str]) -> Iterator[str]:
    """A part's problems; where SQLite cannot read on, that is one of them. PostgreSQL's errors end the transaction, and pass."""
    try:
        yield from part
    except DBAPIError as error:
        if connection.dialect.name != "sqlite":
            raise
        yield f"数据库文件有读不出的地方：{error.orig}"


def _stream(connection: Connection, wanted: Select[Any]) -> Iterator[RowMapping]:
    yield from connection.execute(wanted, execution_options={"yield_per": _ROWS}).mappings()


def _store(connection: Connection) -> Iterator[str]:
    """SQLite's own look at its file."""
    if connection.dialect.name == "sqlite":
        for (said,) in connection.execute(text("PRAGMA quick_check(5)")):
            if said != "ok":
                yield f"数据库文件损坏：{said}"


# --- the chain


def _walked(connection: Connection, chain: _Chain) -> Iterator[str]:
    """Entries count 1, 2, 3 …, each holds the hash of the one before, and its own is right."""
    for entry in _stream(connection, select(audit).order_by(audit.c.number)):
        number = chain.number + 1
        if entry["number"] != number:
            yield f"审计缺第 {number} 条" + (f"至第 {entry['number'] - 1} 条" if entry["number"] > number + 1 else "")
        elif entry["previous"] != chain.head:
            yield f"{naming.entry(entry)}接不上前一条，前一条被改过或被换掉"
        if entry["hash"] != _safely(chained, entry):
            yield f"{naming.entry(entry)}被改过"
        chain.number, chain.head = entry["number"], str(entry["hash"])
        chain.met = chain.met or chain.head.startswith(chain.expected)
    if not chain.met:
        yield f"审计链里没有 {chain.expected[:SHOWN]}…：末尾被截去，或整条链被换过"


def _safely(of: Any, row: RowMapping) -> str:
    """A digest; none where a value is nothing that the program could have written."""
    try:
        return str(of(dict(row)))
    except (TypeError, ValueError):
        return ""


# --- rows and their entries


def _rows(connection: Connection) -> Iterator[str]:
    for table in AUDITED:
        yield from _held_against(connection, table)
    strange = select(audit).where(audit.c.subject.not_in(list(naming.KINDS)))
    for entry in _stream(connection, strange.order_by(audit.c.number)):
        yield f"{naming.entry(entry)}说的不是工作区里的东西"


def _held_against(connection: Connection, table: Table) -> Iterator[str]:
    """Every row is as its last entry left it, has an entry, and is there when an entry speaks of it. Both come in the order of ids."""
    entries = _last_entries(connection, table)
    told = next(entries, None)
    for row in _stream(connection, select(table).order_by(table.c.id)):
        while told is not None and told["subject_id"] < row["id"]:
            yield _gone(told)
            told = next(entries, None)
        if told is None or told["subject_id"] > row["id"]:
            yield f"{naming.named(connection, table, row)}没有审计记录，是绕过程序加进来的"
            continue
        if told["digest"] != _safely(digest, row):
            yield f"{naming.named(connection, table, row)}被改过，与审计第 {told['number']} 条不符"
        told = next(entries, None)
    while told is not None:
        yield _gone(told)
        told = next(entries, None)


def _last_entries(connection: Connection, table: Table) -> Iterator[RowMapping]:
    """The last entry about each row of a table, in the order of ids. An id that is no number is for the chain to tell."""
    own = select(audit).where(audit.c.subject == table.name).order_by(audit.c.subject_id, audit.c.number)
    of_rows = (entry for entry in _stream(connection, own) if isinstance(entry["subject_id"], int))
    for _, entries in groupby(of_rows, key=lambda entry: entry["subject_id"]):
        *_, last = entries
        yield last


def _gone(told: RowMapping) -> str:
    return f"{naming.KINDS[told['subject']]} {told['subject_id']} 不见了，{naming.entry(told)}有它"


# --- contents


def _contents(connection: Connection) -> Iterator[str]:
    """Every text is what its hash says, belongs to something, and is there."""
    other = contents_table.alias("other")
    shared = contents_table.alias("shared")
    wanted = select(
        contents_table,
        shared.c.data.label("brief_data"),
        exists().where(versions.c.hash == contents_table.c.hash).label("of_version"),
        (
            exists().where(briefs.c.hash == contents_table.c.hash)
            | exists().where(other.c.brief == contents_table.c.hash)
        ).label("of_brief"),
    ).outerjoin(shared, shared.c.hash == contents_table.c.brief)
    for row in _stream(connection, wanted):
        if not row["of_version"] and not row["of_brief"]:
            yield f"内容 {naming.short(row['hash'])} 不属于任何版本，是绕过程序加进来的"
        elif problem := _wrong(row):
            of = (
                naming.version_of(connection, row["hash"]) if row["of_version"] else f"提纲 {naming.short(row['hash'])}"
            )
            yield f"{of}的内容{problem}"
    yield from _missing(connection)


def _wrong(row: RowMapping) -> str:
    """What is wrong with a content; empty where it is what its hash says."""
    if row["brief"] and row["brief_data"] is None:
        return "缺提纲"
    try:
        whole = contents.joined(row["data"], row["brief_data"])
    except (TypeError, zlib.error):
        return "读不出，已损坏"
    return "" if contents.named(whole) == row["hash"] else "与编号不符，被改动过"


def _missing(connection: Connection) -> Iterator[str]:
    for table in (versions, briefs):
        kept = exists().where(contents_table.c.hash == table.c.hash)
        for row in _stream(connection, select(table).where(~kept).order_by(table.c.id)):
            yield f"{naming.named(connection, table, row)}的内容不见了"


def _signed(connection: Connection) -> Iterator[str]:
    """A step speaks of the text of its version."""
    both = select(steps, versions.c.hash.label("of_version")).join(versions, versions.c.id == steps.c.version_id)
    for row in _stream(connection, both.order_by(steps.c.id)):
        if row["hash"] != row["of_version"]:
            yield f"{naming.named(connection, steps, row)}所指的正文与版本不符"
