"""`chengwen regenerate --via batch-api` as operators run it, in a process of its own: killed, interrupted, at endpoints of every kind."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests import endpoint as answers
from tests.batch_endpoint import BatchEndpoint, batch_endpoint, missing
from tests.command import chengwen_here, environment
from tests.scribe import scribe

__all__ = ["batch_endpoint"]

ROOT = Path(__file__).parents[1]
CASE = ROOT / "evals/cases/campus-2024h1.brief.yaml"
PROGRAM = (sys.executable, "-c", "from ui.cli.app import main; main()")
SECTIONS = 4
WORDS = ("--model", "openai:测试模型", "--via", "batch-api")


@pytest.fixture
def served(batch_endpoint: BatchEndpoint) -> BatchEndpoint:
    batch_endpoint.script = scribe()
    return batch_endpoint


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(shutil.copy(CASE, tmp_path / "校园.brief.yaml"))


def environ(served: BatchEndpoint) -> dict[str, str]:
    return {**served.environ, "CHENGWEN_USER": "操作员", "CHENGWEN_RETRIES": "0", "CHENGWEN_BATCH_POLL": "0"}


def run(served: BatchEndpoint, *words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    return chengwen(*words, *WORDS, **(environ(served) | more))


def chengwen(*words: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, "regenerate", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment(**environ))


@contextmanager
def waiting(served: BatchEndpoint, path: Path) -> Iterator[subprocess.Popen[str]]:
    """A run that waits for a batch which does not end."""
    assert served.batches is not None
    served.batches.looks = 10**9
    command = [*PROGRAM, "regenerate", str(path), *WORDS]
    seen = environment(**environ(served))
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=seen) as process:
        try:
            assert served.batches.was_looked_at.wait(60)
            yield process
        finally:
            process.kill()
    served.batches.looks = 1


def test_a_run_by_batch_makes_the_report_and_counts_what_it_cost(served: BatchEndpoint, path: Path) -> None:
    result = run(served, path, "--output", "json")
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert [one["state"] for one in found["reports"]] == ["made"]
    assert (found["calls"], found["tokens"]) == (SECTIONS, SECTIONS * 52)
    assert served.asked == []
    assert "批处理 batch_1  已提交 4 节" in result.stderr
    assert "批处理 batch_1  已完成：取回 4 节" in result.stderr


def test_an_endpoint_without_batches_costs_one_line(served: BatchEndpoint, path: Path) -> None:
    served.batches = None
    result = run(served, path)
    assert result.returncode == 0
    assert len(served.asked) == SECTIONS
    (line,) = [line for line in result.stderr.splitlines() if "批处理" in line]
    assert line == f"端点 {served.base_url} 没有批处理接口（HTTP 404），改为逐次调用"


def test_what_is_missing_is_asked_by_calls_and_told(served: BatchEndpoint, path: Path) -> None:
    assert served.batches is not None
    served.batches.results = [missing]
    result = run(served, path)
    assert result.returncode == 0
    assert len(served.asked) == 1
    assert "已完成：取回 3 节，其余 1 节逐次调用" in result.stderr


def test_a_killed_run_is_taken_up_by_the_next_without_a_second_batch(served: BatchEndpoint, path: Path) -> None:
    with waiting(served, path) as process:
        process.kill()
        process.wait()
    result = run(served, path)
    assert result.returncode == 0
    assert (served.count("POST /batches"), len(served.asked)) == (1, 0)
    assert "批处理 batch_1  上次已提交 4 节，接着等" in result.stderr


def test_ctrl_c_stops_waiting_and_says_how_to_go_on(served: BatchEndpoint, path: Path) -> None:
    with waiting(served, path) as process:
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()
    assert process.returncode == 130
    assert "不再等待。批处理还在端点上进行，再运行同一条命令即接着等，不会重复提交" in told
    assert "Traceback" not in told
    assert run(served, path).returncode == 0
    assert (served.count("POST /batches"), len(served.asked)) == (1, 0)


def test_what_may_not_leave_is_not_uploaded(served: BatchEndpoint, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from drafting.models.address import Address

    parse = Address.parse
    monkeypatch.setattr(Address, "parse", lambda url: replace(parse(url), on_loopback=False))
    for name, value in environ(served).items():
        monkeypatch.setenv(name, value)
    text = path.read_text(encoding="utf-8")
    other = path.with_name("另一份.brief.yaml")
    other.write_text(text.replace("县教育局", "乙县教育局"), encoding="utf-8")
    path.write_text(text.replace("清理校园周边流动摊点37处", "联系人手机13800138000"), encoding="utf-8")
    result = chengwen_here("regenerate", path, other, *WORDS)
    assert result.returncode == 1
    assert "手机号" in result.stderr
    assert served.batches is not None
    assert len(served.batches.lines) == SECTIONS
    assert b"13800138000" not in b"".join(served.batches.files.values())
    assert served.asked == []


def test_an_endpoint_that_goes_away_in_the_batch_phase_leaves_a_summary(served: BatchEndpoint, path: Path) -> None:
    assert served.batches is not None
    served.batches.listing = answers.status(503)
    page = path.with_name("结果.html")
    result = run(served, path, "--output", "json", "--report", page)
    assert result.returncode == 3
    told = json.loads(result.stdout)
    assert (told["calls"], [one["state"] for one in told["reports"]]) == (0, ["failed"])
    assert "HTTP 503" in told["reports"][0]["reason"]
    assert "没有做完就停了" in page.read_text(encoding="utf-8")


def test_an_open_batch_is_listed_called_off_and_not_waited_for(
    served: BatchEndpoint, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environ(served).items():
        monkeypatch.setenv(name, value)
    with waiting(served, path) as process:
        process.kill()
        process.wait()
        (listed,) = chengwen_here("batches").stdout.splitlines()
        assert listed.startswith("batch_1  ")
        assert f"{SECTIONS} 节  {served.base_url}" in listed
        assert chengwen_here("batches", "batch_9", "--cancel").returncode == 2
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
        elsewhere = chengwen_here("batches", "batch_1", "--cancel")
        assert (elsewhere.returncode, "请把 OPENAI_BASE_URL 设成那里" in elsewhere.stderr) == (2, True)
        monkeypatch.setenv("OPENAI_BASE_URL", served.base_url)
        called_off = chengwen_here("batches", "batch_1", "--cancel")
        assert (called_off.returncode, "已取消" in called_off.stderr) == (0, True)
        result = run(served, path)
    assert result.returncode == 0, result.stderr
    assert "批处理 batch_1  已取消：取回 4 节" in result.stderr
    told = json.loads(chengwen_here("batches", "--output", "json").stdout)
    assert told["batches"] == []


def test_an_endpoint_that_is_away_is_told_in_one_line(served: BatchEndpoint, path: Path) -> None:
    assert served.batches is not None
    served.batches.listing = answers.status(503)
    result = run(served, path)
    assert result.returncode == 3
    assert "已提交的批处理不丢，再运行同一条命令即接着等" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--via", "mail"), "--via"),
        (("--via", "batch-api", "--model", "composer"), "批处理只用于 openai: 的模型"),
    ],
)
def test_what_cannot_go_by_batch_is_one_line(path: Path, words: tuple[str, ...], said: str) -> None:
    result = chengwen(path, *words, CHENGWEN_USER="操作员")
    assert result.returncode == 2
    assert said in result.stderr.splitlines()[-1]


@pytest.mark.parametrize("value", ["快", "-1", "nan"])
def test_a_wait_that_is_no_number_is_told(served: BatchEndpoint, path: Path, value: str) -> None:
    result = run(served, path, CHENGWEN_BATCH_POLL=value)
    assert result.returncode == 2
    assert f"环境变量 CHENGWEN_BATCH_POLL 应为 0–3600 秒，现为“{value}”" in result.stderr
    assert served.calls == []


def test_a_budget_of_nothing_still_uses_what_a_batch_brought(served: BatchEndpoint, path: Path) -> None:
    result = run(served, path, "--max-tokens", "0")
    assert result.returncode == 0
    assert served.asked == []
