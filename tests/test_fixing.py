"""`--fix`: what is named changes, nothing else does, and a second run finds nothing to do."""

import json
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from drafting.documents import Reading, read, render
from drafting.profile import Layout
from drafting.report import Block, Point, Report, loads
from evals.checking import examine
from evals.finding import Finding
from evals.fixing import fixes, mend, mend_report
from tests.builders import CLEAN, blocks, body, report
from ui.cli.check import check
from ui.cli.rules import rules

APP = typer.Typer()
APP.command()(check)
APP.command()(rules)

SLIPS = CLEAN.replace("218家次，", "218家次,").replace("重点整治。", "重点整治。。").replace("培训", " 培训")
MENDED = CLEAN


def run(*arguments: object) -> Result:
    return CliRunner().invoke(APP, ["check", *map(str, arguments)], catch_exceptions=False)


def judge(reading: Reading) -> list[Finding]:
    return examine(reading.report, places=reading.places, select=["Y"])


def test_the_named_places_change_and_the_rest_stays_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(SLIPS, encoding="utf-8")
    result = run("--fix", path)
    assert path.read_text(encoding="utf-8") == MENDED
    assert "已改正 2 处" in result.stderr
    assert "Y70" not in result.stdout
    assert result.exit_code == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\v", "\f"])
def test_encoding_line_ends_indents_and_permissions_are_kept(tmp_path: Path, encoding: str, newline: str) -> None:
    path = tmp_path / "报告.txt"
    indented = [f"　　{line}  " if "是" in line else line for line in SLIPS.split("\n")]
    path.write_bytes(newline.join(indented).encode(encoding))
    path.chmod(0o640)
    assert mend(path, judge).done == 2
    wanted = [f"　　{line}  " if "是" in line else line for line in MENDED.split("\n")]
    assert path.read_bytes() == newline.join(wanted).encode(encoding)
    assert path.stat().st_mode & 0o777 == 0o640


def test_markdown_keeps_its_marks_and_an_escaped_bracket_loses_its_backslash(tmp_path: Path) -> None:
    path = tmp_path / "报告.md"
    path.write_text(
        "# 安全生产工作报告\n\n## 一、落实责任\n\n检查\\[专项\\]企业218家次,查出95处\\(重大3处\\)。\n", encoding="utf-8"
    )
    assert mend(path, judge).done == 3
    assert path.read_text(encoding="utf-8") == (
        "# 安全生产工作报告\n\n## 一、落实责任\n\n检查\\[专项\\]企业218家次，查出95处（重大3处）。\n"
    )


def test_a_line_broken_softly_is_mended_in_its_own_line(tmp_path: Path) -> None:
    path = tmp_path / "报告.md"
    path.write_text("# 安全生产工作报告\n\n检查企业218家次,\\\n  查出95处;已整改90处。\n", encoding="utf-8")
    assert mend(path, judge).done == 2
    assert path.read_text(encoding="utf-8") == "# 安全生产工作报告\n\n检查企业218家次，\\\n  查出95处；已整改90处。\n"


def test_a_report_file_keeps_its_points_and_facts(tmp_path: Path) -> None:
    point = Point("检查企业218家次,查出95处。。", ("F1",), "一是", "加强检查")
    whole = Report((*blocks(CLEAN)[:4], Block("paragraph", points=(point,), level=1, number="一、")))
    path = tmp_path / "a.report.json"
    path.write_bytes(whole.dumps())
    assert mend(path, judge).done == 2
    (after,) = loads(path.read_bytes()).points()
    assert after == Point("检查企业218家次，查出95处。", ("F1",), "一是", "加强检查")
    assert loads(path.read_bytes()).blocks[:4] == whole.blocks[:4]


def test_a_fix_that_reaches_over_two_parts_of_a_point_is_left() -> None:
    whole = Report((Block("paragraph", points=(Point("。检查企业218家次。", (), "一是", "加强检查"),)),))
    (doubled,) = fixes(examine(whole, select=["Y704"]))
    assert doubled.quote == "。。"
    assert mend_report(whole, [doubled]) == (whole, 0)


def test_a_word_file_is_not_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(render(body("检查企业218家次,查出问题。"), "docx", Layout()))
    before = path.read_bytes()
    result = run("--fix", path)
    assert path.read_bytes() == before
    assert "不改写 .docx" in result.stderr
    assert "Y701" in result.stdout


def test_without_the_option_nothing_is_written_and_a_clean_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(SLIPS, encoding="utf-8")
    run(path)
    assert path.read_text(encoding="utf-8") == SLIPS
    path.write_text(MENDED, encoding="utf-8")
    before = path.stat().st_mtime_ns
    assert "已改正" not in run("--fix", path).stderr
    assert path.stat().st_mtime_ns == before


def test_only_the_selected_rules_mend(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(SLIPS, encoding="utf-8")
    run("--fix", "--ignore", "Y701", path)
    assert path.read_text(encoding="utf-8") == SLIPS.replace("。。", "。")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "报告.txt", tmp_path / "链接.txt"
    path.write_text(SLIPS, encoding="utf-8")
    link.symlink_to(path)
    mend(link, judge)
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == MENDED


def test_json_tells_what_is_left(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(SLIPS, encoding="utf-8")
    (document,) = json.loads(run("--fix", "--output", "json", "--select", "Y", path).stdout)["documents"]
    assert document["findings"] == []


PIECES = st.sampled_from(
    [
        "检查企业",
        "218家次",
        "，",
        ",",
        "。",
        ".",
        "；",
        ";",
        ":",
        "(",
        ")",
        "（",
        "）",
        '"',
        " ",
        "　",
        "A",
        "5.3%",
        "...",
        "２",
    ]
)


@given(st.lists(st.lists(PIECES, min_size=1, max_size=12).map("".join), min_size=1, max_size=4))
def test_a_second_run_changes_nothing_and_words_never_change(
    tmp_path_factory: pytest.TempPathFactory, paragraphs: list[str]
) -> None:
    path = tmp_path_factory.mktemp("fix") / "报告.txt"
    source = "\n".join(["市应急管理局安全生产工作报告", "一、落实责任", "召开会议4次。", *paragraphs])
    path.write_text(source, encoding="utf-8", newline="")
    mend(path, judge)
    once = path.read_bytes()
    assert mend(path, judge).done == 0
    assert path.read_bytes() == once
    kept = [char for char in once.decode("utf-8").translate(str.maketrans("２", "2")) if char.isalnum()]
    assert kept == [char for char in source.translate(str.maketrans("２", "2")) if char.isalnum()]


def test_only_fixable_rules_bring_a_fix_and_every_fixable_one_does() -> None:
    text = report(CLEAN.replace("218家次，", "218家次,，"))
    assert {one.code for one in examine(text) if one.fix is not None} <= {"Y701", "Y704"}
    assert [one.fix for one in fixes(examine(body("检查企业,查出问题；；"), select=["Y"]))] == ["，", "；"]


def test_what_is_read_is_where_it_says(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(SLIPS, encoding="utf-8")
    reading = read(path)
    lines = SLIPS.split("\n")
    for one in examine(reading.report, places=reading.places, select=["Y"]):
        assert lines[one.line - 1][one.column - 1 :].startswith(one.quote)
