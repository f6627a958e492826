"""Runs of the real command that are killed at moments of chance and started again, until one ends by itself."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.paced import Running

CHENGWEN = str(Path(sys.executable).with_name("chengwen"))


@dataclass(frozen=True)
class Survived:
    """How often a run was killed, how many calls were made and how many of them were made before, and how it ended."""

    kills: int
    calls: int
    repeated: int
    status: int
    said: str


def survive(
    folder: Path,
    endpoint: Running,
    *,
    jobs: int,
    kills: int,
    sections: int,
    seed: int = 20240701,
    words: Sequence[str] = (),
) -> Survived:
    """Kills the command where the endpoint has counted so many calls more, wherever the command is then."""
    chance = random.Random(seed)  # noqa: S311
    moments = sorted(chance.sample(range(1, sections), kills))
    command = [CHENGWEN, "regenerate", str(folder), "--model", "openai:bench", "--jobs", str(jobs), *words]
    environ = {
        **os.environ,
        **endpoint.environ,
        "CHENGWEN_WORKSPACE": str(folder / ".chengwen"),
        "CHENGWEN_USER": "操作员",
    }
    killed = 0
    for moment in moments:
        process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and endpoint.counts()["different"] < moment:
            pass
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    counts = endpoint.counts()
    return Survived(
        killed, counts["calls"], counts["calls"] - counts["different"], done.returncode, done.stderr.strip()
    )
