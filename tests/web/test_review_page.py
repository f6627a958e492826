"""The review page in Chromium: by keyboard alone, in both languages, with what is said of each change kept on the server."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec

import pytest

from drafting.workspace import contents, history, saving
from drafting.workspace.rows import Version
from tests.builders import CLEAN, report
from tests.test_workspace_versions import edited
from tests.web.conftest import Served

if not find_spec("playwright") or not shutil.which("chromium"):
    pytest.skip("Chromium or Playwright is not installed: the page is not tested in a browser", allow_module_level=True)

from playwright.sync_api import Browser, Page, expect, sync_playwright

WAIT = 20_000
_NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield found
        found.close()


@pytest.fixture
def changed(served: Served) -> Version:
    """The second version of a report of 李四's: two numbers and some words are other ones."""
    text = replace(report(CLEAN), topic=f"审阅工作{next(_NUMBERS)}", organ="市应急管理局", kind="special-report")
    base = saving.record(served.workspace, text, "李四", "drafted").version
    new = edited(edited(edited(text, "6次", "7次"), "31家", "32家"), "逐级明确任务", "层层压实<b>任务</b>")
    return saving.save(served.workspace, base, new, "李四", note="核对后改")


def opened(
    served: Served, browser: Browser, version: Version, who: str = "王五", language: str = "zh", old: int = 0
) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": "chengwen", "value": served.token(who), "url": served.url}])
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"{served.url}/{language}/review?report={version.report_id}&old={old}")
    expect(page.locator(".changes li").first).to_be_visible(timeout=WAIT)
    return page


def head(served: Served, version: Version) -> str:
    with served.workspace.reading() as connection:
        return contents.get(connection, history.head(connection, version.report_id).hash).text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_keyboard_does_it_all(served: Served, browser: Browser, changed: Version, language: str) -> None:
    page = opened(served, browser, changed, language=language)
    changes = page.locator(".changes li")
    expect(changes).to_have_count(3)
    expect(changes.nth(0)).to_have_class("current")
    page.keyboard.press("a")
    expect(changes.nth(0).locator(".decision.accepted")).to_be_visible()
    expect(changes.nth(1)).to_have_class("current")
    page.keyboard.press("j")
    expect(changes.nth(2)).to_have_class("current")
    page.keyboard.press("k")
    expect(changes.nth(1)).to_have_class("current")
    page.keyboard.press("r")
    expect(changes).to_have_count(2)
    text = head(served, changed)
    assert "会7次" in text
    assert ("31家" in text) != ("逐级明确任务" in text), "one of the two was taken back"
    expect(changes.nth(0).locator(".decision.accepted")).to_be_visible()
    page.keyboard.press("c")
    page.keyboard.insert_text("与台账核对过吗？")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".thread .said")).to_contain_text("与台账核对过吗？")
    page.reload()
    expect(changes).to_have_count(2, timeout=WAIT)
    page.context.close()


def test_views_and_previews_show_the_texts_as_they_are(served: Served, browser: Browser, changed: Version) -> None:
    page = opened(served, browser, changed)
    sheet = page.locator(".sheet")
    expect(sheet.locator("del", has_text="6次")).to_be_visible()
    page.get_by_role("button", name="并排").click()
    expect(sheet.locator(".pair")).not_to_have_count(0)
    page.get_by_role("button", name="原文").click()
    expect(sheet.locator("del", has_text="6次")).to_be_visible()
    expect(sheet.locator("ins", has_text="7次")).to_be_hidden()
    page.get_by_role("button", name="新文").click()
    expect(sheet.locator("ins", has_text="7次")).to_be_visible()
    expect(sheet.locator("del", has_text="6次")).to_be_hidden()
    expect(sheet).to_contain_text("层层压实<b>任务</b>")
    assert sheet.locator("b").count() == 0
    page.context.close()


def test_all_at_once_asks_once_and_names_how_many(served: Served, browser: Browser, changed: Version) -> None:
    page = opened(served, browser, changed)
    page.get_by_role("button", name="全部退回").click()
    expect(page.locator(".bulk [role=alert]")).to_contain_text("3 处")
    page.get_by_role("button", name="不", exact=True).click()
    page.get_by_role("button", name="全部接受").click()
    page.get_by_role("button", name="是", exact=True).click()
    expect(page.locator(".decision.accepted")).to_have_count(3)
    assert "会7次" in head(served, changed)
    page.context.close()


def test_a_drafter_sees_the_changes_and_has_no_word_on_them(served: Served, browser: Browser, changed: Version) -> None:
    page = opened(served, browser, changed, who="李四")
    expect(page.locator("[data-word]")).to_have_count(0)
    page.keyboard.press("r")
    expect(page.locator(".changes li")).to_have_count(3)
    page.locator(".steps .submit").click()
    expect(page.locator(".steps")).to_contain_text("待初审")
    page.context.close()


@pytest.mark.parametrize(("pressed", "stands"), [(".take", "9次"), (".keep", "7次")])
def test_a_clash_with_a_redraft_is_settled_by_a_button(
    served: Served, browser: Browser, changed: Version, pressed: str, stands: str
) -> None:
    with served.workspace.reading() as connection:
        base = history.line(connection, changed.report_id)[0]
        text = contents.get(connection, base.hash)
    saving.record(served.workspace, edited(text, "6次", "9次"), "李四", "regenerated")
    page = opened(served, browser, changed, old=base.id)
    clash = page.locator(".conflicts [data-conflict]")
    expect(clash).to_have_count(1)
    expect(clash).to_contain_text("7次")
    expect(clash).to_contain_text("9次")
    clash.locator(pressed).click()
    expect(clash).to_have_count(0)
    assert stands in head(served, changed)
    page.context.close()
