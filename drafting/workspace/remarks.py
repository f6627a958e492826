"""Comments on a version: said, answered, settled."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from drafting.comments import Comment, Hand
from drafting.errors import WorkspaceError
from drafting.workspace.ledger import Ledger, read_stamp
from drafting.workspace.rows import Remark, Version
from drafting.workspace.tables import comments, versions


def add(ledger: Ledger, version: Version, comment: Comment, *, reply_to: int | None = None) -> int:
    """Keeps a comment and returns its id. It is said by the comment's own hand, put in by the ledger's: a comment may come from Word."""
    if not comment.text.strip():
        raise WorkspaceError("批注是空的")
    at = comment.by.at.isoformat() if comment.by.at else ledger.at
    return ledger.add(
        comments,
        "comment",
        version_id=version.id,
        reply_to=reply_to,
        block=comment.block,
        start=comment.start,
        end=comment.end,
        text=comment.text,
        by=comment.by.name or ledger.who,
        at=at,
        settled_by="",
        settled_at="",
    )


def settle(ledger: Ledger, id: int) -> None:
    """Closes a comment. Raises WorkspaceError where there is none of that id."""
    try:
        ledger.change(comments, id, "settle-comment", settled_by=ledger.who, settled_at=ledger.at)
    except LookupError:
        raise WorkspaceError(f"没有编号为 {id} 的批注") from None


def of_version(connection: Connection, version: Version) -> list[Remark]:
    """The comments on a version, and on versions with the same text, in the order they were put in."""
    same = select(versions.c.id).where(versions.c.hash == version.hash, versions.c.report_id == version.report_id)
    rows = connection.execute(select(comments).where(comments.c.version_id.in_(same)).order_by(comments.c.id))
    return [_remark(row) for row in rows]


def of_report(connection: Connection, report_id: int) -> list[Remark]:
    """The comments on all versions of a report, in the order they were put in."""
    own = select(versions.c.id).where(versions.c.report_id == report_id)
    rows = connection.execute(select(comments).where(comments.c.version_id.in_(own)).order_by(comments.c.id))
    return [_remark(row) for row in rows]


def _remark(row: Row[Any]) -> Remark:
    comment = Comment(row.text, Hand(row.by, read_stamp(row.at)), row.block, row.start, row.end)
    settled = Hand(row.settled_by, read_stamp(row.settled_at)) if row.settled_by else None
    return Remark(row.id, row.version_id, comment, row.reply_to, settled)
