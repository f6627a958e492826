"""What `chengwen log` and `chengwen show` do: tell what the workspace holds, as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from drafting import profiles
from drafting.report import Report
from drafting.workspace import contents, deciding, history, remarks, reviewing, verdicts
from drafting.workspace.reviewing import LEVELS, Standing
from drafting.workspace.rows import Document, Remark, Step, Version
from ui.cli import store
from ui.cli.stored import stored_version

_OUTPUTS = ("text", "json")
ORIGINS = {"drafted": "拟稿", "edited": "修改", "merged": "合并", "imported": "导入", "regenerated": "重拟"}
_ACTIONS = {"submit": "送审", "pass": "通过", "sign": "签发", "return": "退回"}


def log(reference: str | None, *, output: str, workspace: str | None) -> None:
    """Prints the reports, or the versions of one."""
    store.one_of(output, _OUTPUTS, "--output")
    with store.workspace(workspace) as opened, opened.reading() as connection:
        if reference is None:
            reports = list(_reported(connection))
            print(_json({"version": 1, "reports": reports}) if output == "json" else "\n".join(_reports(reports)))
            return
        document = history.document(connection, stored_version(connection, reference).report_id)
        told = _history(connection, document)
        print(_json({"version": 1, **told}) if output == "json" else "\n".join(_versions(told)))


def show(reference: str, *, output: str, workspace: str | None) -> None:
    """Prints one version."""
    store.one_of(output, _OUTPUTS, "--output")
    with store.workspace(workspace) as opened, opened.reading() as connection:
        version = stored_version(connection, reference)
        document = history.document(connection, version.report_id)
        report = contents.get(connection, version.hash)
        told = _one(connection, document, version, report)
    if output == "json":
        print(_json({"version": 1, **told, "content": report.as_dict()}))
    else:
        print("\n".join(_shown(told, report)))


def levels_of(kind: str, source: str) -> int:
    """Through how many levels a kind of report goes; one where its profile cannot be found from here."""
    profile = profiles.load_if_any(kind, Path(source).parent)
    return profile.review_levels if profile else 1


def local(at: str) -> str:
    """A time as people read it, in this machine's zone."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


# --- what is told


def _reported(connection: Connection) -> Iterator[dict[str, Any]]:
    """Every report with its head, the youngest first."""
    heads = history.heads(connection)
    documents = {document.id: document for document in history.documents(connection) if document.id in heads}
    levels = cache(levels_of)
    standings = reviewing.standings(
        connection,
        heads.values(),
        lambda head: levels(documents[head.report_id].kind, documents[head.report_id].source),
    )
    for document in documents.values():
        head = heads[document.id]
        yield {
            "name": document.name,
            "kind": document.kind,
            "organ": document.organ,
            "period": document.period,
            "source": document.source,
            "versions": head.number,
            "state": standings[head.id].told,
            **_version(head),
        }


def _standing(connection: Connection, document: Document, version: Version) -> Standing:
    return reviewing.standing(connection, version, levels_of(document.kind, document.source))


def _version(version: Version) -> dict[str, Any]:
    return {
        "id": version.hash,
        "number": version.number,
        "origin": version.origin,
        "author": version.author,
        "at": version.at.isoformat(),
        "note": version.note,
    }


def _history(connection: Connection, document: Document) -> dict[str, Any]:
    line = history.line(connection, document.id)
    by_id = {version.id: version for version in (*line, *history.beside(connection, document.id))}
    proposed = {version.id for version in history.proposals(connection, document.id)}
    now = _standing(connection, document, line[-1])
    versions = []
    for version in sorted(by_id.values(), key=lambda one: one.id, reverse=True):
        parent = by_id.get(version.parent_id or 0)
        own = [_step(step) for step in _standing(connection, document, version).steps]
        told = {**_version(version), "parent": parent.hash if parent else None, "steps": own}
        if version.id in proposed:
            told["pending"] = len(deciding.pending(connection, version))
        versions.append(told)
    open_conflicts = deciding.open_conflicts(connection, document.id)
    return {"name": document.name, "state": now.told, "versions": versions, "conflicts": len(open_conflicts)}


def _step(step: Step) -> dict[str, Any]:
    return {
        "action": step.action,
        "level": step.level,
        "by": step.by.name,
        "at": step.by.at.isoformat() if step.by.at else "",
        "reason": step.reason,
    }


def _one(connection: Connection, document: Document, version: Version, report: Report) -> dict[str, Any]:
    check = verdicts.last_check(connection, version)
    now = _standing(connection, document, version)
    return {
        "name": document.name,
        **_version(version),
        "state": now.told if version.number else "待定稿",
        "steps": [_step(step) for step in now.steps],
        "check": {"allowed": check.allowed, "errors": check.errors, "warnings": check.warnings} if check else None,
        "waivers": [
            {"code": one.code, "reason": one.reason, "by": one.by.name}
            for one in verdicts.standing_waivers(connection, version)
        ],
        "comments": [_remark(remark, report) for remark in remarks.of_version(connection, version)],
        "conflicts": [
            {"id": one.id, "heading": one.conflict.heading, "mine": one.conflict.mine, "theirs": one.conflict.theirs}
            for one in deciding.open_conflicts(connection, document.id)
        ],
    }


def _remark(remark: Remark, report: Report) -> dict[str, Any]:
    said = remark.comment
    quote = report.blocks[said.block].text[said.start : said.end] if 0 <= said.block < len(report.blocks) else ""
    told = {"id": remark.id, "text": said.text, "by": said.by.name, "quote": quote, "block": said.block}
    return told | {"start": said.start, "end": said.end, "settled": remark.settled is not None}


# --- as text


def _reports(reports: list[dict[str, Any]]) -> Iterator[str]:
    for one in reports:
        yield f"{one['id'][:12]}  第{one['number']}版  {one['state']}  {local(one['at'])}  {one['author']}  {one['name']}"
    yield f"{len(reports)} 份报告"


def _versions(told: dict[str, Any]) -> Iterator[str]:
    yield f"{told['name']}  {told['state']}" + (f"  {told['conflicts']} 处冲突未定" if told["conflicts"] else "")
    for one in told["versions"]:
        place = f"第{one['number']}版" if one["number"] else _beside(one)
        note = f"  {one['note']}" if one["note"] else ""
        yield f"{one['id'][:12]}  {place}  {ORIGINS[one['origin']]}  {local(one['at'])}  {one['author']}{note}"
        for step in one["steps"]:
            yield f"    {_told(step)}"


def _beside(one: dict[str, Any]) -> str:
    return f"待定稿（{one['pending']}处未定）" if one.get("pending") else "旁支"


def _told(step: dict[str, Any]) -> str:
    level = LEVELS[step["level"]] if step["action"] in ("pass", "return") else ""
    reason = f"：{step['reason']}" if step["reason"] else ""
    return f"{level}{_ACTIONS[step['action']]}  {local(step['at'])}  {step['by']}{reason}"


def _shown(told: dict[str, Any], report: Report) -> Iterator[str]:
    place = f"第{told['number']}版" if told["number"] else "待定稿"
    yield f"{told['name']}  {place}  {told['id'][:12]}  {told['state']}"
    yield f"{ORIGINS[told['origin']]}  {local(told['at'])}  {told['author']}" + (
        f"  {told['note']}" if told["note"] else ""
    )
    for step in told["steps"]:
        yield _told(step)
    check = told["check"]
    yield f"校核：{check['errors']} 错误，{check['warnings']} 警告" if check else "校核：还没有做过"
    for waiver in told["waivers"]:
        yield f"豁免 {waiver['code']}：{waiver['reason']}（{waiver['by']}）"
    for remark in told["comments"]:
        where = f"“{remark['quote']}”" if remark["quote"] else "全文"
        yield f"批注 {remark['id']}  {remark['by']}  {where}：{remark['text']}" + (
            "（已了结）" if remark["settled"] else ""
        )
    for conflict in told["conflicts"]:
        yield f"冲突 {conflict['id']}  {conflict['heading']}：现为“{conflict['mine']}”，重拟为“{conflict['theirs']}”"
    yield ""
    yield report.text


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)
