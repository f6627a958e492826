"""Reading files: told by content, refused in one line that names the file, and never slow."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from drafting.documents import read, render
from drafting.errors import DocumentError
from drafting.profile import Layout
from tests.reports_for_documents import report
from tests.wordfiles import docx, p, saved, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT = render(report(), "txt", Layout()).decode()
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
BOMB = '<!DOCTYPE x [<!ENTITY a "国"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def broken(data: bytes) -> bytes:
    return data[: len(data) // 2] + data[len(data) // 2 + 40 :]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("空.txt", b"", "文件是空的"),
        ("空.docx", b"", "文件是空的"),
        ("空行.txt", "\n　\n ".encode(), "没有文字"),
        ("二进制.txt", bytes(range(256)) * 4, "UTF-8"),
        ("零字节.txt", "安全\0生产".encode(), "控制字符 U+0000"),
        ("旧.docx", OLE + bytes(600), "另存为 .docx"),
        ("旧.doc", OLE + bytes(600), "另存为 .docx"),
        ("加密.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        ("半截.docx", docx(p("检查"))[:200], "已损坏"),
        ("缺块.docx", broken(docx(p("检查126家次。" * 50))), "已损坏"),
        ("文本.docx", TEXT.encode(), "不是 Word 文件"),
        ("无正文.docx", zipped({"word/styles.xml": "<x/>"}), "没有 Word 正文"),
        ("表格.xlsx", zipped({"xl/workbook.xml": "<workbook/>"}), "没有 Word 正文"),
        ("别的.docx", docx(document="<x/>"), "没有 Word 正文"),
        ("坏XML.docx", docx(document="<w:document"), "不是完好的 XML"),
        ("没有字.docx", docx(p("")), "没有文字"),
        ("外部实体.docx", docx(p("检查"), document=ENTITY + "<w:document/>"), "DOCTYPE"),
        ("别处实体.docx", docx(p("检查"), comments=BOMB + "<x>&b;</x>"), "DOCTYPE"),
        ("宽字符实体.docx", docx(p("检查"), styles=(BOMB + "<x/>").encode("utf-16")), "DOCTYPE"),
        ("炸弹.docx", docx(p("检查"), theme="<a>" + " " * (65 << 20)), "压缩炸弹"),
        ("PDF.txt", b"%PDF-1.7", "PDF"),
        ("RTF.txt", b"{\\rtf1", "RTF"),
        ("别的.json", b"{}", "报告文件"),
        ("深.json", b"[" * 100_000, "报告文件"),
    ],
)
def test_refused_in_one_line_that_names_the_file(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = saved(tmp_path, name, data)
    with pytest.raises(DocumentError, match=re.escape(message)) as caught:
        read(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("name", "message"), [("没有.docx", "没有这个文件"), ("", "文件夹")])
def test_no_file(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read(tmp_path / name)


@pytest.mark.parametrize(
    ("encoding", "note"), [("utf-8", ()), ("utf-8-sig", ()), ("gbk", ("不是 UTF-8，按 GB18030 读入",)), ("utf-16", ("按 UTF-16 读入",))]
)  # fmt: skip
def test_encodings(tmp_path: Path, encoding: str, note: tuple[str, ...]) -> None:
    found = read(saved(tmp_path, "报告.txt", TEXT.encode(encoding)))
    assert [block.text for block in found.report.blocks] == [block.text for block in report().blocks]
    assert found.notes == note


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_endings_count_alike(tmp_path: Path, ending: str) -> None:
    found = read(saved(tmp_path, "报告.txt", TEXT.replace("\n", ending)))
    assert found.places[-1].line == len(TEXT.split("\n")) - 1


def test_a_word_file_under_another_name_is_read_and_told(tmp_path: Path) -> None:
    found = read(saved(tmp_path, "报告.txt", docx(p("安全生产工作总结"), p("检查126家次。"))))
    assert (found.format, found.notes) == ("docx", ("内容是 Word 文件，按 .docx 读入",))


def test_a_damaged_report_file_names_what_is_missing(tmp_path: Path) -> None:
    data = json.loads(report().dumps())
    del data["blocks"]
    with pytest.raises(DocumentError, match="blocks"):
        read(saved(tmp_path, "报告.report.json", json.dumps(data)))


@pytest.mark.parametrize(
    "text",
    [
        TEXT * 4_000,
        "安全生产工作总结\n" + "国" * 200_000,
        "（" * 200_000,
        "一、" * 100_000,
        "1." * 100_000,
        "2024年" + " " * 200_000,
        "附件：1." * 50_000,
        " " * 200_000 + "国",
        "局\n" * 50_000,
        "\\" * 200_000,
        "附件：1.甲\n" + "".join(f"{index}.乙\n" for index in range(2, 20_000)),
    ],
    ids=lambda text: text[:8],
)
@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_no_text_makes_reading_slow(tmp_path: Path, text: str, suffix: str) -> None:
    path = saved(tmp_path, f"长.{suffix}", text)
    started = time.process_time()
    assert read(path).report.blocks
    # A quadratic pattern takes minutes on these; what is linear takes well under a second and a half.
    assert time.process_time() - started < 15
