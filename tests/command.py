"""`chengwen` as a user runs it: in a process of its own, without this machine's model settings, in the test's own workspace."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from ui.cli.app import main

PROGRAM = Path(sys.executable).with_name("chengwen")


def environment(**environ: str) -> dict[str, str]:
    """What the command sees: a bare system, and the workspace that the fixture `own_workspace` made for the test."""
    bare = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"}
    return {**bare, "CHENGWEN_WORKSPACE": os.environ["CHENGWEN_WORKSPACE"], **environ}


def chengwen(
    *words: str | Path, stdout: int | None = subprocess.PIPE, **environ: str
) -> subprocess.CompletedProcess[str]:
    command = [str(PROGRAM), *map(str, words)]
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment(**environ)
    )


def chengwen_here(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """The same in this process: for what needs no process of its own, many times over."""
    out, err = io.StringIO(), io.StringIO()
    status = 0
    with mock.patch.object(sys, "argv", ["chengwen", *map(str, words)]), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
    return subprocess.CompletedProcess(words, status, out.getvalue(), err.getvalue())
