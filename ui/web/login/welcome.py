"""Who comes in by a directory: the account is made at the first log-in, and its roles follow the groups at each.

Written in the workspace's own name, which no account can have: the audit tells what the mapping did from what a person did.
"""

from __future__ import annotations

import logging
import unicodedata
from dataclasses import dataclass

from sqlalchemy import Connection

from drafting.errors import InputError, LogInRefused
from drafting.workspace import identities, users
from drafting.workspace.identities import Identity
from drafting.workspace.ledger import Ledger
from drafting.workspace.users import User
from drafting.workspace.workspace import Workspace
from ui.web.login.mapping import RoleMapping

logger = logging.getLogger("chengwen.login")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a directory knows them: what it calls them, and the groups that they are in."""

    identity: Identity
    name: str
    groups: tuple[str, ...]


def hand(source: str) -> str:
    """In whose name it is written."""
    return f"工作区:{source}"


def welcome(workspace: Workspace, person: Person, mapping: RoleMapping) -> User:
    """The person's account, made or brought up to date. Raises LogInRefused for who may not come in."""
    roles = mapping.roles(person.groups)
    with workspace.reading() as connection:
        there = _account(connection, person)
    if there is None or set(there.roles) != set(roles):
        with workspace.writing(hand(person.identity.source)) as ledger:
            there = _account(ledger.connection, person)
            there = _made(ledger, person, roles) if there is None else _followed(ledger, there, roles)
    if there is None or not there.roles:
        logger.warning("log-in refused: %r of %s is in no group with a role", person.name, person.identity.source)
        raise LogInRefused(f"“{person.name[:64]}”在这里没有角色，请管理员把你加进有角色的组")
    return there


def _account(connection: Connection, person: Person) -> User | None:
    """Found by the directory's own id: people are renamed, and names are given again to others."""
    there = users.of_identity(connection, person.identity)
    if there is not None and there.disabled:
        logger.warning("log-in refused: %r of %s is out of use here", there.name, person.identity.source)
        raise LogInRefused(f"“{there.name}”的账号在这里已停用，请找管理员")
    return there


def _handed_over(connection: Connection, person: Person) -> User | None:
    """The account of exactly this name that an administrator has handed to this source, and that nobody has come for yet."""
    there = users.user(connection, person.name)
    if there is None or there.disabled or there.id not in identities.awaited(connection):
        return None
    return there if identities.sources(connection)[there.id] == person.identity.source else None


def _made(ledger: Ledger, person: Person, roles: tuple[str, ...]) -> User | None:
    if not roles:
        return None
    if there := _handed_over(ledger.connection, person):
        identities.keep(ledger, there.id, person.identity)
        return _followed(ledger, there, roles)
    if any(_alike(one.name) == _alike(person.name) for one in users.all_users(ledger.connection)):
        logger.warning("log-in refused: %r of %s has the name of another account", person.name, person.identity.source)
        raise LogInRefused(f"用户名“{person.name[:64]}”在这里是另一个账号的，请找管理员")
    try:
        if not person.name.isprintable():
            raise InputError("有看不见的字符")
        made = users.add_new(ledger, person.name, roles)
    except InputError as error:
        logger.warning("log-in refused: %r of %s: %s", person.name, person.identity.source, error)
        raise LogInRefused("统一登录给的用户名在这里不能用，请找管理员") from error
    identities.keep(ledger, made.id, person.identity)
    return made


def _followed(ledger: Ledger, there: User, roles: tuple[str, ...]) -> User:
    gone = [role for role in there.roles if role not in roles]
    if "administrator" in gone and users.is_last_administrator(ledger.connection, there):
        logger.warning("%r stays administrator against the mapping: there is no other", there.name)
        gone.remove("administrator")
    if gone:
        there = users.withdraw(ledger, there.name, gone)
    if new := [role for role in roles if role not in there.roles]:
        there = users.add(ledger, there.name, new)
    return there


def _alike(name: str) -> str:
    """Names that people, and some directories, take for one."""
    return unicodedata.normalize("NFKC", name).casefold()
