"""Accounts, as an administrator sees and changes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from drafting.errors import InputError
from drafting.workspace import identities, users
from drafting.workspace.ledger import Ledger
from drafting.workspace.users import ROLES, User
from ui.web import accounts, passwords
from ui.web.calls import Answer, Call
from ui.web.services import Asked


def everyone(asked: Asked) -> Answer:
    """All accounts in the order in which they were made, and the roles that there are."""
    asked.sent.settle()
    with asked.workspace.reading() as connection:
        return {"users": _users(connection), "roles": list(ROLES), "you": asked.user.name}


def add(asked: Asked) -> Answer:
    """A new account with roles, and its one-time password, told this once. A name that is taken is told so, and nothing changes."""
    name, roles = asked.sent.text("name").strip(), asked.sent.texts("roles")
    asked.sent.settle()
    password = passwords.generated()
    hash = passwords.hashed_once(password)  # takes its time, while nobody waits to write

    def made(ledger: Ledger) -> None:
        users.add_new(ledger, name, roles)
        users.set_password(ledger, name, hash)

    return {**_administered(asked, made), "name": name, "password": password}


def change(asked: Asked) -> Answer:
    """The roles of a local account become these; the last administrator stays one. Others follow their groups."""
    name, roles = asked.sent.text("name"), asked.sent.texts("roles")
    asked.sent.settle()

    def changed(ledger: Ledger) -> None:
        there = users.existing(ledger, name)
        if there.disabled:
            raise InputError(f"用户“{name}”已停用，先恢复使用")
        if identity := identities.of_user(ledger.connection, there.id):
            raise InputError(f"“{name}”的角色随{identities.SOURCES[identity.source]}的组，在那里改")
        if gone := [role for role in there.roles if role not in roles]:
            users.withdraw(ledger, name, gone)
        if new := [role for role in roles if role not in there.roles]:
            users.add(ledger, name, new)

    return _administered(asked, changed)


def disable(asked: Asked) -> Answer:
    """Puts an account out of use: its sessions end, what it did stays."""
    name = asked.sent.text("name")
    asked.sent.settle()
    return _administered(asked, lambda ledger: users.disable(ledger, name))


def enable(asked: Asked) -> Answer:
    """Puts an account to use again, with the roles and the password that it had."""
    name = asked.sent.text("name")
    asked.sent.settle()
    return _administered(asked, lambda ledger: users.add(ledger, users.existing(ledger, name).name, ()))


def renew_password(asked: Asked) -> Answer:
    """A new one-time password, told this once; the account's sessions end."""
    name = asked.sent.text("name")
    asked.sent.settle()
    password = passwords.generated()
    hash = passwords.hashed_once(password)
    told = _administered(asked, lambda ledger: users.set_password(ledger, name, hash))
    return {**told, "name": name, "password": password}


def _administered(asked: Asked, act: Callable[[Ledger], object]) -> dict[str, Any]:
    """Does it in the name of who asks, who must be an administrator at this very moment, and tells all accounts as they are then."""
    with asked.workspace.writing(asked.user.name) as ledger:
        users.require(ledger.connection, asked.user.name, "administrator")
        act(ledger)
        return {"users": _users(ledger.connection)}


def _users(connection: Connection) -> list[dict[str, Any]]:
    sources = identities.sources(connection)
    return [_user(one, sources.get(one.id, "")) for one in users.all_users(connection)]


def _user(one: User, source: str) -> dict[str, Any]:
    """`source` is who vouches for the account, empty for a local one."""
    return {
        "name": one.name,
        "roles": list(one.roles),
        "disabled": one.disabled,
        "password": accounts.password_state(one),
        "source": source,
    }


ONLY = ("administrator",)

CALLS: dict[str, Call] = {
    "admin/users": Call(everyone, ONLY),
    "admin/add": Call(add, ONLY),
    "admin/roles": Call(change, ONLY),
    "admin/disable": Call(disable, ONLY),
    "admin/enable": Call(enable, ONLY),
    "admin/password": Call(renew_password, ONLY),
}
