"""Users and their roles. A role says what a person may do; the workspace asks before every step."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, func, select

from drafting.canonical import canonical
from drafting.errors import InputError, ReviewRefused
from drafting.workspace import identities
from drafting.workspace.identities import Identity
from drafting.workspace.ledger import Ledger
from drafting.workspace.tables import users

ROLES = {
    "drafter": "拟稿",
    "reviewer:1": "初审",
    "reviewer:2": "复审",
    "reviewer:3": "终审",
    "administrator": "管理",
}
REVIEWERS = ("reviewer:1", "reviewer:2", "reviewer:3")
_NAME = re.compile(r"[^\s\x00-\x1f,，;；:：/]{1,64}")


@dataclass(frozen=True, slots=True)
class User:
    """An account by its name; a disabled one stays in the history and may do nothing.

    `password` is a hash, empty where the account cannot log in with one; `sessions` is what a session must bear to count.
    """

    id: int
    name: str
    roles: tuple[str, ...]
    disabled: bool
    password: str = field(default="", repr=False)
    sessions: int = 0

    def may(self, *roles: str) -> bool:
        """Whether the person holds one of these roles, and the account is in use."""
        return not self.disabled and any(role in self.roles for role in roles)


def all_users(connection: Connection) -> list[User]:
    return [_user(row) for row in connection.execute(select(users).order_by(users.c.id))]


def user(connection: Connection, name: str) -> User | None:
    row = connection.execute(select(users).where(users.c.name == name)).first()
    return _user(row) if row else None


def of_identity(connection: Connection, identity: Identity) -> User | None:
    """The account of a directory's person; None where they never came."""
    id = identities.holder(connection, identity)
    row = connection.execute(select(users).where(users.c.id == id)).first() if id is not None else None
    return _user(row) if row else None


def require(connection: Connection, name: str, *roles: str) -> User:
    """The user, who holds one of these roles (any, where none is named). Raises ReviewRefused, saying who could help."""
    found = user(connection, name)
    if found is None:
        raise ReviewRefused(f"工作区没有用户“{name}”，请管理员运行 chengwen user add {name} --role …")
    if found.disabled:
        raise ReviewRefused(f"用户“{name}”已停用")
    if roles and not found.may(*roles):
        wanted = "、".join(ROLES[role] for role in roles)
        raise ReviewRefused(f"用户“{name}”没有{wanted}权限，请管理员运行 chengwen user add {name} --role {roles[0]}")
    return found


def found(ledger: Ledger) -> User:
    """The first user of a new workspace: who made it drafts and administers. Later callers are given back as they are, or refused."""
    if not ledger.connection.execute(select(func.count()).select_from(users)).scalar_one():
        add(ledger, ledger.who, ("administrator", "drafter"))
    return require(ledger.connection, ledger.who)


def add(ledger: Ledger, name: str, roles: Collection[str]) -> User:
    """Adds an account, or gives an account that is there these roles more, and puts a disabled one to use again.

    Raises InputError for a name or role that cannot be.
    """
    unknown = sorted(set(roles) - set(ROLES))
    if unknown:
        raise InputError(
            f"没有角色“{unknown[0]}”，可选 {'、'.join(f'{role}（{name}）' for role, name in ROLES.items())}"
        )
    if not _NAME.fullmatch(name):
        raise InputError(f"用户名“{name[:40]}”不可用：1 至 64 个字，不含空格和 , ; : /")
    there = user(ledger.connection, name)
    held = [role for role in ROLES if role in roles or (there is not None and role in there.roles)]
    told = canonical(held).decode()
    if there is None:
        told_new = {"name": name, "roles": told, "password": "", "sessions": 0}
        ledger.add(users, "user-add", **told_new, created_at=ledger.at, disabled_at="")
    else:
        ledger.change(users, there.id, "user-change", roles=told, disabled_at="")
    return _required(ledger, name)


def add_new(ledger: Ledger, name: str, roles: Collection[str]) -> User:
    """Adds an account. Raises InputError for a name that is taken, too, and where no role is given."""
    if user(ledger.connection, name) is not None:
        raise InputError(f"已有用户“{name[:40]}”")
    if not roles:
        raise InputError(f"没有说给“{name[:40]}”什么角色")
    return add(ledger, name, roles)


def existing(ledger: Ledger, name: str) -> User:
    """The account of that name. Raises InputError where there is none."""
    return _required(ledger, name)


def withdraw(ledger: Ledger, name: str, roles: Collection[str]) -> User:
    """Takes roles from an account. The last administrator keeps theirs."""
    there = _required(ledger, name)
    _keep_an_administrator(ledger, there, without="administrator" in roles)
    held = [role for role in there.roles if role not in roles]
    ledger.change(users, there.id, "user-change", roles=canonical(held).decode())
    return _required(ledger, name)


def set_password(ledger: Ledger, name: str, hash: str) -> User:
    """Keeps the hash of a new password; sessions that were opened with the old one end. Raises InputError where a directory vouches."""
    there = _required(ledger, name)
    if identity := identities.of_user(ledger.connection, there.id):
        raise InputError(f"“{name}”的账号来自{identities.SOURCES[identity.source]}，没有本地密码，密码在那里改")
    ledger.change(users, there.id, "user-password", password=hash, sessions=there.sessions + 1)
    return _required(ledger, name)


def disable(ledger: Ledger, name: str) -> User:
    """Puts an account out of use; what it did stays. Raises InputError for the last administrator."""
    there = _required(ledger, name)
    _keep_an_administrator(ledger, there, without=True)
    ledger.change(users, there.id, "user-disable", disabled_at=ledger.at, sessions=there.sessions + 1)
    return _required(ledger, name)


def hand_over(ledger: Ledger, name: str, source: str) -> User:
    """Another source vouches for the account: the next person of exactly this name who logs in by it gets the account, or with `identities.LOCAL`
    a password that is to be set. Sessions end; what the account did stays its own. A source that it has already waits for its person anew.

    Raises InputError for the last administrator who can log in while the directory is down, for an account out of use and for a source that is none.
    """
    if source != identities.LOCAL and source not in identities.SOURCES:
        raise InputError(f"账号不能交给“{source[:20]}”：应为 {'、'.join(identities.SOURCES)} 或 {identities.LOCAL}")
    there = _required(ledger, name)
    if there.disabled:
        raise InputError(f"用户“{name}”已停用，先恢复使用")
    vouched = identities.sources(ledger.connection)
    if source == identities.LOCAL and there.id not in vouched:
        raise InputError(f"“{name}”已是本地账号")
    local = [one for one in all_users(ledger.connection) if one.may("administrator") and one.id not in vouched]
    if source != identities.LOCAL and [one.id for one in local] == [there.id]:
        raise InputError(f"“{name}”是唯一的本地管理员，目录停机时只有他能登录，先给别的本地账号管理权限")
    identities.hand_over(ledger, there.id, source)
    ledger.change(users, there.id, "user-password", password="", sessions=there.sessions + 1)
    return _required(ledger, name)


def is_last_administrator(connection: Connection, account: User) -> bool:
    """Whether nobody else in use administers."""
    others = (one for one in all_users(connection) if one.id != account.id)
    return account.may("administrator") and not any(one.may("administrator") for one in others)


def end_sessions(ledger: Ledger, name: str) -> User:
    """Ends every session of an account, which stays in use."""
    there = _required(ledger, name)
    ledger.change(users, there.id, "user-out", sessions=there.sessions + 1)
    return _required(ledger, name)


def _keep_an_administrator(ledger: Ledger, leaving: User, *, without: bool) -> None:
    if without and is_last_administrator(ledger.connection, leaving):
        raise InputError(f"“{leaving.name}”是唯一的管理员，先给别人管理权限")


def _required(ledger: Ledger, name: str) -> User:
    there = user(ledger.connection, name)
    if there is None:
        raise InputError(f"工作区没有用户“{name[:40]}”")
    return there


def _user(row: Row[Any]) -> User:
    return User(row.id, row.name, tuple(json.loads(row.roles)), bool(row.disabled_at), row.password, row.sessions)
