"""The desk in Chromium: whatever happens while somebody writes, what they wrote stands under its own heading, and on the server."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from drafting.facts import Brief, Fact, Section
from drafting.period import Period
from drafting.workspace import access, history, saving
from tests.builders import CLEAN, report
from tests.web.conftest import ROOT, Served, _wait
from tests.web.furnished import drafted
from tests.web.test_browser import WAIT, chromium  # noqa: F401 — a fixture

from playwright.sync_api import BrowserContext, CDPSession, Locator, Page, Request, Route, expect  # isort: skip

_TOPICS = itertools.count(1)
SECTIONS = {
    "强化组织领导，压实安全责任": ("召开安全生产专题会议4次", "签订责任书37份", "组织应急演练3场，450人次参加"),
    "深化专项整治，消除安全隐患": ("检查企业126家次", "行政处罚21起，罚款86.4万元"),
    "加强宣传教育，提升安全意识": ("进校授课5场", "发放手册2800册"),
}


@dataclass
class Desk:
    """A report on somebody's desk, in one tab."""

    served: Served
    page: Page
    report: int
    who: str = "张三"
    edits: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(WAIT)
        self.page.on("request", self._sent)

    def _sent(self, request: Request) -> None:
        if request.url.endswith("/desk/edit"):
            self.edits.append(request.post_data_json or {})

    def open(self, language: str = "zh") -> Desk:
        self.page.goto(f"{self.served.url}/{language}/desk?report={self.report}")
        expect(self.page.locator(".fact").first).to_be_visible(timeout=WAIT)
        return self

    def fact(self, id: str) -> Locator:
        return self.page.locator(f"[data-fact={id}] textarea.text")

    def saved(self) -> None:
        """Waits until the page says that everything is kept."""
        expect(self.page.locator(".status .kept")).to_have_attribute("data-kind", "saved")

    def shown(self) -> list[tuple[str, list[str]]]:
        """Headings and facts, as the page shows them."""
        told = self.page.evaluate("""[...document.querySelectorAll('.box:not(.outlook)')].map((box) => [
          box.querySelector('textarea.heading').value,
          [...box.querySelectorAll('textarea.text')].map((field) => field.value)])""")
        return [(heading, facts) for heading, facts in told]

    def kept(self) -> list[tuple[str, list[str]]]:
        """Headings and facts, as the server has them."""
        return [(one["heading"], [fact["text"] for fact in one["facts"]]) for one in self.state()["sections"]]

    def state(self) -> dict[str, Any]:
        return self.call("desk/open")

    def call(self, name: str, **data: object) -> dict[str, Any]:
        with self.served.logged_in(self.who) as client:
            answer = client.post(f"/call/zh/{name}", json={"report": self.report, **data})
            assert answer.status_code == 200, answer.text
            told: dict[str, Any] = answer.json()
            return told

    def menu(self, section: str, entry: str) -> None:
        self.page.locator(f"[data-section={section}] header summary").click()
        self.page.locator(f"[data-section={section}] header").get_by_role("button", name=entry).click()

    def paste(self, text: str) -> None:
        self.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+v")


def _brief() -> Brief:
    numbers = itertools.count(1)
    return Brief(
        kind="special-report",
        organ="市应急管理局",
        recipient="市人民政府",
        topic=f"第{next(_TOPICS)}项安全生产工作",
        period=Period.parse("2024年上半年"),
        issued=date(2024, 7, 5),
        sections=tuple(
            Section(heading, tuple(Fact(f"F{next(numbers)}", text) for text in facts))
            for heading, facts in SECTIONS.items()
        ),
        outlook=(Fact(f"F{next(numbers)}", "完成其余12处隐患整改"),),
    )


def new_report(served: Served) -> int:
    with ThreadPoolExecutor(1) as thread:  # Playwright's event loop runs in this one
        draft = thread.submit(drafted, _brief()).result()
    return saving.record(served.workspace, draft, "张三", "drafted").version.report_id


def tab(served: Served, context: BrowserContext, who: str = "张三") -> Page:
    context.add_cookies([{"name": served.cookie, "value": served.token(who), "url": f"{served.url}/"}])
    return context.new_page()


@pytest.fixture
def context(chromium: dict[str, BrowserContext]) -> Iterator[BrowserContext]:  # noqa: F811
    """A window of its own: what another test left in the browser's storage is not there."""
    browser = chromium["zh-HK"].browser
    assert browser is not None
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def desk(served: Served, context: BrowserContext) -> Iterator[Desk]:
    """A desk with three sections. Nothing was complained of while it was used."""
    problems: list[str] = []
    page = tab(served, context)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("dialog", lambda dialog: problems.append(dialog.message))
    yield Desk(served, page, new_report(served)).open()
    assert problems == []


def texts() -> list[tuple[str, list[str]]]:
    return [(heading, list(facts)) for heading, facts in SECTIONS.items()]


def test_what_is_typed_is_there_after_a_reload(desk: Desk) -> None:
    desk.fact("F2").press("End")
    desk.page.keyboard.type("，覆盖全部乡镇")
    desk.page.reload()
    expect(desk.fact("F2")).to_have_value("签订责任书37份，覆盖全部乡镇")
    desk.saved()
    assert desk.kept()[0][1][1] == "签订责任书37份，覆盖全部乡镇"
    assert desk.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('chengwen.desk'))") == []


def test_an_input_methods_letters_are_never_sent_and_its_words_are(desk: Desk) -> None:
    desk.page.clock.install()
    desk.open()
    keyboard: CDPSession = desk.page.context.new_cdp_session(desk.page)
    desk.fact("F1").press("End")
    for letters in ("，", "，l", "，li", "，lian", "，lianhe"):
        keyboard.send("Input.imeSetComposition", {"text": letters, "selectionStart": len(letters), "selectionEnd": 1})
        desk.page.clock.run_for(5000)
    assert desk.fact("F1").input_value().endswith("，lianhe"), "the letters are in the field"
    assert desk.edits == [], "and nowhere else"
    assert "lianhe" not in desk.page.evaluate("JSON.stringify(localStorage)")
    keyboard.send("Input.insertText", {"text": "，联合部署"})
    desk.page.clock.run_for(5000)
    desk.saved()
    sent = [one for edit in desk.edits for one in edit["operations"]]
    assert [(one["was"], one["value"]) for one in sent] == [
        ("召开安全生产专题会议4次", "召开安全生产专题会议4次，联合部署")
    ]
    assert desk.kept()[0][1][0] == "召开安全生产专题会议4次，联合部署"


def test_a_foreign_edit_that_arrives_within_a_composition_waits_for_its_end(desk: Desk) -> None:
    keyboard = desk.page.context.new_cdp_session(desk.page)
    desk.fact("F1").press("Home")
    keyboard.send("Input.imeSetComposition", {"text": "shang", "selectionStart": 5, "selectionEnd": 5})
    with desk.page.expect_request("**/desk/follow"):  # the next one: what the last one told is in the page's hands
        was = "召开安全生产专题会议4次"
        edit = {"op": "fact", "id": "F1", "field": "text", "was": was, "value": f"{was}，逐一部署"}
        desk.call("desk/edit", revision=desk.state()["revision"], operations=[edit])
    assert desk.fact("F1").input_value() == "shang召开安全生产专题会议4次"
    keyboard.send("Input.insertText", {"text": "上半年"})
    expect(desk.fact("F1")).to_have_value("上半年召开安全生产专题会议4次，逐一部署")
    desk.saved()
    assert desk.kept()[0][1][0] == "上半年召开安全生产专题会议4次，逐一部署"


def test_enter_begins_a_fact_that_is_typed_into_at_once(desk: Desk) -> None:
    desk.fact("F4").press("End")
    for text in ("查出隐患58处", "整改55处", "移交3处"):
        desk.page.keyboard.press("Enter")
        desk.page.keyboard.type(text)
    desk.saved()
    after = ["检查企业126家次", "查出隐患58处", "整改55处", "移交3处", "行政处罚21起，罚款86.4万元"]
    assert desk.shown()[1][1] == desk.kept()[1][1] == after
    assert desk.page.evaluate("document.activeElement.value") == "移交3处"


def test_enter_within_a_fact_parts_it(desk: Desk) -> None:
    desk.fact("F5").press("Home")
    for _ in range(6):
        desk.page.keyboard.press("ArrowRight")
    desk.page.keyboard.press("Enter")
    desk.saved()
    assert desk.shown()[1][1] == desk.kept()[1][1] == ["检查企业126家次", "行政处罚21", "起，罚款86.4万元"]


@pytest.mark.parametrize(
    "pasted",
    [
        "1. 开展培训6期\n2. 参训人员1200人次\n\n3. 发放证书300本\n",
        "开展培训6期\t人事科\t2024-03-15\n参训人员1200人次\t人事科\t\n发放证书300本\t\t\n",
    ],
    ids=["lines", "cells"],
)
def test_lines_and_cells_that_are_pasted_become_facts(desk: Desk, pasted: str) -> None:
    desk.fact("F6").press("End")
    desk.paste(pasted)
    expect(desk.page.locator("[data-section=s3] .fact")).to_have_count(5)
    after = ["进校授课5场", "开展培训6期", "参训人员1200人次", "发放证书300本", "发放手册2800册"]
    assert desk.shown()[2][1] == desk.kept()[2][1] == after
    source, day = (desk.state()["sections"][2]["facts"][1][name] for name in ("source", "date"))
    assert (source, day) == (("人事科", "2024-03-15") if "\t" in pasted else ("", ""))


def test_one_line_is_pasted_as_text(desk: Desk) -> None:
    desk.fact("F6").press("End")
    desk.paste("，听课3200人次")
    desk.saved()
    expect(desk.fact("F6")).to_have_value("进校授课5场，听课3200人次")
    assert desk.kept()[2][1] == ["进校授课5场，听课3200人次", "发放手册2800册"]


def test_several_are_pasted_by_the_dialog(desk: Desk) -> None:
    desk.page.locator("[data-section=s1]").get_by_role("button", name="粘贴多条").click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_label("要粘贴的内容").fill("约谈企业6家\n挂牌督办2处")
    dialog.get_by_role("button", name="加入").click()
    expect(dialog).to_have_count(0)
    desk.saved()
    assert (
        desk.shown()[0][1]
        == desk.kept()[0][1]
        == [*SECTIONS["强化组织领导，压实安全责任"], "约谈企业6家", "挂牌督办2处"]
    )


def test_sections_put_in_moved_and_taken_out_keep_every_text_under_its_heading(desk: Desk) -> None:
    one, two, three = texts()
    desk.fact("F6").press("End")
    desk.page.keyboard.type("，听课3200人次")  # not yet sent when the sections move
    three = (three[0], ["进校授课5场，听课3200人次", three[1][1]])
    desk.menu("s3", "上移")
    expect(desk.page.locator(".box").nth(1)).to_have_attribute("data-section", "s3")
    assert desk.shown() == desk.kept() == [one, three, two]

    desk.page.get_by_role("button", name="添加一节").click()
    expect(desk.page.locator(".box:not(.outlook)")).to_have_count(4)
    desk.page.keyboard.type("强化应急准备，提升处置能力")
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.type("修订预案12个")
    four = ("强化应急准备，提升处置能力", ["修订预案12个"])
    desk.saved()
    assert desk.shown() == desk.kept() == [one, three, two, four]

    desk.menu("s1", "删除本节")
    desk.page.get_by_role("button", name="再点一次").click()
    expect(desk.page.locator(".box:not(.outlook)")).to_have_count(3)
    assert desk.shown() == desk.kept() == [three, two, four]
    desk.page.get_by_role("button", name="撤销").click()
    expect(desk.page.locator(".box:not(.outlook)")).to_have_count(4)
    assert desk.shown() == desk.kept() == [one, three, two, four]


def test_a_fact_goes_over_the_edge_of_its_section_with_text_and_caret(desk: Desk) -> None:
    desk.fact("F4").press("End")
    desk.page.keyboard.type("，查出隐患58处")
    desk.page.keyboard.press("Alt+ArrowUp")
    expect(desk.page.locator("[data-section=s1] [data-fact=F4]")).to_be_visible()
    desk.page.keyboard.type("，整改55处")
    desk.saved()
    one, two, three = texts()
    moved = "检查企业126家次，查出隐患58处，整改55处"
    assert desk.shown() == desk.kept() == [(one[0], [*one[1], moved]), (two[0], two[1][1:]), three]


def test_a_fact_is_dragged_into_another_section(desk: Desk) -> None:
    desk.page.locator("[data-fact=F1]").hover()
    desk.page.locator("[data-fact=F1] .handle").drag_to(
        desk.page.locator("[data-fact=F6]"), target_position={"x": 90, "y": 20}
    )
    expect(desk.page.locator("[data-section=s3] .fact")).to_have_count(3)
    one, two, three = texts()
    after = [(one[0], one[1][1:]), two, (three[0], [three[1][0], one[1][0], three[1][1]])]
    assert desk.shown() == desk.kept() == after


def test_a_section_moves_with_the_keyboard_and_what_is_typed_goes_along(desk: Desk) -> None:
    one, two, three = texts()
    heading = desk.page.locator("[data-section=s3] textarea.heading")
    heading.press("End")
    desk.page.keyboard.type("，营造氛围")
    desk.page.keyboard.press("Alt+ArrowUp")
    expect(desk.page.locator(".box").nth(1)).to_have_attribute("data-section", "s3")
    expect(heading).to_be_focused()
    desk.page.keyboard.press("Alt+ArrowUp")
    expect(desk.page.locator(".box").nth(0)).to_have_attribute("data-section", "s3")
    desk.page.keyboard.press("Alt+ArrowUp")
    desk.page.keyboard.type("好")
    desk.saved()
    third = (f"{three[0]}，营造氛围好", three[1])
    assert desk.shown() == desk.kept() == [third, one, two]
    desk.page.keyboard.press("Alt+ArrowDown")
    expect(desk.page.locator(".box").nth(1)).to_have_attribute("data-section", "s3")
    assert desk.shown() == desk.kept() == [one, third, two]


def test_a_section_is_dragged_by_its_number(desk: Desk) -> None:
    one, two, three = texts()
    boxes = desk.page.locator(".box")
    handle = "[data-section={}] header .number"
    desk.page.locator(handle.format("s1")).drag_to(boxes.nth(2), target_position={"x": 90, "y": 60})
    expect(boxes.nth(2)).to_have_attribute("data-section", "s1")
    assert desk.shown() == desk.kept() == [two, three, one]
    desk.page.locator(handle.format("s1")).drag_to(boxes.nth(0), target_position={"x": 90, "y": 4})
    expect(boxes.nth(0)).to_have_attribute("data-section", "s1")
    assert desk.shown() == desk.kept() == [one, two, three]
    desk.page.locator(handle.format("s2")).drag_to(desk.page.locator(".box.outlook"))
    expect(boxes.nth(2)).to_have_attribute("data-section", "s2")
    assert desk.shown() == desk.kept() == [one, three, two], "the outlook stays the last"


def test_two_facts_are_made_one_point_and_parted_again(desk: Desk) -> None:
    for id in ("F2", "F3"):
        desk.page.get_by_label(f"选中 {id}", exact=True).check()
    desk.page.get_by_role("button", name="合成一个要点").click()
    expect(desk.page.locator("[data-fact=F2].grouped.first")).to_be_visible()
    assert ["F2", "F3"] in desk.state()["sections"][0]["groups"]
    desk.page.locator("[data-fact=F2] summary").click()
    desk.page.get_by_role("button", name="拆成各自的要点").click()
    expect(desk.page.locator(".grouped.first")).to_have_count(0)


def test_two_tabs_write_one_fact_and_both_have_both(desk: Desk, context: BrowserContext) -> None:
    other = Desk(desk.served, context.new_page(), desk.report).open()
    desk.fact("F1").press("Home")
    desk.page.keyboard.type("上半年，")
    other.fact("F1").press("End")
    other.page.keyboard.type("，部署9项任务")
    both = "上半年，召开安全生产专题会议4次，部署9项任务"
    for one in (desk, other):
        expect(one.fact("F1")).to_have_value(both)
        one.saved()
    assert desk.kept()[0][1][0] == both
    other.page.keyboard.type("，均已办结")
    expect(desk.fact("F1")).to_have_value(f"{both}，均已办结")


def test_where_two_tabs_clash_both_texts_are_shown_and_nothing_is_changed_until_one_is_chosen(
    desk: Desk, context: BrowserContext
) -> None:
    other = Desk(desk.served, context.new_page(), desk.report).open()
    with other.page.expect_response("**/desk/open"):
        other.page.reload()
    expect(other.fact("F1")).to_be_visible()
    other.page.route("**/desk/follow", lambda route: None)  # it does not hear of the first one's edit
    with other.page.expect_request("**/desk/follow"):
        other.page.reload()
    expect(other.fact("F1")).to_be_visible()
    desk.fact("F1").fill("召开党组会6次")
    desk.saved()
    other.fact("F1").fill("召开调度会9次")
    both = other.page.locator("[data-clash='fact|F1|text']")
    expect(both).to_contain_text("召开党组会6次")
    expect(both).to_contain_text("召开调度会9次")
    assert desk.kept()[0][1][0] == "召开党组会6次"
    both.get_by_role("button", name="用我的").click()
    expect(both).to_have_count(0)
    other.saved()
    assert desk.kept()[0][1][0] == "召开调度会9次"
    expect(desk.fact("F1")).to_have_value("召开调度会9次")


def test_a_colleagues_version_is_merged_and_what_clashes_is_shown(desk: Desk, context: BrowserContext) -> None:
    with desk.served.workspace.writing("张三") as ledger:
        access.share(ledger, history.document(ledger.connection, desk.report), "李四")
    browser = context.browser
    assert browser is not None
    colleague = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    theirs = Desk(desk.served, tab(desk.served, colleague, "李四"), desk.report, "李四").open()
    theirs.fact("F1").fill("召开安全生产专题会议6次")
    theirs.fact("F4").fill("检查企业130家次")
    theirs.page.keyboard.press("Control+s")
    expect(theirs.page.locator(".status > .told")).to_contain_text("第 2 版")
    desk.fact("F2").fill("签订责任书40份")
    desk.saved()
    desk.page.keyboard.press("Control+s")
    expect(desk.page.locator(".status > .told")).to_contain_text("第 3 版")
    expect(desk.fact("F1")).to_have_value("召开安全生产专题会议6次")
    assert [fact for _, facts in desk.kept() for fact in facts][:4] == [
        "召开安全生产专题会议6次",
        "签订责任书40份",
        "组织应急演练3场，450人次参加",
        "检查企业130家次",
    ]

    desk.fact("F5").fill("行政处罚22起，罚款90万元")
    desk.saved()
    theirs.fact("F5").fill("行政处罚25起，罚款88万元")
    theirs.page.keyboard.press("Control+s")
    expect(theirs.page.locator(".status > .told")).to_contain_text("第 4 版")
    both = desk.page.locator("[data-clash='fact|F5|text']")
    expect(both).to_contain_text("行政处罚22起，罚款90万元")
    expect(both).to_contain_text("行政处罚25起，罚款88万元")
    expect(both).to_contain_text("李四")
    both.get_by_role("button", name="自己改").click()
    both.get_by_role("textbox").fill("行政处罚25起，罚款90万元")
    both.get_by_role("button", name="就用这段").click()
    expect(both).to_have_count(0)
    desk.saved()
    assert desk.kept()[1][1][1] == "行政处罚25起，罚款90万元"
    colleague.close()


def test_a_server_that_dies_in_mid_edit_loses_nothing(served: Served, context: BrowserContext, tmp_path: Path) -> None:
    made = new_report(served)
    assert served.workspace.location.path is not None
    place = str(served.workspace.location.path.parent)
    with _server(place, tmp_path, "0") as port:
        own = Served(f"http://127.0.0.1:{port}", served.workspace, [], tmp_path / "ahead")
        desk = Desk(own, tab(own, context), made).open()
    desk.fact("F1").press("End")
    desk.page.keyboard.type("，部署9项任务")
    expect(desk.page.locator(".status .kept")).to_have_attribute("data-kind", "offline")
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.type("约谈企业6家")
    with _server(place, tmp_path, port):
        desk.saved()
        after = ["召开安全生产专题会议4次，部署9项任务", "约谈企业6家", *SECTIONS["强化组织领导，压实安全责任"][1:]]
        expect(desk.page.locator("[data-section=s1] .fact")).to_have_count(4)
        desk.saved()
        assert desk.shown()[0][1] == desk.kept()[0][1] == after


def test_what_a_dead_server_never_got_is_sent_by_the_next_page(
    served: Served, context: BrowserContext, tmp_path: Path
) -> None:
    desk = Desk(served, tab(served, context), new_report(served)).open()
    desk.page.route("**/desk/edit", lambda route: route.abort())
    desk.fact("F1").press("End")
    desk.page.keyboard.type("，部署9项任务")
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.type("约谈企业6家")
    expect(desk.page.locator(".status .kept")).to_have_attribute("data-kind", "offline")
    assert desk.kept() == texts()
    desk.page.on("dialog", lambda dialog: dialog.accept())
    desk.page.unroute("**/desk/edit")
    desk.page.reload()
    expect(desk.page.locator("[data-section=s1] .fact")).to_have_count(4)
    desk.saved()
    after = ["召开安全生产专题会议4次，部署9项任务", "约谈企业6家", *SECTIONS["强化组织领导，压实安全责任"][1:]]
    assert desk.shown()[0][1] == desk.kept()[0][1] == after


def test_an_edit_whose_answer_is_lost_is_done_once(desk: Desk) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    desk.page.route("**/desk/edit", lose, times=1)
    desk.fact("F1").press("End")
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.type("约谈企业6家")
    desk.saved()
    desk.page.route("**/desk/edit", lose, times=1)
    desk.fact("F2").press("End")
    desk.page.keyboard.type("，全部到位")
    expect(desk.page.locator(".status .kept")).to_have_attribute("data-kind", "offline")
    desk.saved()
    one, two, three = SECTIONS["强化组织领导，压实安全责任"]
    assert desk.shown()[0][1] == desk.kept()[0][1] == [one, "约谈企业6家", f"{two}，全部到位", three]


def test_what_is_typed_after_the_session_ended_is_sent_after_the_next_log_in(desk: Desk) -> None:
    token = desk.page.context.cookies()
    desk.page.context.clear_cookies()
    desk.fact("F1").press("End")
    desk.page.keyboard.type("，部署9项任务")
    expect(desk.page.locator(".status .kept")).to_have_attribute("data-kind", "ended")
    desk.page.context.add_cookies(
        [{"name": one["name"], "value": one["value"], "url": desk.served.url} for one in token]
    )
    desk.page.evaluate("window.dispatchEvent(new Event('focus'))")
    desk.saved()
    assert desk.kept()[0][1][0] == "召开安全生产专题会议4次，部署9项任务"


def test_who_may_only_read_cannot_type(served: Served, context: BrowserContext) -> None:
    desk = Desk(served, tab(served, context, "王五"), new_report(served)).open()
    expect(desk.fact("F1")).not_to_be_editable()
    expect(desk.page.locator(".versions")).to_be_hidden()
    assert desk.page.locator(".facts button:visible").count() == 0


def test_who_reads_sees_a_new_version_and_its_findings_as_it_is_made(desk: Desk, context: BrowserContext) -> None:
    browser = context.browser
    assert browser is not None
    theirs = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    reader = Desk(desk.served, tab(desk.served, theirs, "王五"), desk.report, "王五").open()
    unheld = reader.page.locator(".finding[data-code^=G4]")
    expect(reader.page.locator("[data-fact=F1] .mark")).to_contain_text("已写入")
    expect(unheld).to_have_count(0)
    desk.fact("F1").fill("召开安全生产专题会议6次")
    desk.page.keyboard.press("Control+s")
    expect(desk.page.locator(".status > .told")).to_contain_text("第 2 版")
    expect(reader.fact("F1")).to_have_value("召开安全生产专题会议6次")
    expect(unheld).not_to_have_count(0)
    theirs.close()


def test_a_document_without_facts_gets_them(served: Served, context: BrowserContext) -> None:
    document = report(CLEAN, topic=f"第{next(_TOPICS)}项安全生产工作", kind="special-report")
    made = saving.record(served.workspace, document, "张三", "imported").version.report_id
    desk = Desk(served, tab(served, context), made)
    desk.page.goto(f"{served.url}/zh/desk?report={made}")
    form = desk.page.locator("form.begin")
    expect(form.get_by_label("主题")).to_have_value(document.topic)
    expect(form.get_by_label("标题")).to_have_value(document.title)
    form.get_by_label("发文机关").fill("市应急管理局")
    form.get_by_label("主题").fill("安全生产工作")
    form.get_by_label("时期").fill("2024年上半年")
    form.get_by_label("成文日期").fill("2024年的夏天")
    form.get_by_role("button", name="开始").click()
    expect(form.get_by_role("alert")).to_be_visible()
    form.get_by_label("成文日期").fill("2024-07-05")
    form.get_by_role("button", name="开始").click()
    expect(form).to_have_count(0)
    desk.page.locator(".box").first.get_by_role("button", name="添加").click()
    desk.page.keyboard.type("召开会议4次")
    desk.saved()
    assert "召开会议4次" in desk.kept()[0][1]


def test_another_users_leftovers_are_wiped_and_a_log_out_sends_then_wipes(desk: Desk) -> None:
    keys = "Object.keys(localStorage).filter((key) => key.startsWith('chengwen.desk'))"
    desk.page.evaluate("localStorage.setItem('chengwen.desk|李四|1|x', '{}')")
    desk.page.reload()
    expect(desk.fact("F1")).to_be_visible()
    assert desk.page.evaluate(keys) == []
    desk.fact("F1").press("End")
    desk.page.keyboard.type("，部署9项任务")
    assert len(desk.page.evaluate(keys)) == 1
    desk.page.get_by_role("button", name="退出").click()
    expect(desk.page.locator("[name=password]")).to_be_visible()
    assert desk.page.evaluate(keys) == []
    assert desk.kept()[0][1][0] == "召开安全生产专题会议4次，部署9项任务"


def test_a_text_that_the_server_refuses_stays_in_its_field_and_is_told(desk: Desk) -> None:
    desk.page.locator("[data-fact=F1] summary").click()
    day = desk.page.locator("[data-fact=F1] .inside input").nth(1)
    day.fill("六月三十一日")
    expect(day).to_have_attribute("aria-invalid", "")
    expect(desk.page.locator(".status .kept")).to_have_attribute("data-kind", "refused")
    day.fill("2024-06-30")
    desk.saved()
    expect(day).not_to_have_attribute("aria-invalid", "")
    assert desk.state()["sections"][0]["facts"][0]["date"] == "2024-06-30"


def test_facts_tell_whether_they_are_used(desk: Desk) -> None:
    expect(desk.page.locator("[data-fact=F1] .mark")).to_contain_text("已写入")
    desk.fact("F5").press("End")
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.type("移交线索8条")
    expect(desk.page.locator("[data-section=s2] .fact").nth(2).locator(".mark")).to_contain_text("未写入")
    expect(desk.page.locator("[data-section=s2] header .count")).to_have_text("2/3")


def test_the_desk_in_english_has_no_chinese_of_its_own(desk: Desk) -> None:
    desk.open("en")
    words = desk.page.evaluate("""[...document.querySelectorAll('.facts button, .status button, .facts summary, .status .kept')]
      .map((one) => one.firstChild?.textContent + (one.getAttribute('aria-label') ?? '')).join('')""")
    assert "Paste several" in words
    assert not any("一" <= character <= "鿿" for character in words)


@pytest.mark.parametrize("where", ["desk", "review"])
def test_without_a_report_the_page_lists_those_to_choose_from(
    served: Served, context: BrowserContext, where: str
) -> None:
    page = tab(served, context)
    page.goto(f"{served.url}/zh/{where}")
    first = page.locator(".choosing a").first
    expect(first).to_have_attribute("href", re.compile(rf"^(/chengwen)?/zh/{where}\?report=\d+$"))
    first.click()
    expect(page).to_have_url(re.compile(rf"/zh/{where}\?report=\d+"))


@contextmanager
def _server(place: str, folder: Path, port: str) -> Iterator[str]:
    """The port of a server of its own on the workspace, which is killed at the end, as by a failure of power."""
    (folder / "ahead").write_text("0")
    command = [sys.executable, "-m", "tests.web.server", place, str(folder / "ahead"), str(folder / "routes"), port]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told = process.stdout.readline().strip()
            _wait(f"http://127.0.0.1:{told}/health")
            yield told
        finally:
            process.kill()


def test_what_follows_from_last_period_is_offered_and_taken_with_its_formula(
    served: Served, context: BrowserContext
) -> None:
    told = _brief()
    last = replace(
        told,
        period=told.period.year_before(),
        issued=told.issued.replace(year=2023),
        sections=(Section("深化专项整治，消除安全隐患", (Fact("F1", "检查企业112家次"),)),),
        outlook=(),
    )
    with ThreadPoolExecutor(1) as thread:  # Playwright's event loop runs in this one
        drafts = thread.submit(lambda: [drafted(last), drafted(told)]).result()
    report = [saving.record(served.workspace, draft, "张三", "drafted").version.report_id for draft in drafts][1]
    desk = Desk(served, tab(served, context), report).open()
    offer = desk.page.get_by_role("button", name="＋ 检查企业家次同比增长12.5%")
    expect(offer).to_have_attribute("title", "推算：(126家次 − 112家次) ÷ 112家次 = 12.5%")
    offer.click()
    expect(offer).to_have_count(0)
    desk.saved()
    facts = dict(desk.kept())["深化专项整治，消除安全隐患"]
    assert facts[:2] == ["检查企业126家次", "检查企业家次同比增长12.5%"]
