"""Two workers against one where calls are the bottleneck of each, and runs of which one of two workers is killed for good.

    python -m tests.benchmarks.regeneration_team [--reports N] [--kills N]

Workers, PostgreSQL and endpoint share this machine's cores, so the endpoint is slow enough for its answers to be what is waited for.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests import postgres
from tests.benchmarks.paced import paced
from tests.regenerating import write
from tests.teams import Team
from tests.workspaces import database

JOBS = 4
SECTIONS = 2


@contextmanager
def team(query: str, reports: int, seconds: float) -> Iterator[Team]:
    """A new workspace with an endpoint of its own and as many briefs, handed to the queue but not begun."""
    with tempfile.TemporaryDirectory() as place, paced(seconds) as endpoint:
        write(Path(place), [f"第{number}县水利局" for number in range(1, reports + 1)])
        made = Team(database(query), endpoint, Path(place))
        made.command("workspace", "init")
        yield made


def raced(query: str, workers: int, reports: int) -> tuple[float, dict[str, list[str]]]:
    """Seconds from the first call to the last, and the versions of each report."""
    with team(query, reports, seconds=0.5) as made, ExitStack() as stack:
        for _ in range(workers):
            stack.enter_context(made.worker(jobs=JOBS))
        done = made.regenerate("--queue")
        if done.returncode:
            sys.exit(done.stderr)
        return made.endpoint.counts()["seconds"], made.hashes()


def killed(query: str, reports: int, moment: int) -> tuple[int, int, str]:
    """Calls repeated after one of two workers was killed at that call, versions beside one a report, and what was said last."""
    with team(query, reports, seconds=0.1) as made, made.worker(jobs=JOBS) as one, made.worker(jobs=JOBS):
        made.regenerate("--queue", "--detach")
        while made.endpoint.counts()["calls"] < moment:
            pass
        one.kill()
        done = made.command("runs", 1, "--follow")
        counts, versions = made.endpoint.counts(), made.hashes()
        beside = abs(len(versions) - reports) + sum(len(line) != 1 for line in versions.values())
        return counts["calls"] - counts["different"], beside, done.stderr.strip().splitlines()[-1]


def main(reports: int, kills: int) -> None:
    bin = postgres.programs()
    if bin is None:
        sys.exit(postgres.ABSENT)
    console = Console(width=140)
    with postgres.cluster(bin, durable=True) as query:
        (alone, one), (together, two) = (raced(query, workers, reports) for workers in (1, 2))
        table = Table(
            "workers", "seconds, first call to last", "times", title=f"{reports} reports, {JOBS} calls in flight each"
        )
        table.add_row("1", f"{alone:.1f}", "1")
        table.add_row(
            "2", f"{together:.1f}", f"{alone / together:.2f}; results {'identical' if one == two else 'DIFFER'}"
        )
        console.print(table)
        chance = random.Random(20240701)  # noqa: S311
        sections = SECTIONS * 2 * reports
        table = Table(
            "killed at call",
            "calls repeated",
            "reports without their one version",
            "the run",
            title=f"{sections} sections",
        )
        for moment in sorted(chance.sample(range(1, sections), kills)):
            repeated, beside, said = killed(query, 2 * reports, moment)
            table.add_row(str(moment), f"{repeated} of {JOBS} allowed", str(beside), said)
        console.print(table)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--kills", type=int, default=5)
    chosen = parser.parse_args()
    main(chosen.reports, chosen.kills)
