"""The reports of a workspace as people look for them: folders by organ and period, briefs and texts that need no program to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection, RowMapping, select

from drafting import brief as briefs
from drafting.documents import plain_text
from drafting.workspace import contents
from drafting.workspace.naming import short
from drafting.workspace.tables import contents as stored
from drafting.workspace.tables import reports, versions

FOLDER = "报告"
_ROWS = 500
_LONGEST = 120
"""Bytes of a folder's name; file systems take 255."""

_NO_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u2028\u2029]+')


def files(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """Every version's text, and of the version that stands the brief and the report file, with their paths."""
    shared = stored.alias("shared")
    wanted = (
        select(versions, reports.c.organ, reports.c.period, reports.c.topic, reports.c.name)
        .add_columns(stored.c.data, shared.c.data.label("brief"))
        .join(reports, reports.c.id == versions.c.report_id)
        .join(stored, stored.c.hash == versions.c.hash)
        .outerjoin(shared, shared.c.hash == stored.c.brief)
        .order_by(versions.c.report_id)
    )
    rows = connection.execute(wanted, execution_options={"yield_per": _ROWS}).mappings()
    for _, line in groupby(rows, key=lambda row: row["report_id"]):
        yield from _of_report(sorted(line, key=lambda row: int(row["id"])))


def _of_report(line: list[RowMapping]) -> Iterator[tuple[str, bytes]]:
    head = max((row["number"] for row in line if row["number"]), default=None)
    first = line[0]
    names = (
        _name(first["organ"]),
        _name(first["period"]),
        f"{first['report_id']} {_name(first['topic'] or first['name'])}",
    )
    folder = "/".join((FOLDER, *names))
    for row in line:
        report = contents.read(row["hash"], row["data"], row["brief"])
        name = f"第{row['number']}版" if row["number"] else f"待定 {short(row['hash'])} {row['id']}"
        yield f"{folder}/{name}.txt", plain_text.text(report).encode()
        if row["number"] and row["number"] == head:
            yield f"{folder}/{name}.report.json", report.dumps()
            if report.brief is not None:
                yield f"{folder}/提纲.brief.yaml", briefs.dumps(report.brief).encode()


def _name(text: str) -> str:
    """A folder's name on any system: no signs that one of them forbids, no dot or blank at either end."""
    cut = _NO_NAME.sub("_", text).encode()[:_LONGEST].decode(errors="ignore")
    return cut.strip(" .") or "未注明"
