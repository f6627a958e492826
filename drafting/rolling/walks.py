"""Walks: rollings of reports in the workspace, kept with every answer until nothing is open."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable

from sqlalchemy import Connection, delete, insert, select, update

from drafting.canonical import canonical
from drafting.errors import VersionError
from drafting.record import Record
from drafting.rolling import items
from drafting.rolling.items import Rolling
from drafting.workspace.tables import walks


def begin(connection: Connection, report_id: int, base_id: int, rolling: Rolling) -> None:
    """Keeps a new walk of a report that was begun with that version."""
    connection.execute(insert(walks), {"report_id": report_id, "base_id": base_id, "data": _packed(rolling)})


def get(connection: Connection, report_id: int) -> tuple[Rolling, int]:
    """The walk of a report, and the id of the version that it was begun with. Raises VersionError where there is none, or none any more."""
    row = connection.execute(select(walks).where(walks.c.report_id == report_id)).first()
    if row is None:
        raise VersionError("这份报告没有从上期带来的、还没定下的事实")
    return items.from_record(Record(json.loads(zlib.decompress(row.data)))), row.base_id


def change(connection: Connection, report_id: int, step: Callable[[Rolling], Rolling]) -> Rolling:
    """Takes one step, in the caller's write. Raises what `get` and the step raise; nothing is changed then."""
    rolling = step(get(connection, report_id)[0])
    connection.execute(update(walks).where(walks.c.report_id == report_id).values(data=_packed(rolling)))
    return rolling


def end(connection: Connection, report_id: int) -> None:
    connection.execute(delete(walks).where(walks.c.report_id == report_id))


def _packed(rolling: Rolling) -> bytes:
    return zlib.compress(canonical(rolling.as_dict()), 6)
