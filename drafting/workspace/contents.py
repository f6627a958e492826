"""Contents by their hash: a report's canonical JSON, its brief beside it, both compressed.

Versions of a report differ in a few blocks and share their brief, which is a third of the JSON: it is kept once. The hash is that of
the whole report (`Report.version`), and is computed anew from what is read: what does not match is refused.
"""

from __future__ import annotations

import hashlib
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

_BRIEF = b'"brief":'
_HOLE = _BRIEF + b"null"


def put(connection: Connection, report: Report) -> str:
    """Keeps the report where its content is not there yet, and returns its hash. Waivers are no part of it.

    Raises WorkspaceError for a report that could not be read back: better now than when it is wanted.
    """
    data = report.as_dict()
    del data["waivers"]
    version = fingerprint(data)
    if not _there(connection, version):
        _require_readable(data, version)
        brief = put_brief(connection, report.brief) if report.brief else None
        packed = _packed({**data, "brief": None})
        connection.execute(insert(contents), {"hash": version, "brief": brief, "data": packed})
    return version


def put_brief(connection: Connection, brief: Brief) -> str:
    """Keeps a brief and returns its hash."""
    data = brief.as_dict()
    hash = fingerprint(data)
    if not _there(connection, hash):
        connection.execute(insert(contents), {"hash": hash, "brief": None, "data": _packed(data)})
    return hash


def brief_of(connection: Connection, hash: str) -> str | None:
    """The hash of the brief that a report was drafted from."""
    found: str | None = connection.execute(select(contents.c.brief).where(contents.c.hash == hash)).scalar_one()
    return found


def get(connection: Connection, hash: str) -> Report:
    """The report of that hash. Raises WorkspaceError where it is missing, cannot be read, or is not what its hash says."""
    row = connection.execute(select(contents.c.brief, contents.c.data).where(contents.c.hash == hash)).first()
    if row is None:
        raise WorkspaceError(f"工作区里缺版本 {hash[:12]} 的内容")
    brief = None
    if row.brief:
        brief = connection.execute(select(contents.c.data).where(contents.c.hash == row.brief)).scalar_one_or_none()
        if brief is None:
            raise WorkspaceError(f"工作区里缺版本 {hash[:12]} 的提纲")
    return read(hash, row.data, brief)


def read(hash: str, data: bytes, brief: bytes | None) -> Report:
    """The report of that hash from its row's data and its brief's. Raises WorkspaceError where they cannot be read, or are another's."""
    try:
        whole = joined(data, brief)
        if named(whole) != hash:
            raise WorkspaceError(f"工作区里版本 {hash[:12]} 的内容与编号不符，被改动过")
        return reports.from_record(Record(json.loads(whole) | {"waivers": []}))
    except (ValueError, TypeError, zlib.error, DocumentError) as error:
        raise WorkspaceError(f"工作区里版本 {hash[:12]} 的内容读不出，已损坏（{error}）") from error


def joined(data: bytes, brief: bytes | None = None) -> bytes:
    """The canonical JSON of a packed report with its packed brief put back. Raises TypeError or zlib.error for bytes that are no packed ones.

    Keys are sorted, quotes inside texts are escaped, and no block holds a brief: the hole is at the first place that looks like it.
    """
    whole = zlib.decompress(data)
    return whole.replace(_HOLE, _BRIEF + zlib.decompress(brief), 1) if brief is not None else whole


def named(whole: bytes) -> str:
    """The hash under which canonical JSON is kept."""
    return hashlib.sha256(whole).hexdigest()


def _require_readable(data: dict[str, Any], version: str) -> None:
    try:
        read = reports.from_record(Record({**data, "waivers": []}))
    except (ValueError, DocumentError) as error:
        raise WorkspaceError(f"这份报告存不了：{error}") from error
    if read.version != version:
        raise WorkspaceError("这份报告存不了：写下再读出来就不一样了")


def _there(connection: Connection, hash: str) -> bool:
    return connection.execute(select(contents.c.hash).where(contents.c.hash == hash)).first() is not None


def _packed(data: dict[str, Any]) -> bytes:
    return zlib.compress(canonical(data), 6)
