"""`chengwen dates`: what it prints in text and JSON, and what it refuses."""

import json
from pathlib import Path

import docx
import pytest
import typer
from typer.testing import CliRunner, Result

from drafting.errors import InputError
from ui.cli.dates import dates

APP = typer.Typer()
APP.command()(dates)

TEXT = "市应急管理局\n截至6月底，比去年同期多3件。\n6月31日另行通报。\n"


def run(*arguments: object, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(APP, [str(argument) for argument in arguments], input=input, catch_exceptions=False)


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "汇报.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_text_has_a_line_a_mention_with_its_place(text_file: Path) -> None:
    result = run(text_file, "--reference", "2024-07-05", "--period", "2024年上半年")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"{text_file}:2:1: 截至6月底  截止 ..2024-06-30",
        f"{text_file}:2:8: 去年同期  相对 2023-01-01..2023-06-30 比较",
        f"{text_file}:3:1: 6月31日  不存在 6月只有30天",
    ]


def test_json_holds_every_field(text_file: Path) -> None:
    result = run(text_file, "--reference", "2024-07-05", "--output", "json")
    data = json.loads(result.stdout)
    assert data["version"] == 1
    assert data["mentions"][0] == {
        "text": "截至6月底",
        "start": 7,
        "end": 12,
        "first": None,
        "last": "2024-06-30",
        "kind": "open-start",
        "explicit_year": False,
        "comparison": False,
        "weekday": None,
        "note": "",
    }
    for mention in data["mentions"]:
        assert TEXT[mention["start"] : mention["end"]] == mention["text"]


def test_standard_input_is_read_where_the_file_is_a_dash() -> None:
    result = run("-", "--reference", "2024-07-05", input="今年以来，去年6月15日（星期四）起。")
    assert result.stdout.splitlines() == [
        "1:1: 今年以来  起始 2024-01-01..",
        "1:6: 去年6月15日（星期四）起  起始 2023-06-15..",
    ]


def test_gb18030_is_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "旧稿.txt"
    path.write_bytes("二〇二四年六月三十日，完成验收。".encode("gb18030"))
    result = run(path, "--reference", "2024-07-05")
    assert "2024-06-30" in result.stdout
    assert "GB18030" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--reference", "7月5日"], "--reference"),
        (["--reference", "2024-02-30"], "--reference"),
        (["--reference", "2024-07-05", "--period", "前年夏天"], "读不懂报告期"),
        (["--reference", "2024-07-05", "--output", "xml"], "--output"),
    ],
)
def test_bad_options_are_one_line(text_file: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(InputError) as refused:
        run(text_file, *arguments)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_bad_files_are_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "坏.txt"
    broken.write_bytes(b"2024\xff\xfe\xfd\x80")
    for path in (tmp_path / "没有.txt", tmp_path, broken):
        with pytest.raises(InputError) as refused:
            run(path, "--reference", "2024-07-05")
        assert str(path) in str(refused.value)
        assert "\n" not in str(refused.value)


def test_standard_input_that_is_no_text_is_refused() -> None:
    with pytest.raises(InputError, match="标准输入"):
        run("-", "--reference", "2024-07-05", input=b"\x81\xff\xff2024\xff")


def test_a_docx_is_read_by_its_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    document = docx.Document()
    for paragraph in ("市应急管理局2024年上半年工作总结", "截至6月底，整改到位。"):
        document.add_paragraph(paragraph)
    document.save(str(path))
    result = run(path, "--reference", "2024-07-05")
    assert "2024年上半年  时段 2024-01-01..2024-06-30" in result.stdout
    assert "截至6月底  截止 ..2024-06-30" in result.stdout
