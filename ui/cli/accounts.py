"""What `chengwen user` does."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from drafting.errors import InputError
from drafting.workspace import identities, users
from drafting.workspace.ledger import Ledger
from drafting.workspace.users import ROLES, User
from ui.cli import store


def add(name: str, roles: Sequence[str], *, who: str | None, workspace: str | None) -> None:
    """Adds an account or roles. The first account of a new workspace is its maker's."""
    _administer(lambda ledger: users.add(ledger, name, roles), who, workspace, create=True)


def withdraw(name: str, roles: Sequence[str], *, who: str | None, workspace: str | None) -> None:
    _administer(lambda ledger: users.withdraw(ledger, name, roles), who, workspace)


def disable(name: str, *, who: str | None, workspace: str | None) -> None:
    _administer(lambda ledger: users.disable(ledger, name), who, workspace)


def renew_password(name: str, *, who: str | None, workspace: str | None) -> None:
    """Prints a new one-time password; the account's sessions end."""
    password, hash = _once()
    _administer(lambda ledger: users.set_password(ledger, name, hash), who, workspace)
    _tell(password)


def hand_over(name: str, source: str, *, who: str | None, workspace: str | None) -> None:
    """Hands an account to a directory, or back to a password, of which a one-time one is printed."""
    if source != identities.LOCAL:
        _administer(lambda ledger: users.hand_over(ledger, name, source), who, workspace)
        print(f"下一个以“{name}”从{identities.SOURCES[source]}登录的人接着用这个账号；原密码作废")
        return
    password, hash = _once()

    def back(ledger: Ledger) -> User:
        users.hand_over(ledger, name, source)
        return users.set_password(ledger, name, hash)

    _administer(back, who, workspace)
    _tell(password)


def _once() -> tuple[str, str]:
    """A one-time password and its hash."""
    try:
        from ui.web import passwords
    except ModuleNotFoundError as error:
        raise InputError(f"浏览器界面没有安装：pip install 'chengwen[ui]'（缺 {error.name}）") from error
    password = passwords.generated()
    return password, passwords.hashed_once(password)


def _tell(password: str) -> None:
    print(f"一次性密码 {password}（只显示这一次，首次登录须改）")


def show(*, output: str, workspace: str | None) -> None:
    """Prints the accounts."""
    store.one_of(output, ("text", "json"), "--output")
    with store.workspace(workspace) as opened, opened.reading() as connection:
        found, sources = users.all_users(connection), identities.sources(connection)
        awaited = identities.awaited(connection)
    if output == "json":
        rows = [
            {"name": one.name, "roles": one.roles, "disabled": one.disabled, "source": sources.get(one.id, "")}
            for one in found
        ]
        print(json.dumps({"version": 1, "users": rows}, ensure_ascii=False, indent=1))
        return
    for one in found:
        vouched = identities.SOURCES.get(sources.get(one.id, ""), "")
        print(f"{_line(one)}{vouched and f'  {vouched}'}{'，待本人登录' if one.id in awaited else ''}")


def _administer(act: Callable[[Ledger], User], who: str | None, workspace: str | None, *, create: bool = False) -> None:
    name = store.actor(who)
    with store.workspace(workspace, create=create) as opened:
        store.founded(opened, name, "administrator")
        with opened.writing(name) as ledger:
            users.require(ledger.connection, name, "administrator")
            changed = act(ledger)
    print(_line(changed))


def _line(user: User) -> str:
    roles = "、".join(ROLES[role] for role in user.roles) or "没有角色"
    return f"{user.name}  {roles}{'  已停用' if user.disabled else ''}"
