"""`chengwen check` and `chengwen rules`: what they print, in text and JSON, and their exit status."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from drafting.brief import loads
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
        "2 份文件未检查 D302—D304、D306—D309、D313—D315（没有认出报告期，用 --period 指定）",
        "2 份文件未检查 D310（没有认出成文日期，用 --issued 指定）",
        "2 份文件未检查 R601、S116（没有认出发文机关，用 --organ 指定）",
        "2 份文件未检查 S102、S103、S110—S112（没有指定文种，用 --profile 指定）",
        "2 份文件未检查 B101—B106、R602（没有提纲，用 --brief 指定）",
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
        ["--lang", "fr"],
        ["--against", "没有.docx"],
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


BRIEF = """kind: special-report
organ: 市应急管理局
topic: 安全生产工作
period: 2024年上半年
issued: 2024-07-05
sections:
  - heading: 加强组织调度
    facts:
      - 召开安全工作调度会6次
      - text: "1至6月共召开安全工作调度会7次"
        source: 办公室台账
      - 加强了相关工作
"""


@pytest.fixture
def contradictory(tmp_path: Path) -> Path:
    path = tmp_path / "上半年.brief.yaml"
    path.write_text(BRIEF, encoding="utf-8")
    return path


def test_a_brief_is_checked_before_a_word_is_drafted(contradictory: Path) -> None:
    result = run("check", contradictory)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{contradictory}:10:16: B101 error F2“7次”与 F1第9行“6次”矛盾：同一件事有两个数",
        f"{contradictory}:12:9: B105 warning F3 没有写明做了什么事、多少数量，写进报告只是空话",
        "检查 1 份文件：1 错误，1 警告，0 提示",
    ]
    assert result.stderr == ""


def test_a_brief_s_findings_have_the_contract_s_shape_too(contradictory: Path) -> None:
    (document,) = json.loads(run("check", contradictory, "--output", "json").stdout)["documents"]
    assert (document["subject"], document["period"], document["counts"]["error"]) == ("brief", "2024年上半年", 1)
    first = document["findings"][0]
    assert (first["code"], first["quote"], first["block"], first["line"], first["column"]) == ("B101", "7次", 2, 10, 16)
    assert "1至6月共召开安全工作调度会7次"[first["start"] : first["end"]] == "7次"


def test_a_report_s_brief_is_checked_with_it_given_or_held(faulty: Path, contradictory: Path, tmp_path: Path) -> None:
    documents = json.loads(run("check", faulty, "--brief", contradictory, "--output", "json").stdout)["documents"]
    assert [(one["path"], one["subject"]) for one in documents] == [
        (str(faulty), "report"),
        (str(contradictory), "brief"),
    ]
    assert "B101" in [finding["code"] for finding in documents[1]["findings"]]
    held = tmp_path / "a.report.json"
    held.write_bytes(report(CLEAN, kind="special-report", brief=loads(BRIEF).brief).dumps())
    result = run("check", held, "--select", "B101")
    assert result.stdout.splitlines() == [
        f"{held}: B101 error F2“7次”与 F1“6次”矛盾：同一件事有两个数",
        "检查 1 份文件：1 错误，0 警告，0 提示",
    ]


def test_every_brief_of_a_spreadsheet_is_checked_and_the_place_is_the_fact_s_cell(tmp_path: Path) -> None:
    rows = ["organ,period,kind,topic,issued,section,fact"]
    for organ in ("甲县应急管理局", "乙县应急管理局"):
        rows += [
            f"{organ},2024年上半年,专题报告,安全生产工作,2024-07-05,压实责任,{fact}"
            for fact in ("召开会议4次", "加强了相关工作")
        ]
    path = tmp_path / "各县.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    result = run("check", path)
    assert result.exit_code == 0
    assert [line.split(" ")[0] for line in result.stdout.splitlines()[:-1]] == [f"{path}:3:7:", f"{path}:5:7:"]
    assert result.stdout.splitlines()[-1] == "检查 1 份文件：0 错误，2 警告，0 提示"


def test_what_was_copied_from_the_old_text_is_told_with_its_sentence(tmp_path: Path, contradictory: Path) -> None:
    new, old = tmp_path / "新.txt", tmp_path / "旧.txt"
    new.write_text(CLEAN, encoding="utf-8")
    old.write_text(CLEAN.replace("2024", "2023").replace("31家", "33家"), encoding="utf-8")
    asked = ("check", new, "--brief", contradictory, "--select", "R602", "--output", "json")
    (first, *_) = json.loads(run(*asked, "--against", old).stdout)["documents"]
    told = {finding["quote"]: finding["evidence"] for finding in first["findings"]}
    assert told["218家次"].startswith("旧.txt：检查企业218家次")
    assert "31家" not in told
    assert "R602（没有旧稿，用 --against 指定）" in run(*asked).stderr


def test_english_is_told_in_text_and_json(faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("check", faulty, "--lang", "en", "--select", "P201,S106,G401")
    assert result.stdout.splitlines() == [
        f"{faulty}:5:10: P201 error the placeholder “XX局” was not filled in",
        f"{faulty}:5:20: S106 error “三是” skips; “二是” was due (expected: 二是)",
        "1 file checked: 2 errors, 0 warnings, 0 info",
    ]
    assert result.stderr == f"{faulty}: not checked: G401 (there is no brief: give --brief)\n"
    monkeypatch.setenv("CHENGWEN_LANG", "en")
    (document,) = json.loads(run("check", faulty, "--select", "P201", "--output", "json").stdout)["documents"]
    (finding,) = document["findings"]
    assert (finding["name"], finding["message"]) == (
        REGISTRY["P201"].name_en,
        "the placeholder “XX局” was not filled in",
    )
    assert "占位符" in run("check", faulty, "--lang", "zh", "--select", "P201").stdout


def test_settings_beside_or_above_the_file_are_kept_and_told(faulty: Path) -> None:
    (faulty.parent / "pyproject.toml").write_text('[tool.chengwen]\nignore = ["P201", "S106"]\n', encoding="utf-8")
    result = run("check", faulty)
    assert result.exit_code == 0
    place = faulty.parent.resolve() / "pyproject.toml"
    assert result.stdout.splitlines()[-1].endswith(f"；{place} 关闭了 P201、S106")
    (document,) = json.loads(run("check", faulty, "--output", "json").stdout)["documents"]
    assert document["off"] == ["P201", "S106"]
    (faulty.parent / "chengwen.toml").write_text('select = ["P"]\n', encoding="utf-8")
    assert "P201" in run("check", faulty, "--select", "P").stdout.splitlines()[0]


def test_a_wrong_code_in_settings_is_one_line_that_names_file_and_code(faulty: Path) -> None:
    settings = faulty.parent / "chengwen.toml"
    settings.write_text('ignore = ["Z9"]\n', encoding="utf-8")
    result = run("check", faulty)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [f"{settings.resolve()}: 没有代码以“Z9”开头的规则，用 chengwen rules 查看全部"]
