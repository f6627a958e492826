"""The table of reports: each with the version that stands, where that stands in review, and what the last check said."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from sqlalchemy import Connection

from drafting import profiles
from drafting.workspace import access, history, reviewing, verdicts
from drafting.workspace.rows import Document
from drafting.workspace.users import User
from drafting.workspace.workspace import Workspace
from ui.web.handlers import asking
from ui.web.shown import Row, Table

_LONGEST_SEARCH = 200


def table(workspace: Workspace, who: str, search: object = "", state: object = "all") -> Table:
    """The reports in which every word of `search` stands somewhere, in one state or in all. Raises ReviewRefused for who may not read."""
    wanted = _plain(str(search or ""))[:_LONGEST_SEARCH].split()
    with workspace.reading() as connection:
        user = asking.reader(connection, who)
        own, written = access.own(connection, user), _written(connection, user)
        rows = [
            replace(row, writes=written is None or row.document.id in written)
            for row in _rows(connection)
            if own is None or row.document.id in own
        ]
        matching = [row for row in rows if state in ("all", row.state) and all(word in _text(row) for word in wanted)]
        last = sorted(matching, key=lambda row: (row.head.at, row.head.id), reverse=True)
    return Table(tuple(last), len(rows))


def levels() -> Callable[[Document], tuple[str, int]]:
    """What the kind of a report is called, and through how many levels it goes; each profile is read once."""
    known = cache(_kind)
    return lambda document: known(document.kind, document.source)


def _kind(kind: str, source: str) -> tuple[str, int]:
    """One level where the profile cannot be found from here, as on the command line."""
    profile = profiles.load_if_any(kind, Path(source).parent)
    return (profile.name, profile.review_levels) if profile else (kind, 1)


def _written(connection: Connection, user: User) -> set[int] | None:
    """The ids of the reports that the user may write; None for all of them. As a drafter alone they read what they write."""
    if user.may("administrator") and user.may("drafter"):
        return None
    return access.own(connection, replace(user, roles=tuple(role for role in user.roles if role == "drafter")))


def _rows(connection: Connection) -> list[Row]:
    heads = history.heads(connection)
    documents = {document.id: document for document in history.documents(connection) if document.id in heads}
    of_kind = levels()
    standings = reviewing.standings(connection, heads.values(), lambda head: of_kind(documents[head.report_id])[1])
    checked = verdicts.last_checks(connection)
    rows = []
    for document in documents.values():
        head = heads[document.id]
        check = checked.get(head.hash)
        errors = check.errors if check else None
        rows.append(Row(document, head, standings[head.id], of_kind(document)[0], errors))
    return rows


def _text(row: Row) -> str:
    told = row.document
    return _plain(" ".join((told.name, told.organ, told.topic, told.period, row.kind, row.head.author, row.head.hash)))


def _plain(text: str) -> str:
    """Full-width and capital letters are found by their plain ones."""
    return unicodedata.normalize("NFKC", text).casefold()
