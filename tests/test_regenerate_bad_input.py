"""What goes wrong outside: broken files among many, an endpoint that is away, nothing to spend, a disk that fills."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.endpoint import FakeEndpoint, status
from tests.folders import SECTIONS, fill
from tests.scribe import scribe

ROOT = Path(__file__).parents[1]
_PLAIN = "from ui.cli.app import main; main()"
_NARROW = (
    "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, resource.RLIM_INFINITY)); "
    "from ui.cli.app import main; main()"
)


def run(place: Path, *arguments: object, code: str = _PLAIN, **environ: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with the workspace beside the folder of briefs."""
    own = {"CHENGWEN_USER": "操作员", "CHENGWEN_WORKSPACE": str(place / "工作区"), "CHENGWEN_RETRIES": "0"}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **own, **environ}, capture_output=True, text=True, check=False
    )


def regenerate(place: Path, *more: object, code: str = _PLAIN, **environ: str) -> subprocess.CompletedProcess[str]:
    return run(place, "regenerate", place / "提纲", *more, code=code, **environ)


@pytest.fixture
def served(endpoint: FakeEndpoint) -> FakeEndpoint:
    endpoint.script = scribe()
    return endpoint


def test_three_broken_briefs_among_twenty_are_named_and_seventeen_done(tmp_path: Path) -> None:
    fill(tmp_path / "提纲", 20)
    for name, text in (("004", "kind: special-report\n"), ("011", "- 不是提纲\n"), ("017", "")):
        (tmp_path / f"提纲/{name}.brief.yaml").write_text(text, encoding="utf-8")
    result = regenerate(tmp_path, "--model", "composer")
    assert result.returncode == 1
    assert "共 17 份：新版本 17，没有读入 3" in result.stderr
    assert all(f"{name}.brief.yaml" in result.stderr for name in ("004", "011", "017"))
    assert "Traceback" not in result.stderr


def test_two_briefs_for_one_report_are_both_left(tmp_path: Path) -> None:
    fill(tmp_path / "提纲", 3)
    shutil.copy(tmp_path / "提纲/002.brief.yaml", tmp_path / "提纲/又.brief.yaml")
    result = regenerate(tmp_path, "--model", "composer")
    assert result.returncode == 1
    assert "共 2 份：新版本 2，没有读入 2" in result.stderr
    assert "是同一份报告，两处都没有做" in result.stderr


def test_an_endpoint_that_is_away_ends_the_run_after_a_few_calls(tmp_path: Path, endpoint: FakeEndpoint) -> None:
    fill(tmp_path / "提纲", 20)
    endpoint.script = lambda _: status(503)
    result = regenerate(tmp_path, "--model", "openai:测试模型", "--jobs", "4", **endpoint.environ)
    assert result.returncode == 3
    assert len(endpoint.requests) <= 16
    assert "Traceback" not in result.stderr
    assert "没有给出应答：HTTP 503" in result.stderr.strip().splitlines()[-1]


def test_nothing_to_spend_asks_nobody(tmp_path: Path, served: FakeEndpoint) -> None:
    fill(tmp_path / "提纲", 2)
    result = regenerate(tmp_path, "--model", "openai:测试模型", "--max-tokens", "0", **served.environ)
    assert (result.returncode, len(served.requests)) == (1, 0)
    assert "已到词元上限 0，没有再问模型" in result.stderr


def test_a_disk_that_fills_is_one_line_and_the_next_run_completes(tmp_path: Path, served: FakeEndpoint) -> None:
    options = ("--model", "openai:测试模型")
    fill(tmp_path / "提纲", 1)
    regenerate(tmp_path, *options, **served.environ)
    held = max(one.stat().st_size for one in (tmp_path / "工作区").iterdir())
    fill(tmp_path / "提纲", 20)
    full = regenerate(tmp_path, *options, code=_NARROW.format(held + 8192), **served.environ)
    assert full.returncode != 0
    assert "Traceback" not in full.stderr
    assert "磁盘" in full.stderr.strip().splitlines()[-1]
    assert run(tmp_path, "workspace", "verify").returncode == 0
    asked = len(served.requests)
    again = regenerate(tmp_path, *options, **served.environ)
    assert again.returncode == 0, again.stderr
    assert "共 20 份" in again.stderr
    assert len(served.requests) - asked <= 19 * SECTIONS
    assert run(tmp_path, "workspace", "verify").returncode == 0
