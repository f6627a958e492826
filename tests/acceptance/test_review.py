"""A report through review on the command line: what drafters and reviewers are promised."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pytest

from tests.command import chengwen_here as chengwen

ROOT = Path(__file__).parents[2]
CAMPUS = ROOT / "evals/cases/campus-2024h1.brief.yaml"
REVIEWERS = {"初审员": "reviewer:1", "终审员": "reviewer:3"}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A drafted report in the test's workspace, with a reviewer for each of its two levels."""
    drafted = chengwen("draft", CAMPUS, "--model", "composer", "-o", tmp_path, "--as", "张三")
    assert drafted.returncode == 0, drafted.stderr
    for name, role in REVIEWERS.items():
        assert chengwen("user", "add", name, "--role", role, "--as", "张三").returncode == 0
    return tmp_path / "campus-2024h1.report.json"


@pytest.fixture
def staffed() -> None:
    """A workspace with people and nothing else."""
    chengwen("workspace", "init", "--as", "张三")
    for name, role in REVIEWERS.items():
        chengwen("user", "add", name, "--role", role, "--as", "张三")


def head() -> str:
    """The version that stands of the only report."""
    return str(json.loads(chengwen("log", "--output", "json").stdout)["reports"][0]["id"])


def history() -> list[dict[str, object]]:
    return list(json.loads(chengwen("log", head(), "--output", "json").stdout)["versions"])


def in_word(source: Path, target: Path, old: str, new: str) -> Path:
    """The .docx as someone saved it who typed `new` over `old`, without tracking."""
    document = docx.Document(str(source))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if old in run.text]
    assert len(runs) == 1
    runs[0].text = runs[0].text.replace(old, new)
    document.save(str(target))
    return target


def text_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def parts(path: Path, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return "".join(archive.read(each).decode() for each in archive.namelist() if re.fullmatch(name, each))


def signed(version: str) -> None:
    for words in (
        ["submit", version, "--as", "张三"],
        ["review", version, "--as", "初审员"],
        ["sign", version, "--as", "终审员"],
    ):
        done = chengwen(*words)
        assert done.returncode == 0, done.stderr


def test_what_nobody_signed_leaves_with_a_mark_on_every_page_and_never_as_final(report: Path, tmp_path: Path) -> None:
    target = tmp_path / "送审.docx"
    assert "送审稿" in parts(report.with_name("campus-2024h1.docx"), r"word/header\d\.xml")
    refused = chengwen("export", report, "-o", target, "--final")
    assert refused.returncode == 1
    assert "没有签发" in refused.stderr
    assert not target.exists()
    assert chengwen("export", report, "-o", target).returncode == 0
    assert "送审稿" in parts(target, r"word/header\d\.xml")


def test_a_signed_version_leaves_without_a_mark_and_the_sign_off_falls_with_the_text(
    report: Path, tmp_path: Path
) -> None:
    first = head()
    signed(first)
    final = tmp_path / "正式.docx"
    assert chengwen("export", first[:8], "-o", final, "--final").returncode == 0
    assert "送审稿" not in parts(final, r"word/.*\.xml")
    edited = in_word(final, tmp_path / "改.docx", "加强组织领导", "强化组织领导")
    assert chengwen("import", edited, "--onto", first, "--as", "张三").returncode == 0
    refused = chengwen("export", head(), "-o", tmp_path / "再.docx", "--final")
    assert refused.returncode == 1
    assert "签发已因改稿失效" in chengwen("log").stdout
    assert chengwen("export", first, "-o", tmp_path / "旧.docx", "--final").returncode == 0


def test_an_edit_from_word_keeps_its_facts_and_a_changed_number_is_told(report: Path, tmp_path: Path) -> None:
    edited = in_word(report.with_name("campus-2024h1.docx"), tmp_path / "改.docx", "会议5次", "会议6次")
    brought = chengwen("import", edited, "--onto", report, "--as", "张三")
    assert brought.returncode == 0, brought.stderr
    assert "[-5次-]{+6次+}" in brought.stdout
    assert "G405" in brought.stderr
    content = json.loads(chengwen("show", head(), "--output", "json").stdout)["content"]
    (point,) = [point for block in content["blocks"] for point in block.get("points", ()) if "会议6次" in point["body"]]
    assert point["facts"]
    assert point["provenance"]["origin"] == "imported"
    assert chengwen("export", head(), "-o", tmp_path / "不行.docx").returncode == 1


def test_tracked_changes_are_asked_about_and_can_be_decided_one_by_one(report: Path, tmp_path: Path) -> None:
    first = head()
    clean = report.with_name("campus-2024h1.docx")
    edited = in_word(clean, tmp_path / "改.docx", "加强组织领导", "强化组织领导")
    edited = in_word(edited, tmp_path / "改.docx", "发挥考核作用", "突出考核作用")
    chengwen("import", edited, "--onto", first, "--as", "张三")
    redline = tmp_path / "修订.docx"
    assert chengwen("export", head(), "--redline-from", first, "-o", redline).returncode == 0
    assert 'w:author="张三"' in parts(redline, r"word/document\.xml")
    asked = chengwen("import", redline, "--onto", first, "--as", "张三")
    assert asked.returncode == 2
    assert "--tracked" in asked.stderr
    assert len(history()) == 2
    brought = chengwen("import", redline, "--onto", first, "--tracked", "proposed", "--as", "张三")
    assert brought.returncode == 0, brought.stderr
    proposal = next(version for version in history() if version["number"] is None)
    assert proposal["pending"] == 2
    ids = re.findall(r"#([0-9a-f]{8})", brought.stdout)
    decided = chengwen("decide", str(proposal["id"]), "--reject", ",".join(dict.fromkeys(ids)), "--as", "张三")
    assert decided.returncode == 0, decided.stderr
    assert "还有 0 处未定" in decided.stdout


def test_reviewers_comments_go_out_to_word_and_do_not_come_back_twice(report: Path, tmp_path: Path) -> None:
    first = head()
    said = chengwen("comment", first, "请核对校车数", "--on", "校车52辆", "--as", "初审员")
    assert said.returncode == 0, said.stderr
    target = tmp_path / "修订.docx"
    assert chengwen("export", first, "--redline-from", first, "-o", target).returncode == 0
    assert "请核对校车数" in parts(target, r"word/comments\.xml")
    chengwen("import", target, "--onto", first, "--as", "张三")
    assert len(json.loads(chengwen("show", first, "--output", "json").stdout)["comments"]) == 1


def test_what_was_dealt_with_is_settled_by_its_number(report: Path) -> None:
    first = head()
    chengwen("comment", first, "请核对", "--as", "初审员")
    assert chengwen("settle", "--comment", "1", "--as", "张三").returncode == 0
    (said,) = json.loads(chengwen("show", first, "--output", "json").stdout)["comments"]
    assert said["settled"]
    for words in (["--comment", "9"], ["--conflict", "9"], []):
        refused = chengwen("settle", *words, "--as", "张三")
        assert refused.returncode == 2
        assert len(refused.stderr.splitlines()) == 1


def test_a_regeneration_that_clashes_waits_until_it_is_settled(report: Path, tmp_path: Path) -> None:
    edited = in_word(report.with_name("campus-2024h1.docx"), tmp_path / "改.docx", "加强组织领导", "强化组织领导")
    chengwen("import", edited, "--onto", report, "--as", "张三")
    brief = tmp_path / "改.brief.yaml"
    brief.write_text(CAMPUS.read_text(encoding="utf-8").replace("会议5次", "会议6次"), encoding="utf-8")
    chengwen("draft", brief, "--model", "composer", "-o", tmp_path / "再", "--as", "张三")
    assert "1 处冲突未定" in chengwen("log", head()).stdout
    assert "强化组织领导" in chengwen("show", head()).stdout
    assert chengwen("settle", "--conflict", "1", "--as", "张三").returncode == 0
    assert "冲突未定" not in chengwen("log", head()).stdout


def test_comments_of_a_file_that_clashes_are_kept_with_it(report: Path, tmp_path: Path) -> None:
    first, clean = head(), report.with_name("campus-2024h1.docx")
    chengwen(
        "import", in_word(clean, tmp_path / "甲.docx", "加强组织领导", "强化组织领导"), "--onto", first, "--as", "张三"
    )
    document = docx.Document(str(in_word(clean, tmp_path / "乙.docx", "加强组织领导", "切实加强领导")))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if "切实加强领导" in run.text]
    document.add_comment(runs, "这里再斟酌", author="李四")
    document.save(str(tmp_path / "乙.docx"))
    clashed = chengwen("import", tmp_path / "乙.docx", "--onto", first, "--as", "张三")
    assert clashed.returncode == 1
    assert "待定稿" in clashed.stderr
    proposal = next(version for version in history() if version.get("pending"))
    said = json.loads(chengwen("show", str(proposal["id"]), "--output", "json").stdout)["comments"]
    assert [(one["text"], one["by"]) for one in said] == [("这里再斟酌", "李四")]


def test_a_drafter_does_not_review_their_own_draft(report: Path) -> None:
    chengwen("user", "add", "张三", "--role", "reviewer:1", "--as", "张三")
    assert chengwen("submit", head(), "--as", "张三").returncode == 0
    refused = chengwen("review", head(), "--as", "张三")
    assert refused.returncode == 1
    assert "不能自拟自审" in refused.stderr


def test_an_account_is_handed_to_the_directory_and_back(staffed: None) -> None:
    handed = chengwen("user", "hand-over", "初审员", "--to", "ldap", "--as", "张三")
    assert (handed.returncode, "下一个以“初审员”从目录服务（LDAP）登录的人" in handed.stdout) == (0, True)
    assert "初审员  初审  目录服务（LDAP），待本人登录" in chengwen("user", "list").stdout
    assert "没有本地密码" in chengwen("user", "password", "初审员", "--as", "张三").stderr
    back = chengwen("user", "hand-over", "初审员", "--to", "local", "--as", "张三")
    assert (back.returncode, "一次性密码 " in back.stdout) == (0, True)
    assert "目录服务" not in chengwen("user", "list").stdout


def test_the_workspace_is_proved_backed_up_and_put_back(report: Path, tmp_path: Path) -> None:
    backup = tmp_path / "备份.db"
    assert "完好" in chengwen("workspace", "verify").stdout
    assert chengwen("workspace", "backup", backup).returncode == 0
    first = head()
    edited = in_word(report.with_name("campus-2024h1.docx"), tmp_path / "改.docx", "加强组织领导", "强化组织领导")
    chengwen("import", edited, "--onto", first, "--as", "张三")
    assert head() != first
    restored = chengwen("workspace", "restore", backup, "--as", "张三")
    assert restored.returncode == 0, restored.stderr
    assert head() == first
    assert "恢复前的内容在" in restored.stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["show", "abc"], 2, "既不是文件，也不是版本号"),
        (["show", "abcd"], 2, "没有以 abcd 开头的版本"),
        (["show", "没有.report.json"], 2, "没有.report.json"),
        (["log", "ffffffff"], 2, "没有以 ffffffff 开头的版本"),
        (["submit", "ffffffff", "--as", "张三"], 2, "没有以 ffffffff"),
        (["export", "ffffffff", "-o", "x.docx"], 2, "没有以 ffffffff"),
        (["diff", "ffffffff", "eeeeeeee"], 2, "没有以 ffffffff"),
        (["import", "没有.docx", "--onto", "ffffffff", "--as", "张三"], 2, "没有以 ffffffff"),
        (["user", "add", "李 四", "--role", "drafter", "--as", "张三"], 2, "用户名"),
        (["user", "add", "李四", "--role", "boss", "--as", "张三"], 2, "没有角色"),
        (["user", "add", "李四", "--role", "drafter", "--as", "初审员"], 1, "没有管理权限"),
        (["user", "hand-over", "初审员", "--to", "ad", "--as", "张三"], 2, "应为 oidc、ldap 或 local"),
        (["user", "hand-over", "张三", "--to", "ldap", "--as", "张三"], 2, "唯一的本地管理员"),
        (["user", "hand-over", "初审员", "--to", "local", "--as", "张三"], 2, "已是本地账号"),
        (["workspace", "restore", "没有.db", "--as", "张三"], 2, "没有备份文件"),
        (["log", "--workspace", "mysql://h/d"], 2, "mysql"),
        (["log", "--workspace", "/没有/这里"], 2, "没有工作区"),
        (["log", "--output", "xml"], 2, "--output"),
    ],
)
def test_bad_input_is_one_clear_line(staffed: None, words: list[str], status: int, said: str) -> None:
    told = chengwen(*words)
    assert told.returncode == status
    assert said in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert "Traceback" not in told.stderr
