"""Who comes in by a directory, and the account that they get: on both databases."""

from __future__ import annotations

import logging
from importlib.util import find_spec

import pytest

from drafting.errors import InputError, LogInRefused
from drafting.workspace import users
from drafting.workspace.identities import Identity
from drafting.workspace.integrity import verify
from drafting.workspace.workspace import Workspace

if not find_spec("gradio"):
    pytest.skip("the ui extra is not installed", allow_module_level=True)

from ui.web.login.mapping import RoleMapping
from ui.web.login.welcome import Person, welcome

_MAPPING = RoleMapping((("甲组", ("drafter",)), ("乙组", ("administrator",))))


def person(name: str, *groups: str, subject: str = "") -> Person:
    return Person(Identity("ldap", subject or f"id-{name}"), name, groups)


def test_the_last_administrator_keeps_the_role_whatever_the_mapping_says(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    welcome(workspace, person("韩梅梅", "甲组", "乙组"), _MAPPING)
    with caplog.at_level(logging.WARNING):
        kept = welcome(workspace, person("韩梅梅"), _MAPPING)
    assert kept.roles == ("administrator",)
    assert "administrator" in caplog.text
    welcome(workspace, person("李雷", "乙组"), _MAPPING)
    with pytest.raises(LogInRefused):
        welcome(workspace, person("韩梅梅"), _MAPPING)
    with workspace.reading() as connection:
        assert verify(connection).sound


def test_a_name_that_looks_like_another_accounts_is_refused_and_logged(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    with workspace.writing("Admin") as ledger:
        users.found(ledger)
    for name in ("Admin", "admin", "ＡDMIN"):
        with pytest.raises(LogInRefused, match="另一个账号"):
            welcome(workspace, person(name, "乙组"), _MAPPING)
        assert repr(name) in caplog.text
    for name in ("有 空格", "", "甲:乙", "甲\u202e乙"):
        with pytest.raises(LogInRefused, match="不能用"):
            welcome(workspace, person(name, "乙组"), _MAPPING)
    with workspace.reading() as connection:
        assert [one.name for one in users.all_users(connection)] == ["Admin"]


def test_an_account_is_the_persons_whatever_they_are_called_now(workspace: Workspace) -> None:
    first = welcome(workspace, person("韩梅梅", "甲组", subject="1a"), _MAPPING)
    again = welcome(workspace, person("韩梅", "甲组", "乙组", subject="1a"), _MAPPING)
    assert (again.id, again.name, again.roles) == (first.id, "韩梅梅", ("drafter", "administrator"))


def _local(workspace: Workspace) -> None:
    with workspace.writing("管理员") as ledger:
        users.found(ledger)
        users.add(ledger, "韩梅梅", ("reviewer:1",))
        users.set_password(ledger, "韩梅梅", "x")


def _handed(workspace: Workspace, source: str) -> users.User:
    with workspace.writing("管理员") as ledger:
        return users.hand_over(ledger, "韩梅梅", source)


def test_an_account_that_was_handed_over_is_the_next_persons_of_its_name_and_nobody_elses_after(
    workspace: Workspace,
) -> None:
    _local(workspace)
    with pytest.raises(LogInRefused, match="另一个账号"):
        welcome(workspace, person("韩梅梅", "甲组"), _MAPPING)
    handed = _handed(workspace, "ldap")
    assert (handed.password, handed.sessions) == ("", 2)
    with pytest.raises(InputError, match="没有本地密码"), workspace.writing("管理员") as ledger:
        users.set_password(ledger, "韩梅梅", "y")
    for wrong in (person("韓梅梅", "甲组"), Person(Identity("oidc", "https://sso 1"), "韩梅梅", ("甲组",))):
        with workspace.reading() as connection:
            before = verify(connection).head
        if wrong.name == "韩梅梅":
            with pytest.raises(LogInRefused, match="另一个账号"):
                welcome(workspace, wrong, _MAPPING)
            with workspace.reading() as connection:
                assert verify(connection).head == before
        else:
            assert welcome(workspace, wrong, _MAPPING).id != handed.id
    with pytest.raises(LogInRefused, match="没有角色"):
        welcome(workspace, person("韩梅梅", "丙组"), _MAPPING)
    came = welcome(workspace, person("韩梅梅", "甲组", subject="1a"), _MAPPING)
    assert (came.id, came.roles) == (handed.id, ("drafter",))
    with pytest.raises(LogInRefused, match="另一个账号"):
        welcome(workspace, person("韩梅梅", "甲组", subject="2b"), _MAPPING)
    with workspace.reading() as connection:
        assert verify(connection).sound


def test_an_account_goes_from_one_source_to_the_other_and_back_to_a_password(workspace: Workspace) -> None:
    _local(workspace)
    _handed(workspace, "ldap")
    first = welcome(workspace, person("韩梅梅", "甲组", subject="1a"), _MAPPING)
    gone = _handed(workspace, "oidc")
    assert gone.sessions > first.sessions
    with pytest.raises(LogInRefused, match="另一个账号"):
        welcome(workspace, person("韩梅梅", "甲组", subject="1a"), _MAPPING)
    there = Person(Identity("oidc", "https://sso 1"), "韩梅梅", ("甲组",))
    assert welcome(workspace, there, _MAPPING).id == first.id
    _handed(workspace, "local")
    with workspace.writing("管理员") as ledger:
        assert users.set_password(ledger, "韩梅梅", "y").password == "y"
    with pytest.raises(LogInRefused, match="另一个账号"):
        welcome(workspace, there, _MAPPING)
    with pytest.raises(InputError, match="已是本地账号"):
        _handed(workspace, "local")


def test_the_last_local_administrator_and_who_is_out_of_use_are_not_handed_over(workspace: Workspace) -> None:
    _local(workspace)
    with workspace.writing("管理员") as ledger:
        with pytest.raises(InputError, match="唯一的本地管理员"):
            users.hand_over(ledger, "管理员", "ldap")
        with pytest.raises(InputError, match="应为 oidc、ldap 或 local"):
            users.hand_over(ledger, "韩梅梅", "kerberos")
        users.disable(ledger, "韩梅梅")
        with pytest.raises(InputError, match="已停用"):
            users.hand_over(ledger, "韩梅梅", "ldap")


def test_what_does_not_change_is_not_written(workspace: Workspace) -> None:
    welcome(workspace, person("韩梅梅", "甲组"), _MAPPING)
    with workspace.reading() as connection:
        before = verify(connection).head
    welcome(workspace, person("韩梅梅", "甲组", "别的组"), _MAPPING)
    with workspace.reading() as connection:
        assert verify(connection).head == before


def test_the_first_administrator_gets_no_password_where_a_directory_vouches(workspace: Workspace) -> None:
    from ui.web import accounts

    welcome(workspace, person("韩梅梅", "乙组"), _MAPPING)
    assert accounts.first_administrator(workspace, "张三") is None
