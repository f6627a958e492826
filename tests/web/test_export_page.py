"""The page of export in Chromium: the gate, the preview, the files, and a refusal that is a line and no file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from urllib.parse import urlsplit

import docx
import pytest

from drafting.workspace import history, saving, verdicts
from drafting.workspace.rows import Version
from tests.builders import CLEAN, report
from tests.test_workspace_versions import edited
from tests.web.conftest import Served
from tests.web.own_server import running

if not find_spec("playwright") or not shutil.which("chromium"):
    pytest.skip("Chromium or Playwright is not installed: the page is not tested in a browser", allow_module_level=True)

from playwright.sync_api import Browser, Page, expect, sync_playwright

WAIT = 20_000
CLEAN_REPORT = 3
TEXT = report(CLEAN.replace("市应急管理局", "县农业局"), organ="县农业局", topic="农机安全工作", kind="special-report")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of this module's own."""
    if not find_spec("gradio"):
        pytest.skip("the ui extra is not installed")
    with running(tmp_path_factory.mktemp("export")) as served:
        yield served


@pytest.fixture(scope="module")
def faulty(own: Served) -> Version:
    """A report whose second version holds an anniversary that the years do not make."""
    clean = saving.record(own.workspace, TEXT, "李四", "drafted").version
    wrong = edited(TEXT, "逐级明确责任人", "2024年迎来建国70周年，逐级明确责任人")
    return saving.save(own.workspace, clean, wrong, "李四")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        found = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield found
        found.close()


@pytest.fixture
def shown(own: Served, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page as the test's user has it. Nothing was asked of another host, and no script failed."""
    hosts: set[str] = set()
    problems: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    context.add_cookies([{"name": "chengwen", "value": own.token(getattr(request, "param", "李四")), "url": own.url}])
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc) if asked.url.startswith("http") else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert hosts <= {urlsplit(own.url).netloc}
    assert problems == []


def test_a_clean_report_is_shown_in_the_page_and_leaves_as_word_and_text(own: Served, shown: Page) -> None:
    shown.goto(f"{own.url}/zh/export?report={CLEAN_REPORT}")
    expect(shown.locator(".gate .verdict")).to_contain_text("可以导出")
    expect(shown.locator(".paper")).to_contain_text("区教育局关于2024年上半年")
    expect(shown.locator(".paper")).to_contain_text("送审稿")
    with shown.expect_download() as word:
        shown.get_by_role("button", name=".docx").click()
    assert word.value.suggested_filename == "区教育局2024年上半年校园安全工作-第1版-送审稿.docx"
    text = "".join(one.text for one in docx.Document(str(word.value.path())).paragraphs).replace("\n", "")
    assert "区教育局关于2024年上半年安全生产工作的专题报告" in text
    with shown.expect_download() as plain:
        shown.get_by_role("button", name="Markdown").click()
    assert "一是加强统筹调度" in plain.value.path().read_text("utf-8")


def test_open_errors_are_shown_with_their_place_and_nothing_leaves(own: Served, shown: Page, faulty: Version) -> None:
    shown.goto(f"{own.url}/zh/export?report={faulty.report_id}")
    expect(shown.locator(".gate .verdict")).to_contain_text("不能导出")
    found = shown.locator(".findings li", has_text="D305")
    expect(found.locator("mark")).to_contain_text("70")
    expect(found.locator("a")).to_have_attribute("href", f"/zh/desk?report={faulty.report_id}&finding=D305")
    expect(shown.get_by_role("button", name=".docx")).to_be_disabled()
    expect(shown.get_by_label("连同错误")).to_have_count(0)
    expect(shown.locator(".paper")).to_contain_text("项错误")
    shown.evaluate("document.querySelectorAll('.downloads button').forEach((one) => { one.disabled = false; })")
    shown.get_by_role("button", name=".docx").click()
    expect(shown.locator(".downloads .said.problem")).to_contain_text("D305")


def test_an_older_version_is_chosen_and_a_redline_made_against_another(
    own: Served, shown: Page, faulty: Version
) -> None:
    shown.goto(f"{own.url}/zh/export?report={faulty.report_id}")
    shown.get_by_label("版本", exact=True).select_option(label=shown.locator("header.which option").nth(1).inner_text())
    expect(shown.locator(".gate .verdict")).to_contain_text("可以导出")
    expect(shown.locator(".notes")).to_contain_text("不是现行版本")
    shown.reload()
    expect(shown.locator(".notes")).to_contain_text("不是现行版本")
    with shown.expect_download() as redline:
        shown.get_by_role("button", name="修订件").click()
    assert "w:del" in docx.Document(str(redline.value.path())).element.xml


@pytest.mark.parametrize("shown", ["王五"], indirect=True)
def test_a_reviewer_takes_the_errors_along_and_sees_waivers(own: Served, shown: Page, faulty: Version) -> None:
    shown.goto(f"{own.url}/zh/export?report={faulty.report_id}")
    shown.get_by_label("连同错误").check()
    with shown.expect_download() as word:
        shown.get_by_role("button", name=".docx").click()
    header = docx.Document(str(word.value.path())).sections[0].header
    assert "项错误" in "".join(one.text for one in header.paragraphs)
    with own.workspace.reading() as connection:
        older = history.line(connection, faulty.report_id)[0]
    with own.workspace.writing("王五") as ledger:
        verdicts.waive(ledger, older, "D305", "讲话<b>原文</b>如此")
    shown.goto(f"{own.url}/zh/export?report={faulty.report_id}&version={older.id}")
    expect(shown.locator(".gate .part")).to_contain_text("讲话<b>原文</b>如此（王五）")


@pytest.mark.office
def test_pages_are_shown_as_they_print(own: Served, shown: Page) -> None:
    if not shutil.which("soffice") or not shutil.which("pdftoppm"):
        pytest.skip("LibreOffice or poppler is not installed")
    shown.goto(f"{own.url}/zh/export?report={CLEAN_REPORT}")
    shown.get_by_role("tab", name="分页").click()
    picture = shown.locator(".pages img").first
    expect(picture).to_be_visible(timeout=120_000)
    shown.wait_for_function("document.querySelector('.pages img').naturalWidth > 700")


def test_hostile_texts_are_shown_and_run_nothing(own: Served, shown: Page) -> None:
    shown.goto(f"{own.url}/zh/export?report=2")
    expect(shown.locator(".export h1")).to_contain_text("<img src=x onerror=window.pwned=1>")
    expect(shown.locator(".paper .docx")).to_be_visible()
    expect(shown.locator(".gate .findings li").first).to_be_visible()
    assert shown.evaluate("window.pwned") is None
    assert shown.locator(".export script, .export iframe, .export .gate img, .export svg").count() == 0


def test_without_a_report_there_are_those_to_choose_from_in_english_too(own: Served, shown: Page) -> None:
    shown.goto(f"{own.url}/en/export")
    shown.get_by_role("link", name="区教育局2024年上半年校园安全工作").click()
    expect(shown.locator(".gate .verdict")).to_contain_text("May be exported")
    shown.goto(f"{own.url}/en/export?report=99")
    expect(shown.locator(".export .problem")).to_contain_text("99")


def test_what_is_no_version_yet_is_told_and_kept_from_here(own: Served, shown: Page) -> None:
    told = report(CLEAN.replace("市应急管理局", "县水利局"), organ="县水利局", topic="防汛工作", kind="special-report")
    head = saving.record(own.workspace, told, "李四", "drafted").version
    with own.logged_in("李四") as client:
        opened = client.post("/call/zh/desk/open", json={"report": head.report_id}).json()
        lead = next(one for one in opened["blocks"] if one["type"] == "lead")
        change = {"op": "text", "id": lead["id"], "was": lead["text"], "value": lead["text"].replace("扎实", "有力")}
        sent = {"report": head.report_id, "revision": opened["revision"], "operations": [change]}
        assert client.post("/call/zh/desk/edit", json=sent).json()["results"] == [{"ok": True}]
    shown.goto(f"{own.url}/zh/export?report={head.report_id}")
    expect(shown.locator(".notes")).to_contain_text("还没有存成版本")
    expect(shown.locator(".paper")).to_contain_text("扎实推进")
    shown.get_by_role("button", name="存为新版本").click()
    expect(shown.locator(".paper")).to_contain_text("有力推进")
    expect(shown.locator(".notes")).to_be_empty()
    with own.workspace.reading() as connection:
        assert history.head(connection, head.report_id).number == 2
