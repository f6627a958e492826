"""Who asks, and for what: every handler begins here. What a page sends may be anything; it is a plain id or refused."""

from __future__ import annotations

from sqlalchemy import Connection

from drafting.errors import ReviewRefused, VersionError
from drafting.workspace import access, history, users
from drafting.workspace.rows import Document, Version
from drafting.workspace.users import ROLES, User
from drafting.workspace.workspace import Workspace

_LARGEST = 2**31 - 1


def reader(connection: Connection, who: str) -> User:
    """The user, who may read reports: any role lets them. Raises ReviewRefused."""
    return users.require(connection, who, *ROLES)


def asked_report(connection: Connection, user: User, told: object, *, write: bool = False) -> Document:
    """The report whose id the page sent, which the user may read, or write. Raises VersionError or ReviewRefused."""
    document = history.document(connection, _id(told))
    (access.require_writer if write else access.require_reader)(connection, user, document)
    return document


def asked_version(connection: Connection, document: Document, told: object) -> Version:
    """The version of this report whose id the page sent: that of another report is refused. Raises VersionError."""
    found = history.version(connection, _id(told))
    if found.report_id != document.id:
        raise VersionError(f"报告“{document.name}”没有编号为 {found.id} 的版本")
    return found


def asked_name(told: object) -> str:
    """The user's name, which the door vouches for. Raises ReviewRefused where there is none."""
    if not isinstance(told, str) or not told:
        raise ReviewRefused("请先登录")
    return told


def asked_account(workspace: Workspace, told: object) -> User:
    """The account of the name that the door vouches for. Raises ReviewRefused where there is none, or none any more."""
    with workspace.reading() as connection:
        return users.require(connection, asked_name(told))


def _id(told: object) -> int:
    if isinstance(told, str) and told.isascii() and told.isdigit() and len(told) <= 10:
        told = int(told)
    if not isinstance(told, int) or isinstance(told, bool) or not 0 < told <= _LARGEST:
        raise VersionError("没有这个编号")
    return told
