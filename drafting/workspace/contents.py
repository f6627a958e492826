"""Contents by their hash: a report's canonical JSON, its brief beside it, both compressed.

Versions of a report differ in a few blocks and share their brief, which is a third of the JSON: it is kept once. The hash is that of
the whole report (`Report.version`), and is computed anew from what is read: what does not match is refused.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

from sqlalchemy import Connection, insert, select

from drafting import report as reports
from drafting.canonical import canonical, fingerprint
from drafting.errors import DocumentError, WorkspaceError
from drafting.facts import Brief
from drafting.record import Record
from drafting.report import Report
from drafting.workspace.tables import contents


def put(connection: Connection, report: Report) -> str:
    """Keeps the report where its content is not there yet, and returns its hash. Waivers are no part of it."""
    version = report.version
    if _there(connection, version):
        return version
    data = report.as_dict()
    del data["waivers"]
    brief = put_brief(connection, report.brief) if report.brief else None
    data["brief"] = None
    connection.execute(insert(contents), {"hash": version, "brief": brief, "data": _packed(data)})
    return version


def put_brief(connection: Connection, brief: Brief) -> str:
    """Keeps a brief and returns its hash."""
    data = brief.as_dict()
    hash = fingerprint(data)
    if not _there(connection, hash):
        connection.execute(insert(contents), {"hash": hash, "brief": None, "data": _packed(data)})
    return hash


def get(connection: Connection, hash: str) -> Report:
    """The report of that hash. Raises WorkspaceError where it is missing, cannot be read, or is not what its hash says."""
    try:
        report = _read(connection, hash)
    except (ValueError, KeyError, zlib.error, DocumentError) as error:
        raise WorkspaceError(f"工作区里版本 {hash[:12]} 的内容读不出，已损坏（{error}）") from error
    if report is None:
        raise WorkspaceError(f"工作区里缺版本 {hash[:12]} 的内容")
    if report.version != hash:
        raise WorkspaceError(f"工作区里版本 {hash[:12]} 的内容与编号不符，被改动过")
    return report


def sound_brief(data: bytes, hash: str) -> bool:
    """Whether these bytes are the brief of that hash."""
    try:
        return fingerprint(_unpacked(data)) == hash
    except (ValueError, zlib.error):
        return False


def _read(connection: Connection, hash: str) -> Report | None:
    row = connection.execute(select(contents.c.brief, contents.c.data).where(contents.c.hash == hash)).first()
    if row is None:
        return None
    data = _unpacked(row.data)
    if row.brief:
        brief = connection.execute(select(contents.c.data).where(contents.c.hash == row.brief)).scalar_one_or_none()
        if brief is None:
            raise ValueError("缺提纲")
        data["brief"] = _unpacked(brief)
    data["waivers"] = []
    return reports.from_record(Record(data))


def _there(connection: Connection, hash: str) -> bool:
    return connection.execute(select(contents.c.hash).where(contents.c.hash == hash)).first() is not None


def _packed(data: dict[str, Any]) -> bytes:
    return zlib.compress(canonical(data), 6)


def _unpacked(data: bytes) -> dict[str, Any]:
    found = json.loads(zlib.decompress(data))
    if not isinstance(found, dict):
        raise ValueError("不是一组键和值")
    return found
