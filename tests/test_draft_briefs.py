"""`chengwen draft` and what stands beside its brief: the facts themselves, settings, and a timeline of the drafter's own."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from drafting import report as reports
from drafting.errors import ExportRefused, OutboundRefused, WorkspaceError
from ui.cli.draft import draft
from ui.cli.export import export

APP = typer.Typer()
APP.command()(draft)
APP.command()(export)

BRIEF = """kind: special-report
organ: 市应急管理局
recipient: 市人民政府
topic: 安全生产工作
period: 2024年上半年
issued: 2024-07-05
sections:
  - heading: 加强组织调度，落实安全责任
    facts:
      - 召开安全工作调度会6次
      - 与31家重点单位签订安全生产承诺书
      - {fact}
outlook:
  - 开展秋季安全大检查
"""


def drafted(folder: Path, fact: str, *options: str) -> Result:
    path = folder / "上半年.brief.yaml"
    path.write_text(BRIEF.format(fact=fact), encoding="utf-8")
    asked = ["draft", str(path), "-o", str(folder / "out"), *(options or ("--model", "composer"))]
    return CliRunner().invoke(APP, asked, catch_exceptions=False)


def test_what_is_wrong_with_the_facts_is_told_before_a_word_is_drafted(tmp_path: Path) -> None:
    result = drafted(tmp_path, "加强了相关工作")
    assert result.exit_code == 0
    first, second, *_ = result.stderr.splitlines()
    assert first == f"{tmp_path}/上半年.brief.yaml:12:9: B105 warning F3 没有写明做了什么事、多少数量，写进报告只是空话"
    assert "composer" in second
    assert (tmp_path / "out" / "上半年.docx").exists()


def test_facts_that_contradict_keep_the_docx_back_and_leave_the_draft(tmp_path: Path) -> None:
    result = drafted(tmp_path, "共召开安全工作调度会7次")
    assert result.exit_code == 1
    assert ":12:9: B101 error F3“7次”与 F1第10行“6次”矛盾" in result.stderr.splitlines()[0]
    assert "B101 提纲：F3“7次”与 F1第10行“6次”矛盾" in result.stderr.splitlines()[-1]
    assert not (tmp_path / "out" / "上半年.docx").exists()
    stored = tmp_path / "out" / "上半年.report.json"
    asked = ["export", str(stored), "-o", str(tmp_path / "a.docx")]
    with pytest.raises(ExportRefused, match="B101"):
        CliRunner().invoke(APP, asked, catch_exceptions=False)
    CliRunner().invoke(APP, [*asked, "--waive", "B101=两个口径"], catch_exceptions=False)
    assert (tmp_path / "a.docx").exists()


def test_a_waiver_lets_them_stand(tmp_path: Path) -> None:
    options = ("--model", "composer", "--waive", "B101=两个口径，一个含视频会")
    assert drafted(tmp_path, "共召开安全工作调度会7次", *options).exit_code == 0
    assert (tmp_path / "out" / "上半年.docx").exists()


def test_a_personal_number_stays_on_this_machine_and_stops_no_draft_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = drafted(tmp_path, "回访13812345678反映的问题")
    assert result.exit_code == 0
    assert "B106 error F3 含手机号（138******78）" in result.stderr
    assert "13812345678" not in result.stderr
    monkeypatch.setenv("OPENAI_BASE_URL", "https://model.example/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    with pytest.raises(OutboundRefused, match="F3"):
        drafted(tmp_path, "回访13812345678反映的问题", "--model", "openai:m")


def test_settings_beside_the_brief_are_honoured_and_told_once(tmp_path: Path) -> None:
    (tmp_path / "chengwen.toml").write_text('ignore = ["B101", "B105"]\n', encoding="utf-8")
    result = drafted(tmp_path, "共召开安全工作调度会7次")
    assert result.exit_code == 0
    told = f"B101 事实互相矛盾：没有检查，{tmp_path.resolve()}/chengwen.toml 关闭了它"
    assert result.stderr.splitlines().count(told) == 1
    assert "B105" not in result.stderr
    stored = tmp_path / "out" / "上半年.report.json"
    asked = ["export", str(stored), "-o", str(tmp_path / "out" / "再.docx")]
    assert told in CliRunner().invoke(APP, asked, catch_exceptions=False).stderr


def test_the_gate_reads_the_timeline_beside_the_brief(tmp_path: Path) -> None:
    fact = "深入实施碧水攻坚三年行动，整治河道12条"
    assert drafted(tmp_path, fact).exit_code == 0
    row = "- term: 碧水攻坚三年行动\n  kind: task\n  first: 2020-01\n  last: 2022-12\n  certainty: high\n"
    (tmp_path / "timeline.local.yaml").write_text(row, encoding="utf-8")
    result = drafted(tmp_path, fact)
    assert result.exit_code == 1
    assert "D306" in result.stderr.splitlines()[-1]


def test_a_draft_that_the_workspace_cannot_take_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise WorkspaceError("工作区 .chengwen：所在的磁盘已满，没有写下")

    monkeypatch.setattr("drafting.workspace.saving.record", full)
    with pytest.raises(WorkspaceError, match="磁盘已满"):
        drafted(tmp_path, "开展演练3次")
    kept = reports.loads((tmp_path / "out" / "上半年.report.json").read_bytes())
    assert "开展演练3次" in kept.text
    assert not (tmp_path / "out" / "上半年.docx").exists()
