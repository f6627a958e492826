"""The desk's paper, findings and drafting in Chromium: marks without touching the text, mends in one click, nothing of a person's overwritten."""
# ruff: noqa: F811 — fixtures are imported by the names that the tests ask for

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from drafting.workspace import access, history, saving
from tests import endpoint as answers
from tests.endpoint import FakeEndpoint
from tests.scribe import faithful
from tests.test_desk_jobs import Gate
from tests.web.conftest import ROOT, Served, _wait
from tests.web.furnished import drafted
from tests.web.hostile import PAYLOADS
from tests.web.test_browser import WAIT, chromium  # noqa: F401 — a fixture
from tests.web.test_desk_page import Desk, _brief, context, desk, new_report, tab  # noqa: F401 — fixtures

from playwright.sync_api import BrowserContext, Locator, expect  # isort: skip

CHINESE = ("一", "鿿")
MARKED = "(name) => [...CSS.highlights.get(name)].map((range) => range.toString())"
SELECTED = "document.getSelection().toString()"
WRONG = "值此建国70周年之际。"


def texts(desk: Desk) -> list[dict[str, str]]:
    """The points of the paper as the server has them."""
    return [point for block in desk.state()["blocks"] for point in block.get("points") or ()]


def point(desk: Desk, index: int = 0) -> Locator:
    return desk.page.locator(f"[data-text={texts(desk)[index]['id']}]")


def at_end(text: Locator) -> None:
    text.click()
    text.page.keyboard.press("Control+End")


def finding(desk: Desk, code: str) -> Locator:
    return desk.page.locator(f".finding[data-code={code}]")


def marked(desk: Desk, name: str) -> list[str]:
    """The texts that bear a mark."""
    found: list[str] = desk.page.evaluate(MARKED, name)
    return found


def lit(desk: Desk, count: int) -> list[str]:
    """The sentences that are lit, once there are so many."""
    desk.page.wait_for_function("(count) => CSS.highlights.get('fact').size === count", arg=count)
    return marked(desk, "fact")


def planted(desk: Desk) -> Locator:
    """A wrong anniversary, typed at the end of the first point, once it is found."""
    text = point(desk)
    at_end(text)
    desk.page.keyboard.type(WRONG)
    expect(finding(desk, "D305")).to_have_count(1)
    return text


def test_a_wrong_anniversary_is_found_while_typing_and_one_click_mends_it(desk: Desk) -> None:
    text = planted(desk)
    assert desk.page.evaluate("document.activeElement.dataset.text") == text.get_attribute("data-text"), "one types on"
    assert "建国70周年" in marked(desk, "finding-warning")
    assert marked(desk, "finding-error") == ["70周年"], "no fact says so"
    assert text.evaluate("(element) => element.childNodes.length") == 1, "a mark is no element"
    finding(desk, "D305").locator("[data-do=mend]").click()
    expect(finding(desk, "D305")).to_have_count(0)
    expect(text).to_contain_text("建国75周年")
    assert "建国75周年" not in marked(desk, "finding-warning")
    assert texts(desk)[0]["text"].endswith("值此建国75周年之际。")


def test_a_finding_leads_to_its_place_where_one_types_over_it(desk: Desk) -> None:
    text = planted(desk)
    desk.fact("F1").click()
    finding(desk, "D305").locator(".go").click()
    expect(text).to_be_in_viewport()
    assert desk.page.evaluate(SELECTED) == "建国70周年"
    assert marked(desk, "place") == ["建国70周年"]
    desk.page.keyboard.type("八一建军节")
    expect(finding(desk, "D305")).to_have_count(0)
    assert texts(desk)[0]["text"].endswith("值此八一建军节之际。")


def test_an_input_method_composes_in_a_point_and_nothing_is_sent_before_its_end(desk: Desk) -> None:
    desk.page.clock.install()
    desk.open()
    keyboard = desk.page.context.new_cdp_session(desk.page)
    text = point(desk)
    before = text.text_content() or ""
    at_end(text)
    for letters in ("l", "li", "lian", "lianhe"):
        size = len(letters)
        keyboard.send("Input.imeSetComposition", {"text": letters, "selectionStart": size, "selectionEnd": size})
        desk.page.clock.run_for(3000)
    assert text.text_content() == f"{before}lianhe"
    assert desk.edits == []
    keyboard.send("Input.insertText", {"text": "联合部署。"})
    desk.page.clock.run_for(3000)
    desk.saved()
    assert [one["value"] for edit in desk.edits for one in edit["operations"]] == [f"{before}联合部署。"]
    assert texts(desk)[0]["text"] == f"{before}联合部署。"


def test_a_colleagues_words_come_into_the_point_one_types_in_and_the_caret_stays(desk: Desk) -> None:
    text = point(desk)
    id, was = texts(desk)[0]["id"], texts(desk)[0]["text"]
    at_end(text)
    desk.call(
        "desk/edit",
        revision=desk.state()["revision"],
        operations=[{"op": "text", "id": id, "was": was, "value": f"狠抓落实，{was}"}],
    )
    expect(text).to_have_text(f"狠抓落实，{was}")
    desk.page.keyboard.type("成效明显。")
    desk.saved()
    assert texts(desk)[0]["text"] == f"狠抓落实，{was}成效明显。"


def test_a_fact_lights_its_sentences_and_a_sentence_its_facts(desk: Desk) -> None:
    id = next(one["id"] for one in texts(desk) if "F2" in one["facts"])
    expect(desk.page.locator(".mark[data-kind=used]").first).to_be_visible()
    desk.page.locator("[data-fact=F2].fact").hover()
    assert "签订责任书37份。" in lit(desk, 2), "the gist and the sentence"
    desk.page.locator(".status").hover()
    lit(desk, 0)
    text = desk.page.locator(f"[data-text={id}]")
    place = text.evaluate("""(element) => {
      const range = document.createRange();
      const at = element.textContent.indexOf('37');
      range.setStart(element.firstChild, at);
      range.setEnd(element.firstChild, at + 2);
      const { x, y, width, height } = range.getBoundingClientRect();
      return [x + width / 2, y + height / 2];
    }""")
    desk.page.mouse.move(*place)
    expect(desk.page.locator(".fact.lit")).to_have_attribute("data-fact", "F2")


def test_what_is_lit_out_of_view_comes_into_view_on_either_side(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 1280, "height": 460})
    expect(desk.page.locator(".mark[data-kind=used]").first).to_be_visible()
    fact, outlook = desk.page.locator("[data-fact=F8].fact"), desk.page.locator(".sheet .outlook [data-text]")
    expect(fact).not_to_be_in_viewport()
    outlook.hover()
    expect(fact).to_be_in_viewport(ratio=1)
    desk.page.locator(".paper-pane").evaluate("(pane) => { pane.scrollTop = 0; }")
    expect(outlook).not_to_be_in_viewport()
    fact.hover()
    expect(outlook).to_be_in_viewport()
    top = desk.page.locator(".paper-pane").evaluate("(pane) => pane.scrollTop")
    desk.page.locator(".status").hover()
    fact.hover()
    expect(desk.page.locator(".fact.lit")).to_have_attribute("data-fact", "F8")
    assert desk.page.locator(".paper-pane").evaluate("(pane) => pane.scrollTop") == top, "what is in view stays"


def test_enter_begins_a_paragraph_backspace_takes_it_away_and_a_paste_is_one_plain_line(desk: Desk) -> None:
    count = len(desk.state()["blocks"])
    last = next(one for one in desk.state()["blocks"] if one.get("points"))["points"][-1]["id"]
    at_end(desk.page.locator(f"[data-text={last}]"))
    desk.page.keyboard.press("Enter")
    added = desk.page.locator(".sheet .paragraph:not(:has(.point)) [data-text]")
    expect(added).to_be_focused()
    desk.paste("各乡镇\n<b>逐级</b>落实。")
    desk.saved()
    expect(added).to_have_text("各乡镇<b>逐级</b>落实。")
    assert "各乡镇<b>逐级</b>落实。" in [block.get("text") for block in desk.state()["blocks"]]
    desk.page.keyboard.press("Control+a")
    desk.page.keyboard.press("Backspace")
    desk.page.keyboard.press("Backspace")
    expect(added).to_have_count(0)
    desk.saved()
    assert len(desk.state()["blocks"]) == count


def test_enter_within_a_point_does_not_break_it(desk: Desk) -> None:
    before = desk.state()["blocks"]
    text = point(desk)
    text.click()
    desk.page.keyboard.press("Control+Home")
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.type("先")
    desk.saved()
    assert texts(desk)[0]["text"] == "先" + next(one for one in before if one.get("points"))["points"][0]["text"]
    assert len(desk.state()["blocks"]) == len(before)


def test_arrows_go_over_the_paper_as_over_one_text(desk: Desk) -> None:
    first, second = point(desk, 0), point(desk, 1)
    at_end(first)
    desk.page.keyboard.press("ArrowRight")
    expect(second).to_be_focused()
    desk.page.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("ArrowDown")
    expect(first).not_to_be_focused()
    assert desk.page.evaluate("document.activeElement.isContentEditable")


def test_hostile_texts_are_shown_literally_and_run_nothing(desk: Desk) -> None:
    said = "安全".join(PAYLOADS)
    one, other = texts(desk)[0], texts(desk)[1]
    edits = [{"op": "text", "id": it["id"], "was": it["text"], "value": f"{said}{WRONG}"} for it in (one, other)]
    desk.call("desk/edit", revision=desk.state()["revision"], operations=edits)
    expect(point(desk)).to_have_text(f"{said}{WRONG}")
    expect(finding(desk, "D305")).to_have_count(2)
    desk.page.locator("[data-picture=coverage]").click()
    finding(desk, "D305").first.locator("[data-do=explain]").click()
    expect(desk.page.locator("aside.rule")).to_contain_text("D305")
    inside = ".sheet :is(img, script, svg, style, a), .findings :is(img, script, style, a[href^=javascript])"
    assert desk.page.locator(inside).count() == 0
    assert desk.page.evaluate("window.pwned") is None


def test_a_point_is_locked_with_the_keyboard_and_unlocked(desk: Desk) -> None:
    id = texts(desk)[0]["id"]
    point(desk).click()
    desk.page.keyboard.press("Tab")
    expect(desk.page.locator("[data-tool=lock]")).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(f"[data-point={id}][data-locked]")).to_have_count(1)
    assert texts(desk)[0]["locked"]
    expect(desk.page.locator("[data-tool=redraft]")).to_have_count(0)
    expect(desk.page.locator("[data-tool=unlock]")).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(f"[data-point={id}][data-locked]")).to_have_count(0)


def test_a_redraft_of_a_persons_words_is_a_proposal_taken_or_declined(desk: Desk) -> None:
    """The composer words it, for no model is there."""
    (first, one), (second, other) = [(point(desk, index), texts(desk)[index]) for index in (0, 1)]
    for text in (first, second):
        at_end(text)
        desk.page.keyboard.type("这是我写的。")
    desk.saved()
    desk.page.locator("[data-do=draft]").click()
    proposals = desk.page.locator(".proposal")
    expect(proposals).to_have_count(2, timeout=WAIT)
    expect(first).to_contain_text("这是我写的。")
    expect(proposals.first.locator("del")).to_have_text("这是我写的。")
    proposals.first.locator("[data-do=take]").click()
    expect(proposals).to_have_count(1)
    expect(first).not_to_contain_text("这是我写的。")
    proposals.first.locator("[data-do=decline]").click()
    expect(proposals).to_have_count(0)
    assert [one["text"] for one in texts(desk)[:2]] == [one["text"], f"{other['text']}这是我写的。"]


def test_an_error_is_waived_by_who_may_and_by_nobody_else(desk: Desk) -> None:
    """A number without a fact is an error; 王五 reviews, 李四 does not."""
    planted(desk)
    desk.call("desk/save", note="")
    with desk.served.workspace.writing("张三") as ledger:
        access.share(ledger, history.document(ledger.connection, desk.report), "李四")
    page = tab(desk.served, desk.page.context, "李四")
    page.goto(desk.page.url)
    expect(page.locator(".finding[data-code=G401]")).to_be_visible(timeout=WAIT)
    expect(page.locator("[data-do=waive]")).to_have_count(0)
    page = tab(desk.served, desk.page.context, "王五")
    page.goto(desk.page.url)
    waived = page.locator(".finding[data-code=G401]")
    waived.locator("[data-do=waive]").click(timeout=WAIT)
    page.keyboard.type("上级文件原文如此")
    page.keyboard.press("Enter")
    expect(waived).to_contain_text("上级文件原文如此")
    expect(waived.locator("[data-do=waive]")).to_have_count(0)


def test_a_mark_of_the_timeline_leads_to_its_sentence(desk: Desk) -> None:
    planted(desk)
    text = point(desk)
    at_end(text)
    desk.page.keyboard.type("2024年3月5日召开。")
    mark = desk.page.locator(f".picture [data-point={texts(desk)[0]['id']}]").last
    expect(mark).to_be_visible()
    desk.fact("F1").click()
    mark.focus()
    desk.page.keyboard.press("Enter")
    expect(text).to_be_focused()
    assert desk.page.evaluate(SELECTED)


def test_what_changed_gives_both_texts_and_never_half_a_number(desk: Desk) -> None:
    pieces = ["安全", "12", "126", "𠮷", "GDP", "8.5%，", ""]
    words = ["".join(some) for some in itertools.product(pieces, repeat=3)]
    pairs = [[one, other] for step in (1, 8, 50, 101) for one, other in zip(words, words[step:], strict=False)]
    pairs.append(["检查126家次", "检查128家次"])
    told = desk.page.evaluate(
        """async (pairs) => {
      const { difference } = await import('/static/desk/diff.js');
      return pairs.map(([before, after]) => difference(before, after));
    }""",
        pairs,
    )
    for (before, after), changes in zip(pairs, told, strict=True):
        assert "".join(one["text"] for one in changes if one["kind"] != "inserted") == before
        assert "".join(one["text"] for one in changes if one["kind"] != "deleted") == after
    assert told[-1] == [
        {"kind": "same", "text": "检查"},
        {"kind": "deleted", "text": "126"},
        {"kind": "inserted", "text": "128"},
        {"kind": "same", "text": "家次"},
    ]


def test_every_word_of_the_paper_is_there_in_both_languages(desk: Desk) -> None:
    words = desk.page.evaluate("import('/static/desk/paperwords.js').then((module) => module.WORDS)")
    assert list(words["zh"]) == list(words["en"])
    english = "".join(text for name, text in words["en"].items() if name != "wishes")
    assert not [one for one in english if CHINESE[0] <= one <= CHINESE[1]]


# --- drafting


def bare(served: Served) -> int:
    """A report that has facts and no point yet."""
    with ThreadPoolExecutor(1) as thread:  # Playwright's event loop runs in this one
        told = thread.submit(drafted, _brief()).result()
    blocks = tuple(block for block in told.blocks if block.type != "paragraph")
    return saving.record(served.workspace, replace(told, blocks=blocks), "张三", "drafted").version.report_id


def test_a_draft_without_a_model_fills_the_paper(served: Served, context: BrowserContext) -> None:
    empty = Desk(served, tab(served, context), bare(served)).open()
    expect(empty.page.locator(".sheet .paragraph .point")).to_have_count(0)
    empty.page.locator("[data-do=draft]").click()
    expect(empty.page.locator(".drafting .told")).to_contain_text("拟稿完成", timeout=WAIT)
    points = empty.page.locator(".sheet .point")
    expect(points.filter(has_text="450人次")).to_have_count(1)
    expect(empty.page.locator(".sheet .point[data-origin=composed]").first).to_be_visible()
    assert {fact for one in texts(empty) for fact in one["facts"]} >= {f"F{number}" for number in range(1, 8)}


@contextmanager
def gated(served: Served, folder: Path, url: str = "") -> Iterator[tuple[int, Gate]]:
    """The port of a server on the same workspace whose model answers when the gate is open. `url` is what people type, where a proxy is."""
    gate = Gate()
    (folder / "ahead").write_text("0")
    place = str(served.workspace.location)
    command = [sys.executable, "-m", "tests.web.server", place, str(folder / "ahead"), str(folder / "routes"), "0", url]
    with FakeEndpoint() as endpoint:
        endpoint.script = lambda body: gate.before(
            answers.completion(json.dumps({"points": faithful(body)}, ensure_ascii=False))
        )
        environ = {**os.environ, **endpoint.environ, "CHENGWEN_MODEL": "openai:测试模型", "CHENGWEN_RETRIES": "0"}
        with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                port = process.stdout.readline().strip()
                _wait(f"http://127.0.0.1:{port}/health")
                yield int(port), gate
            finally:
                gate.open.set()
                process.terminate()


@pytest.fixture
def slow(served: Served, tmp_path: Path) -> Iterator[tuple[Served, Gate]]:
    with gated(served, tmp_path) as (port, gate):
        yield replace(served, url=f"http://127.0.0.1:{port}"), gate


def test_a_tab_closed_during_drafting_finds_it_gone_on(slow: tuple[Served, Gate], context: BrowserContext) -> None:
    served, gate = slow
    begun = Desk(served, tab(served, context), bare(served)).open()
    begun.page.locator("[data-do=draft]").click()
    expect(begun.page.locator(".sheet .coming .step").first).to_contain_text("正在拟写", timeout=WAIT)
    expect(begun.page.locator(".drafting progress")).to_be_visible()
    assert gate.reached.wait(30)
    begun.page.close()
    gate.open.set()
    back = Desk(served, tab(served, context), begun.report).open()
    expect(back.page.locator(".drafting .told")).to_contain_text("拟稿完成", timeout=WAIT)
    expect(back.page.locator(".sheet .point").filter(has_text="450人次")).to_have_count(1)
    expect(back.page.locator(".sheet .coming")).to_have_count(0)


def test_a_draft_that_is_stopped_says_so_and_goes_on(slow: tuple[Served, Gate], context: BrowserContext) -> None:
    served, gate = slow
    begun = Desk(served, tab(served, context), bare(served)).open()
    begun.page.locator("[data-do=draft]").click()
    assert gate.reached.wait(30)
    begun.page.locator("[data-do=cancel]").click()
    expect(begun.page.locator(".drafting .told")).to_contain_text("已停止", timeout=WAIT)
    gate.open.set()
    begun.page.locator("[data-do=resume]").click()
    expect(begun.page.locator(".drafting .told")).to_contain_text("拟稿完成", timeout=WAIT)
    assert len(list(itertools.chain(*(one["facts"] for one in texts(begun))))) >= 7


def test_a_tab_without_a_model_offers_no_wish_and_says_why(desk: Desk) -> None:
    point(desk).click()
    desk.page.locator("[data-tool=redraft]").click()
    form = desk.page.locator("form.wish")
    expect(form).to_contain_text("没有设置模型，不能按要求改写")
    expect(form.locator("[data-wish], input")).to_have_count(0)
    expect(form.get_by_role("button", name="开始")).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(form).to_have_count(0)


def test_the_outlook_is_redrafted_with_a_wish_and_its_change_is_taken(
    slow: tuple[Served, Gate], context: BrowserContext
) -> None:
    """The model words the plan in its facts' own words; what a person wrote stays until the proposal is taken."""
    served, gate = slow
    gate.open.set()
    with ThreadPoolExecutor(1) as thread:
        made = thread.submit(new_report, served).result()
    desk = Desk(served, tab(served, context), made).open()
    outlook = desk.page.locator(".sheet .outlook [data-text]")
    formula = outlook.inner_text()
    at_end(outlook)
    desk.page.keyboard.type("这是我写的。")
    desk.saved()
    desk.page.locator("[data-tool=redraft]").click()
    desk.page.locator("[data-wish=更简洁]").click()
    proposal = desk.page.locator(".outlook .proposal")
    expect(proposal).to_contain_text("更简洁", timeout=WAIT)
    expect(proposal.locator("del")).to_have_text("这是我写的。")
    expect(outlook).to_have_text(f"{formula}这是我写的。")
    proposal.locator("[data-do=take]").click()
    expect(outlook).to_have_text(formula)
    expect(proposal).to_have_count(0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_explanation_of_a_finding_is_within_reach_beside_all_other_buttons(
    served: Served, context: BrowserContext, language: str
) -> None:
    """张三 drafts and administers: fixes, writes in, waives."""
    desk = Desk(served, tab(served, context), new_report(served)).open(language)
    planted(desk)
    expect(desk.page.locator("[data-do=waive]").first).to_be_visible()
    cut = desk.page.evaluate("""[...document.querySelectorAll('.finding button')].filter((button) => {
      const list = button.closest('.scroll');
      return button.getBoundingClientRect().right > list.getBoundingClientRect().left + list.clientWidth + 1;
    }).map((button) => button.closest('.finding').dataset.code + button.textContent)""")
    assert cut == []


def test_an_address_with_a_finding_leads_to_its_place(served: Served, context: BrowserContext) -> None:
    desk = Desk(served, tab(served, context), new_report(served)).open()
    planted(desk)
    last = len(texts(desk)) - 1
    at_end(point(desk, last))
    desk.page.keyboard.type(WRONG)
    expect(finding(desk, "D305")).to_have_count(2)
    desk.saved()
    desk.page.goto(f"{served.url}/zh/desk?report={desk.report}&finding=D305")
    chosen = desk.page.locator(".finding[aria-current=true]")
    expect(chosen).to_have_attribute("data-code", "D305")
    expect(point(desk)).to_be_in_viewport()
    assert desk.page.evaluate(SELECTED) == "建国70周年"
    assert desk.page.evaluate("document.activeElement.dataset.text") == texts(desk)[0]["id"], "the first of them"
    desk.page.goto(f"{served.url}/zh/desk?report={desk.report}&finding=D999")
    expect(desk.page.locator(".status > .told")).to_contain_text("D999 这一项现在已经没有了")


def test_the_language_switch_keeps_the_report(desk: Desk) -> None:
    desk.page.get_by_role("link", name="English").click()
    expect(desk.fact("F1")).to_be_visible()
    assert desk.page.url == f"{desk.served.url}/en/desk?report={desk.report}"
    expect(desk.page.get_by_role("button", name="Paste several").first).to_be_visible()
