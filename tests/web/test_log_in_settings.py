"""How log-in by a directory is set: what cannot be is one clear line at the start, and groups become roles as they are written."""

from __future__ import annotations

from datetime import timedelta
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.errors import InputError
from drafting.workspace.users import ROLES
from tests.command import chengwen_here

if not find_spec("gradio"):
    pytest.skip("the ui extra is not installed", allow_module_level=True)

from ui.web import settings
from ui.web.login import mapping
from ui.web.login.logins import from_environment
from ui.web.settings import Settings

_ROLES = {"CHENGWEN_ROLES": "拟稿人 => drafter"}
_LDAP = {"CHENGWEN_LDAP_URL": "ldaps://目录.example", "CHENGWEN_LDAP_BASE": "dc=example", **_ROLES}
_OIDC = {"CHENGWEN_OIDC_ISSUER": "https://登录.example", "CHENGWEN_OIDC_CLIENT_ID": "chengwen", **_ROLES}


def test_nothing_set_is_no_other_way_in() -> None:
    told = from_environment({"CHENGWEN_LDAP_URL": " ", "CHENGWEN_URL": "x"}, Settings())
    assert (told.oidc, told.ldap) == (None, None)


def test_what_is_not_said_has_its_default() -> None:
    told = from_environment({**_LDAP, **_OIDC, "CHENGWEN_LDAP_RECHECK": "0.5"}, Settings())
    assert told.ldap is not None
    assert told.oidc is not None
    assert (told.ldap.user_filter, told.ldap.recheck) == ("(uid={})", timedelta(seconds=30))
    assert (told.oidc.scopes, told.oidc.name_claim, told.oidc.groups_claim) == (
        "openid profile",
        "preferred_username",
        "groups",
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"CHENGWEN_LDAP_URL": "ldap://目录.example"}, "明文"),
        ({"CHENGWEN_LDAP_URL": "https://目录.example"}, "ldaps://主机"),
        ({"CHENGWEN_LDAP_URL": "ldaps://目录.example:端口"}, "ldaps://主机"),
        ({"CHENGWEN_LDAP_URL": "ldaps://目录.example ldap://目录.example"}, "明文"),
        ({"CHENGWEN_LDAP_URL": ""}, "还缺环境变量 CHENGWEN_LDAP_URL"),
        ({"CHENGWEN_LDAP_BASE": ""}, "还缺环境变量 CHENGWEN_LDAP_BASE"),
        ({"CHENGWEN_LDAP_STARTTLS": "1"}, "只用于 ldap://"),
        ({"CHENGWEN_LDAP_STARTTLS": "也许"}, "应为 1 或 0"),
        ({"CHENGWEN_LDAP_USER_FILTER": "uid={}"}, "带括号"),
        ({"CHENGWEN_LDAP_USER_FILTER": "(uid=*)"}, "含 {}"),
        ({"CHENGWEN_LDAP_USER_FILTER": "(&(uid={})"}, "带括号"),
        ({"CHENGWEN_LDAP_GROUP_FILTER": "(member=*)"}, "{dn} 或 {name}"),
        ({"CHENGWEN_LDAP_USER_DN": "uid=a,dc=b"}, "应含一个 {}"),
        ({"CHENGWEN_LDAP_BIND_DN": "cn=a"}, "BIND_PASSWORD 一起设"),
        ({"CHENGWEN_LDAP_RECHECK": "半天"}, "0 至 720"),
        ({"CHENGWEN_LDAP_CA": "/没有/这个文件"}, "读不出"),
        ({"CHENGWEN_OIDC_CA": "pyproject.toml"}, "没有证书"),
        ({"CHENGWEN_LDAP_URI": "x"}, "CHENGWEN_LDAP_URI 不认识"),
        ({"CHENGWEN_ROLES": ""}, "还缺环境变量 CHENGWEN_ROLES"),
        ({"CHENGWEN_ROLES": "拟稿人 drafter"}, "组 => 角色"),
        ({"CHENGWEN_ROLES": "拟稿人 => 写手"}, "没有角色“写手”"),
        ({"CHENGWEN_ROLES": "拟稿人 => "}, "组 => 角色"),
        ({"CHENGWEN_OIDC_ISSUER": "http://登录.example"}, "https://"),
        ({"CHENGWEN_OIDC_ISSUER": "https://登录.example/?a=b"}, "https://"),
        ({"CHENGWEN_OIDC_ISSUER": ""}, "还缺环境变量 CHENGWEN_OIDC_ISSUER"),
        ({"CHENGWEN_OIDC_SCOPES": "profile"}, "须含 openid"),
        ({"CHENGWEN_OIDC_CLIENT_SECRET": "密钥"}, "ASCII"),
    ],
)
def test_what_cannot_be_is_one_line(change: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as caught:
        from_environment({**_LDAP, **_OIDC, **change}, Settings())
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_plain_text_over_the_wire_has_to_be_asked_for() -> None:
    for more in ({"CHENGWEN_LDAP_STARTTLS": "1"}, {"CHENGWEN_LDAP_PLAIN": "1"}):
        assert from_environment({**_LDAP, "CHENGWEN_LDAP_URL": "ldap://目录.example", **more}, Settings()).ldap
    assert from_environment({**_LDAP, "CHENGWEN_LDAP_URL": "ldap://127.0.0.1:389"}, Settings()).ldap


def test_beyond_this_machine_the_provider_needs_our_address() -> None:
    with pytest.raises(InputError, match="CHENGWEN_URL"):
        from_environment(_OIDC, Settings("0.0.0.0"))  # noqa: S104
    assert from_environment(_OIDC, Settings("0.0.0.0", url="https://成文.example")).oidc  # noqa: S104


def test_a_secret_is_in_no_message_and_no_representation() -> None:
    told = from_environment(
        {**_LDAP, **_OIDC, "CHENGWEN_OIDC_CLIENT_SECRET": "秘密".encode().hex(), "CHENGWEN_LDAP_BIND_DN": "cn=查询"}
        | {"CHENGWEN_LDAP_BIND_PASSWORD": "查询的密码"},
        Settings(),
    )
    assert "秘密".encode().hex() not in repr(told)
    assert "查询的密码" not in repr(told)


def test_the_server_does_not_start_with_what_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENGWEN_LDAP_URL", "ldap://目录.example")
    told = chengwen_here("serve", "--port", "0")
    assert (told.returncode, len(told.stderr.splitlines())) == (2, 1)
    assert "CHENGWEN_LDAP_URL" in told.stderr


@pytest.mark.parametrize(("hours", "expected"), [("", 8), ("0.5", 0.5), ("12", 12)])
def test_the_hours_of_a_session(hours: str, expected: float) -> None:
    found = settings.from_environment("127.0.0.1", 1, {"CHENGWEN_LOGIN_HOURS": hours})
    assert found.vouched == timedelta(hours=expected)


@pytest.mark.parametrize("hours", ["0", "-1", "13", "nan", "八"])
def test_hours_that_are_none(hours: str) -> None:
    with pytest.raises(InputError, match="CHENGWEN_LOGIN_HOURS"):
        settings.from_environment("127.0.0.1", 1, {"CHENGWEN_LOGIN_HOURS": hours})


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("cn=拟稿,ou=处室,dc=example", ("drafter",)),
        ("CN=拟稿, OU=处室 ,DC=Example", ("drafter",)),
        ("cn=\\E6\\8B\\9F\\E7\\A8\\BF,ou=处室,dc=example", ("drafter",)),
        ("cn=拟稿,ou=处室,dc=example,dc=com", ()),
        ("cn=拟稿", ()),
        ("拟稿", ()),
        ("cn=一处\\, 二处,dc=example", ("reviewer:1", "reviewer:2")),
        ("cn=一处\\2C 二处,dc=example", ("reviewer:1", "reviewer:2")),
        ("cn=甲\\;乙,dc=example", ("reviewer:3",)),
        ("cn=甲\\3B乙,dc=example", ("reviewer:3",)),
        ("/单位/领导", ("administrator",)),
        ("/单位/领导/", ()),
        ("/单位/Leader", ()),
    ],
)
def test_a_group_is_the_one_that_was_named(group: str, expected: tuple[str, ...]) -> None:
    told = mapping.read(
        "cn=拟稿,ou=处室,dc=example => drafter; cn=一处\\, 二处,dc=example => reviewer:2 reviewer:1\n"
        "cn=甲\\;乙,dc=example => reviewer:3\n\n"
        "/单位/领导 => administrator;/单位/leader => drafter;"
    )
    assert told.roles([group]) == expected


def test_everybody_may_have_a_role() -> None:
    assert mapping.read("* => drafter; 领导 => reviewer:3").roles(["领导"]) == ("drafter", "reviewer:3")
    assert mapping.read("* => drafter").roles([]) == ("drafter",)


@given(st.text(), st.lists(st.text(), max_size=3))
def test_no_text_breaks_the_mapping(text: str, groups: list[str]) -> None:
    try:
        told = mapping.read(text)
    except InputError:
        return
    assert set(told.roles(groups)) <= set(ROLES)
