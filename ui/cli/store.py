"""The workspace as the command line opens it, and whose hand is at work."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager

from drafting.errors import InputError
from drafting.workspace import users
from drafting.workspace.location import locate
from drafting.workspace.users import User
from drafting.workspace.workspace import Workspace, opened

_UNKNOWN = "未具名"


@contextmanager
def workspace(given: str | None, *, create: bool = False) -> Iterator[Workspace]:
    """The workspace that is meant. Raises WorkspaceError where there is none, unless it is to be made."""
    with opened(locate(given, os.environ), create=create, via=f"cli:{_login()}") as found:
        yield found


@contextmanager
def workspace_if_any(given: str | None, *, needed: bool = False) -> Iterator[Workspace | None]:
    """The workspace; None where nobody named one and there is none here, unless it is needed."""
    location = locate(given, os.environ)
    if not needed and not given and location.path is not None and not location.path.exists():
        yield None
        return
    with workspace(given) as found:
        yield found


def actor(given: str | None) -> str:
    """Who is at work: the option, else CHENGWEN_USER, else who is logged in to this machine."""
    return (given or os.environ.get("CHENGWEN_USER", "") or _login()).strip()


def founded(found: Workspace, who: str, *roles: str) -> User:
    """The user, who holds one of the roles; in a workspace without users they become its first. Raises ReviewRefused for anyone else."""
    with found.reading() as connection:
        if users.all_users(connection):
            return users.require(connection, who, *roles)
    with found.writing(who) as ledger:
        users.found(ledger)
        return users.require(ledger.connection, who, *roles)


def one_of(value: str, choices: tuple[str, ...], option: str) -> str:
    """The value, which is one of the choices. Raises InputError."""
    if value not in choices:
        raise InputError(f"{option} 只能是 {' 或 '.join(choices)}，不能是 {value}")
    return value


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return _UNKNOWN
