"""Bad input on the command line: one clear line in Chinese, the right exit status, nothing half written, never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from drafting.archive import OLE
from tests.command import chengwen

ROOT = Path(__file__).parents[2]
CAMPUS = ROOT / "evals/cases/campus-2024h1.brief.yaml"
HEAD = "kind: special-report\norgan: 县水利局\ntopic: 防汛工作\nperiod: 2024年上半年\nissued: 2024-07-05\n"
BRIEF = (
    HEAD + "sections:\n  - heading: 强化检查，消除隐患\n    facts:\n      - 检查水库14座\noutlook:\n  - 开展汛后检查\n"
)


def refused(told: subprocess.CompletedProcess[str], said: str) -> bool:
    """Status 2 and one line that says so."""
    lines = [line for line in told.stderr.splitlines() if not line.startswith("使用模型")]
    return told.returncode == 2 and len(lines) == 1 and said in lines[0] and "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.txt", b"", "文件是空的"),
        ("空白.md", " \n　\n".encode(), "没有文字"),
        ("二进制.txt", bytes(range(256)) * 8, "既不是 UTF-8 也不是 GB18030"),
        ("旧.doc", OLE + bytes(900), "另存为 .docx"),
        ("旧改名.docx", OLE + bytes(900), "另存为 .docx"),
        ("加密.docx", OLE + bytes(900) + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        ("断.docx", b"PK\x03\x04" + bytes(200), "已损坏"),
        ("新版.report.json", b'{"schema": 2}', "格式版本 2"),
        ("乱.report.json", b'{"schema": 1, "blocks": 5}', "blocks 应是列表"),
        ("图.txt", b"\x89PNG\r\n\x1a\n", "图片"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_valid_json(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / "有 空格" / name
    path.parent.mkdir()
    path.write_bytes(data)
    told = chengwen("check", path, "--output", "json")
    assert refused(told, said), told.stderr
    assert json.loads(told.stdout) == {"version": 1, "documents": []}
    assert chengwen("dates", path, "--reference", "2024-07-05").stderr.count("Traceback") == 0


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"[]", OLE + bytes(900), "报告".encode("gb18030")])
def test_export_refuses_what_is_no_report(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "报告.report.json").write_bytes(data)
    assert refused(chengwen("export", tmp_path / "报告.report.json", "-o", tmp_path / "甲.docx"), "不是成文的报告文件")
    assert not (tmp_path / "甲.docx").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            HEAD + "sections:\n" + "".join(f"  - heading: 第{n}项\n    facts: [检查{n}次]\n" for n in range(120)),
            "120 个部分",
        ),
        (BRIEF.replace("  - 开展汛后检查\n", "".join(f"  - 检查{n}次\n" for n in range(101))), "101 条"),
        (BRIEF.replace("      - 检查水库14座\n", "".join(f"      - 检查第{n}座\n" for n in range(501))), "501 条事实"),
        (
            BRIEF.replace("      - 检查水库14座\n", "".join(f"      - - 检查第{n}座\n" for n in range(101))),
            "101 个分好的要点",
        ),
        (BRIEF.replace("2024年上半年", "2024-13-01..2024-14-01"), "没有这样的日期或月份"),
    ],
)
def test_a_brief_beyond_all_counting_is_refused_before_it_is_drafted(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "大.brief.yaml"
    path.write_text(text, encoding="utf-8")
    told = chengwen("draft", path, "--model", "composer", "-o", tmp_path / "出")
    assert refused(told, said), told.stderr
    assert not (tmp_path / "出").exists()


def test_a_spreadsheet_names_files_that_the_disk_can_hold(tmp_path: Path) -> None:
    header = "organ,period,kind,topic,issued,section,fact"
    rows = [f"{'县' * 200}{name}局,2024年上半年,briefing,防汛工作,2024-07-05,强化检查,检查水库14座" for name in "甲乙"]
    (tmp_path / "表.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    told = chengwen("draft", tmp_path / "表.csv", "--model", "composer", "-o", tmp_path / "出", "--format", "json")
    assert told.returncode == 0, told.stderr
    assert len(list((tmp_path / "出").iterdir())) == 2


def test_where_nothing_can_be_written_the_target_is_named(tmp_path: Path) -> None:
    (tmp_path / "甲.docx").mkdir()
    (tmp_path / "文件").write_bytes(b"")
    draft = ("draft", CAMPUS, "--model", "composer", "-o")
    assert refused(
        chengwen(*draft, tmp_path / "文件" / "下"), f"{tmp_path}/文件/下/campus-2024h1.docx: 路径中有一段不是文件夹"
    )
    chengwen("draft", CAMPUS, "--model", "composer", "-o", tmp_path, "--format", "json")
    report = tmp_path / "campus-2024h1.report.json"
    assert refused(chengwen("export", report, "-o", tmp_path / "甲.docx"), f"{tmp_path}/甲.docx: 这是文件夹")
    assert refused(chengwen("new", tmp_path / "无/甲.brief.yaml", "--kind", "briefing"), "没有这个文件或文件夹")
    assert {path.name for path in tmp_path.iterdir()} == {"甲.docx", "文件", report.name}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        told = chengwen("rules", stdout=full.fileno())
    assert refused(told, "磁盘已满"), told.stderr


def test_a_terminal_of_another_encoding_and_none_at_all(tmp_path: Path) -> None:
    (tmp_path / "稿.txt").write_text("关于防汛工作的报告\nXX局😀召开会议3次。\n", encoding="utf-8")
    told = chengwen("check", tmp_path / "稿.txt", PYTHONIOENCODING="ascii")
    assert (told.returncode, "Traceback" in told.stderr) == (1, False)
    assert "P201" in told.stdout
    command = f"'{Path(sys.executable).with_name('chengwen')}' check '{tmp_path / '稿.txt'}' >&-"
    closed = subprocess.run(["/bin/sh", "-c", command], stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert (closed.returncode, "Traceback" in closed.stderr) == (1, False)
