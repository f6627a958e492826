"""`chengwen regenerate` as operators run it: broken files among good ones, plans that spend nothing, one clear line for what is wrong."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from drafting.errors import InputError, ModelSetupError, ModelUnreachable
from tests import endpoint as answers
from tests.endpoint import FakeEndpoint
from tests.scribe import scribe
from ui.cli.regenerate import regenerate

APP = typer.Typer()
APP.command()(regenerate)
CASE = Path(__file__).parents[1] / "evals/cases/campus-2024h1.brief.yaml"


@pytest.fixture(autouse=True)
def operator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENGWEN_USER", "操作员")
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "CHENGWEN_MODEL", "CHENGWEN_PRICE_IN", "CHENGWEN_PRICE_OUT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, endpoint: FakeEndpoint) -> FakeEndpoint:
    endpoint.script = scribe()
    for name, value in endpoint.environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CHENGWEN_RETRIES", "0")
    return endpoint


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports, one in a folder below, and something that is no brief."""
    found = tmp_path / "提纲"
    (found / "乡镇").mkdir(parents=True)
    text = CASE.read_text(encoding="utf-8")
    for name, place in (("甲", found), ("乙", found), ("丙", found / "乡镇")):
        (place / f"{name}.brief.yaml").write_text(text.replace("县教育局", f"{name}县教育局"), encoding="utf-8")
    (found / "说明.txt").write_text("不是提纲", encoding="utf-8")
    return found


def run(*arguments: object) -> Result:
    return CliRunner().invoke(APP, [str(one) for one in arguments], catch_exceptions=False)


def told(*arguments: object) -> dict[str, object]:
    found: dict[str, object] = json.loads(run(*arguments, "--output", "json").stdout)
    return found


def states(found: dict[str, object]) -> list[str]:
    return sorted(one["state"] for one in found["reports"])  # type: ignore[attr-defined]


def test_a_folder_is_made_and_made_again_for_nothing(folder: Path, served: FakeEndpoint) -> None:
    first = told(folder, "--model", "openai:测试模型")
    assert (states(first), first["calls"], first["version"]) == (["made"] * 3, 12, 1)
    assert first["tokens"] == 12 * (answers.USAGE["prompt_tokens"] + answers.USAGE["completion_tokens"])
    again = told(folder, "--model", "openai:测试模型")
    assert (states(again), again["calls"]) == (["unchanged"] * 3, 0)
    assert len(served.requests) == 12


def test_a_dry_run_names_every_section_and_spends_nothing(folder: Path, served: FakeEndpoint) -> None:
    run(folder, "--model", "openai:测试模型")
    before = len(served.requests)
    path = folder / "甲.brief.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("培训126人", "培训127人"), encoding="utf-8")
    result = run(folder, "--model", "openai:测试模型", "--dry-run")
    assert result.exit_code == 0
    assert "要重做 1 节" in result.stdout
    assert "培训126人”改为“5月13日至17日" in result.stdout
    assert "要问模型 1 次" in result.stdout
    found = told(folder, "--model", "openai:测试模型", "--dry-run")
    assert (found["calls"], len(served.requests)) == (1, before)
    assert states(told(folder, "--model", "openai:测试模型")) == ["made", "unchanged", "unchanged"]


def test_a_dry_run_makes_no_workspace(folder: Path, tmp_path: Path) -> None:
    from drafting.errors import WorkspaceError

    with pytest.raises(WorkspaceError, match="没有"):
        run(folder, "--model", "composer", "--dry-run", "--workspace", tmp_path / "新的")
    assert not (tmp_path / "新的").exists()


def test_broken_briefs_among_good_ones_are_named_and_the_rest_is_done(folder: Path) -> None:
    for name, text in (("坏一", "kind: special-report\n"), ("坏二", "- 不是提纲\n"), ("坏三", "")):
        (folder / f"{name}.brief.yaml").write_text(text, encoding="utf-8")
    result = run(folder, "--model", "composer")
    assert result.exit_code == 1
    assert all(f"{name}.brief.yaml" in result.stderr for name in ("坏一", "坏二", "坏三"))
    assert "共 3 份：新版本 3，没有读入 3" in result.stderr
    assert states(told(folder, "--model", "composer")).count("unchanged") == 3


def test_two_files_for_one_report_are_both_left_and_named(folder: Path) -> None:
    shutil.copy(folder / "甲.brief.yaml", folder / "甲又.brief.yaml")
    result = run(folder, "--model", "composer")
    assert result.exit_code == 1
    assert "甲又.brief.yaml" in result.stderr
    assert "是同一份报告，两处都没有做" in result.stderr
    assert "新版本 2" in result.stderr


def test_a_folder_without_briefs_and_one_that_is_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="文件夹里没有提纲"):
        run(tmp_path, "--model", "composer")
    with pytest.raises(InputError, match="没有这个文件"):
        run(tmp_path / "没有.brief.yaml", "--model", "composer")


def test_a_model_that_is_not_there_loses_nothing(folder: Path, served: FakeEndpoint) -> None:
    served.script = lambda _: answers.status(404, "model not found")
    with pytest.raises(ModelSetupError, match="没有模型"):
        run(folder, "--model", "openai:没有这个")
    served.script = lambda _: answers.status(503)
    with pytest.raises(ModelUnreachable):
        run(folder, "--model", "openai:测试模型")
    served.script = scribe()
    assert states(told(folder, "--model", "openai:测试模型")) == ["made"] * 3


def test_a_budget_of_nothing_asks_nobody(folder: Path, served: FakeEndpoint) -> None:
    result = run(folder, "--model", "openai:测试模型", "--max-tokens", "0")
    assert (result.exit_code, len(served.requests)) == (1, 0)
    assert "已到词元上限 0，没有再问模型。已做完的都在，再运行一次即接着做" in result.stderr
    with pytest.raises(InputError, match="没有设价格"):
        run(folder, "--model", "openai:测试模型", "--max-cost", "1")


def test_what_may_not_leave_stays_and_the_others_are_done(
    folder: Path, served: FakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    from drafting.models.address import Address

    parse = Address.parse
    monkeypatch.setattr(Address, "parse", lambda url: replace(parse(url), on_loopback=False))
    path = folder / "乙.brief.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("清理校园周边流动摊点37处", "联系人手机13800138000"), encoding="utf-8")
    result = run(folder, "--model", "openai:测试模型")
    assert result.exit_code == 1
    assert "手机号" in result.stderr
    assert "13800138000" not in result.stderr
    assert "13800138000" not in "".join(str(one.body) for one in served.requests)
    assert "新版本 2" in result.stderr


def test_what_was_drafted_is_up_to_date_and_a_changed_fact_costs_one_section(
    folder: Path, served: FakeEndpoint, tmp_path: Path
) -> None:
    from ui.cli.draft import draft

    app = typer.Typer()
    app.command()(draft)
    path = folder / "甲.brief.yaml"
    CliRunner().invoke(app, [str(path), "--model", "openai:测试模型", "-o", str(tmp_path)], catch_exceptions=False)
    asked = len(served.requests)
    assert asked == 4
    assert states(told(path, "--model", "openai:测试模型")) == ["unchanged"]
    path.write_text(path.read_text(encoding="utf-8").replace("培训126人", "培训127人"), encoding="utf-8")
    assert told(path, "--model", "openai:测试模型")["calls"] == 1
    assert len(served.requests) == asked + 1


def test_an_endpoint_that_is_away_from_one_report_is_told_by_the_status_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "键")
    monkeypatch.setenv("CHENGWEN_RETRIES", "0")
    path = folder / "甲.brief.yaml"
    path.write_text(_one_section(path.read_text(encoding="utf-8")), encoding="utf-8")
    result = run(path, "--model", "openai:测试模型")
    assert result.exit_code == 3
    assert "没有做成 1" in result.stderr


def _one_section(text: str) -> str:
    head, sections = text.split("sections:\n", 1)
    first, _, _ = sections.partition("\n  - heading:")
    first = first if "- heading:" in first else sections.split("\n  - heading:", 2)[0]
    return f"{head}sections:\n{first}\n"


def test_a_rate_of_the_environment_is_kept_by_whoever_drafts(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.benchmarks.paced import paced
    from ui.cli.draft import draft

    app = typer.Typer()
    app.command()(draft)
    monkeypatch.setenv("CHENGWEN_RATE", "300")
    with paced(seconds=0.01) as endpoint:
        for name, value in endpoint.environ.items():
            monkeypatch.setenv(name, value)
        briefs = [str(one) for one in folder.glob("*.brief.yaml")]
        CliRunner().invoke(app, [*briefs, "--model", "openai:测试", "-o", str(tmp_path)], catch_exceptions=False)
        counts = endpoint.counts()
    assert counts["calls"] == 8
    assert counts["most_at_once"] <= 5
