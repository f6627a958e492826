"""Access: whose reports a person may read and write.

A drafter has a part in the reports that they began, wrote a version of, or were asked to write together. Reviewers and administrators read
all of them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, select

from drafting.errors import ReviewRefused
from drafting.workspace.ledger import Ledger
from drafting.workspace.rows import Document
from drafting.workspace.tables import reports, shares, versions
from drafting.workspace.users import REVIEWERS, User, require

_ALL = (*REVIEWERS, "administrator")


def own(connection: Connection, user: User) -> set[int] | None:
    """The ids of the reports that the user may read; None for all of them."""
    if user.may(*_ALL):
        return None
    if not user.may("drafter"):
        return set()
    began = select(reports.c.id).where(reports.c.created_by == user.name)
    wrote = select(versions.c.report_id).where(versions.c.author == user.name)
    return {*connection.execute(began.union(wrote, _shared(user))).scalars()}


def require_reader(connection: Connection, user: User, document: Document) -> None:
    """Raises ReviewRefused for who may not read the report."""
    if not user.may(*_ALL):
        require_writer(connection, user, document)


def require_writer(connection: Connection, user: User, document: Document) -> None:
    """Raises ReviewRefused for who may not write the report: drafters with a part in it do, and administrators who draft."""
    if not user.may("drafter") or not (user.may("administrator") or _has_part(connection, user, document)):
        raise ReviewRefused(f"用户“{user.name}”没有参与报告“{document.name}”，请拟稿人把你加为同稿人")


def sharers(connection: Connection, document: Document) -> list[str]:
    """The names of those asked to write the report together, in the order they were asked."""
    wanted = select(shares.c.name).where(shares.c.report_id == document.id, shares.c.ended_at == "")
    return list(connection.execute(wanted.order_by(shares.c.id)).scalars())


def share(ledger: Ledger, document: Document, name: str) -> None:
    """Asks a drafter to write the report together. Raises ReviewRefused for who may not draft, or who asks without a part in it."""
    require_writer(ledger.connection, require(ledger.connection, ledger.who), document)
    require(ledger.connection, name, "drafter")
    row = ledger.connection.execute(_share(document, name)).first()
    if row is None:
        told = {"name": name, "by": ledger.who, "at": ledger.at, "ended_at": ""}
        ledger.add(shares, "share", report_id=document.id, **told)
    elif row.ended_at:
        ledger.change(shares, row.id, "share", by=ledger.who, at=ledger.at, ended_at="")


def end_share(ledger: Ledger, document: Document, name: str) -> None:
    """Ends it. What they wrote stays, and with it their part in the report where they made a version of it."""
    require_writer(ledger.connection, require(ledger.connection, ledger.who), document)
    row = ledger.connection.execute(_share(document, name)).first()
    if row is not None and not row.ended_at:
        ledger.change(shares, row.id, "end-share", ended_at=ledger.at)


def _has_part(connection: Connection, user: User, document: Document) -> bool:
    if document.created_by == user.name:
        return True
    wrote = select(versions.c.report_id).where(versions.c.report_id == document.id, versions.c.author == user.name)
    shared = _shared(user).where(shares.c.report_id == document.id)
    return connection.execute(wrote.union(shared)).first() is not None


def _shared(user: User) -> Select[tuple[int]]:
    return select(shares.c.report_id).where(shares.c.name == user.name, shares.c.ended_at == "")


def _share(document: Document, name: str) -> Select[Any]:
    return select(shares).where(shares.c.report_id == document.id, shares.c.name == name)
