"""The starter brief loads as it stands, holds nothing that a check would take for finished, and overwrites nothing."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from drafting import brief as brief_file
from drafting import profiles
from drafting.errors import InputError
from drafting.period import Period
from drafting.profile import Profile, SectionRule
from drafting.starter import starter
from ui.cli.new import new

PLACEHOLDER = re.compile(r"【待填：[^【】]{1,28}】")

app = typer.Typer()
app.command()(new)


def run(*arguments: str) -> str:
    """What the command prints; its error is raised."""
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def profile(**changed: Any) -> Profile:
    return replace(profiles.load("special-report"), **changed)


@pytest.mark.parametrize("kind", profiles.known())
def test_every_kinds_starter_loads_as_it_stands(kind: str) -> None:
    brief = brief_file.loads(starter(kind, profiles.load(kind))).brief
    assert brief.kind == kind
    assert brief.period == Period.parse("2024年上半年")
    assert brief.issued == date(2024, 7, 5)
    assert len(brief.sections) == 2
    assert brief.sections[0].groups
    assert brief.outlook


def test_every_text_is_a_placeholder() -> None:
    brief = brief_file.loads(starter("special-report", profile())).brief
    texts = [brief.organ, brief.recipient, brief.topic, *brief.terms, *(section.heading for section in brief.sections)]
    texts += [text for fact in brief.facts() for text in (fact.text, fact.source) if text]
    assert all(PLACEHOLDER.fullmatch(text) for text in texts), texts


def test_period_and_date_are_marked_as_examples_until_they_are_given() -> None:
    assert starter("special-report", profile()).count("示例，请改") == 2
    text = starter("special-report", profile(), Period.parse("2025年第三季度"), date(2025, 10, 9))
    assert "示例" not in text
    brief = brief_file.loads(text).brief
    assert (brief.period, brief.issued) == (Period.parse("2025年第三季度"), date(2025, 10, 9))
    assert brief.sections[0].facts[1].date == date(2025, 9, 30)


def test_required_sections_stand_under_their_names() -> None:
    problems, results = SectionRule("存在问题", ("问题",), required=True), SectionRule("主要成效", ("成效",))

    def headings(free: bool) -> list[str]:
        text = starter("special-report", profile(sections=(problems, results), free_sections=free))
        return [section.heading for section in brief_file.loads(text).brief.sections]

    assert headings(free=True) == ["存在问题", "【待填：第二部分的标题】"]
    assert headings(free=False) == ["存在问题", "主要成效"]


def test_new_writes_a_brief_once(tmp_path: Path) -> None:
    path = tmp_path / "安全.brief.yaml"
    assert f"已写 {path}（专题报告）" in run(
        str(path), "--kind", "专题报告", "--period", "2025年", "--issued", "2026年1月8日"
    )
    before = path.read_bytes()
    assert brief_file.load(path).brief.issued == date(2026, 1, 8)
    assert b"\r" not in before
    with pytest.raises(InputError, match="已有这个文件，没有覆盖"):
        run(str(path), "--kind", "briefing")
    assert path.read_bytes() == before


def test_new_with_a_profiles_path_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = starter_profile(tmp_path / "我的 #1.yaml")
    (tmp_path / "提纲").mkdir()
    monkeypatch.chdir(tmp_path)
    run("提纲/安全.brief.yaml", "--kind", own.name)
    brief = brief_file.load(Path("提纲/安全.brief.yaml")).brief
    assert brief.kind == "../我的 #1.yaml"
    assert profiles.load(brief.kind, Path("提纲")).name == "安全通报"


def starter_profile(path: Path) -> Path:
    path.write_text(
        'kind: safety\nname: 安全通报\ntitle: "{organ}{topic}"\nlead: ["{period}，{organ}推进{topic}。"]\nsections: {free: true}\n'
        "numbering: [一、]\npoints: {style: plain, per_section: [1, 9]}\nsection_length: [1, 900]\nrequires: []\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--kind", "通知"), "没有文种“通知”"),
        (("--kind", "briefing", "--period", "去年"), "读不懂报告期“去年”"),
        (("--kind", "briefing", "--issued", "2024-06-31"), "--issued “2024-06-31”应是存在的日期"),
        (
            ("--kind", "briefing", "--period", "2024年", "--issued", "2023-06-30"),
            "--issued 2023-06-30 早于报告期的第一天",
        ),
    ],
)
def test_new_refuses_what_would_not_load(tmp_path: Path, arguments: tuple[str, ...], expected: str) -> None:
    path = tmp_path / "安全.brief.yaml"
    with pytest.raises(InputError, match=expected):
        run(str(path), *arguments)
    assert not path.exists()
