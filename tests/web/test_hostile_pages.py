"""Forty attacks in every text that people can write, on every page in Chromium: nothing runs, nothing is fetched, each is shown as it was written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from drafting import brief as brief_file
from drafting.comments import Comment, Hand
from drafting.facts import Brief
from drafting.workspace import remarks, saving
from drafting.workspace.rows import Version
from tests.web.conftest import Served
from tests.web.furnished import CASES, drafted
from tests.web.hostile import PAYLOADS
from tests.web.own_server import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

if not find_spec("playwright") or not shutil.which("chromium") or not find_spec("gradio"):
    pytest.skip("Chromium, Playwright or the ui extra is not installed", allow_module_level=True)

from playwright.sync_api import expect, sync_playwright

WHO = "张三"
WAIT = 30_000
SIGHTS = ("desk", "review", "export", "reports", "administration")


def test_there_are_forty_attacks() -> None:
    assert len(set(PAYLOADS)) >= 40


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with running(tmp_path_factory.mktemp("hostile")) as served:
        yield served


def attacked() -> Brief:
    """A brief of whose facts each is an attack; title, organ, topic, recipient, headings, sources and terms are attacks too."""
    clean = brief_file.load(CASES / "campus-2024h1.brief.yaml").brief
    attacks = iter(PAYLOADS * 3)
    sections = []
    for number, section in enumerate(clean.sections):
        own = PAYLOADS[number * 10 : number * 10 + 10]
        facts = [
            replace(section.facts[0], id=f"F{100 * number + at}", text=f"开展检查{at + 2}次{one}", source=one)
            for at, one in enumerate(own)
        ]
        sections.append(replace(section, heading=f"{section.heading}{next(attacks)}", facts=tuple(facts), groups=()))
    return replace(
        clean,
        organ=f"县教育局{PAYLOADS[0]}",
        topic=f"校园安全工作{PAYLOADS[2]}",
        recipient=f"县人民政府{PAYLOADS[10]}",
        title=f"关于校园安全工作的报告{PAYLOADS[14]}",
        sections=tuple(sections),
        terms=PAYLOADS,
        attachments=PAYLOADS[:3],
    )


@pytest.fixture(scope="module")
def report(own: Served) -> Version:
    """Two versions of it with attacks for a note and for comments, and an account of that name."""
    text = drafted(attacked())
    first = saving.record(own.workspace, text, WHO, "drafted").version
    again = drafted(replace(attacked(), title=f"关于校园安全工作情况的报告{PAYLOADS[20]}"))
    head = saving.save(own.workspace, first, again, WHO, note="".join(PAYLOADS[:20]))
    with own.workspace.writing(WHO) as ledger:
        for payload in PAYLOADS:
            remarks.add(ledger, head, Comment(f"请核对{payload}", Hand(WHO), 0, 0, 4))
    return head


@pytest.fixture(scope="module")
def browser(report: Version) -> Iterator[Browser]:
    """After the report: Playwright has an event loop at work, in which none can be drafted."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        found = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield found
        found.close()


class Watched:
    """A page, and everything that an attack could have done in it."""

    def __init__(self, own: Served, browser: Browser, language: str) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 800})
        self.context.add_cookies([{"name": "chengwen", "value": own.token(WHO), "url": own.url}])
        self.host = urlsplit(own.url).netloc
        self.done: list[str] = []
        self.page = self.context.new_page()
        self.page.set_default_timeout(WAIT)
        self.page.on("dialog", lambda dialog: (self.done.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("pageerror", lambda error: self.done.append(f"error {error}"))
        self.context.on("page", lambda other: self.done.append(f"opened {other.url}") if other != self.page else None)
        self.url = f"{own.url}/{language}"

    def _asked(self, url: str) -> None:
        told = urlsplit(url)
        if told.scheme in ("http", "https") and told.netloc != self.host:
            self.done.append(f"asked {url}")

    def assert_unharmed(self) -> None:
        assert self.page.evaluate("window.pwned") is None
        assert self.page.evaluate("Object.prototype.pwned") is None
        assert self.done == []
        assert urlsplit(self.page.url).netloc == self.host


@pytest.fixture(params=["zh", "en"])
def watched(own: Served, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Watched]:
    found = Watched(own, browser, request.param)
    yield found
    found.assert_unharmed()
    found.context.close()


def shown(page: Page, *payloads: str) -> None:
    """Each stands somewhere on the page as it was written: in a text, a field or a title."""
    held = page.evaluate(
        """() => [
            document.body.textContent,
            ...[...document.querySelectorAll('input, textarea')].map((one) => one.value),
            ...[...document.querySelectorAll('[title]')].map((one) => one.title),
        ].join('\\n')"""
    )
    assert [payload for payload in payloads if payload not in held] == []


def test_the_desk(watched: Watched, report: Version) -> None:
    page = watched.page
    page.goto(f"{watched.url}/desk?report={report.report_id}")
    expect(page.locator("[data-block]").first).to_be_visible(timeout=WAIT)
    expect(page.locator(".findings, .finding").first).to_be_visible(timeout=WAIT)
    shown(page, *PAYLOADS[:20])
    for tag in ("iframe", "object", "embed", "base", "math", "details[open]"):
        assert page.locator(f"[data-page] {tag}").count() == 0, tag


def test_the_review(watched: Watched, report: Version) -> None:
    page = watched.page
    page.goto(f"{watched.url}/review?report={report.report_id}")
    expect(page.locator(".changes li").first).to_be_visible(timeout=WAIT)
    shown(page, *PAYLOADS)


def test_the_export(watched: Watched, report: Version) -> None:
    page = watched.page
    page.goto(f"{watched.url}/export?report={report.report_id}")
    expect(page.locator(".gate .verdict")).to_be_visible(timeout=WAIT)
    expect(page.locator(".docx-wrapper, .preview .problem").first).to_be_visible(timeout=WAIT)


def test_the_reports_with_history_and_comparison(watched: Watched, report: Version) -> None:
    page = watched.page
    page.goto(f"{watched.url}/?report={report.report_id}")
    expect(page.locator(".history")).to_be_visible(timeout=WAIT)
    shown(page, PAYLOADS[0], PAYLOADS[2], *PAYLOADS[:20])
    page.locator(".history .choose button").click()
    expect(page.locator(".difference")).to_be_visible(timeout=WAIT)
    shown(page, PAYLOADS[14], PAYLOADS[20])


def test_the_administration(watched: Watched, report: Version) -> None:
    page = watched.page
    page.goto(f"{watched.url}/administration#audit")
    expect(page.locator("tbody tr").first).to_be_visible(timeout=WAIT)
    shown(page, PAYLOADS[0], PAYLOADS[2])
    page.get_by_role("searchbox").fill(PAYLOADS[2])
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".list .notice")).to_be_visible(timeout=WAIT)


def test_a_file_name_is_a_name(watched: Watched, own: Served) -> None:
    """What a file is called comes back in the line that refuses it."""
    page = watched.page
    page.goto(f"{watched.url}/")
    expect(page.locator("table.reports")).to_be_visible(timeout=WAIT)
    for payload in PAYLOADS[:14]:
        name = payload.replace("/", "／")
        page.evaluate(
            """(name) => {
                const data = new DataTransfer();
                data.items.add(new File(['x'], `${name}.docx`));
                document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
            }""",
            name,
        )
        dialog = page.locator("dialog[open]")
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
