"""The door over plain HTTP: who gets in, for how long, and what stays shut."""

from __future__ import annotations

import re

import httpx2
import pytest

from drafting.workspace import users
from tests.web.conftest import PASSWORD, Served
from ui.web import accounts

_PUBLIC = {"/login", "/language", "/health", "/ready"}
_PAGE = "/zh/"


def inside(client: httpx2.Client) -> bool:
    """Whether the client's session still counts."""
    return client.get(_PAGE).status_code == 200


def test_the_right_password_lets_in_and_the_cookie_is_kept_from_scripts_and_other_sites(served: Served) -> None:
    answer = served.log_in("张三", PASSWORD)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("chengwen=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    with served.logged_in() as client:
        page = client.get("/", follow_redirects=True)
        assert page.status_code == 200
        assert 'lang="zh-CN"' in page.text
        assert "gradio.app" not in page.text


def test_who_is_unknown_has_no_password_or_is_disabled_hears_what_a_wrong_password_hears(served: Served) -> None:
    with served.workspace.writing("张三") as ledger:
        users.add(ledger, "无密码", ["drafter"])
        users.add(ledger, "停用者", ["drafter"])
    accounts.set_password(served.workspace, "停用者", PASSWORD, by="张三")
    with served.workspace.writing("张三") as ledger:
        users.disable(ledger, "停用者")
    tried = [("张三", "错的密码错的密码"), ("没有这人", PASSWORD), ("无密码", ""), ("停用者", PASSWORD), ("", "")]
    answers = [served.log_in(*each) for each in tried]
    assert {answer.status_code for answer in answers} == {403}
    told = {re.sub(r'value="[^"]*"|autofocus', "", answer.text) for answer in answers}
    assert {re.sub(r"\s+", "", text) for text in told} == {re.sub(r"\s+", "", told.copy().pop())}
    assert "用户名或密码不对" in answers[0].text
    assert all("set-cookie" not in answer.headers for answer in answers)


def test_guessing_is_slowed_down_for_the_name_even_with_the_right_password_and_forgotten_in_time(
    served: Served,
) -> None:
    for _ in range(5):
        assert served.log_in("孙七", "猜测猜测猜测猜测猜测").status_code == 403
    held = served.log_in("孙七", PASSWORD)
    assert held.status_code == 429
    assert int(held.headers["retry-after"]) <= 10
    assert served.log_in("张三", PASSWORD).status_code == 303
    served.later(seconds=11)
    assert served.log_in("孙七", PASSWORD).status_code == 303


def test_guessing_many_names_is_slowed_down_for_the_address(served: Served) -> None:
    answers = [served.log_in(f"猜{index}", "x" * 201).status_code for index in range(21)]
    assert answers == [403] * 20 + [429]
    assert served.log_in("张三", PASSWORD).status_code == 429


def test_what_a_form_may_hold_is_bounded(served: Served) -> None:
    with served.client() as client:
        assert client.post("/login", json={"name": "张三", "password": PASSWORD}).status_code == 400
        assert client.post("/login", data={"name": "张三", "password": "x" * 9000}).status_code == 400
        assert client.post("/login", data={f"a{index}": "" for index in range(20)}).status_code == 400
        many = client.post("/login", content=b"\xff\xfe", headers={"content-type": "application/x-www-form-urlencoded"})
        assert many.status_code == 400


def test_a_request_that_is_too_large_or_does_not_say_how_large_is_not_read(served: Served) -> None:
    with served.logged_in() as client:
        assert client.post("/zh/gradio_api/queue/join", content=b"x" * (1024 * 1024 + 1)).status_code == 413
        assert client.post("/zh/gradio_api/queue/join", content=iter([b"{}"])).status_code == 411


def test_a_name_is_shown_again_as_text(served: Served) -> None:
    told = served.log_in('"><script>alert(1)</script>', "错的密码错的密码").text
    assert "<script" not in told
    assert "&lt;script&gt;" in told


def test_a_session_ends_when_idle_and_goes_on_while_used_up_to_its_full_length(served: Served) -> None:
    with served.logged_in() as idle, served.logged_in() as used:
        for _ in range(7):
            served.later(minutes=100)
            assert inside(used)
        assert not inside(idle)
        served.later(minutes=30)
        assert not inside(used)


def test_a_cookie_that_was_altered_or_signed_elsewhere_is_none(served: Served) -> None:
    with served.logged_in() as client:
        token = client.cookies["chengwen"]
    payload, _, signature = token.rpartition(".")
    forged = [payload, f"{payload}.{signature[::-1]}", f"{payload[:-2]}AA.{signature}", "", "a.b", "." * 5000]
    with served.client() as client:
        for each in forged:
            assert client.get(_PAGE, headers={"cookie": f"chengwen={each}"}).status_code == 401
        assert client.get(_PAGE, headers={"cookie": f"chengwen={token}"}).status_code == 200


def test_a_new_password_ends_every_other_session_at_once(served: Served) -> None:
    with served.logged_in("赵六") as here, served.logged_in("赵六") as there:
        change = {"old": PASSWORD, "new": "新的密码-新的密码-1", "again": "新的密码-新的密码-1"}
        assert here.post("/password", data=change).status_code == 303
        assert inside(here)
        assert not inside(there)
    accounts.set_password(served.workspace, "赵六", PASSWORD, by="张三")


def test_disabling_an_account_ends_its_sessions_at_once_and_using_it_again_does_not_revive_them(served: Served) -> None:
    with served.logged_in("赵六") as client:
        with served.workspace.writing("张三") as ledger:
            users.disable(ledger, "赵六")
        assert not inside(client)
        with served.workspace.writing("张三") as ledger:
            users.add(ledger, "赵六", ["drafter"])
        assert not inside(client)


def test_a_copied_cookie_ends_with_the_log_out(served: Served) -> None:
    with served.logged_in() as client, served.client() as thief:
        thief.cookies.set("chengwen", client.cookies["chengwen"])
        assert inside(thief)
        assert client.post("/logout").status_code == 303
        assert not inside(client)
        assert not inside(thief)


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("不对的密码不对的密码", "新的密码-新的密码-1", "新的密码-新的密码-1", "现在的密码不对"),
        (PASSWORD, "太短了", "太短了", "至少"),
        (PASSWORD, "x" * 201, "x" * 201, "个字符"),
        (PASSWORD, PASSWORD, PASSWORD, "不能与现在的相同"),
        (PASSWORD, "新的密码-新的密码-1", "新的密码-新的密码-2", "两次输入的新密码不一样"),
    ],
)
def test_a_password_that_will_not_do_is_told_and_changes_nothing(
    served: Served, old: str, new: str, again: str, said: str
) -> None:
    with served.logged_in("李四") as client:
        answer = client.post("/password", data={"old": old, "new": new, "again": again})
        assert answer.status_code in (400, 403)
        assert said in answer.text
        assert inside(client)


def test_a_one_time_password_opens_nothing_but_its_own_change(served: Served) -> None:
    with served.workspace.writing("张三") as ledger:
        users.add(ledger, "新来的", ["drafter"])
    accounts.set_password(served.workspace, "新来的", "once-once-once", by="张三", once=True)
    assert served.log_in("新来的", "once-once-once").headers["location"] == "/password"
    with served.logged_in("新来的") as client:
        assert client.get(_PAGE).status_code == 403
        assert client.get(_PAGE, headers={"accept": "text/html"}).headers["location"] == "/password"
        assert client.post("/zh/gradio_api/queue/join", json={}).status_code == 403
        assert "一次性密码" in client.get("/password").text
        change = {"old": "once-once-once", "new": PASSWORD, "again": PASSWORD}
        assert client.post("/password", data=change).headers["location"] == "/"
        assert inside(client)


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "null", "http://localhost", ""])
def test_a_foreign_page_with_a_valid_cookie_is_refused(served: Served, origin: str) -> None:
    with served.logged_in() as client:
        for method, path in (
            ("POST", "/zh/gradio_api/queue/join"),
            ("GET", "/zh/gradio_api/queue/data?session_hash=x"),
            ("POST", "/logout"),
            ("POST", "/password"),
            ("POST", "/login"),
        ):
            assert client.request(method, path, headers={"origin": origin}).status_code == 403
        assert inside(client)


def test_a_request_that_changes_something_must_say_where_it_comes_from(served: Served) -> None:
    with served.logged_in() as client:
        del client.headers["origin"]
        assert client.post("/logout").status_code == 403
        assert client.post("/logout", headers={"sec-fetch-site": "same-site"}).status_code == 403
        assert client.get(_PAGE, headers={"sec-fetch-site": "same-site"}).status_code == 403
        by_link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
        assert client.get(_PAGE, headers=by_link).status_code == 200
        assert client.get(_PAGE, headers=by_link | {"sec-fetch-dest": "iframe"}).status_code == 403
        assert client.post("/logout", headers={"sec-fetch-site": "same-origin"}).status_code == 303


def test_a_foreign_name_that_points_here_is_not_served(served: Served) -> None:
    with served.logged_in() as client:
        for host in ("evil.example", f"evil.example:{served.url.rpartition(':')[2]}", "127.0.0.1.evil.example", "["):
            assert client.get("/health", headers={"host": host, "origin": f"http://{host}"}).status_code == 421


def test_without_a_session_nothing_answers_that_is_not_meant_to(served: Served) -> None:
    assert len(served.routes) > 120, "Gradio's own routes are among them"
    open_ones = []
    with served.client() as client:
        for method, route in served.routes:
            if route.startswith("/en/"):
                continue  # the same application as under /zh/
            path = re.sub(r"\{[^}]*\}", "x", route)
            if client.request(method, path).status_code != 401 and path not in _PUBLIC:
                open_ones.append((method, path))
        assert client.get("/openapi.json").status_code == 401
        assert client.get("/zh/assets/none.js").status_code == 401
        page = client.get(_PAGE, headers={"accept": "text/html"})
        assert page.status_code == 303
        assert page.headers["location"] == "/login"
    assert open_ones == []


@pytest.mark.parametrize(
    "path",
    [
        "gradio_api/file=/etc/passwd",
        "gradio_api/file/etc/passwd",
        "gradio_api/proxy=https://example.com/",
        "gradio_api/call/first",
        "gradio_api/run/first",
        "gradio_api/openapi.json",
        "gradio_api/vibe-code",
        "gradio_api/runs",
        "gradio_api/upload",
        "gradio_api/stream/x/1/2/playlist.m3u8",
        "monitoring",
        "monitoring/summary",
        "gradio_api/deep_link",
        "manifest.json",
        "docs",
        "logout",
        "gradio_api/../gradio_api/file=/etc/passwd",
        "assets/../../../../../../../../etc/passwd",
        "static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_what_no_page_needs_is_not_there_for_who_is_logged_in_either(served: Served, path: str) -> None:
    with served.logged_in() as client:
        for method in ("GET", "POST"):
            answer = client.request(method, f"/zh/{path}")
            assert answer.status_code in (403, 404, 405)
            assert "root:" not in answer.text


def test_no_websocket_is_opened(served: Served) -> None:
    upgrade = {
        "connection": "Upgrade",
        "upgrade": "websocket",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-version": "13",
    }
    with served.logged_in() as client:
        assert client.get("/zh/gradio_api/queue/join", headers=upgrade).status_code != 101


@pytest.mark.parametrize(
    "path", ["/login", "/health", "/zh/", "/zh/config", "/password", "/nothing", "/static/desk.css"]
)
def test_every_answer_carries_the_security_headers(served: Served, path: str) -> None:
    with served.logged_in() as client:
        headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "http:" not in headers["content-security-policy"]
    assert "https:" not in headers["content-security-policy"]
    assert headers["cache-control"] == ("no-cache" if path.startswith("/static/") else "no-store")


def test_the_page_runs_no_script_that_is_not_its_own(served: Served) -> None:
    with served.logged_in() as client:
        first, second = client.get(_PAGE), client.get(_PAGE)
    (script,) = re.findall(r"script-src ([^;]*)", first.headers["content-security-policy"])
    assert "'unsafe-inline'" not in script
    (nonce,) = re.findall(r"'nonce-([^']+)'", script)
    assert nonce not in second.text
    assert first.text.count("<script") == first.text.count(f'<script nonce="{nonce}"')


def test_health_and_readiness_are_open_and_say_no_more_than_that(served: Served) -> None:
    with served.client() as client:
        assert client.get("/health").json() == {"status": "up"}
        assert client.get("/ready").json() == {"status": "ready"}


@pytest.mark.parametrize(
    ("accepted", "page"),
    [("zh-HK,zh;q=0.9", "/zh/"), ("zh", "/zh/"), ("en-GB,zh;q=0.5", "/en/"), ("fr", "/zh/"), ("", "/zh/")],
)
def test_the_browsers_language_chooses_the_page_and_the_switch_overrules_it(
    served: Served, accepted: str, page: str
) -> None:
    with served.logged_in() as client:
        client.headers["accept-language"] = accepted
        assert client.get("/").headers["location"] == page
        client.get("/language?to=en")
        assert client.get("/").headers["location"] == "/en/"
        assert client.get("/language?to=../evil").headers["location"] == "/"
        assert client.get("/").headers["location"] == "/en/"
