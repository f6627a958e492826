"""Files that arrive: what each kind becomes, and what no file, name or field can do."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from drafting import profiles
from drafting.documents import render
from drafting.documents.redline import redline_bytes
from drafting.errors import BriefError, DocumentError, InputError, ReviewRefused, VersionError
from drafting.profile import Layout
from drafting.report import Report
from drafting.rolling import walks
from drafting.workspace import contents, deciding, history, saving, users, verdicts
from drafting.workspace.workspace import Workspace
from tests.builders import CLEAN, brief, report
from tests.test_workspace_versions import edited
from tests.web.conftest import Served
from ui.web.handlers.arriving import PURPOSES, Arrival, refused
from ui.web.uploads import LARGEST, label

ROLLED = Path(__file__).parents[1] / "data/rolled"
YAML = """kind: 专题报告
organ: 市应急管理局
topic: 安全生产工作
period: 2024年上半年
issued: 2024-07-05
sections:
  - heading: 强化执法检查
    facts: [检查企业126家次]
"""
HEADER = ["发文机关", "报告期", "文种", "主题", "成文日期", "章节", "事实"]
ROW = ["市应急管理局", "2024年上半年", "专题报告", "安全生产工作", "2024-07-05", "强化执法检查", "检查企业126家次"]


def ours() -> Report:
    return report(CLEAN, topic="安全生产工作", kind="special-report")


def table(*rows: list[str]) -> bytes:
    book = openpyxl.Workbook()
    for row in (HEADER, *rows):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class Post:
    """What a browser would send, without one: a file of some name for some purpose, by 李四 unless told otherwise."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.workspace, self.folder = workspace, folder
        with workspace.writing("张三") as ledger:
            for name, roles in {"张三": ["administrator"], "李四": ["drafter"], "王五": ["drafter"]}.items():
                users.add(ledger, name, roles)

    def arrival(self, name: str, data: bytes, who: str = "李四", told: Mapping[str, str] | None = None) -> Arrival:
        path = self.folder / f"file{Path(name).suffix}"
        path.write_bytes(data)
        with self.workspace.reading() as connection:
            user = users.require(connection, who)
        return Arrival(self.workspace, user, path, name, told or {})

    def __call__(self, purpose: str, name: str, data: bytes, who: str = "李四", **told: str) -> dict[str, Any]:
        return dict(PURPOSES[purpose].answer(self.arrival(name, data, who, told)))

    def text(self, id: object) -> Report:
        with self.workspace.reading() as connection:
            return contents.get(connection, history.head(connection, int(str(id))).hash)


@pytest.fixture
def post(workspace: Workspace, tmp_path: Path) -> Post:
    return Post(workspace, tmp_path)


def only(answer: dict[str, Any]) -> dict[str, Any]:
    (one,) = answer["reports"]
    return dict(one)


def test_a_brief_becomes_a_report_with_its_facts_its_headings_and_a_verdict(post: Post) -> None:
    begun = only(post("brief", "安全.brief.yaml", YAML.encode()))
    made = post.text(begun["report"])
    assert begun["made"] is True
    assert made.title == "市应急管理局关于2024年上半年安全生产工作的专题报告"
    assert [block.text for block in made.blocks if block.type == "heading"] == ["一、强化执法检查"]
    assert made.brief is not None
    assert [fact.text for fact in made.brief.facts()] == ["检查企业126家次"]
    with post.workspace.reading() as connection:
        head = history.head(connection, int(str(begun["report"])))
        assert verdicts.last_check(connection, head) is not None
        assert history.document(connection, head.report_id).source == "", "no path of the server is kept"


def test_what_is_there_already_is_left_alone_and_named_to_who_has_a_part_in_it(post: Post) -> None:
    first = only(post("brief", "安全.brief.yaml", YAML.encode()))
    again = only(post("brief", "安全.brief.yaml", YAML.replace("126家次", "127家次").encode()))
    stranger = only(post("brief", "安全.brief.yaml", YAML.encode(), "王五"))
    assert (again["report"], again["made"]) == (first["report"], False)
    assert (stranger["report"], stranger["made"]) == (0, False)
    assert "126家次" in str(post.text(first["report"]).brief)


def test_each_brief_of_a_spreadsheet_becomes_a_report(post: Post) -> None:
    other = ["区教育局", *ROW[1:3], "校园安全工作", *ROW[4:]]
    answer = post("spreadsheet", "事实.xlsx", table(ROW, other, [*ROW[:6], "培训企业负责人80人"]))
    names = [one["name"] for one in answer["reports"]]
    assert names == ["市应急管理局2024年上半年安全生产工作", "区教育局2024年上半年校园安全工作"]
    text = "发文机关,报告期,文种,主题,成文日期,章节,事实\n" + ",".join(["县民政局", *ROW[1:]])
    assert only(post("spreadsheet", "事实.csv", text.encode("gb18030")))["name"] == "县民政局2024年上半年安全生产工作"


def test_a_spreadsheet_with_one_wrong_row_makes_nothing_and_tells_every_cell(post: Post) -> None:
    wrong = [*ROW[:4], "2024-13-45", ROW[5], ""]
    with pytest.raises(InputError) as told:
        post("spreadsheet", "事实.xlsx", table(ROW, wrong))
    assert "E3" in str(told.value)
    assert "G3" in str(told.value)
    with post.workspace.reading() as connection:
        assert history.documents(connection) == []


@pytest.mark.parametrize(
    "kind", ["/etc/passwd.yaml", "../own.yaml", "own.yaml", "没有的文种", "file.YAML", "C:\\own.yml"]
)
def test_no_file_names_a_kind_that_is_a_file_of_the_server(post: Post, kind: str) -> None:
    shipped = Path(profiles.__file__).parents[1] / "prompts/profiles/special-report.yaml"
    for own in (post.folder / "own.yaml", post.folder.parent / "own.yaml"):
        own.write_text(shipped.read_text("utf-8"), "utf-8")
    with pytest.raises(BriefError, match="没有文种"):
        post("brief", "a.yaml", YAML.replace("专题报告", json.dumps(kind)).encode())
    with pytest.raises(BriefError, match="没有文种"):
        post("spreadsheet", "a.xlsx", table([*ROW[:2], kind, *ROW[3:]]))
    with pytest.raises(BriefError, match="这里没有"):
        post("document", "a.json", replace(ours(), kind=kind).dumps())
    inside = replace(ours(), brief=replace(brief("检查企业126家次"), kind=kind))
    with pytest.raises(BriefError, match="这里没有"):
        post("document", "a.json", inside.dumps())


def test_last_periods_report_begins_the_next_one_with_its_headings_and_a_question_for_each_fact(post: Post) -> None:
    data = render(ours(), "docx", Layout())
    answer = post("last", "上期.docx", data, period="2024年下半年", issued="2025-01-06", kind="special-report")
    begun = only(answer)
    made = post.text(begun["report"])
    assert (begun["name"], answer["walk"]) == ("市应急管理局2024年下半年安全生产工作", begun["report"])
    assert made.brief is not None
    headings = ["加强组织调度，落实安全责任", "开展排查整治，消除安全隐患"]
    assert [section.heading for section in made.brief.sections] == headings
    assert list(made.brief.facts()) == []
    assert "2024年上半年" not in made.text
    with post.workspace.reading() as connection:
        rolling, base = walks.get(connection, int(str(begun["report"])))
        assert history.head(connection, int(str(begun["report"]))).id == base
    assert rolling.headings == tuple(headings)
    assert rolling.open
    again = post("last", "上期.docx", data, period="2024年下半年", issued="2025-01-06", kind="special-report")
    assert (only(again)["made"], again["walk"]) == (False, 0)


def test_a_table_of_this_period_fills_the_questions_of_a_walk(post: Post) -> None:
    last = (ROLLED / "上期.txt").read_bytes()
    begun = only(post("last", "上期.txt", last, period="2025年上半年", issued="2025-07-04"))
    report = str(begun["report"])
    answer = post("facts", "本期.csv", (ROLLED / "本期.csv").read_bytes(), report=report)
    assert answer["filled"] == 3
    with post.workspace.reading() as connection:
        rolling, _ = walks.get(connection, int(report))
    confirmed = [item.text for item in rolling.items if item.kind == "fact" and item.state == "confirmed"]
    assert "落实防汛经费96万元" in confirmed
    assert [item.candidate for item in rolling.open if item.unchanged] == ["储备沙袋3万条，检修闸门46座"]
    assert any("李家庄村" in item.old for item in rolling.open), "what the table does not know stays open"
    again = post("facts", "本期.csv", (ROLLED / "本期.csv").read_bytes(), report=report)
    assert again["filled"] == 0
    with pytest.raises(InputError, match="表里是市应急管理局的事实"):
        post("facts", "别处.xlsx", table(ROW), report=report)
    with pytest.raises(ReviewRefused):
        post("facts", "本期.csv", (ROLLED / "本期.csv").read_bytes(), "王五", report=report)


@pytest.mark.parametrize("form", ["docx", "md", "txt", "json"])
def test_a_finished_report_is_taken_in_from_every_format(post: Post, form: str) -> None:
    suffix = "report.json" if form == "json" else form
    data = render(ours().waive("B103", "外面带来的豁免"), form, Layout())  # type: ignore[arg-type]
    begun = only(post("document", f"报告.{suffix}", data, kind="special-report"))
    made = post.text(begun["report"])
    assert [block.text for block in made.blocks] == [block.text for block in ours().blocks]
    with post.workspace.reading() as connection:
        head = history.head(connection, int(str(begun["report"])))
        assert verdicts.standing_waivers(connection, head) == [], "nobody here gave it"


def test_an_edited_copy_becomes_the_next_version(post: Post) -> None:
    base = saving.record(post.workspace, ours(), "李四", "drafted").version
    data = render(edited(ours(), "6次", "7次"), "txt", Layout())
    answer = post("onto", "改.txt", data, report=str(base.report_id))
    assert answer["kept"] == {
        "report": base.report_id,
        "name": "市应急管理局2024年上半年安全生产工作",
        "version": base.id + 1,
        "number": 2,
        "short": answer["kept"]["short"],
        "changed": True,
        "comments": 0,
    }
    assert "7次" in post.text(base.report_id).text


def test_tracked_changes_are_asked_about_and_wait_as_a_proposal(post: Post) -> None:
    from drafting.changes import compare
    from drafting.comments import Hand

    base = saving.record(post.workspace, ours(), "李四", "drafted").version
    comparison = compare(ours(), edited(ours(), "6次", "7次"))
    data = redline_bytes(comparison, Layout(), by=lambda change: Hand("王五"))
    asked = post("onto", "改.docx", data, report=str(base.report_id))
    assert asked == {"asked": {"count": 2, "authors": ["王五"]}}
    assert "6次" in post.text(base.report_id).text
    kept = post("onto", "改.docx", data, report=str(base.report_id), tracked="proposed")["kept"]
    assert kept["number"] == 0
    with post.workspace.reading() as connection:
        (proposal,) = history.proposals(connection, base.report_id)
        assert len(deciding.pending(connection, proposal)) == 1
    taken = post("onto", "改.docx", data, report=str(base.report_id), tracked="accepted")["kept"]
    assert taken["number"] == 2


def test_who_has_no_part_in_a_report_puts_nothing_onto_it(post: Post) -> None:
    base = saving.record(post.workspace, ours(), "李四", "drafted").version
    data = render(edited(ours(), "6次", "7次"), "txt", Layout())
    for error, told in (
        (ReviewRefused, {"report": str(base.report_id)}),
        (VersionError, {"report": "99"}),
        (VersionError, {"report": "1; DROP"}),
        (VersionError, {}),
    ):
        with pytest.raises(error):
            post("onto", "改.txt", data, "王五", **told)
    assert "6次" in post.text(base.report_id).text


def test_a_copy_of_another_text_is_refused_without_the_command_lines_words(post: Post) -> None:
    base = saving.record(post.workspace, ours(), "李四", "drafted").version
    other = "关于春节放假的通知\n各科室：\n春节从2月9日起放假八天，请安排好值班。".encode()
    file = post.arrival("通知.txt", other, told={"report": str(base.report_id)})
    with pytest.raises(DocumentError) as told:
        PURPOSES["onto"].answer(file)
    line = refused(told.value, file)
    assert "几乎没有相同的文字" in line
    assert "仍收进来" in line
    assert "--" not in line
    assert "kept" in post("onto", "通知.txt", other, report=str(base.report_id), force="yes")


def test_an_error_names_the_file_as_people_do(post: Post) -> None:
    file = post.arrival("我的提纲.yaml", b"kind: [")
    with pytest.raises(BriefError) as told:
        PURPOSES["brief"].answer(file)
    assert str(post.folder) in str(told.value)
    assert refused(told.value, file).startswith("我的提纲.yaml:")
    assert str(post.folder) not in refused(told.value, file)


LABELS = {
    "安全.docx": "安全.docx",
    "../../etc/passwd.docx": "passwd.docx",
    "..\\..\\windows\\system.docx": "system.docx",
    "/etc/cron.d/x.docx": "x.docx",
    "a\r\nSet-Cookie: x\x00.docx": "aSet-Cookie: x.docx",
    "左\u202excod.docx": "左xcod.docx",
    "": "",
    "..": "..",
}


@pytest.mark.parametrize("name", LABELS)
def test_a_name_is_a_label_and_leads_nowhere(name: str) -> None:
    assert label(name) == LABELS[name]


def test_a_label_can_be_shown() -> None:
    assert len(label("安" * 5000 + ".docx")) < 140


def upload(served: Served, purpose: str, name: str, data: bytes, who: str = "李四", **more: str) -> tuple[int, str]:
    with served.logged_in(who) as client:
        answer = client.post(
            f"/upload/zh/{purpose}",
            params={"name": name, **more},
            content=data,
            headers={"content-type": "application/octet-stream"},
        )
    assert "Traceback" not in answer.text
    assert tempfile.gettempdir() not in answer.text
    return answer.status_code, answer.text


def bomb(name: str) -> bytes:
    """A zip of 300 MB of one letter."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", "<Relationships/>")
        with archive.open(name, "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(b"a" * (1 << 20))
    return stream.getvalue()


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(600)


def test_hostile_files_are_refused_in_a_line(served: Served) -> None:
    for purpose, name, data, said in (
        ("document", "弹.docx", bomb("word/document.xml"), "压缩炸弹"),
        ("spreadsheet", "弹.xlsx", bomb("xl/worksheets/sheet1.xml"), "压缩炸弹"),
        ("document", "密.docx", encrypted(), "密码"),
        ("spreadsheet", "密.xlsx", encrypted(), "密码"),
        ("document", "图.docx", b"\x89PNG\r\n\x1a\n", "不是 .docx"),
        ("document", "空.docx", b"", "文件是空的"),
        ("document", "断.docx", b"PK\x03\x04" + bytes(40), "损坏"),
        ("document", "断.json", b"{", "不是成文的报告文件"),
        ("brief", "深.yaml", b"[" * 5000, "嵌套"),
        ("document", "装.exe", b"MZ", "收不了"),
        ("brief", "表.xlsx", table(ROW), "收不了"),
    ):
        status, told = upload(served, purpose, name, data)
        assert (name, status // 100) == (name, 4)
        assert said in told, told


def test_a_file_larger_than_the_limit_is_not_read(served: Served) -> None:
    status, _ = upload(served, "document", "大.txt", b"a" * (LARGEST + 1))
    assert status == 413
    with served.logged_in("李四") as client:
        answer = client.post("/call/zh/reports/kinds", content=b" " * (LARGEST - 1))
    assert answer.status_code == 413, "the larger limit is that of uploads alone"


def test_who_may_not_draft_uploads_nothing_and_a_stranger_is_not_heard(served: Served) -> None:
    for who in ("王五", "周八"):
        for purpose in ("brief", "spreadsheet", "last", "document"):
            status, told = upload(served, purpose, "a.yaml", YAML.encode(), who)
            assert (who, purpose, status) == (who, purpose, 403)
            assert "权限" in told
    with served.client() as client:
        assert client.post("/upload/zh/brief?name=a.yaml", content=b"x").status_code == 401
    with served.logged_in("李四") as client:
        headers = {"content-type": "application/octet-stream"}
        assert client.post("/upload/zh/怪?name=a.yaml", content=b"x", headers=headers).status_code == 404
        assert client.post("/upload/xx/brief?name=a.yaml", content=b"x", headers=headers).status_code == 404
        assert client.post("/upload/zh/brief?name=a.yaml", data={"a": "b"}).status_code == 415
        foreign = {**headers, "origin": "http://evil.example"}
        assert client.post("/upload/zh/brief?name=a.yaml", content=b"x", headers=foreign).status_code == 403
