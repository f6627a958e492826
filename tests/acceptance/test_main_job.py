"""From a brief to a checked .docx on the command line: what a drafter is promised."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from drafting import brief as brief_file
from tests import endpoint as answers
from tests.command import PROGRAM, chengwen, environment
from tests.endpoint import FakeEndpoint
from tests.scribe import scribe, text

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "evals/cases").glob("*.brief.yaml"))
CAMPUS = ROOT / "evals/cases/campus-2024h1.brief.yaml"


def edited(tmp_path: Path, old: str, new: str) -> Path:
    path = tmp_path / "edited.brief.yaml"
    path.write_text(CAMPUS.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_every_case_drafts_without_a_model_and_passes_its_checks(case: Path, tmp_path: Path) -> None:
    drafted = chengwen(
        "draft", case, "--model", "composer", "-o", tmp_path, "--format", "docx,md,txt,json", "--evidence"
    )
    assert drafted.returncode == 0, drafted.stderr
    stem = case.name.removesuffix(".brief.yaml")
    made = {path.name.removeprefix(stem) for path in tmp_path.iterdir()}
    assert made == {".docx", ".md", ".txt", ".report.json", ".evidence.docx"}
    for suffix in (".docx", ".md", ".txt", ".report.json"):
        checked = chengwen("check", tmp_path / f"{stem}{suffix}", "--brief", case)
        assert checked.returncode == 0, (suffix, checked.stdout)


def test_every_fact_is_used_by_one_point(tmp_path: Path) -> None:
    chengwen("draft", CAMPUS, "--model", "composer", "-o", tmp_path, "--format", "json")
    report = json.loads((tmp_path / "campus-2024h1.report.json").read_text(encoding="utf-8"))
    used = [fact for block in report["blocks"] for point in block.get("points", ()) for fact in point["facts"]]
    assert used == [fact.id for fact in brief_file.load(CAMPUS).brief.facts()]


def test_the_same_brief_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        chengwen("draft", CAMPUS, "--model", "composer", "-o", tmp_path / name, "--evidence")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_the_line_that_says_which_model_and_why() -> None:
    asked = chengwen("draft", CAMPUS, "-o", "/dev/null/none")
    assert "composer" in asked.stderr
    assert chengwen("draft", CAMPUS, "--model", "没有这种模型").returncode == 2


def test_a_placeholder_keeps_the_docx_back_and_says_where(tmp_path: Path) -> None:
    brief = edited(tmp_path, "organ: 县教育局", "organ: XX局")
    drafted = chengwen("draft", brief, "--model", "composer", "-o", tmp_path / "out")
    assert drafted.returncode == 1
    assert "P201" in drafted.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["edited.report.json"]


def test_a_waiver_with_a_reason_lets_it_out_and_is_recorded(tmp_path: Path) -> None:
    brief = edited(tmp_path, "organ: 县教育局", "organ: XX局")
    out = tmp_path / "out"
    reason = "示范文本，单位名称待定稿时填写"
    drafted = chengwen("draft", brief, "--model", "composer", "-o", out, "--waive", f"P201={reason}")
    assert drafted.returncode == 0, drafted.stderr
    assert (out / "edited.docx").exists()
    report = json.loads((out / "edited.report.json").read_text(encoding="utf-8"))
    assert [(w["code"], w["reason"]) for w in report["waivers"]] == [("P201", reason)]
    assert chengwen("draft", brief, "--model", "composer", "-o", out, "--waive", "P201=").returncode == 2


def test_export_refuses_and_then_exports_with_a_waiver(tmp_path: Path) -> None:
    brief = edited(tmp_path, "organ: 县教育局", "organ: XX局")
    chengwen("draft", brief, "--model", "composer", "-o", tmp_path, "--format", "json")
    report, target = tmp_path / "edited.report.json", tmp_path / "报告.docx"
    refused = chengwen("export", report, "-o", target)
    assert (refused.returncode, target.exists()) == (1, False)
    assert "P201" in refused.stderr
    exported = chengwen("export", report, "-o", target, "--waive", "P201=示范文本")
    assert exported.returncode == 0, exported.stderr
    assert target.exists()
    assert json.loads(report.read_text(encoding="utf-8"))["waivers"]


def test_a_waiver_falls_when_the_text_changes(tmp_path: Path) -> None:
    brief = edited(tmp_path, "organ: 县教育局", "organ: XX局")
    chengwen("draft", brief, "--model", "composer", "-o", tmp_path, "--waive", "P201=示范文本")
    path = tmp_path / "edited.report.json"
    path.write_text(path.read_text(encoding="utf-8").replace("加固校舍6栋", "加固校舍6栋、"), encoding="utf-8")
    assert chengwen("export", path, "-o", tmp_path / "再来.docx").returncode == 1


def test_an_endpoint_that_stays_away_is_status_3_and_nothing_is_written(tmp_path: Path) -> None:
    away = {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "OPENAI_API_KEY": "k", "CHENGWEN_RETRIES": "0"}
    drafted = chengwen("draft", CAMPUS, "--model", "openai:m", "-o", tmp_path / "out", **away)
    assert drafted.returncode == 3
    assert "127.0.0.1:9" in drafted.stderr
    assert "Traceback" not in drafted.stderr
    assert not (tmp_path / "out").exists()


def test_a_model_that_errs_is_repaired_on_the_way(endpoint: FakeEndpoint, tmp_path: Path) -> None:
    endpoint.script = scribe(text("23项", "32项"), answers.empty())
    drafted = chengwen("draft", CAMPUS, "--model", "openai:m", "-o", tmp_path, "--each-point", **endpoint.environ)
    assert drafted.returncode == 0, drafted.stderr
    assert "校正成文" in drafted.stderr
    assert chengwen("check", tmp_path / "campus-2024h1.docx", "--brief", CAMPUS).returncode == 0


def test_a_secret_does_not_leave_the_machine(tmp_path: Path) -> None:
    brief = edited(tmp_path, "排查校车52辆", "机密★1年 排查校车52辆")
    beyond = {"OPENAI_BASE_URL": "https://192.0.2.1/v1", "OPENAI_API_KEY": "k"}
    refused = chengwen("draft", brief, "--model", "openai:m", "-o", tmp_path / "out", **beyond)
    assert refused.returncode == 2
    assert "F9" in refused.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("period: 2024年上半年", "period: 2024年第五季度", "报告期"),
        ("issued: 2024-07-08", "issued: 2024-06-31", "issued"),
        ("kind: special-report", "kind: 报告书", "文种"),
        ("organ: 县教育局", "organn: 县教育局", "organn"),
    ],
)
def test_bad_briefs_are_one_clear_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    drafted = chengwen("draft", edited(tmp_path, old, new), "--model", "composer", "-o", tmp_path / "out")
    assert drafted.returncode == 2
    assert said in drafted.stderr
    assert "edited.brief.yaml:" in drafted.stderr
    assert "Traceback" not in drafted.stderr
    assert not (tmp_path / "out").exists()


def test_help_imports_nothing_heavy() -> None:
    probe = "import sys; sys.argv = ['chengwen', '--help']\nfrom ui.cli.app import app\ntry: app()\nexcept SystemExit: pass\n"
    probe += "print([m for m in ('openai', 'langchain', 'langchain_core', 'gradio', 'sqlalchemy', 'docx', 'openpyxl') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
    assert shown.stdout.rstrip().endswith("[]"), shown.stdout[-300:] + shown.stderr
    assert "draft" in shown.stdout


def test_ctrl_c_is_one_line_and_leaves_nothing(endpoint: FakeEndpoint, tmp_path: Path) -> None:
    endpoint.script = lambda _: answers.hang()
    command = [str(PROGRAM), "draft", str(CAMPUS), "--model", "openai:m"]
    environ = environment(**endpoint.environ)
    with subprocess.Popen([*command, "-o", str(tmp_path / "out")], stderr=subprocess.PIPE, env=environ) as running:
        assert running.stderr is not None
        lines = iter(running.stderr.readline, b"")
        while "端点" not in next(lines).decode():
            pass
        running.send_signal(signal.SIGINT)
        last = running.stderr.read().decode()
    assert running.returncode == 130
    assert last.strip() == "已中止，没有写完的不留下"
    assert not (tmp_path / "out").exists()
