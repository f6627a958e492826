"""`chengwen serve` as a process: what it says, what it needs, how it ends."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import httpx2
import pytest

from tests.command import PROGRAM, chengwen, chengwen_here, environment
from ui.cli import serving as serving_command
from ui.web.settings import Settings

needs_ui = pytest.mark.skipif(not find_spec("gradio"), reason="the ui extra is not installed: no server is started")


@contextmanager
def serving(*words: str | Path) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """A running server, its address, and the lines that it said before."""
    command = [str(PROGRAM), "serve", "--port", "0", *map(str, words)]
    environ = environment(CHENGWEN_USER="张三")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environ) as process:
        assert process.stderr is not None
        said: list[str] = []
        try:
            for line in process.stderr:
                said.append(line.rstrip("\n"))
                if address := re.match(r"→ (http://\S+)", line):
                    httpx2.get(f"{address[1]}health", timeout=30)
                    yield process, address[1].rstrip("/"), said[:-1]
                    break
            else:
                raise AssertionError(said)
        finally:
            process.kill()


@needs_ui
def test_the_first_start_gives_the_founder_a_one_time_password_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    place = tmp_path / "ws"
    with serving("--workspace", place) as (process, url, said):
        (line,) = said
        password = re.fullmatch(r"管理员 张三 的一次性密码：(\S+)（.*）", line)
        assert password
        with httpx2.Client(base_url=url, headers={"origin": url}) as client:
            answer = client.post("/login", data={"name": "张三", "password": password[1]})
            assert answer.headers["location"] == "/password"
            assert "server" not in answer.headers
            own = "自己的密码-自己的密码"
            client.post("/password", data={"old": password[1], "new": own, "again": own})
            page = client.get("/", follow_redirects=True)
            assert page.status_code == 200
            assert client.get("/ready").status_code == 200
            for file in place.glob("workspace.db*"):
                file.unlink()
            (place / "workspace.db").write_bytes(b"no database" * 100)
            assert client.get("/ready").status_code == 503
            assert client.get("/health").status_code == 200
            refused = client.get("/zh/")
            assert refused.status_code == 503
            assert "Traceback" not in refused.text
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stderr is not None
        assert process.stderr.read().splitlines() == ["已停止"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--host", "没有这台机器.invalid"], "--host"),
        (["--host", "192.0.2.1"], "没有这个地址"),
        (["--port", "70000"], "--port"),
        (["--workspace", "mysql://h/d"], "mysql"),
        (["--workspace", "postgresql://u@127.0.0.1:1/d"], "PostgreSQL"),
    ],
)
def test_what_cannot_be_served_is_one_clear_line(words: list[str], said: str) -> None:
    port = [] if "--port" in words else ["--port", "0"]
    told = chengwen_here("serve", *port, *words)
    assert told.returncode == 2
    assert said in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_a_port_in_use_is_told_before_a_workspace_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = chengwen("serve", "--port", str(taken.getsockname()[1]), "--workspace", tmp_path / "ws")
    assert told.returncode == 2
    assert "已被占用" in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert not (tmp_path / "ws").exists()


def test_a_workspace_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "workspace.db").write_bytes(b"no database at all" * 100)
    told = chengwen_here("serve", "--port", "0", "--workspace", tmp_path)
    assert told.returncode == 2
    assert len(told.stderr.splitlines()) == 1
    assert not (tmp_path / "session.key").exists()


def test_who_listens_beyond_this_machine_hears_what_that_means(capsys: pytest.CaptureFixture[str]) -> None:
    serving_command.tell(Settings("0.0.0.0"), keyed=True)  # noqa: S104
    (line,) = capsys.readouterr().err.splitlines()
    assert "可从别的机器访问" in line
    assert "CHENGWEN_URL" in line
    serving_command.tell(Settings("0.0.0.0", url="https://reports.example"), keyed=True)  # noqa: S104
    serving_command.tell(Settings(), keyed=True)
    assert capsys.readouterr().err == ""


def test_sessions_that_will_not_outlast_the_process_are_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    serving_command.tell(Settings(), keyed=False)
    assert "CHENGWEN_SECRET" in capsys.readouterr().err


def test_without_the_extra_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("ui.cli.serve.find_spec", lambda name: None if name == "argon2" else True)
    told = chengwen_here("serve", "--port", "0", "--workspace", tmp_path / "ws")
    assert told.returncode == 2
    assert told.stderr == "网页界面须先安装 ui 扩展：pip install 'chengwen[ui]'（缺 argon2）\n"
    assert not (tmp_path / "ws").exists()
