"""The page in Chromium: what people do there, what the browser complains of, and where it asks.

Chromium is Debian's; Playwright's own loop stays out of the other tests because the server is a process of its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from urllib.parse import urlsplit

import pytest

from tests.web.conftest import PASSWORD, Served

if not find_spec("playwright") or not shutil.which("chromium"):
    pytest.skip(
        "Chromium or Playwright is not installed (Debian: apt-get install chromium): the page is not tested in a browser",
        allow_module_level=True,
    )

from playwright.sync_api import BrowserContext, Error, Locator, Page, Request, ViewportSize, expect, sync_playwright

WAIT = 15_000


@dataclass
class Seen:
    """A page with what the browser told of it."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(WAIT)
        self.page.on("request", self._asked)
        self.page.on("console", lambda said: self.problems.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", self._complained)
        self.page.on("dialog", lambda dialog: self.problems.append(dialog.message))

    def _complained(self, error: Error) -> None:
        """Gradio says of its own requests that they ended where the page was left for another."""
        if error.name != "AbortError":
            self.problems.append(str(error))

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob"):
            self.hosts.add(parts.netloc)


@pytest.fixture(scope="module")
def chromium() -> Iterator[dict[str, BrowserContext]]:
    """A browser's windows by language; those of one language share what they keep of the program's files."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-dev-shm-usage"])
        size: ViewportSize = {"width": 1280, "height": 800}
        yield {language: browser.new_context(locale=language, viewport=size) for language in ("zh-HK", "en-GB")}
        browser.close()


@pytest.fixture
def seen(chromium: dict[str, BrowserContext], served: Served, request: pytest.FixtureRequest) -> Iterator[Seen]:
    """The page just after log-in, in the language of the test's parameter. Afterwards: nothing was asked elsewhere, nothing complained of."""
    context = chromium[getattr(request, "param", "zh-HK")]
    context.clear_cookies()
    found = Seen(context.new_page())
    found.page.goto(served.url)
    found.page.fill("[name=name]", "张三")
    found.page.fill("[name=password]", PASSWORD)
    found.page.keyboard.press("Enter")
    expect(found.page.locator("table.reports")).to_be_visible(timeout=WAIT)
    yield found
    pwned = found.page.evaluate("window.pwned")
    found.page.close()
    assert found.hosts == {urlsplit(served.url).netloc}
    assert found.problems == []
    assert pwned is None


def rows(page: Page) -> Locator:
    return page.locator("table.reports tbody tr")


def test_a_browser_set_to_hong_kong_chinese_gets_chinese_gradios_own_words_too(seen: Seen) -> None:
    assert urlsplit(seen.page.url).path == "/zh/"
    assert seen.page.locator("html").get_attribute("lang") == "zh-CN"
    assert seen.page.evaluate("[navigator.language, navigator.languages]") == ["zh-CN", ["zh-CN"]]
    expect(seen.page.locator("header.top .who")).to_have_text("张三")


def test_reports_are_found_by_words_as_they_are_typed_and_by_state(seen: Seen) -> None:
    page = seen.page
    page.get_by_label("查找").press_sequentially("区教育局")
    expect(rows(page)).to_have_count(1)
    page.get_by_label("查找").fill("没有这个词")
    expect(page.locator("#reports .notice")).to_contain_text("没有符合条件")
    page.get_by_label("查找").fill("")
    page.get_by_label("已签发").check()
    expect(rows(page).filter(has_text="市应急管理局")).not_to_have_count(0)
    expect(rows(page).filter(has_text="区教育局")).to_have_count(0)


def test_a_report_is_opened_and_two_of_its_versions_compared_by_keyboard_alone(seen: Seen) -> None:
    page = seen.page
    page.locator("a[data-report='1']").focus()
    page.keyboard.press("Enter")
    history = page.locator("section.history")
    expect(history).to_contain_text("签发")
    expect(history).to_contain_text("已核实，台账在案")
    assert page.url.endswith("?report=1")
    page.locator("input[name=old]").last.focus()
    page.keyboard.press("Space")
    page.locator("[data-compare]").focus()
    page.keyboard.press("Enter")
    difference = page.locator("#comparison .difference")
    expect(difference.locator("del", has_text="31家").first).to_be_visible()
    expect(difference.locator("ins", has_text="32家").first).to_be_visible()
    assert page.locator("section.history").is_visible(), "the history stays"
    difference.locator("a[href^='#c-']").first.click()
    expect(page.locator(".found")).to_be_in_viewport()
    assert urlsplit(page.url).path == "/zh/"


def test_the_address_of_a_report_opens_it(seen: Seen) -> None:
    place = seen.page.url.split("?")[0]
    seen.page.goto(f"{place}?report=1")
    expect(seen.page.locator("section.history h2")).to_contain_text("市应急管理局")
    seen.page.goto(f"{place}?report=<script>")
    expect(seen.page.locator("#history .problem")).to_be_visible()


def test_hostile_texts_are_shown_and_run_nothing(seen: Seen) -> None:
    page = seen.page
    page.locator("table.reports a", has_text="恶意局").click()
    heading = page.locator("section.history h2")
    expect(heading).to_contain_text("<img src=x onerror=window.pwned=1>")
    expect(heading).to_contain_text("${window.pwned=2}")
    page.locator("[data-compare]").click()
    expect(page.locator("#comparison .notice")).to_contain_text("同一个版本")
    assert page.locator("#reports img, #history img, #history script, #history style, #history svg").count() == 0
    page.evaluate(
        "document.querySelector('#history').insertAdjacentHTML('beforeend', '<img src=data:x onerror=window.pwned=0>')"
    )
    page.wait_for_function("document.querySelector('#history img').complete")
    assert any("script-src" in problem for problem in seen.problems), "an inline handler is stopped by the policy"
    seen.problems.clear()


def test_a_session_that_ends_under_the_page_is_told_and_goes_on_after_log_in(seen: Seen) -> None:
    page = seen.page
    page.context.clear_cookies()
    page.get_by_label("查找").fill("区教育局")
    expect(page.locator("#ended")).to_contain_text("登录已过期")
    with page.expect_popup() as opened:
        page.locator("#ended a").click()
    opened.value.fill("[name=name]", "张三")
    opened.value.fill("[name=password]", PASSWORD)
    opened.value.keyboard.press("Enter")
    expect(opened.value.locator("table.reports")).to_be_visible(timeout=WAIT)
    opened.value.close()
    assert page.get_by_label("查找").input_value() == "区教育局"
    page.get_by_label("草稿").check()
    expect(page.locator("#ended")).to_have_count(0)
    expect(rows(page)).to_have_count(1)
    assert all("401" in problem or "Unauthorized" in problem for problem in seen.problems), seen.problems
    seen.problems.clear()


@pytest.mark.parametrize("seen", ["en-GB"], indirect=True)
def test_english_is_whole_and_the_switch_leads_to_chinese_and_the_way_out_out(seen: Seen) -> None:
    page = seen.page
    assert urlsplit(page.url).path == "/en/"
    page.get_by_label("Search").fill("区教育局")
    expect(rows(page)).to_have_count(1)
    expect(page.locator("table.reports thead")).to_contain_text("Last change")
    page.get_by_text("中文", exact=True).click()
    expect(page.locator("table.reports thead")).to_contain_text("最后修改")
    page.get_by_role("button", name="退出").click()
    expect(page.locator("[name=password]")).to_be_visible()
    page.goto(page.url.replace("/login", "/zh/"))
    assert urlsplit(page.url).path == "/login"
