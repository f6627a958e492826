"""`chengwen eval`: its table, its JSON, its JUnit file, the baseline, and the exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import typer
from typer.testing import CliRunner, Result

from drafting.errors import InputError, ModelSetupError, ModelUnreachable, OutboundRefused
from evals import results
from evals.faults.clean import CASES
from evals.junit import junit
from evals.results import Regression
from tests.endpoint import Body, FakeEndpoint, completion, status
from tests.scribe import answer, asked, faithful
from ui.cli import eval_tables
from ui.cli.eval import evaluate

APP = typer.Typer()
APP.command()(evaluate)
LINES = CASES / "clinic-2024q3.brief.yaml"


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A folder with one case."""
    folder = tmp_path / "用例"
    folder.mkdir()
    (folder / LINES.name).write_bytes(LINES.read_bytes())
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(APP, [str(argument) for argument in arguments], catch_exceptions=False)


def kept(path: Path, cases: Path, *more: object) -> dict[str, Any]:
    run("--cases", cases, "--select", "S101", "--save", path, *more)
    return dict(json.loads(path.read_bytes()))


# --- text


def test_text_has_a_line_a_case_a_row_a_rule_and_the_baseline(cases: Path) -> None:
    result = run("--cases", cases, "--select", "S101,S104")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("clinic-2024q3  干净  8 条事实")
    head, first, second = lines[2:5]
    assert head.split()[:2] == ["代码", "名称"]
    assert first.split()[:3] == ["S101", "缺标题", "错误"]
    assert first.split()[-1] == second.split()[-1] == "达标"
    assert any(line.startswith("规则全部关闭：") and line.endswith("查出 0 处") for line in lines)
    assert lines[-1] == "评审：没有运行"


UNMEASURED = {
    "code": "P201", "name": "占位符未填", "severity": "error", "seeded": 0, "found": 0, "recall": None,
    "look_alikes": 0, "alarms": 0, "characters": 0, "alarms_per_100k": None, "state": "not measured",
    "threshold": {"recall": 0.95, "alarms_per_100k": 0.0}, "missed": [], "false_alarms": [],
}  # fmt: skip


def test_what_was_not_measured_is_told_and_never_a_number() -> None:
    told = {"cases": [], "rules": [UNMEASURED], "baseline_off": {"seeded": 0, "found": 0}}
    row = next(line for line in eval_tables.suite_lines(told) if line.startswith("P201"))
    assert row.split() == ["P201", "占位符未填", "错误", "—", "—", "—", "—", "—", "≥0.95", "≤0", "未测"]


def test_the_first_twenty_missed_faults_are_listed() -> None:
    missed = [f"P201/占位符/甲/{number}" for number in range(1, 26)]
    rule = {**UNMEASURED, "missed": missed}
    told = {"cases": [], "rules": [rule], "baseline_off": {"seeded": 30, "found": 0}}
    lines = list(eval_tables.suite_lines(told))
    assert lines[-21] == "漏报 25 处，列出前 20 处："
    assert lines[-20:] == [f"  {label}" for label in missed[:20]]


# --- JSON, baseline, exit status


def test_json_has_the_contract_s_shape(cases: Path) -> None:
    result = run("--cases", cases, "--select", "S101", "--output", "json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert list(told) == ["version", "cases", "rules", "baseline_off", "models", "judge"]
    assert (told["version"], told["models"], told["judge"]) == (1, [], None)
    (rule,) = told["rules"]
    assert rule["seeded"] == rule["found"] >= 30
    assert (rule["recall"], rule["alarms_per_100k"], rule["state"]) == (1.0, 0.0, "ok")
    assert told["baseline_off"] == {"seeded": rule["seeded"], "found": 0}
    assert told["cases"][0]["clean"] is True


def test_a_baseline_that_was_no_better_is_no_regression(cases: Path, tmp_path: Path) -> None:
    path = tmp_path / "旧.json"
    kept(path, cases)
    result = run("--cases", cases, "--select", "S101", "--baseline", path)
    assert result.exit_code == 0
    assert "对照基线：没有退步" in result.stdout


def test_a_regression_is_listed_and_exits_1(cases: Path, tmp_path: Path) -> None:
    path = tmp_path / "旧.json"
    before = kept(path, cases)
    before["rules"][0]["alarms"] = -1
    path.write_text(json.dumps(before), encoding="utf-8")
    result = run("--cases", cases, "--select", "S101", "--baseline", path)
    assert result.exit_code == 1
    assert "  S101：每十万字误报由" in result.stdout


def changed(edit: Callable[[dict[str, Any]], None]) -> list[str]:
    """What is told of figures that were edited, against those that were not."""
    now: dict[str, Any] = {
        "version": 1,
        "cases": [{"name": "甲", "clean": True}],
        "rules": [{"code": "P201", "seeded": 40, "found": 40, "alarms": 0, "characters": 9000}],
        "models": [{"model": "composer", "cases": [{"case": "甲", "chengwen": dict(_MADE)}]}],
    }
    before = json.loads(json.dumps(now))
    edit(now)
    return [f"{one.kind} {one.name} {one.message}" for one in results.regressions(before, now, selected=False)]


_MADE = {"facts_used": 8, "structure_complete": True, "unsupported_after": 0, "errors": 0, "composed": 1}


def test_what_fell_is_told_and_what_rose_is_not() -> None:
    assert changed(lambda now: now["rules"][0].update(seeded=50, found=50)) == []
    assert changed(lambda now: now["rules"][0].update(found=39)) == ["rule P201 查出率由 1.000 降到 0.975"]
    assert changed(lambda now: now["rules"][0].update(seeded=0, found=0)) == ["rule P201 原来测过，现在没有测"]
    assert changed(lambda now: now.update(rules=[])) == ["rule P201 原来有这条规则，现在没有"]
    assert changed(lambda now: now["cases"][0].update(clean=False)) == ["case 甲 原来干净，现在有问题"]


@pytest.mark.parametrize(
    ("figure", "value"),
    [("facts_used", 7), ("structure_complete", False), ("unsupported_after", 1), ("errors", 2), ("composed", 3)],
)
def test_a_model_s_figures_that_fell_are_told(figure: str, value: object) -> None:
    (line,) = changed(lambda now: now["models"][0]["cases"][0]["chengwen"].update({figure: value}))
    assert line.startswith("model composer ")


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"version": 2}', '{"version": 1, "documents": []}', "\x00\x01",
     '{"version": 1, "cases": [{}], "rules": [], "models": []}', "[" * 100_000],
    ids=["empty", "list", "other version", "of check", "binary", "holes", "deep"],
)  # fmt: skip
def test_a_baseline_that_is_none_is_one_clear_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "旧.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        run("--baseline", path)
    assert str(told.value).startswith(f"{path}: 不是评测结果")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--baseline", "无.json", "读不到基线"),
        ("--select", "X9", "没有代码以“X9”开头"),
        ("--output", "xml", "--output 只能是"),
        ("--model", "什么", "看不懂的模型“什么”"),
        ("--judge", "composer", "--judge 须是模型"),
        ("--cases", "无", "没有文件夹 无"),
        ("--save", ".", "是文件夹"),
    ],
)
def test_bad_input_is_one_clear_line(option: str, value: str, told: str) -> None:
    with pytest.raises((InputError, ModelSetupError), match=told) as refused:
        run(option, value)
    assert "\n" not in str(refused.value)


# --- JUnit


def schema_errors(root: ElementTree.Element) -> list[str]:
    """What the JUnit schema that build servers read would reject."""
    wrong = [] if root.tag == "testsuites" else [root.tag]
    for suite in root:
        tests = suite.findall("testcase")
        wrong += [] if suite.tag == "testsuite" and len(tests) == len(suite) else [suite.tag]
        for total, tag in (("tests", "."), ("failures", "failure"), ("skipped", "skipped")):
            number = len(tests) if tag == "." else sum(test.find(tag) is not None for test in tests)
            wrong += [] if suite.get(total) == str(number) else [f"{suite.get('name')} {total}"]
        for test in tests:
            wrong += [] if test.get("name") and test.get("classname") else ["testcase"]
            wrong += [child.tag for child in test if child.tag not in ("failure", "skipped")]
    return wrong


def test_junit_is_valid_and_says_what_was_missed(cases: Path, tmp_path: Path) -> None:
    path = tmp_path / "结果.xml"
    assert run("--cases", cases, "--select", "S101", "--junit", path).exit_code == 0
    root = ElementTree.fromstring(path.read_bytes())  # noqa: S314 — our own file
    assert schema_errors(root) == []
    assert (root.get("tests"), root.get("failures")) == ("3", "0")
    told = json.loads(run("--cases", cases, "--select", "S101", "--output", "json").stdout)
    told["rules"][0].update(state="below", found=3, missed=["S101/无标题\x0b/甲/1 <&>"])
    told["cases"][0].update(clean=False)
    failed = ElementTree.fromstring(junit(told, [Regression("case", "甲", "原来干净，现在有问题")]))  # noqa: S314
    assert schema_errors(failed) == []
    assert (failed.get("tests"), failed.get("failures")) == ("4", "3")
    assert "漏报 S101/无标题�/甲/1 <&>" in [failure.text for failure in failed.iter("failure")]


def test_a_rule_that_was_not_measured_is_skipped_and_no_pass() -> None:
    told = {"cases": [], "rules": [UNMEASURED], "baseline_off": {"seeded": 0, "found": 0}, "models": []}
    root = ElementTree.fromstring(junit(told))  # noqa: S314 — our own bytes
    assert root.get("skipped") == "1"
    assert schema_errors(root) == []


# --- models


def test_a_model_is_compared_and_its_table_printed(
    cases: Path, endpoint: FakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", endpoint.base_url)
    endpoint.script = _scribe
    result = run("--cases", cases, "--select", "S101", "--model", "openai:测试", "--model", "composer")
    assert result.exit_code == 0
    assert "模型 openai:测试：1 个用例" in result.stdout
    assert "模型 composer：1 个用例" in result.stdout
    used = next(line for line in result.stdout.splitlines() if line.startswith("写入的事实"))
    assert used.split() == ["写入的事实", "8/8", "0/8"]


def test_a_model_out_of_reach_keeps_what_was_done_before(
    cases: Path, tmp_path: Path, endpoint: FakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", endpoint.base_url)
    monkeypatch.setenv("CHENGWEN_RETRIES", "0")
    endpoint.script = lambda _: status(503)
    path = tmp_path / "结果.json"
    with pytest.raises(ModelUnreachable) as told:
        kept(path, cases, "--model", "composer", "--model", "openai:测试")
    assert "\n" not in str(told.value)
    saved = json.loads(path.read_bytes())
    assert [(model["model"], len(model["cases"])) for model in saved["models"]] == [("composer", 1), ("openai:测试", 0)]


def test_a_case_with_a_secret_is_not_sent_beyond_this_machine(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "https://203.0.113.7/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "test-key")
    brief = cases / LINES.name
    text = brief.read_text(encoding="utf-8")
    brief.write_text(text.replace("全科医生缺口37名", "全科医生缺口37名，联系电话13800138000"), encoding="utf-8")
    for option in ("--model", "--judge"):
        with pytest.raises(OutboundRefused, match="手机号"):
            run("--cases", cases, "--select", "S101", option, "openai:外部")


def test_a_judge_s_faults_are_quoted_and_gate_nothing(
    cases: Path, endpoint: FakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", endpoint.base_url)
    verdicts = [
        {"aspect": "formality", "fault": True, "quote": "家庭医生", "reason": "用语不规范"},
        {"aspect": "padding", "fault": True, "quote": "文中没有的话", "reason": "空话"},
    ]
    endpoint.script = lambda _: completion(json.dumps({"verdicts": verdicts}, ensure_ascii=False))
    result = run("--cases", cases, "--select", "S101", "--judge", "openai:评审")
    assert result.exit_code == 0
    told = next(line for line in result.stdout.splitlines() if line.startswith("评审（openai:评审"))
    assert "用语有问题" in told
    assert "空话没有评" in told
    assert "不予采信" in told
    assert "“家庭医生” 用语不规范" in result.stdout


def _scribe(body: Body) -> Any:
    return answer(faithful(body)) if asked(body) else completion("关于有关工作的报告\n\n有关情况如下。")
