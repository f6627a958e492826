"""A team: a workspace in PostgreSQL, an endpoint, a folder of briefs, and the real command and workers on them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from drafting.workspace import history
from drafting.workspace.location import Location
from drafting.workspace.workspace import opened
from tests.benchmarks.paced import Running

CHENGWEN = str(Path(sys.executable).with_name("chengwen"))


@dataclass(frozen=True)
class Team:
    """A team's workspace and endpoint, and a folder of briefs."""

    location: Location
    endpoint: Running
    folder: Path

    def environ(self) -> dict[str, str]:
        return {
            **os.environ,
            **self.endpoint.environ,
            "CHENGWEN_WORKSPACE": url(self.location),
            "CHENGWEN_USER": "操作员",
        }

    def command(self, *words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [CHENGWEN, *map(str, words)], env=self.environ(), capture_output=True, text=True, check=False, timeout=120
        )

    def regenerate(self, *words: object) -> subprocess.CompletedProcess[str]:
        return self.command("regenerate", self.folder, "--model", "openai:测试", *words)

    @contextmanager
    def worker(self, *words: object, jobs: int = 2) -> Iterator[subprocess.Popen[str]]:
        """A worker that waits for reports, and is told to stop where the block ends."""
        command = [CHENGWEN, "worker", "--jobs", str(jobs), "--heartbeat", "0.3", *map(str, words)]
        process = subprocess.Popen(command, env=self.environ(), stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        process.stderr.readline()  # it waits for reports
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)

    def silent_for(self, seconds: float) -> bool:
        """Whether no worker has shown life for so long."""
        with opened(self.location) as workspace, workspace.reading() as connection:
            query = (
                "SELECT bool_and(now() - last_heartbeat > make_interval(secs => :seconds)) FROM procrastinate_workers"
            )
            return bool(connection.execute(text(query), {"seconds": seconds}).scalar_one())

    def hashes(self) -> dict[str, list[str]]:
        """The versions of each report, by its organ."""
        with opened(self.location) as workspace, workspace.reading() as connection:
            return {
                one.organ: [version.hash for version in history.line(connection, one.id)]
                for one in history.documents(connection)
            }


def url(location: Location) -> str:
    return str(location.path.parent) if location.path else location.url.replace("+psycopg", "")
