"""The page of a run: everything literal, nothing from outside, what changed in numbers and dates, and there even where the run stopped."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner, Result

from drafting.errors import InputError, ModelUnreachable
from drafting.regeneration.order import Result as Made
from tests import endpoint as answers
from tests.endpoint import FakeEndpoint
from tests.scribe import scribe
from ui.cli.regenerate import regenerate
from ui.cli.regenerated import by_state

APP = typer.Typer()
APP.command()(regenerate)
CASE = Path(__file__).parents[1] / "evals/cases/campus-2024h1.brief.yaml"
HOSTILE = "<script src=http://坏.example/a.js>alert(1)</script>&\"'局"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHENGWEN_USER", "操作员")
    monkeypatch.setenv("CHENGWEN_WORKSPACE", str(tmp_path / "工作区"))
    shutil.copy(CASE, tmp_path / "甲.brief.yaml")
    return tmp_path


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, endpoint: FakeEndpoint) -> FakeEndpoint:
    endpoint.script = scribe()
    for name, value in endpoint.environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CHENGWEN_RETRIES", "0")
    return endpoint


def run(place: Path, *arguments: object, model: str = "composer") -> Result:
    options = ("--model", model, "--report", place / "结果.html", *arguments)
    return CliRunner().invoke(APP, [str(one) for one in (place, *options)], catch_exceptions=False)


def page(place: Path) -> str:
    return (place / "结果.html").read_text(encoding="utf-8")


def change(place: Path, old: str, new: str) -> None:
    path = place / "甲.brief.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_numbers_and_dates_are_told_old_and_new(place: Path) -> None:
    run(place)
    assert "首版，没有上一版可比" in page(place)
    change(place, "培训126人", "培训127人")
    change(place, "5月13日至17日", "5月14日至17日")
    run(place)
    found = page(place)
    assert re.search("<del>126人</del> → <ins>127人</ins>", found)
    assert re.search("<del>5月13日[^<]*</del> → <ins>5月14日", found)
    assert re.search("改动 [1-9][0-9]* 处", found)
    assert "事实“" in found


def test_hostile_text_is_shown_literally_and_nothing_comes_from_outside(place: Path) -> None:
    change(place, "县教育局", f"'{HOSTILE.replace(chr(39), chr(39) * 2)}'")
    change(place, "培训126人", "培训126人<img src=x onerror=alert(1)>")
    run(place)
    change(place, "培训126人<img", "培训127人<img")
    run(place)
    found = page(place)
    assert "&lt;script src=http://坏.example/a.js&gt;alert(1)&lt;/script&gt;&amp;" in found
    assert "&lt;img src=x" in found
    tags = [tag for tag in re.findall("<[^>]*>", found) if "Content-Security-Policy" not in tag]
    assert not [tag for tag in tags if re.search(r"script|\bsrc|\bhref|https?:|\bon[a-z]+=|@import|url\(", tag)]
    assert "default-src 'none'" in found


def test_each_rule_that_fired_has_a_column(place: Path) -> None:
    run(place)
    heads = re.findall("<th>([^<]*)</th>", page(place))
    assert heads[:6] == ["提纲", "报告", "结果", "新写节", "沿用节", "版本"]
    assert heads[-1] == "缘由"
    assert all(re.fullmatch("CW[0-9]{3}", head) for head in heads[6:-1])


def test_a_run_that_stopped_has_its_page(place: Path, served: FakeEndpoint) -> None:
    result = run(place, "--max-tokens", "0", model="openai:测试模型")
    assert (result.exit_code, len(served.requests)) == (1, 0)
    assert "没有做完就停了：已到词元上限 0" in page(place)
    served.script = lambda _: answers.status(503)
    for name in "乙丙":
        text = CASE.read_text(encoding="utf-8").replace("县教育局", f"{name}县教育局")
        (place / f"{name}.brief.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ModelUnreachable) as raised:
        run(place, model="openai:测试模型")
    assert str(raised.value)[:10] in page(place)


def test_a_place_that_cannot_be_written_is_told_before_anything_is_spent(place: Path, served: FakeEndpoint) -> None:
    for report, more in ((place, ()), (place / "没有" / "结果.html", ()), (place / "结果.html", ("--dry-run",))):
        with pytest.raises(InputError, match=re.escape(str(report))):
            run(place, "--report", report, *more, model="openai:测试模型")
    assert served.requests == []


def test_the_table_tells_reasons_once_and_only_for_what_went_wrong() -> None:
    failed = [Made(f"{name}.brief.yaml", "", "failed", reason="端点没有回答[bold]") for name in "甲乙"]
    console = Console(file=io.StringIO(), width=100)
    console.print(by_state([Made("丙.brief.yaml", "丙", "made", reason="首版的缘由"), *failed]))
    told = console.file.getvalue()  # type: ignore[attr-defined]
    assert "端点没有回答[bold]（甲.brief.yaml 等）" in told
    assert "首版的缘由" not in told
