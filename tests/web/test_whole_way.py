"""The whole way of a report in the browser, in both languages: begun, filled with facts, drafted, a wrong anniversary found while it is typed
and mended, submitted, one change accepted and another taken back by a second person, signed by a third, exported and opened.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import docx
import pytest

from drafting.workspace import history, users
from tests.web.conftest import PASSWORD, Served
from tests.web.own_server import running
from ui.web import accounts

if not find_spec("playwright") or not shutil.which("chromium"):
    pytest.skip("Chromium or Playwright is not installed: the page is not tested in a browser", allow_module_level=True)

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

WAIT = 20_000
STAFF = {"钱一": ["drafter"], "孙二": ["reviewer:1"], "李三": ["reviewer:3"]}
FACTS = {
    0: ("健全责任体系，落实安全责任", "召开防汛专题会议4次\n签订责任书37份\n组织应急演练3场，450人次参加"),
    1: ("深化专项整治，消除安全隐患", "检查水库126座次，发现隐患58处，整改51处\n加固堤防12公里"),
}
WRONG, RIGHT = "值此建国70周年之际，做好工作意义重大。", "建国75周年"
NEEDLESS = "各项任务有力有序。"


@dataclass(frozen=True)
class Speech:
    """What the buttons are called."""

    locale: str
    path: str
    begin: str
    passed: str
    signed: str


ZH = Speech("zh-CN", "zh", "新建报告", "待终审", "已签发")
EN = Speech("en-GB", "en", "New report", "Awaiting sign-off", "Signed")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of this module's own, with a person for each step."""
    if not find_spec("gradio"):
        pytest.skip("the ui extra is not installed")
    with running(tmp_path_factory.mktemp("way")) as served:
        with served.workspace.writing("张三") as ledger:
            for name, roles in STAFF.items():
                users.add(ledger, name, roles)
        for name in STAFF:
            accounts.set_password(served.workspace, name, PASSWORD, by="张三")
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield found
        found.close()


def logged_in(own: Served, browser: Browser, speech: Speech, who: str) -> Page:
    """A window of this person's own, through the log-in page."""
    context = browser.new_context(locale=speech.locale, viewport={"width": 1280, "height": 800}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(own.url)
    page.fill("[name=name]", who)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{speech.path}/")
    expect(page.locator("#reports")).to_be_visible(timeout=WAIT)
    return page


def begun(page: Page, speech: Speech, organ: str) -> str:
    """A new report by the dialog, its desk open; returns its id."""
    page.get_by_role("button", name=speech.begin).click()
    form = page.locator("dialog[open]")
    form.locator("[name=kind]").select_option("special-report")
    for name, text in {
        "organ": organ,
        "topic": "防汛备汛工作",
        "period": "2024年上半年",
        "issued": "2024-07-05",
        "recipient": "市人民政府",
    }.items():
        form.locator(f"[name={name}]").fill(text)
    form.locator("button[type=submit], button.primary").first.click()
    page.wait_for_url("**/desk?report=*")
    expect(page.locator(".box").first).to_be_visible()
    return parse_qs(urlsplit(page.url).query)["report"][0]


def filled(page: Page) -> None:
    """Headings and facts: the first by typing, the others pasted as lines."""
    boxes = page.locator(".box:not(.outlook)")
    while boxes.count() < len(FACTS):
        count = boxes.count()
        page.locator(".add-section").click()
        expect(boxes).to_have_count(count + 1)
    for at, (heading, lines) in FACTS.items():
        box = boxes.nth(at)
        box.locator("textarea.heading").fill(heading)
        pasted(page, box, lines)
        expect(box.locator("textarea.text")).to_have_count(lines.count("\n") + 1)
    pasted(page, page.locator(".box.outlook"), "完成其余7处隐患整改")
    kept(page)


def pasted(page: Page, box: Locator, lines: str) -> None:
    box.locator("button.plain").nth(1).click()
    dialog = page.locator("dialog[open]")
    dialog.locator("textarea").fill(lines)
    dialog.locator("button.primary").click()
    expect(page.locator("dialog[open]")).to_have_count(0)


def kept(page: Page) -> None:
    expect(page.locator(".status .kept")).to_have_attribute("data-kind", "saved")


def typed_at_end(page: Page, text: Locator, words: str) -> None:
    text.click()
    page.keyboard.press("Control+End")
    text.evaluate(
        "(e) => { const r = document.createRange(); r.selectNodeContents(e); r.collapse(false);"
        " const s = getSelection(); s.removeAllRanges(); s.addRange(r); }"
    )
    page.keyboard.insert_text(words)


@pytest.mark.parametrize(("speech", "organ"), [(ZH, "市水利局"), (EN, "县水利局")], ids=["zh", "en"])
def test_a_report_goes_its_whole_way(own: Served, browser: Browser, speech: Speech, organ: str, tmp_path: Path) -> None:
    page = logged_in(own, browser, speech, "钱一")
    report = begun(page, speech, organ)
    filled(page)

    page.locator("[data-do=draft]").click()
    points = page.locator(".sheet .point")
    expect(points.filter(has_text="126座次")).to_have_count(1, timeout=WAIT)
    expect(page.locator(".status .kept")).to_have_attribute("data-kind", "saved")

    first = page.locator(".sheet .point [data-text]").first
    typed_at_end(page, first, WRONG)
    found = page.locator(".finding[data-code=D305]")
    expect(found).to_have_count(1)
    found.locator("[data-do=mend]").click()
    expect(found).to_have_count(0)
    expect(first).to_contain_text(RIGHT)
    kept(page)
    page.keyboard.press("Control+s")
    expect(page.locator(".status .version")).to_contain_text("2")

    words = first.inner_text().replace("值此建国75周年之际，做好工作意义重大。", "")
    first.fill(words)
    dam = page.locator(".sheet .point [data-text]", has_text="12公里")
    dam.fill(dam.inner_text() + NEEDLESS)
    second = page.locator(".sheet .point [data-text]").nth(1)
    second.fill(second.inner_text().replace("37份", "38份"))
    facts = page.locator("textarea.text")
    facts.nth(1).fill("签订责任书38份")
    kept(page)
    expect(page.locator(".finding.error, .finding[data-severity=error]")).to_have_count(0)
    page.locator(".status button.primary").click()
    expect(page.locator(".status .version")).to_contain_text("3")
    page.context.close()

    page = logged_in(own, browser, speech, "孙二")
    page.goto(f"{own.url}/{speech.path}/review?report={report}")
    changes = page.locator(".changes li")
    expect(changes.filter(has_text="38份")).not_to_have_count(0)
    number = page.locator(".changes li", has_text="38份").first
    number.locator("[data-word=accept]").click()
    expect(page.locator(".changes li .decision.accepted")).to_have_count(1)
    gone = page.locator(".changes li", has_text=NEEDLESS).first
    before = page.locator(".history .dot").count()
    gone.locator("[data-word=reject]").click()
    expect(page.locator(".history .dot")).to_have_count(before + 1)
    page.locator(".steps .approve").click()
    page.locator(".steps .sure").click()
    expect(page.locator(".steps")).to_contain_text(speech.passed)
    page.context.close()

    page = logged_in(own, browser, speech, "李三")
    page.goto(f"{own.url}/{speech.path}/review?report={report}")
    page.locator(".steps .approve").click()
    page.locator(".steps .sure").click()
    expect(page.locator(".steps")).to_contain_text(speech.signed)
    page.goto(f"{own.url}/{speech.path}/export?report={report}")
    with page.expect_download() as downloading:
        page.get_by_role("button", name=".docx").first.click()
    target = tmp_path / "报告.docx"
    downloading.value.save_as(target)
    page.context.close()

    document = docx.Document(str(target))
    text = "".join(one.text for one in document.paragraphs).replace("\n", "")
    assert f"{organ}关于2024年上半年防汛备汛工作的专题报告" in text
    assert "38份" in text
    assert "126座次" in text
    assert "送审稿" not in text
    assert NEEDLESS not in text
    assert RIGHT not in text
    assert history_of(own, int(report))[-2:] == ["钱一", "孙二"]


def history_of(own: Served, report: int) -> list[str]:
    with own.workspace.reading() as connection:
        return [version.author for version in history.line(connection, report)]
