"""Accounts at the door: who a session stands for, log-in, a new password, the first administrator."""

from __future__ import annotations

from typing import Literal

from drafting.errors import InputError
from drafting.workspace import identities, users
from drafting.workspace.identities import Identity
from drafting.workspace.users import User
from drafting.workspace.workspace import Workspace
from ui.web import passwords
from ui.web.sessions import Session


def holder(workspace: Workspace, session: Session) -> User | None:
    """Whose session it is; None where the account was put out of use, its password has changed since, or it comes from elsewhere."""
    with workspace.reading() as connection:
        found = users.user(connection, session.name)
        if found is None or found.disabled or found.sessions != session.generation:
            return None
        identity = identities.of_user(connection, found.id)
    if (identity.source if identity else "") != session.source:
        return None
    return found if found.password or identity else None


def shown(workspace: Workspace, name: str) -> str:
    """A name that was typed at the door, as a log may hold it: an account's, and no other, since some type their password there."""
    with workspace.reading() as connection:
        return repr(name) if users.user(connection, name) else "a name that no account has"


def is_local(workspace: Workspace, name: str) -> bool:
    """Whether the name is an account's that no directory vouches for."""
    with workspace.reading() as connection:
        found = users.user(connection, name)
        return found is not None and identities.of_user(connection, found.id) is None


def log_in(workspace: Workspace, name: str, password: str) -> User | None:
    """The account of that name and password. Takes the same time whether the name exists or not."""
    with workspace.reading() as connection:
        found = users.user(connection, name)
    right = passwords.matches(found.password if found else "", password)
    return found if found and right and not found.disabled else None


def set_password(workspace: Workspace, name: str, password: str, *, by: str, once: bool = False) -> User:
    """Sets a password in the name of `by`, who was asked for their right to it before; sessions of the old one end.

    Raises InputError for a password that is too short or too long.
    """
    if not passwords.SHORTEST <= len(password) <= passwords.LONGEST:
        raise InputError(f"密码须为 {passwords.SHORTEST} 至 {passwords.LONGEST} 个字符")
    hash = passwords.hashed_once(password) if once else passwords.hashed(password)
    with workspace.writing(by) as ledger:
        return users.set_password(ledger, name, hash)


def source(workspace: Workspace, user: User) -> Identity | None:
    """Who vouches for the account; None for a local one."""
    with workspace.reading() as connection:
        return identities.of_user(connection, user.id)


def password_state(user: User) -> Literal["none", "once", "own"]:
    """Whether the account can log in, and whether with a password that it must change first."""
    if not user.password:
        return "none"
    return "once" if passwords.is_once(user.password) else "own"


def first_administrator(workspace: Workspace, who: str) -> tuple[str, str] | None:
    """A one-time password where no administrator has chosen one yet: the account's name and the password, which is kept nowhere.

    In a workspace without users, `who` becomes the first. None where an administrator can log in already, or a directory vouches for all.
    """
    with workspace.writing(who) as ledger:
        if not users.all_users(ledger.connection):
            users.found(ledger)
        vouched = identities.sources(ledger.connection)
        everyone = users.all_users(ledger.connection)
        administrators = [one for one in everyone if one.may("administrator") and one.id not in vouched]
    if not administrators or any(one.password and not passwords.is_once(one.password) for one in administrators):
        return None
    chosen = next((one for one in administrators if one.name == who), administrators[0])
    password = passwords.generated()
    set_password(workspace, chosen.name, password, by=who, once=True)
    return chosen.name, password
