"""What `chengwen conflicts` does."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from drafting.workspace import deciding, history
from drafting.workspace.rows import Document, OpenConflict
from ui.cli import store


def show(*, output: str, workspace: str | None) -> None:
    """Prints every conflict that nobody has settled, report by report, each with its number."""
    store.one_of(output, ("text", "json"), "--output")
    with store.workspace(workspace) as opened, opened.reading() as connection:
        found = [
            (document, deciding.open_conflicts(connection, document.id))
            for document in sorted(history.documents(connection), key=lambda one: one.id)
        ]
        rows = [_told(connection, document, one) for document, clashes in found for one in clashes]
    if output == "json":
        print(json.dumps({"version": 1, "conflicts": rows}, ensure_ascii=False, indent=1))
        return
    for row in rows:
        print(f"{row['id']}  {row['report']}  {row['heading'] or '（篇首）'}  （另一稿 {row['other'][:12]}）")
        print(f"    现为：{row['mine'] or '（删去）'}\n    新拟：{row['theirs'] or '（删去）'}")
    print(f"共 {len(rows)} 处冲突未定" + ("，看过后用 chengwen settle --conflict 编号 了结" if rows else ""))


def _told(connection: Connection, document: Document, one: OpenConflict) -> dict[str, Any]:
    return {
        "id": one.id,
        "report": document.name,
        "heading": one.conflict.heading,
        "base": one.conflict.base,
        "mine": one.conflict.mine,
        "theirs": one.conflict.theirs,
        "version": history.version(connection, one.version_id).hash,
        "other": history.version(connection, one.other_id).hash,
    }
