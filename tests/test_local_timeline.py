"""timeline.local.yaml: rows of the user's own, beside the documents."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from drafting.errors import InputError
from evals.gate import may_export
from evals.local_timeline import NAME, beside, load, with_local
from evals.timeline import timeline
from tests.builders import CLEAN, body, found, report
from ui.cli.check import check

ROW = "- term: 碧水攻坚三年行动\n  kind: task\n  first: 2020-01\n  last: 2022-12\n"
FULL = ROW + "  variants: [碧水行动]\n  afterwards: [长效管护]\n  certainty: high\n  source: 市里方案\n"
FAULTY = CLEAN.replace("召开安全工作调度会6次。", "深入实施碧水攻坚三年行动，召开会议6次。")


def written(folder: Path, text: str) -> Path:
    path = folder / NAME
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_are_added_to_ours(tmp_path: Path) -> None:
    whole = with_local(written(tmp_path, FULL))
    assert whole[:-1] == timeline()
    assert (whole[-1].names, whole[-1].afterwards) == (("碧水攻坚三年行动", "碧水行动"), ("长效管护",))
    assert whole[-1].sure


def test_what_is_left_out_is_usual_and_not_sure(tmp_path: Path) -> None:
    (row,) = load(written(tmp_path, ROW))
    assert (row.before, row.after, row.certainty) == ("ahead", "lasting", "medium")


def test_a_row_with_a_term_of_ours_stands_instead_of_it(tmp_path: Path) -> None:
    whole = with_local(
        written(tmp_path, "- term: 党纪学习教育\n  kind: campaign\n  first: 2024-04-07\n  last: 2024-08-31\n")
    )
    (row,) = (entry for entry in whole if entry.term == "党纪学习教育")
    assert row.until == "2024-08-31"
    assert len(whole) == len(timeline())


def test_no_file_is_ours_alone_and_an_empty_one_adds_nothing(tmp_path: Path) -> None:
    assert beside(tmp_path) is None
    assert with_local(None) == timeline()
    assert with_local(written(tmp_path, "# 还没有\n")) == timeline()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("term: 甲\n", "列表"),
        ("- 甲\n", "term"),
        ("- term: 甲\n", "缺 kind、first"),
        (ROW.replace("task", "专项"), "专项"),
        (ROW.replace("2020-01", "2020年"), "2020年"),
        (ROW.replace("2022-12", "2019-12"), "早于"),
        (ROW + "  colour: 红\n", "colour"),
        (ROW + "  term: 乙\n", "重复"),
        (ROW + "  variants: 乙\n", "列表"),
        (ROW + "  note: [乙]\n", "一个词"),
        ("- &a {term: 甲}\n- *a\n", "锚"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError) as caught:
        load(path)
    assert told in str(caught.value)
    assert f"{path}:" in str(caught.value)


def test_the_gate_goes_by_the_same_rows(tmp_path: Path) -> None:
    own = with_local(written(tmp_path, FULL))
    assert [one.code for one in may_export(report(FAULTY), None, timeline=own).open] == ["D306"]
    assert not may_export(report(FAULTY), None).open


@pytest.mark.parametrize("where", ["beside", "current"])
def test_check_finds_it_beside_the_document_or_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    documents, current = tmp_path / "文件", tmp_path / "目录"
    documents.mkdir()
    current.mkdir()
    monkeypatch.chdir(current)
    path = documents / "报告.txt"
    path.write_text(FAULTY, encoding="utf-8")
    application = typer.Typer()
    application.command()(check)
    assert "D306" not in CliRunner().invoke(application, [str(path), "--select", "D306"]).stdout
    written(documents if where == "beside" else current, FULL)
    result = CliRunner().invoke(application, [str(path), "--select", "D306"])
    assert (result.exit_code, "碧水攻坚三年行动" in result.stdout) == (1, True)


def test_a_founding_of_the_user_s_own_has_its_anniversaries(tmp_path: Path) -> None:
    row = "- term: 建院\n  kind: founding\n  first: 1958-05-01\n  certainty: high\n  source: 院志\n"
    (finding,) = found(body("2024年是建院60周年。"), "D305", timeline=with_local(written(tmp_path, row)))
    assert (finding.expected, finding.severity) == ("建院66周年", "error")
    assert not found(body("2024年是建院60周年。"), "D305")
