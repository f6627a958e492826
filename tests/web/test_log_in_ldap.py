"""Log-in by a directory: Debian's slapd on loopback, behind the real door."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec

import httpx2
import pytest
from sqlalchemy import select

from drafting.errors import DirectoryUnreachable
from drafting.workspace import users
from drafting.workspace.identities import Identity
from drafting.workspace.integrity import verify
from drafting.workspace.tables import audit
from tests import slapd
from tests.slapd import BASE, DRAFTERS, LEADERS, ROOT, SECRET, Slapd
from tests.web.conftest import PASSWORD, Served
from tests.web.own_server import running

if not find_spec("gradio"):
    pytest.skip("the ui extra is not installed", allow_module_level=True)
if slapd.program() is None:
    pytest.skip(slapd.ABSENT, allow_module_level=True)

from ui.web.login import mapping
from ui.web.login.ldap import Directory
from ui.web.login.ldap_settings import LdapSettings

_PAGE = "/zh/"
_ROLES = f"{DRAFTERS} => drafter; CN=领导, OU=groups, DC=example => reviewer:3 administrator"
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning:ldap3", "ignore:.*match_hostname:DeprecationWarning"
)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slapd]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        with slapd.directory(tmp_path_factory.mktemp("slapd")) as found:
            yield found


@pytest.fixture(scope="module")
def _own(there: Slapd, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    environ = {
        "CHENGWEN_LDAP_URL": there.url,
        "CHENGWEN_LDAP_BASE": BASE,
        "CHENGWEN_LDAP_BIND_DN": ROOT,
        "CHENGWEN_LDAP_BIND_PASSWORD": SECRET,
        "CHENGWEN_LDAP_USER_FILTER": "(&(uid={})(!(title=离任)))",
        "CHENGWEN_ROLES": _ROLES,
    }
    with running(tmp_path_factory.mktemp("office"), environ) as served:
        yield served


@pytest.fixture
def own(_own: Served) -> Served:
    """An hour after the test before: what was counted against this address is forgotten."""
    _own.later(hours=1)
    return _own


@pytest.fixture
def settings(there: Slapd) -> LdapSettings:
    return LdapSettings((there.url,), BASE, ROOT, SECRET)


@contextmanager
def enter(served: Served, name: str, password: str = slapd.PASSWORD) -> Iterator[httpx2.Client]:
    """A client that has logged in."""
    with served.client() as client:
        answer = client.post("/login", data={"name": name, "password": password})
        assert answer.status_code == 303, answer.text
        yield client


def status(client: httpx2.Client) -> int:
    return client.get(_PAGE).status_code


def account(served: Served, name: str) -> users.User | None:
    with served.workspace.reading() as connection:
        return users.user(connection, name)


def roles(served: Served, name: str) -> tuple[str, ...]:
    found = account(served, name)
    assert found is not None
    return found.roles


def test_the_first_log_in_makes_the_account_with_the_roles_of_its_groups_and_the_audit_has_it(
    own: Served, there: Slapd
) -> None:
    there.person("韩梅梅", groups=(DRAFTERS, LEADERS))
    with enter(own, "韩梅梅") as client:
        assert status(client) == 200
        told = client.post("/call/zh/admin/users", json={}).json()["users"]
    mine = next(one for one in told if one["name"] == "韩梅梅")
    assert mine == {
        "name": "韩梅梅",
        "roles": ["drafter", "reviewer:3", "administrator"],
        "disabled": False,
        "password": "none",
        "source": "ldap",
    }
    assert next(one for one in told if one["name"] == "李四")["source"] == ""
    with own.workspace.reading() as connection:
        last = connection.execute(select(audit.c.who, audit.c.action).order_by(audit.c.number.desc()).limit(2)).all()
        assert [tuple(one) for one in last] == [("工作区:ldap", "user-source"), ("工作区:ldap", "user-add")]
        assert verify(connection).sound


def test_a_wrong_password_hears_what_a_name_hears_that_nobody_has(own: Served, there: Slapd) -> None:
    there.person("密码错", groups=(DRAFTERS,))
    for name, password in (("密码错", "不是这个密码"), ("密码错", ""), ("没有这人", slapd.PASSWORD), ("密码错", "\0")):
        answer = own.log_in(name, password)
        assert (answer.status_code, "用户名或密码不对" in answer.text) == (403, True), (name, password)
        assert "set-cookie" not in answer.headers
    assert account(own, "密码错") is None


@pytest.mark.parametrize("name", ["*", "密码*", "甲)(uid=*", "甲)(|(uid=*", "\\2a", "甲\0乙", "甲,dc=example", ""])
def test_a_name_finds_nobody_else(own: Served, there: Slapd, name: str) -> None:
    answer = own.log_in(name, slapd.PASSWORD)
    assert (answer.status_code, "用户名或密码不对" in answer.text) == (403, True)


def test_guessing_is_slowed_down_however_the_name_is_written(own: Served, there: Slapd) -> None:
    there.person("slow-guess", groups=(DRAFTERS,))
    for name in ("slow-guess", "SLOW-guess", "Slow-Guess", "ｓlow-guess", "slow-\u00adguess"):
        assert own.log_in(name, "猜一个密码").status_code == 403
    assert own.log_in("SLOW-GUESS", slapd.PASSWORD).status_code == 429
    own.later(seconds=11)
    with enter(own, "SLOW-GUESS") as client:
        assert status(client) == 200
    assert account(own, "slow-guess") is not None
    assert account(own, "SLOW-GUESS") is None


def test_an_account_that_is_put_out_of_use_here_is_out_at_once_and_stays_out(own: Served, there: Slapd) -> None:
    there.person("本地停用", groups=(DRAFTERS,))
    with enter(own, "本地停用") as client:
        with own.workspace.writing("张三") as ledger:
            users.disable(ledger, "本地停用")
        assert status(client) == 401
    answer = own.log_in("本地停用", slapd.PASSWORD)
    assert (answer.status_code, "已停用" in answer.text) == (403, True)
    found = account(own, "本地停用")
    assert found is not None
    assert found.disabled


@pytest.mark.parametrize("how", ["locked", "filtered", "removed"])
def test_who_is_out_of_use_in_the_directory_cannot_log_in_and_is_out_within_minutes(
    own: Served, there: Slapd, how: str
) -> None:
    name = f"离开-{how}"
    dn = there.person(name, groups=(DRAFTERS,))
    with enter(own, name) as client:
        assert status(client) == 200
        match how:
            case "locked":
                there.change(dn, pwdAccountLockedTime=("MODIFY_ADD", "000001010000Z"))
            case "filtered":
                there.change(dn, title=("MODIFY_ADD", "离任"))
            case _:
                there.remove(dn)
        assert own.log_in(name, slapd.PASSWORD).status_code == 403
        own.later(minutes=4)
        assert status(client) == 200, "the directory is not asked at every request"
        own.later(minutes=1.1)
        assert status(client) == 401
        if how == "filtered":
            there.change(dn, title=("MODIFY_DELETE", ""))
            assert status(client) == 401, "an ended session does not come back"
            assert own.log_in(name, slapd.PASSWORD).status_code == 303


def test_roles_follow_the_groups_at_each_log_in_and_in_a_running_session(own: Served, there: Slapd) -> None:
    dn = there.person("换岗", groups=(DRAFTERS,))
    with enter(own, "换岗") as client:
        assert roles(own, "换岗") == ("drafter",)
        there.change(LEADERS, member=("MODIFY_ADD", dn))
        there.change(DRAFTERS, member=("MODIFY_DELETE", dn))
        own.later(minutes=5.1)
        assert status(client) == 200
        assert roles(own, "换岗") == ("reviewer:3", "administrator")
        assert client.post("/call/zh/admin/users", json={}).status_code == 200
        there.change(DRAFTERS, member=("MODIFY_ADD", dn))
        with enter(own, "换岗"):
            assert roles(own, "换岗") == ("drafter", "reviewer:3", "administrator")
        there.change(DRAFTERS, member=("MODIFY_DELETE", dn))
        there.change(LEADERS, member=("MODIFY_DELETE", dn))
        own.later(minutes=5.1)
        assert status(client) == 401
    assert roles(own, "换岗") == ()


def test_who_is_in_no_group_that_counts_hears_so_and_gets_no_account(own: Served, there: Slapd) -> None:
    there.person("无组")
    answer = own.log_in("无组", slapd.PASSWORD)
    assert (answer.status_code, "“无组”在这里没有角色" in answer.text) == (403, True)
    assert account(own, "无组") is None


def test_while_the_directory_is_down_local_administrators_log_in_and_running_sessions_go_on(
    own: Served, there: Slapd
) -> None:
    dn = there.person("停机时", groups=(DRAFTERS,))
    with enter(own, "停机时") as client:
        with there.away():
            own.later(minutes=6)
            answer = own.log_in("停机时", slapd.PASSWORD)
            assert (answer.status_code, "目录服务暂时连不上" in answer.text) == (503, True)
            assert own.log_in("张三", PASSWORD).status_code == 303
            assert status(client) == 200
        there.remove(dn)
        assert status(client) == 200, "what did not answer is left alone for a while"
        own.later(minutes=6)
        assert status(client) == 401


def test_a_local_name_cannot_be_had_by_the_directory(own: Served, there: Slapd) -> None:
    there.person("张三", groups=(LEADERS,))
    assert own.log_in("张三", slapd.PASSWORD).status_code == 403
    with enter(own, "张三", PASSWORD) as client:
        assert client.get("/password").status_code == 200


def test_an_account_that_was_handed_to_the_directory_keeps_its_work_and_loses_its_password(
    own: Served, there: Slapd
) -> None:
    there.person("老用户", groups=(DRAFTERS,))
    with own.logged_in() as boss:
        made = boss.post("/call/zh/admin/add", json={"name": "老用户", "roles": ["reviewer:1"]}).json()
    assert own.log_in("老用户", slapd.PASSWORD).status_code == 403
    before = account(own, "老用户")
    with own.workspace.writing("张三") as ledger:
        users.hand_over(ledger, "老用户", "ldap")
    assert own.log_in("老用户", made["password"]).status_code == 403
    with enter(own, "老用户") as client:
        assert status(client) == 200
    after = account(own, "老用户")
    assert before is not None
    assert after is not None
    assert (after.id, after.roles, after.password) == (before.id, ("drafter",), "")


def test_a_person_who_gets_the_name_of_another_does_not_get_the_account(own: Served, there: Slapd) -> None:
    dn = there.person("同名", groups=(DRAFTERS,))
    with enter(own, "同名"):
        there.remove(dn)
        there.person("同名", groups=(LEADERS,))
        answer = own.log_in("同名", slapd.PASSWORD)
    assert (answer.status_code, "另一个账号" in answer.text) == (403, True)
    assert roles(own, "同名") == ("drafter",)


def test_the_account_has_no_password_here_and_its_roles_are_not_changed_by_hand(own: Served, there: Slapd) -> None:
    there.person("无本地密码", groups=(DRAFTERS,))
    with enter(own, "无本地密码") as client:
        assert client.get("/password").status_code == 403
        change = {"old": slapd.PASSWORD, "new": "新的密码-新的密码-1", "again": "新的密码-新的密码-1"}
        assert "来自目录服务" in client.post("/password", data=change).text
    with own.logged_in() as boss:
        for call, told in (("password", {}), ("roles", {"roles": ["administrator"]})):
            answer = boss.post(f"/call/zh/admin/{call}", json={"name": "无本地密码", **told})
            assert (answer.status_code, "目录服务（LDAP）" in answer.json()["detail"]) == (400, True)
            english = boss.post(f"/call/en/admin/{call}", json={"name": "无本地密码", **told}).json()["detail"]
            assert "the directory (LDAP)" in english
    found = account(own, "无本地密码")
    assert found is not None
    assert (found.password, found.roles) == ("", ("drafter",))


def test_a_session_counts_only_for_an_account_of_its_own_source(own: Served, there: Slapd) -> None:
    from tests.web.server import KEY
    from ui.web.sessions import Sessions
    from ui.web.settings import Settings

    sessions = Sessions(KEY, str(own.workspace.location), Settings(), own._now)
    there.person("有来源", groups=(DRAFTERS,))
    with enter(own, "有来源"):
        pass
    for name, source, expected in (
        *(("李四", "", 200), ("李四", "ldap", 401), ("李四", "oidc", 401), ("李四", "别的", 401)),
        *(("有来源", "", 401), ("有来源", "ldap", 200), ("有来源", "oidc", 401), ("有来源", "别的", 401)),
    ):
        found = account(own, name)
        assert found is not None
        with own.client() as client:
            client.cookies.set("chengwen", sessions.token(sessions.begin(found, source)))
            assert status(client) == expected, (name, source)


def test_logging_out_ends_the_session(own: Served, there: Slapd) -> None:
    there.person("退出者", groups=(DRAFTERS,))
    with enter(own, "退出者") as client, own.client() as thief:
        thief.cookies.set("chengwen", client.cookies["chengwen"])
        assert client.post("/logout").headers["location"] == "/login"
        assert (status(client), status(thief)) == (401, 401)


# --- the directory itself


def test_the_certificate_is_held_against_the_one_that_was_named(there: Slapd, settings: LdapSettings) -> None:
    there.person("加密", groups=(DRAFTERS,))
    secured = [
        replace(settings, urls=(there.tls_url,), ca=str(there.ca)),
        replace(settings, ca=str(there.ca), starttls=True),
        replace(settings, urls=("ldap://127.0.0.1:1", there.url)),
    ]
    for one in secured:
        found = Directory(one).authenticate("加密", slapd.PASSWORD)
        assert found is not None
        assert (found.name, len(found.groups)) == ("加密", 1)
    for one in (replace(settings, urls=(there.tls_url,)), replace(settings, starttls=True)):
        with pytest.raises(DirectoryUnreachable):
            Directory(one).authenticate("加密", slapd.PASSWORD)


def test_a_direct_log_in_needs_no_account_that_searches(there: Slapd, settings: LdapSettings) -> None:
    there.person("直接+登录", groups=(DRAFTERS,))
    direct = Directory(replace(settings, bind_dn="", bind_password="", user_dn="uid={},ou=people,dc=example"))
    found = direct.authenticate("直接+登录", slapd.PASSWORD)
    assert found is not None
    assert found.groups
    for name, password in (("直接+登录", "不对"), ("直接+登录", ""), ("x,ou=people", slapd.PASSWORD)):
        assert direct.authenticate(name, password) is None
    domain = Directory(replace(settings, bind_dn="", bind_password="", user_dn="{}@单位.example"))
    assert domain.authenticate("甲@别处", slapd.PASSWORD) is None


def test_groups_can_be_searched_for(there: Slapd, settings: LdapSettings) -> None:
    there.person("按组找(一)", groups=(DRAFTERS,))
    found = Directory(replace(settings, group_base=f"ou=groups,{BASE}")).authenticate("按组找(一)", slapd.PASSWORD)
    assert found is not None
    assert mapping.read(_ROLES).roles(found.groups) == ("drafter",)


@pytest.mark.parametrize(
    "change", [{"bind_password": "不对"}, {"base": "dc=elsewhere"}, {"bind_dn": "", "bind_password": ""}]
)
def test_a_directory_that_is_set_up_wrongly_says_nothing_of_people(
    there: Slapd, settings: LdapSettings, change: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    wrong = Directory(replace(settings, **change))  # type: ignore[arg-type]
    with pytest.raises(DirectoryUnreachable):
        wrong.authenticate("韩梅梅", slapd.PASSWORD)
    with pytest.raises(DirectoryUnreachable):
        wrong.look_up(Identity("ldap", "entryUUID=1a2b"))
    assert caplog.records
    assert slapd.PASSWORD not in caplog.text


def test_two_entries_of_one_name_let_nobody_in(there: Slapd, settings: LdapSettings) -> None:
    there.person("重一", groups=(DRAFTERS,))
    there.person("重二", groups=(DRAFTERS,))
    both = replace(settings, user_filter="(|(uid={})(uid=重一)(uid=重二))")
    assert Directory(both).authenticate("重一", slapd.PASSWORD) is None
