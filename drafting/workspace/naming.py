"""Rows of the workspace as people know them: which report's version, whose sign-off."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, Table, select

from drafting.workspace.rows import SHOWN
from drafting.workspace.tables import briefs, reports, steps, versions

KINDS = {
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
    "identities": "账号来源",
    "shares": "同稿人",
    "usage": "模型用量",
    "workspace": "工作区",
}
_ACTIONS = {"submit": "送审", "pass": "通过", "sign": "签发", "return": "退回"}


def named(connection: Connection, table: Table, row: RowMapping) -> str:
    """A row in a few words, whatever was done to it."""
    if table is reports:
        return f"报告 {row['id']}（{row['name']}）"
    if table is versions:
        return f"版本 {short(row['hash'])}（{_place(connection, row)}，{row['author']}）"
    if table is briefs:
        return f"提纲 {short(row['hash'])}（{_place(connection, row)}）"
    if table is steps:
        return f"{_ACTIONS.get(row['action'], row['action'])} {row['id']}（{row['by']}，版本 {short(row['hash'])}）"
    told = [str(row[key]) for key in ("code", "name", "by") if row.get(key)]
    where = row.get("version_id") or row.get("proposal_id")
    if where:
        told.append(f"版本 {_hash(connection, where)}")
    return f"{KINDS[table.name]} {row['id']}" + (f"（{'，'.join(told)}）" if told else "")


def version_of(connection: Connection, hash: str) -> str:
    """The first version with that content: 版本 1a2b…（…第 3 版，张三）."""
    row = connection.execute(select(versions).where(versions.c.hash == hash).order_by(versions.c.id)).mappings().first()
    return named(connection, versions, row) if row else f"版本 {short(hash)}"


def entry(row: RowMapping) -> str:
    """An audit entry: 审计第 7 条（2024-07-05T08:01:00 张三 edited 版本）."""
    kind = KINDS.get(row["subject"], row["subject"])
    return f"审计第 {row['number']} 条（{str(row['at'])[:19]} {row['who']} {row['action']} {kind}）"


def short(hash: object) -> str:
    return str(hash)[:SHOWN]


def _place(connection: Connection, row: RowMapping) -> str:
    name = connection.execute(select(reports.c.name).where(reports.c.id == row["report_id"])).scalar_one_or_none()
    report = name or f"报告 {row['report_id']} "
    return f"{report}第 {row['number'] or '–'} 版"


def _hash(connection: Connection, version_id: int) -> str:
    found = connection.execute(select(versions.c.hash).where(versions.c.id == version_id)).scalar_one_or_none()
    return short(found) if found else f"行 {version_id}"
