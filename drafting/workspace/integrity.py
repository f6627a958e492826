"""Whether the workspace is what it was: every content its hash, every row its entry in the audit chain, every entry its predecessor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, Table, func, select, text

from drafting.errors import WorkspaceError
from drafting.workspace import contents, history
from drafting.workspace.ledger import START, chained, digest
from drafting.workspace.rows import SHOWN
from drafting.workspace.tables import AUDITED, audit, briefs, reports, steps, versions
from drafting.workspace.tables import contents as contents_table

_NAMES = {
    "reports": "报告",
    "briefs": "提纲",
    "versions": "版本",
    "checks": "校核记录",
    "waivers": "豁免",
    "comments": "批注",
    "decisions": "取舍",
    "proposed": "修改人",
    "conflicts": "冲突",
    "steps": "审核记录",
    "users": "用户",
}
_ACTIONS = {"submit": "送审", "pass": "通过", "sign": "签发", "return": "退回"}


@dataclass(frozen=True, slots=True)
class Integrity:
    """What was looked at and what is wrong, a line each. `head` is the audit chain's last hash: written down elsewhere, it also proves that
    nothing was cut off at the end."""

    versions: int
    entries: int
    head: str
    problems: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not self.problems


def verify(connection: Connection, expected_head: str = "") -> Integrity:
    """Reads everything. `expected_head` is a chain hash that was written down earlier (or its beginning) and must still be in the chain."""
    problems = [*_store(connection), *_chain(connection, expected_head), *_rows(connection)]
    problems += [*_contents(connection), *_signed(connection)]
    last = connection.execute(select(audit.c.hash).order_by(audit.c.number.desc()).limit(1)).scalar_one_or_none()
    return Integrity(
        connection.execute(select(func.count()).select_from(versions)).scalar_one(),
        connection.execute(select(func.count()).select_from(audit)).scalar_one(),
        last or START,
        tuple(problems),
    )


def _store(connection: Connection) -> Iterator[str]:
    """SQLite's own look at its file."""
    if connection.dialect.name == "sqlite":
        for (said,) in connection.execute(text("PRAGMA quick_check(5)")):
            if said != "ok":
                yield f"数据库文件损坏：{said}"


def _chain(connection: Connection, expected_head: str) -> Iterator[str]:
    """Entries count 1, 2, 3 …, each holds the hash of the one before, and its own is right."""
    previous, number, expected_found = START, 0, not expected_head
    for entry in connection.execute(select(audit).order_by(audit.c.number)).mappings():
        number += 1
        place = f"审计第 {entry['number']} 条（{_whose(entry)}）"
        if entry["number"] != number:
            yield (
                f"审计缺第 {number} 条"
                if entry["number"] == number + 1
                else f"审计缺第 {number} 至 {entry['number'] - 1} 条"
            )
            number = entry["number"]
        elif entry["previous"] != previous:
            yield f"{place}接不上前一条，前一条被改过或被换掉"
        if entry["hash"] != chained(dict(entry)):
            yield f"{place}被改过"
        previous = entry["hash"]
        expected_found = expected_found or previous.startswith(expected_head)
    if not expected_found:
        yield f"审计链里没有 {expected_head[:SHOWN]}…：末尾被截去，或整条链被换过"


def _whose(entry: RowMapping) -> str:
    return f"{entry['at'][:19]} {entry['who']} {entry['action']} {_NAMES.get(entry['subject'], entry['subject'])}"


def _rows(connection: Connection) -> Iterator[str]:
    """Every row is as its last entry left it, has an entry, and is there when an entry speaks of it."""
    told: dict[tuple[str, int], str] = {}
    for entry in connection.execute(
        select(audit.c.subject, audit.c.subject_id, audit.c.digest).order_by(audit.c.number)
    ):
        told[entry.subject, entry.subject_id] = entry.digest
    for table in AUDITED:
        for row in connection.execute(select(table).order_by(table.c.id)).mappings():
            expected = told.pop((table.name, row["id"]), None)
            if expected is None:
                yield f"{_named(connection, table, row)}没有审计记录，是绕过程序加进来的"
            elif expected != digest(dict(row)):
                yield f"{_named(connection, table, row)}被改过"
    for subject, id in told:
        if subject in _NAMES:
            yield f"{_NAMES[subject]} {id} 不见了，审计里有它"


def _named(connection: Connection, table: Table, row: RowMapping) -> str:
    """A row as people know it."""
    if table is reports:
        return f"报告 {row['id']}（{row['name']}）"
    if table is versions:
        return f"版本 {row['hash'][:SHOWN]}（{_report(connection, row['report_id'])}第 {row['number'] or '–'} 版，{row['author']}）"
    if table is briefs:
        return f"提纲 {row['hash'][:SHOWN]}（{_report(connection, row['report_id'])}第 {row['number']} 版）"
    if table is steps:
        return f"{_ACTIONS.get(row['action'], row['action'])} {row['id']}（{row['by']}，版本 {row['hash'][:SHOWN]}）"
    name = f"{_NAMES[table.name]} {row['id']}"
    told = [row[key] for key in ("code", "name", "by") if row.get(key)]
    where = row.get("version_id") or row.get("proposal_id")
    if where:
        told.append(f"版本 {_hash(connection, where)}")
    return f"{name}（{'，'.join(told)}）" if told else name


def _report(connection: Connection, id: int) -> str:
    name = connection.execute(select(reports.c.name).where(reports.c.id == id)).scalar_one_or_none()
    return str(name or f"报告 {id} ")


def _hash(connection: Connection, version_id: int) -> str:
    found = connection.execute(select(versions.c.hash).where(versions.c.id == version_id)).scalar_one_or_none()
    return str(found or "")[:SHOWN] or f"行 {version_id}"


def _contents(connection: Connection) -> Iterator[str]:
    """Every text is what its hash says."""
    shared = {row.brief for row in connection.execute(select(contents_table.c.brief).distinct()) if row.brief}
    shared |= {row.hash for row in connection.execute(select(briefs.c.hash).distinct())}
    known: set[str] = set()
    for row in connection.execute(select(versions.c.hash).distinct()):
        known.add(row.hash)
        try:
            contents.get(connection, row.hash)
        except WorkspaceError as error:
            yield f"{error}（{_of_version(connection, row.hash)}）"
    for hash, data in _stored(connection):
        if hash in shared and not contents.sound_brief(data, hash):
            yield f"提纲 {hash[:SHOWN]} 的内容与编号不符，被改动过"
        elif hash not in shared and hash not in known:
            yield f"内容 {hash[:SHOWN]} 不属于任何版本，是绕过程序加进来的"


def _stored(connection: Connection) -> Iterator[tuple[str, bytes]]:
    for row in connection.execute(select(contents_table.c.hash, contents_table.c.data)):
        yield row.hash, row.data


def _of_version(connection: Connection, hash: str) -> str:
    found = history.with_hash(connection, hash)
    return f"{_report(connection, found.report_id)}第 {found.number or '–'} 版" if found else ""


def _signed(connection: Connection) -> Iterator[str]:
    """A step speaks of the text of its version."""
    both = select(steps, versions.c.hash.label("of_version")).join(versions, versions.c.id == steps.c.version_id)
    for row in connection.execute(both).mappings():
        if row["hash"] != row["of_version"]:
            yield f"{_named(connection, steps, row)}所指的正文与版本不符"
