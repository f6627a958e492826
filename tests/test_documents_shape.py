"""Documents that are not one report: a scan, tables only, two reports in one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafting.documents import read
from drafting.errors import DocumentError
from tests.wordfiles import docx, p, saved

PICTURE = '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing></w:r>'
FIRST = (
    "某县水利局关于2024年上半年防汛工作的报告\n某县人民政府：\n一、隐患排查\n排查水库31座。\n某县水利局\n2024年7月5日\n"
)
SECOND = FIRST.replace("防汛", "抗旱")


def test_a_scan_is_refused_by_its_name(tmp_path: Path) -> None:
    path = saved(tmp_path, "扫描.docx", docx(p(inner=PICTURE), p(inner=PICTURE)))
    with pytest.raises(DocumentError, match="只有图片") as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_tables_only_is_told_and_nothing_guessed(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc>{p(text)}</w:tc>" for text in ("一、隐患排查", "水库31座"))
    found = read(saved(tmp_path, "表.docx", docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")))
    assert "全文都在表格里，未识别标题和层次" in found.notes
    assert not [block for block in found.report.blocks if block.type in ("title", "heading")]


def test_two_reports_in_one_file_are_told(tmp_path: Path) -> None:
    (note,) = read(saved(tmp_path, "两份.txt", FIRST + SECOND)).notes
    assert "两份报告" in note
    assert "某县水利局关于2024年上半年抗旱工作的报告" in note


@pytest.mark.parametrize("text", [FIRST, f"{FIRST}附件1\n{SECOND}"])
def test_one_report_is_one_with_an_attachment_too(tmp_path: Path, text: str) -> None:
    assert read(saved(tmp_path, "一份.txt", text)).notes == ()
