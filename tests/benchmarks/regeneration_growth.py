"""How time and memory of a run by the composer grow with the number of reports.

python -m tests.benchmarks.regeneration_growth [N…]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from tests.benchmarks.regeneration_speed import CHENGWEN, briefs

SIZES = (1_000, 10_000)


def measure(count: int) -> tuple[float, float, str]:
    """Seconds, peak memory in MB, and what the command said last."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        briefs(folder, count)
        environ = {**os.environ, "CHENGWEN_WORKSPACE": str(folder / ".chengwen"), "CHENGWEN_USER": "操作员"}
        started = perf_counter()
        process = subprocess.Popen(
            [CHENGWEN, "regenerate", str(folder), "--model", "composer"],
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        said = ""
        for line in process.stderr:
            said = line.strip()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = status
        process.stderr.close()
        return perf_counter() - started, used.ru_maxrss / 1024, said


def main(sizes: tuple[int, ...]) -> None:
    table = Table("reports", "seconds", "ms a report", "peak memory", "the command", title="regenerate by the composer")
    for count in sizes:
        seconds, peak, said = measure(count)
        table.add_row(f"{count:,}", f"{seconds:.0f}", f"{seconds * 1000 / count:.1f}", f"{peak:.0f} MB", said)
    Console(width=140).print(table)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
