"""Administration: accounts, the model, usage, the audit and backups; over HTTP as every role, and as an administrator does it in Chromium."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from sqlalchemy import text

from drafting.workspace import users
from drafting.workspace.integrity import verify
from drafting.workspace.usage import Spent, record
from tests.web.conftest import ACCOUNTS, Served
from tests.web.own_server import running
from ui.web.handlers import administration, oversight

if TYPE_CHECKING:
    from playwright.sync_api import Page

BOSS = "张三"
NAMES = (*administration.CALLS, *oversight.CALLS)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of this module's own: its tests make accounts and backups."""
    if not find_spec("gradio"):
        pytest.skip("the ui extra is not installed")
    with running(tmp_path_factory.mktemp("office")) as served:
        yield served


def call(client: httpx2.Client, name: str, /, **told: object) -> tuple[int, Any]:
    answer = client.post(f"/call/zh/admin/{name}", json=told)
    return answer.status_code, answer.json()


def account(served: Served, name: str) -> users.User | None:
    with served.workspace.reading() as connection:
        return users.user(connection, name)


@pytest.mark.parametrize("who", [name for name, roles in ACCOUNTS.items() if "administrator" not in roles])
def test_nobody_else_may_ask_anything_of_it(own: Served, who: str) -> None:
    with own.workspace.reading() as connection:
        before = connection.execute(text("SELECT count(*) FROM audit")).scalar_one()
    with own.logged_in(who) as client:
        for name in NAMES:
            told = {"name": BOSS, "roles": ["drafter"]}
            assert client.post(f"/call/zh/{name}", json=told).status_code == 403, name
        assert 'data-nav="administration"' not in client.get("/zh/").text
    with own.workspace.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM audit")).scalar_one() == before


def test_a_new_account_has_a_password_that_is_told_once_and_must_be_changed(own: Served) -> None:
    with own.logged_in(BOSS) as client:
        status, told = call(client, "add", name="钱十一", roles=["drafter", "reviewer:1"])
        assert status == 200, told
        assert re.fullmatch(r"(\w{4}-){3}\w{4}", told["password"])
        mine = next(one for one in call(client, "users")[1]["users"] if one["name"] == "钱十一")
    assert mine == {
        "name": "钱十一",
        "roles": ["drafter", "reviewer:1"],
        "disabled": False,
        "password": "once",
        "source": "",
    }
    assert own.log_in("钱十一", told["password"]).headers["location"] == "/password"
    found = account(own, "钱十一")
    assert found is not None
    assert told["password"] not in found.password
    own.later(hours=1)


def test_a_name_is_given_once_and_a_wrong_one_not_at_all(own: Served) -> None:
    with own.logged_in(BOSS) as client:
        for name, roles in (
            ("李四", ["drafter"]),
            ("有 空格", ["drafter"]),
            ("", ["drafter"]),
            ("无角色", []),
            ("怪角色", ["root"]),
            ("x" * 65, ["drafter"]),
        ):
            status, told = call(client, "add", name=name, roles=roles)
            assert (status, "\n" in told["detail"]) == (400, False), (name, told)
            assert name == "李四" or account(own, name) is None, name


def test_roles_become_what_was_sent_and_the_last_administrator_stays_one(own: Served) -> None:
    with own.logged_in(BOSS) as client:
        assert call(client, "add", name="换角色", roles=["drafter"])[0] == 200
        told = call(client, "roles", name="换角色", roles=["reviewer:2", "reviewer:3"])[1]
        assert next(one["roles"] for one in told["users"] if one["name"] == "换角色") == ["reviewer:2", "reviewer:3"]
        for name, sent in (("roles", {"roles": ["drafter"]}), ("disable", {})):
            status, refused = call(client, name, **{"name": BOSS, **sent})
            assert (status, refused["detail"]) == (400, f"“{BOSS}”是唯一的管理员，先给别人管理权限")
        assert call(client, "roles", name="没有这人", roles=["drafter"])[0] == 400
    found = account(own, BOSS)
    assert found is not None
    assert found.may("administrator")


def test_an_account_out_of_use_is_out_at_once_and_comes_back_as_it_was(own: Served) -> None:
    with own.logged_in("孙七") as leaving, own.logged_in(BOSS) as client:
        assert leaving.post("/call/zh/reports/rights", json={}).status_code == 200
        assert call(client, "disable", name="孙七")[0] == 200
        assert leaving.post("/call/zh/reports/rights", json={}).status_code == 401
        assert call(client, "roles", name="孙七", roles=["administrator"])[0] == 400, "not while it is out of use"
        assert call(client, "enable", name="孙七")[0] == 200
        assert call(client, "enable", name="没有这人")[0] == 400
        assert leaving.post("/call/zh/reports/rights", json={}).status_code == 401, "the old session stays ended"
    found = account(own, "孙七")
    assert found is not None
    assert found.may(*ACCOUNTS["孙七"])


def test_a_new_password_ends_the_sessions_of_the_old(own: Served) -> None:
    with own.logged_in("李四") as theirs, own.logged_in(BOSS) as client:
        status, told = call(client, "password", name="李四")
        assert status == 200
        assert theirs.post("/call/zh/reports/rights", json={}).status_code == 401
    assert own.log_in("李四", told["password"]).headers["location"] == "/password"
    own.later(hours=1)


def test_the_audit_is_told_youngest_first_searched_and_proved(own: Served) -> None:
    with own.logged_in(BOSS) as client:
        call(client, "add", name="查得到", roles=["drafter"])
        told = call(client, "audit")[1]
        numbers = [one["number"] for one in told["entries"]]
        assert numbers == sorted(numbers, reverse=True)
        assert told["entries"][0]["action"] == "user-password"
        assert told["entries"][0]["name"] == "查得到"
        found = call(client, "audit", search=f"{BOSS} 用户 user-add")[1]["entries"]
        assert {one["action"] for one in found} == {"user-add"}
        assert (
            call(client, "audit", before=found[0]["number"], search="user-add")[1]["entries"][0]["number"]
            < found[0]["number"]
        )
        assert call(client, "audit", search="%")[1]["entries"] == [], (
            "a sign of the database's is a sign like any other"
        )
        day = told["entries"][0]["at"][:10]
        assert call(client, "audit", first=day, last=day)[1]["entries"]
        assert call(client, "audit", last="2001-01-01")[1]["entries"] == []
        assert call(client, "audit", first="2024-13-01")[0] == 400
        proved = call(client, "verify")[1]
        with own.workspace.reading() as connection:
            assert (proved["sound"], proved["head"]) == (True, verify(connection).head)


@pytest.mark.skipif(not find_spec("gradio"), reason="the ui extra is not installed")
def test_what_was_altered_behind_the_program_is_named(tmp_path: Path) -> None:
    with running(tmp_path) as served, served.logged_in(BOSS) as client:
        with served.workspace.engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(text("UPDATE steps SET reason = '改过的理由' WHERE id = 1"))
        told = call(client, "verify")[1]
        assert not told["sound"]
        assert any("被改过" in problem for problem in told["problems"]), told["problems"]


def test_usage_is_told_by_month_model_and_person_and_no_price_is_made_up(own: Served) -> None:
    with own.workspace.writing("李四") as ledger:
        record(ledger, 1, "openai:测试模型", Spent(3, 1200, 300, 4500))
    with own.logged_in(BOSS) as client:
        told = call(client, "usage")[1]
    mine = {"of": "李四", "jobs": 1, "calls": 3, "prompt_tokens": 1200, "completion_tokens": 300, "milliseconds": 4500}
    assert {**mine, "cost": None} in told["people"]
    assert "openai:测试模型" in [one["of"] for one in told["models"]]
    assert (told["prices"], len(told["months"])) == (None, 1)


def test_a_backup_is_made_proved_and_listed(own: Served) -> None:
    with own.logged_in(BOSS) as client:
        status, told = call(client, "backup")
        assert (status, told["sound"]) == (200, True)
        path = Path(told["folder"]) / told["made"]
        assert path.read_bytes().startswith(b"SQLite format 3")
        assert path.parent.stat().st_mode & 0o077 == 0, "nobody else on the machine reads it"
        assert call(client, "backups")[1]["backups"][0]["name"] == told["made"]


def test_the_model_is_named_without_what_is_secret(own: Served) -> None:
    with own.logged_in(BOSS) as client:
        told = call(client, "model")[1]
        assert (told["provider"], told["problem"]) == ("composer", "")
        assert call(client, "ask-model")[1]["outcome"] == "composer"
    assert oversight._shown("https://user:secret@host.example/v1") == "https://host.example/v1"


@pytest.fixture
def page(own: Served) -> Iterator[Page]:
    """The page as the administrator has it; nothing was complained of at the end."""
    if not find_spec("playwright") or not shutil.which("chromium"):
        pytest.skip("Chromium or Playwright is not installed: the page is not tested in a browser")
    from playwright.sync_api import sync_playwright

    problems: list[str] = []
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
        context.add_cookies([{"name": "chengwen", "value": own.token(BOSS), "url": own.url}])
        opened = context.new_page()
        opened.set_default_timeout(20_000)
        opened.on("pageerror", lambda error: problems.append(str(error)))
        opened.goto(f"{own.url}/zh/administration")
        yield opened
        browser.close()
    assert problems == []


def test_an_administrator_adds_someone_changes_their_roles_and_finds_it_in_the_audit(own: Served, page: Page) -> None:
    from playwright.sync_api import expect

    page.get_by_label("用户名").fill("新来的")
    page.get_by_role("button", name="添加，给出一次性密码").click()
    password = page.locator(".given").inner_text()
    row = page.locator("[data-user=新来的]")
    expect(row.get_by_label("拟稿")).to_be_checked()
    expect(row).to_contain_text("一次性，未改")
    row.get_by_label("初审").check()
    expect(page.locator("[data-user=新来的]").get_by_label("初审")).to_be_checked()
    assert own.log_in("新来的", password).status_code == 303
    own.later(hours=1)
    with page.expect_response("**/admin/disable"):
        row.get_by_role("button", name="停用").click()
        page.get_by_role("button", name="确定").click()
    expect(page.locator("[data-user=新来的]")).to_contain_text("已停用")
    page.get_by_label("用户名").fill("新来的")
    page.get_by_role("button", name="添加，给出一次性密码").click()
    expect(page.get_by_role("alert")).to_have_text("已有用户“新来的”")
    page.get_by_role("tab", name="审计").click()
    first = page.locator("tbody tr").first
    expect(first).to_contain_text("停用用户")
    expect(first).to_contain_text("新来的")
    page.get_by_role("button", name="核验整个工作区").click()
    expect(page.get_by_role("tabpanel")).to_contain_text("全部对得上")
    page.get_by_role("tab", name="备份").click()
    page.get_by_role("button", name="现在备份").click()
    expect(page.get_by_role("tabpanel")).to_contain_text("核验完好")
    page.reload()
    expect(page.get_by_role("tab", name="备份")).to_have_attribute("aria-selected", "true")


def test_an_account_of_a_directory_shows_where_it_comes_from_and_is_changed_there(page: Page) -> None:
    from playwright.sync_api import expect

    row = page.locator("[data-user=钱九]")
    expect(row).to_contain_text("目录服务，角色随组")
    expect(row.get_by_label("拟稿")).to_be_checked()
    expect(row.get_by_label("拟稿")).to_be_disabled()
    expect(row.get_by_role("button", name="停用")).to_be_visible()
    expect(row.get_by_role("button", name="新一次性密码")).to_have_count(0)


def test_the_last_administrators_box_stays_ticked(page: Page) -> None:
    from playwright.sync_api import expect

    row = page.locator(f"[data-user={BOSS}]")
    row.get_by_label("管理").uncheck()
    expect(page.get_by_role("alert")).to_contain_text("唯一的管理员")
    expect(page.locator(f"[data-user={BOSS}]").get_by_label("管理")).to_be_checked()
