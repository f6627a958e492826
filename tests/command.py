"""`chengwen` as a user runs it: in a process of its own, without this machine's model settings, in the test's own workspace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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
