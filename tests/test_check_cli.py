"""`chengwen check` and `chengwen rules`: what they print, in text and JSON, and their exit status."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from drafting.errors import InputError
from evals.rule import REGISTRY
from tests.builders import CLEAN, body, report
from ui.cli.check import check
from ui.cli.quoting import quoted, width
from ui.cli.rules import rules

APP = typer.Typer()
APP.command()(check)
APP.command()(rules)

FAULTY = CLEAN.replace("召开安全工作调度会6次", "XX局召开会议4次").replace("二是逐级明确任务", "三是逐级明确任务")


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(FAULTY, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(APP, [str(argument) for argument in arguments], catch_exceptions=False)


def test_findings_are_lines_with_place_code_severity_and_what_was_expected(faulty: Path) -> None:
    result = run("check", faulty)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert f"{faulty}:5:10: P201 error 占位符“XX局”没有填写" in lines
    assert f"{faulty}:5:20: S106 error “三是”跳号：前一个是“一是”（应为 二是）" in lines
    assert lines[-1].startswith("检查 1 份文件：2 错误，")


def test_json_has_the_contract_s_shape(faulty: Path) -> None:
    result = run("check", faulty, "--output", "json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    (document,) = told["documents"]
    assert told["version"] == 1
    assert (document["path"], document["period"]) == (str(faulty), "2024年上半年")
    assert document["counts"]["error"] == 2
    first = document["findings"][0]
    assert list(first) == ("code name severity message quote expected line column block start end evidence".split())
    assert FAULTY.splitlines()[first["line"] - 1][first["column"] - 1 :].startswith(first["quote"])


def test_a_clean_document_exits_0(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(CLEAN, encoding="utf-8")
    result = run("check", path)
    assert (result.exit_code, result.stdout) == (0, "检查 1 份文件：0 错误，0 警告，0 提示\n")
    assert "G401" in result.stderr
    assert "没有提纲，用 --brief 指定" in result.stderr


def test_what_did_not_run_is_said_on_stderr_once_for_all_files(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("甲.txt", "乙.txt")]
    for path in paths:
        path.write_text("关于加强安全生产工作的通知\n一、压实责任\n召开会议4次。", encoding="utf-8")
    lines = run("check", *paths, "--ignore", "G").stderr.splitlines()
    assert lines == [
        "2 份文件未检查 D302、D303、D304、D306、D307、D308、D309、D313、D314、D315（没有认出报告期，用 --period 指定）",
        "2 份文件未检查 D310（没有认出成文日期，用 --issued 指定）",
        "2 份文件未检查 S102、S103、S110、S111、S112（没有指定文种，用 --profile 指定）",
    ]
    assert run("check", paths[0], "--select", "P").stderr == ""


def test_a_report_file_is_checked_with_its_own_period(tmp_path: Path) -> None:
    path = tmp_path / "a.report.json"
    path.write_bytes(body("2024年是建国70周年。").dumps())
    (document,) = json.loads(run("check", path, "--output", "json").stdout)["documents"]
    assert [(one["code"], one["expected"]) for one in document["findings"]] == [("D305", "建国75周年")]


def test_period_and_issued_come_before_what_the_text_tells(faulty: Path) -> None:
    result = run("check", faulty, "--select", "D303", "--period", "2023年上半年", "--issued", "2023-07-05")
    assert result.exit_code == 1
    assert "D303" in result.stdout


def test_codes_are_selected_and_ignored_with_commas_and_small_letters(faulty: Path) -> None:
    assert run("check", faulty, "--select", "s106,p202").stdout.count("error") == 1
    assert run("check", faulty, "--ignore", "P", "--ignore", "S").exit_code == 0


def test_an_unreadable_document_is_2_and_the_others_are_still_checked(faulty: Path, tmp_path: Path) -> None:
    missing = tmp_path / "没有.txt"
    result = run("check", missing, faulty)
    assert result.exit_code == 2
    assert "没有.txt" in result.stderr
    assert run("check", missing).stdout == ""
    assert "P201" in result.stdout


@pytest.mark.parametrize(
    "wrong",
    [
        ["--output", "xml"],
        ["--select", "Z9"],
        ["--period", "某年"],
        ["--issued", "昨天"],
        ["--profile", "没有的文种"],
        ["--brief", "没有.brief.yaml"],
    ],
)
def test_a_wrong_option_is_an_input_error(faulty: Path, wrong: list[str]) -> None:
    with pytest.raises((InputError, OSError)):
        run("check", faulty, *wrong)


def test_the_underline_stands_under_wide_characters() -> None:
    line, mark = quoted("2024年是建国70周年。", 6, 12)
    assert line == "  2024年是建国70周年。"
    assert mark == "  " + " " * 8 + "^" * 10
    text = "甲" * 90 + "XX局" + "乙" * 90
    line, mark = quoted(text, 90, 93)
    assert width(line) <= 78
    assert line.startswith("  …")
    assert line.endswith("…")
    at = len(mark) - len(mark.lstrip())
    assert width(line[: line.index("XX局")]) == at


@pytest.mark.parametrize(("start", "end"), [(0, 0), (0, 5), (4, 4), (5, 5), (2, 40)])
def test_any_span_can_be_quoted(start: int, end: int) -> None:
    line, mark = quoted("甲乙\t丙\n", start, end)
    assert line.isprintable()
    assert "^" in mark


def test_all_rules_are_listed_and_one_is_explained() -> None:
    listed = run("rules").stdout.splitlines()
    assert [line.split()[0] for line in listed] == [rule.code for rule in REGISTRY]
    explained = run("rules", "d305").stdout
    assert "周年与年份不符" in explained
    assert "\n    2024年是建国75周年" in explained
    assert "```" not in explained
    described = json.loads(run("rules", "--output", "json").stdout)["rules"]
    assert {rule["code"] for rule in described} == {rule.code for rule in REGISTRY}
    with pytest.raises(InputError, match="Q999"):
        run("rules", "Q999")


def test_a_report_of_ours_is_held_to_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.report.json"
    path.write_bytes(report(CLEAN.replace("下一步，", "同时，"), kind="special-report").dumps())
    result = run("check", path, "--select", "S110")
    assert result.exit_code == 1
    assert "S110" in result.stdout
