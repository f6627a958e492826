"""Log-in by OpenID Connect: a provider on loopback, behind the real door, over HTTP and in Chromium."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from drafting.errors import DirectoryUnreachable
from drafting.workspace import users
from drafting.workspace.integrity import verify
from tests.web.conftest import _NO_TLS, PASSWORD, Served
from tests.web.own_server import running

if not find_spec("gradio"):
    pytest.skip("the ui extra is not installed", allow_module_level=True)

from joserfc.jwk import RSAKey

from tests import oidc_provider
from tests.oidc_provider import CLIENT, SECRET, Claims, Provider
from ui.web.english import translated
from ui.web.login import oidc
from ui.web.login.oidc_settings import OidcSettings
from ui.web.login.pending import Pendings

_PAGE = "/zh/"
_BY_LINK = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
"""As a browser comes back from another site."""


@pytest.fixture(scope="module")
def _provider() -> Iterator[Provider]:
    with oidc_provider.provider() as found:
        yield found


@pytest.fixture(scope="module")
def _own(_provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    environ = {
        "CHENGWEN_OIDC_ISSUER": _provider.issuer,
        "CHENGWEN_OIDC_CLIENT_ID": CLIENT,
        "CHENGWEN_OIDC_CLIENT_SECRET": SECRET,
        "CHENGWEN_ROLES": "拟稿人 => drafter\n领导\\; 一处 => reviewer:3\n管理员 => administrator",
    }
    with running(tmp_path_factory.mktemp("office"), environ) as served:
        yield served


@pytest.fixture
def own(_own: Served, _provider: Provider) -> Served:
    """An hour after the test before, so that the provider's keys and what was counted are forgotten."""
    _provider.straight()
    _provider.now = lambda: _own._now().timestamp()
    _own.later(hours=1, minutes=1)
    return _own


@pytest.fixture
def provider(own: Served, _provider: Provider) -> Provider:
    return _provider


def somebody(provider: Provider, name: str, *groups: str, sub: str = "") -> None:
    provider.person = {"sub": sub or f"sub-{name}", "preferred_username": name, "groups": list(groups)}
    provider.told_elsewhere = {"sub": provider.person["sub"]}


@contextmanager
def browser(served: Served) -> Iterator[httpx2.Client]:
    """A client that follows nothing by itself."""
    with httpx2.Client(base_url=served.url, headers=_BY_LINK, verify=_NO_TLS) as client:
        yield client


def came_back(client: httpx2.Client, next: str = "") -> str:
    """The address with which the provider sends the browser back."""
    away = client.get("/login/oidc", params={"next": next} if next else {})
    assert away.status_code == 303, away.text
    with httpx2.Client(verify=_NO_TLS) as elsewhere:
        return elsewhere.get(away.headers["location"]).headers["location"]


def log_in(client: httpx2.Client, next: str = "") -> httpx2.Response:
    return client.get(came_back(client, next))


def status(client: httpx2.Client) -> int:
    return client.get(_PAGE).status_code


def account(served: Served, name: str) -> users.User | None:
    with served.workspace.reading() as connection:
        return users.user(connection, name)


def assert_refused(answer: httpx2.Response, client: httpx2.Client, said: str, code: int = 403) -> None:
    assert (answer.status_code, said in answer.text) == (code, True), answer.text
    assert not any(cookie.startswith("chengwen=") for cookie in answer.headers.get_list("set-cookie"))
    assert status(client) == 401


def test_the_button_leads_to_the_provider_and_back_to_the_page_with_the_roles_of_the_groups(
    own: Served, provider: Provider
) -> None:
    somebody(provider, "韩梅梅", "拟稿人", "领导; 一处", "别的组")
    with browser(own) as client:
        page = client.get("/login?next=%2Fzh%2Fdesk%3Freport%3D1")
        assert '<a class="button" href="login/oidc?next=%2Fzh%2Fdesk%3Freport%3D1">用统一身份登录</a>' in page.text
        assert "Log in with single sign-on" in client.get("/login", headers={"accept-language": "en"}).text
        away = client.get("/login/oidc", params={"next": "/zh/desk?report=1"})
        cookie = away.headers["set-cookie"]
        assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"} <= set(cookie.split("; "))
        asked = {name: values[0] for name, values in parse_qs(urlsplit(away.headers["location"]).query).items()}
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        assert asked["redirect_uri"] == f"{own.url}/login/oidc/callback"
        answer = log_in(client, "/zh/desk?report=1")
        assert (answer.status_code, answer.headers["location"]) == (303, "/zh/desk?report=1")
        assert status(client) == 200
        assert "chengwen_login" not in client.cookies
        assert "来自统一身份认证" in client.get("/password").text
    found = account(own, "韩梅梅")
    assert found is not None
    assert (found.roles, found.password) == (("drafter", "reviewer:3"), "")
    with own.workspace.reading() as connection:
        assert verify(connection).sound


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example", "/logout", "/zh/../x"])
def test_it_leads_to_our_own_pages_only(own: Served, provider: Provider, next: str) -> None:
    somebody(provider, "韩梅梅", "拟稿人")
    with browser(own) as client:
        assert log_in(client, next).headers["location"] == "/"


def _no(name: str) -> Callable[[Claims], None]:
    return lambda claims: claims.pop(name, None)


def _as(**wrong: object) -> Callable[[Claims], None]:
    return lambda claims: claims.update(wrong)


def _moved(name: str, seconds: int) -> Callable[[Claims], None]:
    return lambda claims: claims.update({name: claims[name] + seconds})


_BENT = {
    "expired": _moved("exp", -300 - 61),
    "issued in the future": _moved("iat", 120),
    "not yet": lambda claims: claims.update(nbf=claims["iat"] + 120),
    "wrong audience": _as(aud="别的程序"),
    "among others, for nobody": _as(aud=[CLIENT, "别的程序"]),
    "for another party": _as(aud=[CLIENT, "别的程序"], azp="别的程序"),
    "wrong issuer": _as(iss="http://localhost:1"),
    "issuer with a slash": lambda claims: claims.update(iss=claims["iss"] + "/"),
    "wrong nonce": _as(nonce="旧的"),
    "of another access token": _as(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    **{f"no {name}": _no(name) for name in ("iss", "aud", "exp", "iat", "nonce", "sub")},
}


@pytest.mark.parametrize("bend", _BENT.values(), ids=_BENT)
def test_a_token_that_is_not_the_answer_to_this_log_in_is_refused(
    own: Served, provider: Provider, bend: Callable[[Claims], None]
) -> None:
    somebody(provider, "骗子", "管理员")
    provider.bend = bend
    with browser(own) as client:
        assert_refused(log_in(client), client, "核对不上")
        provider.straight()
    assert account(own, "骗子") is None


@pytest.mark.parametrize(
    "sign",
    [oidc_provider.other_key, oidc_provider.unknown_key, oidc_provider.clients_secret, oidc_provider.unsigned],
    ids=lambda sign: sign.__name__,
)
def test_a_token_that_the_provider_did_not_sign_is_refused(
    own: Served, provider: Provider, sign: Callable[[Claims], str]
) -> None:
    somebody(provider, "骗子", "管理员")
    provider.sign = sign
    with browser(own) as client:
        assert_refused(log_in(client), client, "核对不上")
    assert account(own, "骗子") is None


def test_small_differences_of_clocks_do_no_harm(own: Served, provider: Provider) -> None:
    somebody(provider, "钟差", "拟稿人")
    provider.bend = lambda claims: claims.update(iat=claims["iat"] + 30, exp=claims["exp"] - 330)
    with browser(own) as client:
        assert log_in(client).status_code == 303


def test_an_answer_counts_once(own: Served, provider: Provider) -> None:
    somebody(provider, "重放", "拟稿人")
    with browser(own) as client, browser(own) as thief:
        back = came_back(client)
        kept = client.cookies["chengwen_login"]
        assert client.get(back).status_code == 303
        thief.cookies.set("chengwen_login", kept)
        assert_refused(thief.get(back), thief, "已过期或已用过")
        fresh = came_back(thief)
        code = re.search("code=([^&]+)", back)
        assert code
        replayed = re.sub("code=[^&]+", f"code={code[1]}", fresh)
        assert_refused(thief.get(replayed), thief, "核对不上")


def test_an_answer_belongs_to_the_browser_that_asked_and_to_its_time(own: Served, provider: Provider) -> None:
    somebody(provider, "韩梅梅", "拟稿人")
    with browser(own) as client, browser(own) as other:
        back = came_back(client)
        assert_refused(other.get(back), other, "已过期或已用过")
        came_back(other)
        assert_refused(other.get(back), other, "已过期或已用过")
        assert_refused(other.get("/login/oidc/callback"), other, "已过期或已用过")
        own.later(minutes=11)
        assert_refused(client.get(back), client, "已过期或已用过")
        wrong = re.sub("iss=[^&]+", "iss=https%3A%2F%2Fother.example", came_back(client))
        assert_refused(client.get(wrong), client, "已过期或已用过")
        assert client.get(came_back(client)).status_code == 303


def test_who_the_provider_does_not_let_in_hears_so(own: Served, provider: Provider) -> None:
    provider.error = "access_denied"
    with browser(own) as client:
        assert_refused(log_in(client), client, "没有同意登录")
        assert "did not agree" in client.get(came_back(client), headers={"accept-language": "en"}).text


def test_who_has_no_role_a_taken_name_or_an_account_out_of_use_does_not_come_in(
    own: Served, provider: Provider
) -> None:
    with browser(own) as client:
        somebody(provider, "无组", "别的组")
        assert_refused(log_in(client), client, "没有角色")
        provider.person.pop("groups")
        assert_refused(log_in(client), client, "没有角色")
        somebody(provider, "张三", "管理员")
        assert_refused(log_in(client), client, "另一个账号")
        somebody(provider, "有 空格", "管理员")
        assert_refused(log_in(client), client, "不能用")
        provider.person.pop("preferred_username")
        assert_refused(log_in(client), client, "没有给出用户名")
        somebody(provider, "停用者", "拟稿人")
        assert log_in(client).status_code == 303
        with own.workspace.writing("张三") as ledger:
            users.disable(ledger, "停用者")
        assert status(client) == 401
        assert_refused(log_in(client), client, "已停用")
    assert account(own, "无组") is None


def test_roles_follow_at_each_log_in_and_a_renamed_person_keeps_the_account(own: Served, provider: Provider) -> None:
    with browser(own) as client:
        for name, groups, expected in (
            ("换岗", ("拟稿人",), ("drafter",)),
            ("换岗", ("管理员",), ("administrator",)),
            ("改名", ("拟稿人", "管理员"), ("drafter", "administrator")),
        ):
            somebody(provider, name, *groups, sub="同一人")
            assert log_in(client).status_code == 303
            found = account(own, "换岗")
            assert found is not None
            assert found.roles == expected
        somebody(provider, "换岗", sub="同一人")
        assert log_in(client).status_code == 403
        assert client.post("/call/zh/admin/users", json={}, headers={"origin": own.url}).status_code == 403
    assert account(own, "改名") is None


def test_groups_may_be_told_elsewhere_of_the_same_person_only(own: Served, provider: Provider) -> None:
    somebody(provider, "另处", "拟稿人")
    provider.told_elsewhere = {"sub": "sub-另处", "groups": ["管理员"]}
    del provider.person["groups"]
    with browser(own) as client:
        assert log_in(client).status_code == 303
        found = account(own, "另处")
        assert found is not None
        assert found.roles == ("administrator",)
        provider.told_elsewhere = {"sub": "sub-别人", "groups": ["管理员"]}
        assert log_in(client).status_code == 403


def test_logging_out_ends_both_sessions(own: Served, provider: Provider) -> None:
    somebody(provider, "退出者", "拟稿人")
    with browser(own) as client:
        log_in(client)
        answer = client.post("/logout", headers={"origin": own.url})
        assert answer.status_code == 200
        away = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', answer.text)
        assert away
        assert status(client) == 401
        told = dict(one.split("=", 1) for one in urlsplit(away[1].replace("&amp;", "&")).query.split("&"))
        assert away[1].startswith(f"{provider.issuer}/end_session?")
        assert told["id_token_hint"].count(".") == 2
        with httpx2.Client(verify=_NO_TLS) as elsewhere:
            back = elsewhere.get(away[1].replace("&amp;", "&")).headers["location"]
        assert back == f"{own.url}/login"
        assert client.get(back).status_code == 200


def test_a_session_by_the_provider_ends_after_its_hours(own: Served, provider: Provider) -> None:
    somebody(provider, "八小时", "拟稿人")
    with browser(own) as client:
        log_in(client)
        for _ in range(4):
            own.later(minutes=119)
            assert status(client) == 200
        own.later(minutes=5)
        assert status(client) == 401


def test_a_new_key_of_the_provider_is_read_when_a_token_names_it(own: Served, provider: Provider) -> None:
    somebody(provider, "新钥匙", "拟稿人")
    with browser(own) as client:
        assert log_in(client).status_code == 303
        provider.key = RSAKey.generate_key(2048, {"kid": "二"})
        own.later(minutes=1)
        assert log_in(client).status_code == 303


def test_without_the_provider_local_accounts_log_in_and_running_sessions_go_on(
    tmp_path_factory: pytest.TempPathFactory, own: Served, provider: Provider
) -> None:
    somebody(provider, "停机时", "拟稿人")
    with browser(own) as client:
        assert log_in(client).status_code == 303
        working, provider.metadata = provider.metadata, {"issuer": "http://localhost:1"}
        own.later(minutes=61)
        assert status(client) == 200
        assert own.log_in("张三", PASSWORD).status_code == 303
        provider.metadata = working


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "http://localhost:1"},
        {"token_endpoint": "http://127.0.0.1:1/token"},
        {"jwks_uri": "https://elsewhere.example/jwks"},
        {"authorization_endpoint": "http://elsewhere.example/"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_a_provider_that_names_another_host_or_issuer_is_not_used(provider: Provider, wrong: Claims) -> None:
    provider.metadata = wrong
    try:
        asked = oidc.Provider(OidcSettings(provider.issuer, CLIENT, SECRET), lambda: datetime.now(UTC))
        with pytest.raises(DirectoryUnreachable):
            asked.ask(Pendings(b"k" * 32, "", lambda: datetime.now(UTC)).begin(""), "http://127.0.0.1/")
    finally:
        provider.metadata = {}


def test_a_provider_that_is_away_is_told_in_a_line(provider: Provider) -> None:
    asked = oidc.Provider(OidcSettings("http://localhost:1", CLIENT, SECRET), lambda: datetime.now(UTC))
    with pytest.raises(DirectoryUnreachable) as caught:
        asked.ask(Pendings(b"k" * 32, "", lambda: datetime.now(UTC)).begin(""), "http://127.0.0.1/")
    assert "\n" not in str(caught.value)
    assert translated(str(caught.value))
    assert asked.farewell("", "http://127.0.0.1/login") == ""


@pytest.mark.skipif(
    not (find_spec("playwright") and shutil.which("chromium")), reason="Chromium or Playwright is not installed"
)
def test_a_person_logs_in_and_out_in_the_browser(own: Served, provider: Provider) -> None:
    from playwright.sync_api import expect, sync_playwright

    somebody(provider, "浏览器里", "拟稿人")
    problems: list[str] = []
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        page = chromium.new_context(locale="zh-CN").new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda told: problems.append(told.text) if told.type == "error" else None)
        page.goto(f"{own.url}/zh/")
        page.get_by_role("link", name="用统一身份登录").click()
        page.wait_for_url(f"{own.url}/zh/")
        expect(page.get_by_text("浏览器里").first).to_be_visible()
        provider.ended.clear()
        page.get_by_role("button", name="退出").click()
        page.wait_for_url(f"{own.url}/login")
        expect(page.get_by_role("link", name="用统一身份登录")).to_be_visible()
        chromium.close()
    assert len(provider.ended) == 1
    assert problems == []


def test_every_line_that_is_told_has_its_english() -> None:
    from ui.web import sign_on
    from ui.web.login import ldap

    for line in (oidc._AWAY, oidc._WRONG, sign_on._STALE, sign_on._REFUSED, ldap._AWAY):
        assert translated(line), line
