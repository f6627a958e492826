"""Reports and their versions, read: the line of a report, its head, and which version a beginning of a hash means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from drafting.errors import VersionError
from drafting.workspace.ledger import read_stamp
from drafting.workspace.rows import MACHINE_MADE, SHOWN, Document, Version
from drafting.workspace.tables import reports, versions

SHORTEST = 4
"""Hexadecimal digits that a version must be named by, at least."""

_REFERENCE = re.compile(r"[0-9a-f]{1,64}")
_LISTED = 5


def documents(connection: Connection) -> list[Document]:
    """All reports, the youngest first."""
    return [_document(row) for row in connection.execute(select(reports).order_by(reports.c.id.desc()))]


def document(connection: Connection, id: int) -> Document:
    """The report of that id. Raises VersionError where there is none."""
    row = connection.execute(select(reports).where(reports.c.id == id)).first()
    if row is None:
        raise VersionError(f"没有编号为 {id} 的报告")
    return _document(row)


def document_of_identity(connection: Connection, identity: str) -> Document | None:
    """The report that is about the same thing."""
    row = connection.execute(select(reports).where(reports.c.identity == identity)).first()
    return _document(row) if row else None


def line(connection: Connection, report_id: int) -> list[Version]:
    """The versions of a report that stood, oldest first."""
    wanted = _of(report_id).where(versions.c.number.is_not(None)).order_by(versions.c.number)
    return [_version(row) for row in connection.execute(wanted)]


def beside(connection: Connection, report_id: int) -> list[Version]:
    """The versions of a report that are not on its line, oldest first: proposals, and texts that were merged into it."""
    wanted = _of(report_id).where(versions.c.number.is_(None)).order_by(versions.c.id)
    return [_version(row) for row in connection.execute(wanted)]


def proposals(connection: Connection, report_id: int) -> list[Version]:
    """Those beside the line that somebody wants decided on: not what was merged already, nor what a machine drafted over people's words."""
    merged = select(versions.c.merged_id).where(versions.c.report_id == report_id, versions.c.merged_id.is_not(None))
    taken = set(connection.execute(merged).scalars())
    return [
        one
        for one in beside(connection, report_id)
        if one.id not in taken and one.parent_id is not None and one.origin not in MACHINE_MADE
    ]


def head(connection: Connection, report_id: int) -> Version:
    """The version that stands. Raises VersionError for a report without one."""
    wanted = _of(report_id).where(versions.c.number.is_not(None)).order_by(versions.c.number.desc()).limit(1)
    row = connection.execute(wanted).first()
    if row is None:
        raise VersionError(f"报告 {report_id} 还没有版本")
    return _version(row)


def heads(connection: Connection) -> dict[int, Version]:
    """The version that stands of every report, by the report's id."""
    last = select(versions.c.report_id, func.max(versions.c.number).label("number")).group_by(versions.c.report_id)
    ends = last.subquery()
    own = (ends.c.report_id == versions.c.report_id) & (ends.c.number == versions.c.number)
    wanted = select(versions).join(ends, own)
    return {row.report_id: _version(row) for row in connection.execute(wanted)}


def version(connection: Connection, id: int) -> Version:
    """The version of that row."""
    row = connection.execute(select(versions).where(versions.c.id == id)).first()
    if row is None:
        raise VersionError(f"没有编号为 {id} 的版本")
    return _version(row)


def last_machine_made(connection: Connection, report_id: int) -> Version:
    """The youngest version of a report that a machine made, on the line or beside it. Raises VersionError where there is none."""
    wanted = _of(report_id).where(versions.c.origin.in_(MACHINE_MADE)).order_by(versions.c.id.desc()).limit(1)
    row = connection.execute(wanted).first()
    if row is None:
        raise VersionError(f"报告 {report_id} 没有机器拟出的版本")
    return _version(row)


def with_hash(connection: Connection, hash: str) -> Version | None:
    """The youngest version with that content, one that stood before one that was proposed."""
    found = list(connection.execute(select(versions).where(versions.c.hash == hash).order_by(versions.c.id)))
    return max((_version(row) for row in found), key=lambda one: (one.number is not None, one.id), default=None)


def as_proposal(connection: Connection, one: Version) -> Version:
    """The youngest proposal with the content of this version; the version itself where nobody proposed it."""
    found = select(versions).where(
        versions.c.hash == one.hash, versions.c.number.is_(None), versions.c.parent_id.is_not(None)
    )
    row = connection.execute(found.order_by(versions.c.id.desc()).limit(1)).first()
    return _version(row) if row else one


def resolve(connection: Connection, reference: str) -> Version:
    """The version that a hash or its beginning means. Raises VersionError, in one line, where there is none or more than one."""
    wanted = reference.strip().lower()
    if not _REFERENCE.fullmatch(wanted):
        raise VersionError(
            f"“{reference[:40]}”既不是文件，也不是版本号（版本号是 4 至 64 位十六进制数，用 chengwen log 查）"
        )
    if len(wanted) < SHORTEST:
        raise VersionError(f"版本号“{wanted}”太短，至少写 {SHORTEST} 位")
    # Hexadecimal digits end before g in every collation.
    matching = select(versions.c.hash).where(versions.c.hash >= wanted, versions.c.hash < wanted + "g").distinct()
    hashes = [row.hash for row in connection.execute(matching.order_by(versions.c.hash).limit(_LISTED + 1))]
    if not hashes:
        raise VersionError(f"没有以 {wanted} 开头的版本，用 chengwen log 看有哪些")
    if len(hashes) > 1:
        raise VersionError(f"以 {wanted} 开头的版本不止一个：{_listed(connection, hashes)}，请多写几位")
    found = with_hash(connection, hashes[0])
    assert found is not None  # noqa: S101 — its hash was just read
    return found


def ancestry(connection: Connection, new: Version) -> Iterator[Version]:
    """A version, its parent, its parent's parent and so on."""
    current = new
    yield current
    while current.parent_id is not None:
        current = version(connection, current.parent_id)
        yield current


def path(connection: Connection, old: Version, new: Version) -> list[Version]:
    """The versions from `old` to `new`, both included, oldest first; only the two where the one did not come of the other."""
    found = []
    for one in ancestry(connection, new):
        found.append(one)
        if one.hash == old.hash:
            return found[::-1]
    return [old, new]


def _listed(connection: Connection, hashes: list[str]) -> str:
    told = []
    for hash in hashes[:_LISTED]:
        found = with_hash(connection, hash)
        told.append(f"{hash[:SHOWN]}（{document(connection, found.report_id).name}）" if found else hash[:SHOWN])
    return "、".join(told) + ("……" if len(hashes) > _LISTED else "")


def _of(report_id: int) -> Select[Any]:
    return select(versions).where(versions.c.report_id == report_id)


def _document(row: Row[Any]) -> Document:
    return Document(row.id, row.name, row.kind, row.organ, row.topic, row.period, row.source, row.created_by)


def _version(row: Row[Any]) -> Version:
    return Version(
        row.id,
        row.report_id,
        row.number,
        row.hash,
        row.parent_id,
        row.merged_id,
        row.origin,
        row.author,
        read_stamp(row.at),
        row.note,
    )
