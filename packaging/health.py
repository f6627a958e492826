"""Whether an installed Chengwen works: it drafts, proves a workspace, and serves. Only the standard library; run by install.sh."""

from __future__ import annotations

import os
import re
import selectors
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 120
"""Seconds in which a server has to answer: Gradio's first import takes tens of them on a slow disk."""

_OWN_MODELS = ("CHENGWEN_MODEL", "OPENAI_BASE_URL", "OPENAI_API_KEY")


class Unwell(Exception):
    """A step that failed; the message is one line for the user."""


@dataclass(frozen=True)
class Program:
    """One installation, by its `chengwen`."""

    path: Path

    def run(self, *words: object, **environ: str) -> str:
        """What it printed. Raises Unwell with its last line where it did not end well."""
        done = self.tried(*words, **environ)
        if done.returncode:
            lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
            raise Unwell(
                f"chengwen {' '.join(map(str, words[:2]))}：{lines[-1] if lines else f'退出码 {done.returncode}'}"
            )
        return done.stdout

    def tried(self, *words: object, **environ: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.path), *map(str, words)]
        try:
            return subprocess.run(
                command, capture_output=True, text=True, errors="replace", env=_environment(os.environ, environ)
            )
        except OSError as error:
            raise Unwell(f"{self.path} 运行不了：{error.strerror}") from error

    @property
    def python(self) -> Path:
        return self.path.with_name("python")

    def has(self, module: str) -> bool:
        probe = [
            str(self.python),
            "-I",
            "-c",
            f"import importlib.util as i; raise SystemExit(not i.find_spec('{module}'))",
        ]
        return subprocess.run(probe).returncode == 0


def check(program: Program) -> None:
    """Drafts by rule in a workspace that is thrown away, proves that, and serves it where the pages are installed."""
    with tempfile.TemporaryDirectory(prefix="chengwen-health-") as name:
        room = Path(name)
        find = "import evals, pathlib; print(pathlib.Path(evals.__file__).parent / 'cases/campus-2024h1.brief.yaml')"
        brief = subprocess.run([program.python, "-I", "-c", find], capture_output=True, text=True).stdout.strip()
        environ = {"CHENGWEN_WORKSPACE": str(room / ".chengwen"), "CHENGWEN_USER": "安装检查"}
        program.run("draft", brief, "--model", "composer", "-o", room / "out", **environ)
        if not list((room / "out").glob("*.docx")):
            raise Unwell("试拟的报告没有写出来")
        program.run("workspace", "verify", **environ)
        if program.has("gradio"):
            serve(program, room / ".chengwen")


def serve(program: Program, workspace: Path) -> None:
    """Starts the pages on a free port of loopback, waits until /ready says so, and stops them."""
    command = [str(program.path), "serve", "--port", "0", "--workspace", str(workspace)]
    environ = _environment(os.environ, {"CHENGWEN_USER": "安装检查"})
    environ.pop("CHENGWEN_URL", None)
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environ
    ) as process:
        try:
            _ready(_address(process))
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None  # noqa: S101
    said = ""
    end = time.monotonic() + PATIENCE
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stderr, selectors.EVENT_READ)
        while time.monotonic() < end and waiting.select(end - time.monotonic()):
            line = process.stderr.readline()
            if not line:
                break
            if found := re.match(r"→ (http://\S+?)/", line):
                return found[1]
            said = line.strip() or said
    raise Unwell(f"网页没有启动：{said or '没有说明原因'}")


def _ready(address: str) -> None:
    """The socket listens before the pages are there, so that one patient question is enough."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}/ready", timeout=PATIENCE) as answer:
            if answer.status != 200:
                raise Unwell(f"网页的 /ready 答复 {answer.status}")
    except urllib.error.HTTPError as error:
        raise Unwell(f"网页的 /ready 答复 {error.code}") from error
    except OSError as error:
        raise Unwell(f"网页没有答复：{error}") from error


def _environment(found: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """Without what would ask a model, or find another Python's packages."""
    without: Sequence[str] = (*_OWN_MODELS, "PYTHONPATH", "PYTHONHOME")
    return {name: value for name, value in found.items() if name not in without} | dict(more)
