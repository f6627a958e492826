"""New reports and who writes together: as handlers on both databases, over HTTP, and as people do it in Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from drafting.errors import InputError, ReviewRefused
from drafting.workspace import contents, history, users, verdicts
from drafting.workspace.workspace import Workspace
from tests.web.conftest import PASSWORD, Served
from tests.web.own_server import running
from tests.web.test_uploads import ROW, YAML, ours, table
from ui.web import returning
from ui.web.handlers import beginning, recognising, reports
from ui.web.handlers.beginning import Begun

if TYPE_CHECKING:
    from playwright.sync_api import Page

HEAD = ("special-report", "市应急管理局", "安全生产工作", "2024年上半年", "2024-07-05", "市人民政府")
AS_LAST = "上一期的报告：沿用结构，事实逐条定下"
FORM = dict(zip(("kind", "organ", "topic", "period", "issued", "recipient"), HEAD, strict=True))


def begun(workspace: Workspace, who: str = "李四", *told: str) -> Begun:
    with workspace.writing("张三") as ledger:
        users.add(ledger, who, ["drafter"])
    with workspace.reading() as connection:
        user = users.require(connection, who)
    return beginning.put(workspace, user, beginning.from_form(beginning.head(*(told or HEAD))), "edited", "新建")


def test_a_new_report_is_a_skeleton_of_its_kind_with_a_verdict(workspace: Workspace) -> None:
    made = begun(workspace)
    with workspace.reading() as connection:
        head = history.head(connection, made.report)
        text = contents.get(connection, head.hash)
        check = verdicts.last_check(connection, head)
    assert (made.made, made.name) == (True, "市应急管理局2024年上半年安全生产工作")
    assert text.title == "市应急管理局关于2024年上半年安全生产工作的专题报告"
    assert [block.type for block in text.blocks] == [
        "title",
        "recipient",
        "lead",
        "heading",
        "heading",
        "signature",
        "date",
    ]
    assert text.brief is not None
    assert [section.facts for section in text.brief.sections] == [(), ()]
    assert check is not None
    assert "P2" in "".join(str(one["code"]) for one in check.findings), "headings that wait to be written are found"
    (row,) = reports.table(workspace, "李四").rows
    assert row.errors == check.errors


def test_a_report_is_not_begun_twice_nor_told_to_strangers(workspace: Workspace) -> None:
    first = begun(workspace)
    assert begun(workspace) == Begun(first.report, first.name, made=False)
    assert begun(workspace, "王五") == Begun(0, first.name, made=False)
    assert begun(workspace, "王五", *HEAD[:3], "2024年下半年", "2025-01-06", "").made
    with workspace.reading() as connection:
        assert len(history.line(connection, first.report)) == 1


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (0, "/etc/own.yaml", "没有文种"),
        (0, "", "没有文种"),
        (1, " ", "请填写发文机关"),
        (2, "", "请填写主题"),
        (1, "局" * 501, "超过上限"),
        (2, "安全\x07", "控制字符"),
        (3, "去年", "报告期"),
        (3, "", "请填写报告期"),
        (4, "2024-13-01", "存在的日期"),
        (4, "2023-07-05", "早于报告期"),
    ],
)
def test_particulars_that_cannot_be_are_told(place: int, value: str, said: str) -> None:
    told = [*HEAD]
    told[place] = value
    with pytest.raises(InputError, match=said):
        beginning.head(*told)


def test_only_who_writes_a_report_is_offered_to_share_it(workspace: Workspace) -> None:
    begun(workspace)
    with workspace.writing("张三") as ledger:
        users.add(ledger, "赵六", ["reviewer:1"])
        users.add(ledger, "管理员", ["administrator", "drafter"])
        users.add(ledger, "审拟", ["reviewer:1", "drafter"])
    told = {
        who: [row.writes for row in reports.table(workspace, who).rows] for who in ("李四", "赵六", "管理员", "审拟")
    }
    assert told == {"李四": [True], "赵六": [False], "管理员": [True], "审拟": [False]}


OURS = ("/zh/?report=3", "/en/desk?report=3", "/zh/export?report=1&version=2", "/zh/review/", "/zh/")
FOREIGN = (
    "//evil.example",
    "/\\evil.example",
    "https://evil.example/zh/",
    "/zh//evil.example",
    "/zh/desk/../../x",
    "javascript:alert(1)",
    "/zh/desk?x=\r\nSet-Cookie: a=b",
    "/zh/desk\n",
    "/zh/desk?a=<b>",
    "/zh/?next=//evil",
    "/logout",
    "/zh/gradio_api/info",
    "",
    "/zh",
)


def test_a_log_in_leads_back_to_our_own_pages_alone() -> None:
    assert [returning.own(address) for address in OURS] == list(OURS)
    assert [returning.own(address) for address in FOREIGN] == [""] * len(FOREIGN)


def test_the_language_switch_keeps_the_page_and_leads_to_our_own_alone() -> None:
    here = "http://office.example"
    assert [returning.switched(here + address, "office.example", "en") for address in OURS] == [
        "/en/?report=3",
        "/en/desk?report=3",
        "/en/export?report=1&version=2",
        "/en/review/",
        "/en/",
    ]
    assert {returning.switched(here + address, "office.example", "en") for address in FOREIGN} == {"/", "/en/desk"}
    assert {returning.switched(address, "office.example", "en") for address in (*OURS, *FOREIGN, "http://[")} == {"/"}
    foreign = ("https://evil.example/zh/desk?report=3", "http://office.example@evil.example/zh/desk", "http:///zh/desk")
    assert {returning.switched(address, "office.example", "en") for address in foreign} == {"/"}


def test_the_language_switch_of_the_log_in_keeps_where_it_leads(served: Served) -> None:
    with served.client(referer=f"{served.url}/login?next=%2Fzh%2Fdesk%3Freport%3D3") as client:
        switched = client.get("/language?to=en").headers["location"]
        assert switched == "/login?next=%2Fen%2Fdesk%3Freport%3D3"
    with served.client(referer=f"{served.url}/login?next=%2F%2Fevil.example") as client:
        assert client.get("/language?to=en").headers["location"] == "/login"


def test_a_reports_address_survives_the_log_in_over_http(served: Served) -> None:
    with served.client(accept="text/html") as client:
        asked = client.get("/zh/export?report=3")
        assert asked.headers["location"] == "/login?next=%2Fzh%2Fexport%3Freport%3D3"
        page = client.get(asked.headers["location"]).text
        assert 'name="next" value="/zh/export?report=3"' in page
        wrong = client.post("/login", data={"name": "李四", "password": "不是这个-1", "next": "/zh/export?report=3"})
        assert 'name="next" value="/zh/export?report=3"' in wrong.text
        for sent, led in (
            ("/zh/export?report=3", "/zh/export?report=3"),
            ("//evil.example", "/"),
            ("https://evil", "/"),
        ):
            answer = client.post("/login", data={"name": "李四", "password": PASSWORD, "next": sent})
            assert (answer.status_code, answer.headers["location"]) == (303, led)
        assert "evil" not in client.get("/login?next=//evil.example").text


def call(client: httpx2.Client, asked: str, /, **told: object) -> tuple[int, Any]:
    answer = client.post(f"/call/zh/{asked}", json=told)
    return answer.status_code, answer.json()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of this module's own: its tests make reports."""
    if not find_spec("gradio"):
        pytest.skip("the ui extra is not installed")
    with running(tmp_path_factory.mktemp("shelf")) as served:
        yield served


def test_sharing_lets_a_drafter_in_and_ends_again(own: Served) -> None:
    with own.logged_in("李四") as mine, own.logged_in("孙七") as other:
        assert call(other, "reports/drafters", report=3)[0] == 403
        assert call(other, "reports/share", report=3, name="孙七")[0] == 403, "nobody lets themselves in"
        assert call(mine, "reports/share", report=3, name="孙七") == (200, {"sharing": ["孙七"]})
        status, told = call(other, "reports/drafters", report=3)
        assert (status, told["sharing"], told["began"]) == (200, ["孙七"], "李四")
        assert "孙七" not in told["others"]
        assert call(mine, "reports/unshare", report=3, name="孙七") == (200, {"sharing": []})
        assert call(other, "reports/drafters", report=3)[0] == 403
        for name in ("王五", "没有这人", ""):
            assert call(mine, "reports/share", report=3, name=name)[0] in (400, 403), name
        assert call(mine, "reports/share", report=99, name="孙七")[0] == 404
        assert call(mine, "reports/share", report=3, name="孙七", by="张三")[0] == 400


def test_calls_are_open_to_their_roles_alone(own: Served) -> None:
    for who in ("王五", "周八"):
        with own.logged_in(who) as client:
            for name, told in (
                ("new", FORM),
                ("kinds", {}),
                ("drafters", {"report": 1}),
                ("share", {"report": 1, "name": "李四"}),
            ):
                assert (who, name, call(client, f"reports/{name}", **told)[0]) == (who, name, 403)
    with own.logged_in("李四") as client:
        assert call(client, "reports/new", **{**FORM, "kind": "/etc/x.yaml"})[0] == 400
        assert call(client, "reports/new", **{**FORM, "path": "x"})[0] == 400
        assert call(client, "reports/rights")[1] == {"drafts": True, "imports": True}


# --- in Chromium


@pytest.fixture
def page(own: Served) -> Iterator[Page]:
    """The page of reports as 李四 has it; nothing was complained of at the end."""
    if not find_spec("playwright") or not shutil.which("chromium"):
        pytest.skip("Chromium or Playwright is not installed: the page is not tested in a browser")
    from playwright.sync_api import sync_playwright

    problems: list[str] = []
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
        context.add_cookies([{"name": "chengwen", "value": own.token("李四"), "url": own.url}])
        opened = context.new_page()
        opened.set_default_timeout(20_000)
        opened.on("pageerror", lambda error: problems.append(str(error)))
        opened.goto(f"{own.url}/zh/")
        yield opened
        browser.close()
    assert problems == []


def drop(page: Page, folder: Path, name: str, data: bytes) -> None:
    """Opens the dialog and chooses a file of that name."""
    page.get_by_role("button", name="从文件新建或导入…").click()
    (folder / name).write_bytes(data)
    page.locator("dialog input[type=file]").set_input_files(folder / name)


def walked_to(page: Page, name: str) -> None:
    """A report begun from last period's opens where its facts are settled one by one."""
    from playwright.sync_api import expect

    page.wait_for_url("**/zh/roll?report=*")
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def test_a_report_is_begun_in_the_dialog_and_a_second_time_told(page: Page) -> None:
    from playwright.sync_api import expect

    for turn in range(2):
        page.get_by_role("button", name="新建报告").click()
        dialog = page.locator("dialog[open]")
        expect(dialog.get_by_label("成文日期")).to_have_value(datetime.now(UTC).astimezone().date().isoformat())
        for label, text in (("发文机关", "县水利局"), ("主题", "防汛备汛工作"), ("报告期", "2024年上半年")):
            dialog.get_by_label(label).fill(text)
        dialog.get_by_label("成文日期").fill("2024-07-05")
        dialog.get_by_role("button", name="建立").click()
        if turn == 0:
            page.wait_for_url("**/zh/desk?report=*")
            page.goto(page.url.partition("/zh/")[0] + "/zh/")
    expect(page.locator("dialog .told")).to_contain_text("已经有了")
    expect(page.locator("dialog .told a")).to_have_text("县水利局2024年上半年防汛备汛工作")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("table.reports")).to_contain_text("县水利局2024年上半年防汛备汛工作")


def test_files_become_reports_in_the_dialog(page: Page, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    from drafting.documents import render
    from drafting.profile import Layout

    drop(page, tmp_path, "事实.xlsx", table(["县林业局", *ROW[1:]], ["县交通局", *ROW[1:]]))
    page.get_by_role("button", name="收下").click()
    expect(page.locator("dialog .outcome li")).to_have_count(2)
    page.get_by_role("button", name="关闭").click()
    drop(page, tmp_path, "县卫健局.brief.yaml", YAML.replace("市应急管理局", "县卫健局").encode())
    page.get_by_role("button", name="收下").click()
    expect(page.locator("dialog .outcome a")).to_have_text("县卫健局2024年上半年安全生产工作")
    page.get_by_role("button", name="关闭").click()
    drop(page, tmp_path, "上期.docx", render(ours(), "docx", Layout()))
    page.get_by_label(AS_LAST).check()
    page.locator("dialog").get_by_label("报告期").fill("2024年下半年")
    page.locator("dialog").get_by_label("成文日期").fill("2025-01-06")
    page.get_by_role("button", name="收下").click()
    walked_to(page, "市应急管理局2024年下半年安全生产工作")


def dragged(page: Page, *files: tuple[str, bytes]) -> None:
    """Drops files on the page, as the browser tells it of a drag from the desktop."""
    page.evaluate(
        """(files) => {
      const data = new DataTransfer();
      for (const [name, bytes] of files) data.items.add(new File([new Uint8Array(bytes)], name));
      const target = document.querySelector('dialog[open]') ?? document.querySelector('table.reports') ?? document.body;
      for (const type of ['dragenter', 'dragover', 'drop']) {
        const event = new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
        const left = target.dispatchEvent(event);
        if (type === 'dragover' && !document.body.classList.contains('dropping')) throw new Error('nothing shows it');
        if (type !== 'dragenter' && left) throw new Error(`the browser would open the file: ${type}`);
      }
    }""",
        [[name, list(data)] for name, data in files],
    )


def test_files_are_dropped_on_the_page(page: Page) -> None:
    """A table, last period's text, an edited report; a second file and one that nobody takes are told."""
    from playwright.sync_api import expect

    from drafting.documents import render
    from drafting.profile import Layout

    dialog = page.locator("dialog[open]")
    expect(page.get_by_role("button", name="从文件新建或导入…")).to_be_visible()
    dragged(page, ("拖来.xlsx", table(["县文旅局", *ROW[1:]])))
    expect(dialog.locator(".chosen")).to_have_text("拖来.xlsx")
    expect(page.locator("body.dropping")).to_have_count(0)
    dialog.get_by_role("button", name="收下").click()
    expect(dialog.locator(".outcome a")).to_have_text("县文旅局2024年上半年安全生产工作")
    dialog.get_by_role("button", name="关闭").click()

    word = render(replace(ours(), organ="县气象局"), "docx", Layout())
    dragged(page, ("上期.docx", word), ("再一个.docx", word))
    expect(dialog.locator(".told")).to_contain_text("一次收一个文件：先收“上期.docx”")
    dragged(page, ("改选.docx", word))
    expect(dialog.locator(".chosen")).to_have_text("改选.docx")
    expect(dialog.locator(".told")).to_be_empty()
    dialog.get_by_label(AS_LAST).check()
    dialog.get_by_label("报告期").fill("2025年上半年")
    dialog.get_by_label("成文日期").fill("2025-07-04")
    dialog.get_by_role("button", name="收下").click()
    walked_to(page, "2025年上半年安全生产工作")
    page.go_back()

    expect(page.get_by_role("button", name="从文件新建或导入…")).to_be_visible()
    dragged(page, ("程序.exe", b"MZ"))
    expect(dialog.locator(".told")).to_contain_text("收不了")


def test_a_file_dropped_on_another_dialog_leaves_it_as_it_is(page: Page) -> None:
    from playwright.sync_api import expect

    page.get_by_role("button", name="新建报告").click()
    page.locator("dialog[open]").get_by_label("主题").fill("没有写完的主题")
    dragged(page, ("拖来.xlsx", b"PK"))
    expect(page.locator("dialog[open]")).to_have_count(1)
    expect(page.locator("dialog[open]").get_by_label("主题")).to_have_value("没有写完的主题")


def test_the_form_beside_a_file_is_filled_with_what_was_recognised_and_corrected(page: Page, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    from drafting.documents import render
    from drafting.profile import Layout

    dialog = page.locator("dialog[open]")
    drop(page, tmp_path, "甲.brief.yaml", YAML.replace("市应急管理局", "县档案馆").encode())
    for label, text in (("文种", "special-report"), ("发文机关", "县档案馆"), ("报告期", "2024年上半年")):
        expect(dialog.get_by_label(label)).to_have_value(text)
    expect(dialog.get_by_label("成文日期")).to_have_value("2024-07-05")
    dialog.get_by_label("发文机关").fill("县史志办")
    dialog.get_by_label("文种").select_option(label="工作总结")
    dialog.get_by_label("报告期").fill("2024年第二季度")
    dialog.get_by_role("button", name="收下").click()
    expect(dialog.locator(".outcome a")).to_have_text("县史志办2024年第二季度安全生产工作")
    dialog.get_by_role("button", name="关闭").click()
    row = page.locator("table.reports tr", has_text="县史志办2024年第二季度")
    page.reload()
    expect(row).to_contain_text("工作总结")

    drop(page, tmp_path, "一个.xlsx", table(["县统计局", *ROW[1:]]))
    expect(dialog.get_by_label("发文机关")).to_have_value("县统计局")
    dialog.get_by_role("textbox", name="主题").fill("统计督察工作")
    dialog.get_by_role("button", name="收下").click()
    expect(dialog.locator(".outcome a")).to_have_text("县统计局2024年上半年统计督察工作")
    dialog.get_by_role("button", name="关闭").click()

    drop(page, tmp_path, "两个.xlsx", table(["县人社局", *ROW[1:]], ["县民政局", *ROW[1:]]))
    expect(dialog.locator(".fields li")).to_have_text(
        ["县人社局2024年上半年安全生产工作", "县民政局2024年上半年安全生产工作"]
    )
    dialog.get_by_role("button", name="取消").click()

    drop(page, tmp_path, "上期.docx", render(ours(), "docx", Layout()))
    dialog.get_by_label(AS_LAST).check()
    expect(dialog.get_by_label("报告期")).to_have_value("2024年下半年")
    expect(dialog.get_by_label("发文机关")).to_have_value("市应急管理局")
    dialog.get_by_label("发文机关").fill("县应急管理局")
    dialog.get_by_label("成文日期").fill("2025-01-06")
    dialog.get_by_role("button", name="收下").click()
    walked_to(page, "县应急管理局2024年下半年安全生产工作")


def test_what_a_form_says_of_a_brief_is_held_to_the_same_rules(tmp_path: Path) -> None:
    (tmp_path / "甲.yaml").write_text(YAML, encoding="utf-8")
    [told] = recognising.recognised(tmp_path / "甲.yaml")
    assert told == {**FORM, "recipient": ""}
    [loaded] = recognising.briefs(tmp_path / "甲.yaml")
    assert recognising.corrected(loaded.brief, {}) == loaded.brief
    assert recognising.corrected(loaded.brief, told) == loaded.brief
    made = recognising.corrected(loaded.brief, {"organ": "县史志办", "recipient": "县人民政府"})
    assert (made.organ, made.recipient, made.topic, made.sections) == (
        "县史志办",
        "县人民政府",
        loaded.brief.topic,
        loaded.brief.sections,
    )
    for wrong, said in (
        ({"organ": " "}, "请填写发文机关"),
        ({"kind": "/etc/own.yaml"}, "没有文种"),
        ({"issued": "2023-01-01"}, "早于报告期"),
    ):
        with pytest.raises(InputError, match=said):
            recognising.corrected(loaded.brief, wrong)


def test_what_is_wrong_with_a_file_is_told_in_the_dialog(page: Page, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    drop(page, tmp_path, "错.xlsx", table([*ROW[:4], "昨天", *ROW[5:]], [*ROW[:6], ""]))
    page.get_by_role("button", name="收下").click()
    told = page.locator("dialog .told")
    expect(told).to_contain_text("E2")
    expect(told).to_contain_text("G3")
    expect(told).to_contain_text("错.xlsx")
    page.locator("dialog input[type=file]").set_input_files({"name": "x.exe", "mimeType": "", "buffer": b"MZ"})
    expect(told).to_contain_text("收不了")


def test_a_row_leads_to_its_pages_and_shares_the_report(page: Page) -> None:
    from playwright.sync_api import expect

    row = page.locator("table.reports tr", has_text="区教育局2024年上半年校园安全工作")
    for name, path in (("拟稿", "desk"), ("审阅", "review"), ("导出", "export")):
        expect(row.get_by_role("link", name=name)).to_have_attribute("href", f"/zh/{path}?report=3")
    row.get_by_role("button", name="同稿人").click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("拟稿人").select_option("孙七")
    dialog.get_by_role("button", name="加上").click()
    expect(dialog.locator("li")).to_contain_text("孙七")
    dialog.get_by_role("button", name="移出").click()
    expect(dialog.locator("li")).to_have_count(0)


def test_strangers_are_refused_in_both_hands(workspace: Workspace) -> None:
    from drafting.workspace import access

    made = begun(workspace)
    begun(workspace, "王五", *HEAD[:3], "2023年", "2024-01-05", "")
    with workspace.reading() as connection:
        document = history.document(connection, made.report)
    with workspace.writing("王五") as ledger, pytest.raises(ReviewRefused):
        access.share(ledger, document, "王五")
