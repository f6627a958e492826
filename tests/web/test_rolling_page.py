"""The walk from last period's report in Chromium: from the upload to the desk, each fact settled, nothing lost on the way."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from drafting.workspace import contents, history
from tests.web.conftest import Served
from tests.web.own_server import running

if not find_spec("playwright") or not shutil.which("chromium"):
    pytest.skip("Chromium or Playwright is not installed: the page is not tested in a browser", allow_module_level=True)

from playwright.sync_api import Page, expect, sync_playwright

WAIT = 20_000
SHOTS = os.environ.get("CHENGWEN_TEST_SHOTS", "")
ROLLED = Path(__file__).parents[1] / "data/rolled"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of this module's own."""
    if not find_spec("gradio"):
        pytest.skip("the ui extra is not installed")
    with running(tmp_path_factory.mktemp("roll")) as served:
        yield served


@pytest.fixture
def page(own: Served) -> Iterator[Page]:
    hosts: set[str] = set()
    problems: list[str] = []
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.add_cookies([{"name": "chengwen", "value": own.token("李四"), "url": own.url}])
        found = context.new_page()
        found.set_default_timeout(WAIT)
        found.on("request", lambda one: hosts.add(urlsplit(one.url).netloc) if one.url.startswith("http") else None)
        found.on("pageerror", lambda error: problems.append(str(error)))
        yield found
        browser.close()
    assert hosts <= {urlsplit(own.url).netloc}
    assert problems == []


def test_a_report_is_begun_from_the_last_one_and_each_fact_settled(own: Served, page: Page) -> None:
    page.goto(f"{own.url}/zh/")
    page.get_by_role("button", name="从文件新建或导入…").click()
    page.get_by_label("选择文件").set_input_files(ROLLED / "上期.txt")
    page.get_by_label("上一期的报告").check()
    page.get_by_label("报告期", exact=False).first.fill("2025年上半年")
    page.locator("input[name=issued]").fill("2025-07-04")
    page.locator("dialog[open] button[type=submit], dialog[open] button.primary").first.click()
    page.wait_for_url("**/zh/roll?report=*")

    expect(page.locator(".count")).to_have_text("已定 0/6")
    expect(page.locator(".claims")).to_contain_text("应为 建国76周年")
    expect(page.locator(".item", has_text="李家庄村")).to_contain_text("D306")
    finish = page.get_by_role("button", name="全部定下，去拟稿")
    expect(finish).to_be_disabled()

    page.get_by_label("用本期的表格填入…").set_input_files(ROLLED / "本期.csv")
    expect(page.locator(".said")).to_contain_text("填入了 3 条")
    funds = page.locator(".item", has_text="落实防汛经费80万元")
    expect(funds).to_contain_text("落实防汛经费96万元")
    funds.get_by_role("button", name="采用 落实防汛经费同比增长20%").click()
    expect(page.locator(".item", has_text="推算：(96万元 − 80万元) ÷ 80万元 = 20%")).to_be_visible()

    same = page.locator(".item", has_text="检修闸门46座").first
    expect(same).to_contain_text("与上期相同，请核对")
    same.focus()
    page.keyboard.press("a")
    expect(same).to_contain_text("已确认")
    village = page.locator(".item", has_text="李家庄村")
    village.get_by_role("button", name="本期没有").click()
    expect(village).to_contain_text("本期没有")

    if SHOTS:
        page.screenshot(path=f"{SHOTS}/roll.png", full_page=True)
    page.reload()  # nothing of it is lost
    expect(page.locator(".item.open")).to_have_count(1)
    promise = page.locator(".item.open")
    promise.get_by_role("button", name="改写").click()
    page.get_by_label("本期的事实").fill("修订《防汛应急预案》<b>并备案</b>")
    page.keyboard.press("Enter")
    expect(page.locator(".item", has_text="<b>并备案</b>")).to_be_visible()
    expect(page.locator(".item.open")).to_have_count(0)

    expect(finish).to_be_enabled()
    finish.click()
    page.wait_for_url("**/zh/desk?report=*")
    expect(page.get_by_label("事实 F1", exact=True)).to_have_value("开展防汛检查141处，发现隐患29处，整改29处")
    report = int(page.url.split("report=")[1])
    with own.workspace.reading() as connection:
        made = contents.get(connection, history.head(connection, report).hash)
    assert made.brief is not None
    told = [fact.text for fact in made.brief.facts()]
    assert "落实防汛经费同比增长20%" in told
    assert not any("李家庄村" in text or "430" in text for text in told)


def test_the_walk_in_english_and_a_report_without_one(own: Served, page: Page) -> None:
    page.goto(f"{own.url}/en/roll?report=1")
    expect(page.locator(".problem")).to_be_visible()
    expect(page.locator(".problem")).not_to_contain_text("上期")
