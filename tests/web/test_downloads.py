"""Files that leave: past the gate, to who may read, under a name that is only a name."""

from __future__ import annotations

import io
from dataclasses import replace
from urllib.parse import unquote

import docx
import pytest

from drafting import brief as brief_file
from drafting import profiles
from drafting.errors import ExportRefused, ReviewRefused, VersionError
from drafting.report import Report
from drafting.workspace import history, reviewing, saving, users, verdicts
from drafting.workspace.rows import Version
from drafting.workspace.workspace import Workspace
from evals.outcome import gate_of
from tests.builders import CLEAN, brief, report
from tests.test_workspace_versions import edited
from tests.web.conftest import Served
from ui.web.downloads import disposition
from ui.web.handlers import leaving

WORD = ("docx", "evidence", "redline")
PLAIN = ("md", "txt", "json")


def ours() -> Report:
    return report(CLEAN, topic="安全生产工作", kind="special-report")


def staff(workspace: Workspace) -> None:
    with workspace.writing("张三") as ledger:
        for name, roles in {
            "张三": ["administrator"],
            "李四": ["drafter"],
            "王五": ["reviewer:1"],
            "赵六": ["drafter"],
        }.items():
            users.add(ledger, name, roles)


def taken(workspace: Workspace, who: str, version: Version, kind: str, **more: object) -> leaving.File:
    with workspace.reading() as connection:
        user = users.require(connection, who)
    return leaving.file(workspace, user, version.report_id, version.id, kind, **more)  # type: ignore[arg-type]


@pytest.fixture
def versions(workspace: Workspace) -> tuple[Version, Version]:
    """A clean version, and one with a fault on top of it: an anniversary that the years do not make."""
    staff(workspace)
    clean = saving.record(workspace, ours(), "李四", "drafted").version
    wrong = edited(ours(), "逐级明确责任人", "2024年迎来建国70周年，逐级明确责任人")
    return clean, saving.save(workspace, clean, wrong, "李四")


def words(file: leaving.File) -> str:
    document = docx.Document(io.BytesIO(file.data))
    header = document.sections[0].header
    return "\n".join(one.text for one in (*header.paragraphs, *document.paragraphs))


def test_a_clean_version_leaves_marked_as_a_draft(workspace: Workspace, versions: tuple[Version, Version]) -> None:
    file = taken(workspace, "李四", versions[0], "docx")
    assert "市应急管理局关于2024年上半年" in words(file).replace("\n", "")
    assert "送审稿" in words(file)
    assert "项错误" not in words(file)
    assert file.name == "市应急管理局2024年上半年安全生产工作-第1版-送审稿.docx"


def test_a_signed_version_leaves_without_a_mark(workspace: Workspace) -> None:
    staff(workspace)
    only = saving.record(workspace, ours(), "李四", "drafted").version
    with workspace.writing("张三") as ledger:
        users.add(ledger, "终审", ["reviewer:3"])
        users.add(ledger, "初审", ["reviewer:1"])
    kind = profiles.load("special-report")
    gate = gate_of(kind)
    reviewing.submit(workspace, only, "李四", kind, gate)
    reviewing.approve(workspace, only, "初审", kind, gate, final=False)
    reviewing.approve(workspace, only, "终审", kind, gate, final=True)
    file = taken(workspace, "李四", only, "docx")
    assert "送审稿" not in words(file)
    assert "送审稿" not in file.name


def test_the_outline_leaves_as_yaml_where_there_is_one(workspace: Workspace, versions: tuple[Version, Version]) -> None:
    with pytest.raises(VersionError, match="没有提纲"):
        taken(workspace, "李四", versions[0], "yaml")
    told = replace(ours(), organ="区教育局", brief=brief("召开安全工作调度会6次"))
    version = saving.record(workspace, told, "李四", "drafted").version
    data = taken(workspace, "李四", version, "yaml").data
    assert brief_file.loads(data.decode()).brief == told.brief


def _codes(workspace: Workspace, version: Version) -> set[str]:
    with workspace.reading() as connection:
        found = leaving.leaving(connection, users.require(connection, "李四"), version.report_id, version.id)
    verdict = found.ground.verdict(found.report)
    return {one.code for one in verdict.open} | {one.rule.code for one in verdict.unchecked}


def test_open_errors_keep_every_word_file_back_and_no_plain_one(
    workspace: Workspace, versions: tuple[Version, Version]
) -> None:
    clean, wrong = versions
    for kind in WORD:
        with pytest.raises(ExportRefused, match="D305"):
            taken(workspace, "李四", wrong, kind, against=clean.id)
    for kind in PLAIN:
        assert taken(workspace, "李四", wrong, kind).data
    with workspace.reading() as connection:
        check = verdicts.last_check(connection, wrong)
    assert check is not None, "what the gate said is there for the table of reports"
    assert check.errors > 0


def test_reviewers_take_a_copy_along_that_counts_its_errors(
    workspace: Workspace, versions: tuple[Version, Version]
) -> None:
    _, wrong = versions
    with pytest.raises(ReviewRefused, match="只有审核人"):
        taken(workspace, "李四", wrong, "docx", errors=True)
    bearing = taken(workspace, "王五", wrong, "docx", errors=True)
    shown = taken(workspace, "李四", wrong, "preview")
    for file in (bearing, shown):
        assert "项错误" in words(file)
        assert "送审稿" in words(file)


def test_a_waiver_opens_the_gate_for_its_version(workspace: Workspace, versions: tuple[Version, Version]) -> None:
    _, wrong = versions
    with workspace.writing("王五") as ledger:
        for code in _codes(workspace, wrong):
            verdicts.waive(ledger, wrong, code, "讲话原文如此")
    assert "项错误" not in words(taken(workspace, "李四", wrong, "docx"))


def test_a_redline_is_of_two_versions_of_one_report(workspace: Workspace, versions: tuple[Version, Version]) -> None:
    clean, wrong = versions
    other = saving.record(workspace, report(CLEAN, organ="区教育局", kind="special-report"), "李四", "drafted").version
    made = taken(workspace, "王五", wrong, "redline", against=clean.id, errors=True)
    assert made.name.endswith("-第2版-修订-送审稿.docx")
    assert "建国70周年" in docx.Document(io.BytesIO(made.data)).element.xml
    assert "w:ins" in docx.Document(io.BytesIO(made.data)).element.xml
    for against in (other.id, "", "0", None, "../1", 10**12):
        with pytest.raises(VersionError):
            taken(workspace, "王五", wrong, "redline", against=against, errors=True)


def test_who_has_no_part_in_a_report_takes_nothing(workspace: Workspace, versions: tuple[Version, Version]) -> None:
    clean, _ = versions
    for kind in (*WORD, *PLAIN, "preview"):
        with pytest.raises(ReviewRefused):
            taken(workspace, "赵六", clean, kind)
    with workspace.reading() as connection, pytest.raises(ReviewRefused):
        leaving.leaving(connection, users.require(connection, "赵六"), clean.report_id, clean.id)
    with pytest.raises(VersionError):
        taken(workspace, "李四", clean, "exe")


NAMES = (
    "安全.docx",
    'a".docx',
    "a\r\nSet-Cookie: x=1.docx",
    "a;b=c.docx",
    "%0d%0a.docx",
    "../../x.docx",
    "名'x*y.docx",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_a_header_is_only_a_name(name: str) -> None:
    header = disposition(name)
    assert header.isascii()
    assert "\r" not in header
    assert "\n" not in header
    plain, _, encoded = header.partition("; filename*=UTF-8''")
    assert plain == 'attachment; filename="report.docx"'
    assert set(encoded) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%")
    assert unquote(encoded) == name


def test_a_file_is_downloaded_with_its_name_and_opens(served: Served) -> None:
    with served.workspace.reading() as connection:
        head = next(one for one in history.heads(connection).values() if one.report_id == 3)
    with served.logged_in("李四") as client:
        answer = client.get(f"/download/zh/3/{head.id}/docx")
    assert answer.status_code == 200, answer.text
    assert "区教育局" in unquote(answer.headers["content-disposition"])
    assert answer.headers["cache-control"] == "no-store"
    assert "校园安全" in unquote(answer.headers["content-disposition"])
    assert any("区教育局" in one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs)


def test_ids_that_are_not_ones_own_are_refused_over_http(served: Served) -> None:
    with served.workspace.reading() as connection:
        heads = history.heads(connection)
    crossed = f"/download/zh/3/{heads[1].id}/md"
    with served.logged_in("赵六") as client:
        for path in (
            f"/download/zh/3/{heads[3].id}/md",
            f"/pages/zh/3/{heads[3].id}",
            f"/pages/zh/3/{heads[3].id}/1?key=x",
        ):
            answer = client.get(path)
            assert (path, answer.status_code) == (path, 403)
            assert "没有参与" in answer.json()["detail"]
    with served.logged_in("李四") as client:
        for path in (
            crossed,
            "/download/zh/99/1/md",
            "/download/zh/x/y/md",
            f"/download/zh/3/{heads[3].id}/../../etc",
            f"/download/zh/3/{heads[3].id}/%2e%2e%2fpasswd",
            f"/pages/zh/3/{heads[1].id}",
            f"/pages/zh/3/{heads[3].id}/1?key=../../x",
            f"/pages/zh/3/{heads[3].id}/1?key=",
            f"/download/xx/3/{heads[3].id}/md",
        ):
            assert (path, client.get(path).status_code) == (path, 404)
    with served.logged_in("周八") as client:
        assert client.get(f"/download/zh/3/{heads[3].id}/md").status_code == 403
    with served.client() as client:
        assert client.get(f"/download/zh/3/{heads[3].id}/md").status_code == 401


@pytest.mark.office
def test_pages_are_drawn_for_who_may_read(served: Served) -> None:
    with served.workspace.reading() as connection:
        head = history.heads(connection)[3]
    with served.logged_in("李四") as client:
        told = client.get(f"/pages/zh/3/{head.id}", timeout=120)
        if told.status_code == 503:
            pytest.skip(told.json()["detail"])
        pages = told.json()
        picture = client.get(f"/pages/zh/3/{head.id}/1", params={"key": pages["key"]})
        past = client.get(f"/pages/zh/3/{head.id}/{pages['pages'] + 1}", params={"key": pages["key"]})
    assert picture.content.startswith(b"\x89PNG")
    assert past.status_code == 404
    with served.logged_in("赵六") as client:
        assert client.get(f"/pages/zh/3/{head.id}/1", params={"key": pages["key"]}).status_code == 403
