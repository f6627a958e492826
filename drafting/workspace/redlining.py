"""What a redline of two versions of the workspace is made of: the changes, who made each, and the comments that are still open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from drafting.changes.carrying import carry, on_the_whole
from drafting.changes.comparison import Change, Comparison, compare
from drafting.changes.tracing import authorship
from drafting.comments import Comment, Hand
from drafting.report import Report
from drafting.workspace import contents, deciding, history, remarks
from drafting.workspace.rows import Version


@dataclass(frozen=True)
class Redline:
    """`by` tells whose hand made a change; `comments` stand on the new version's blocks."""

    comparison: Comparison
    by: Callable[[Change], Hand]
    comments: tuple[Comment, ...]


def redline(connection: Connection, old: Version, new: Version) -> Redline:
    """The changes from `old` to `new`. Where the one came of the other, each change is by whoever made it on the way."""
    path = history.path(connection, old, new)
    chain = [(contents.get(connection, version.hash), version.by) for version in path]
    by = authorship(chain)
    if new.number is None and len(path) == 2 and (told := deciding.hands(connection, new)):
        by = _told_by(told, by)
    return Redline(compare(chain[0][0], chain[-1][0]), by, open_comments(connection, new))


def compared(connection: Connection, old: Version, new: Version) -> Comparison:
    """The changes between two versions, whether or not the one came of the other."""
    return compare(contents.get(connection, old.hash), contents.get(connection, new.hash))


def open_comments(connection: Connection, version: Version) -> tuple[Comment, ...]:
    """The comments on a version and on those it came of that nobody has settled, at their places in this version."""
    said: dict[int, list[Comment]] = {}
    for remark in remarks.of_report(connection, version.report_id):
        if not remark.settled:
            said.setdefault(remark.version_id, []).append(remark.comment)
    text = contents.get(connection, version.hash)
    found: list[Comment] = []
    for older in reversed(list(history.ancestry(connection, version))) if said else ():
        comments = said.get(older.id, [])
        found += _carried(comments, contents.get(connection, older.hash), text) if comments else []
    return tuple(found)


def _carried(comments: Sequence[Comment], old: Report, new: Report) -> list[Comment]:
    """At their places in the new text; on the whole version, with the words they spoke of, where those are gone."""
    kept, lost = carry(comments, old, new)
    return [*kept, *(on_the_whole(comment, old) for comment in lost)]


def _told_by(told: dict[str, Hand], otherwise: Callable[[Change], Hand]) -> Callable[[Change], Hand]:
    return lambda change: told.get(change.id) or otherwise(change)
