"""Twenty kills in a run of 400 sections.

python -m tests.benchmarks.regeneration_killed
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.paced import paced
from tests.killing import survive
from tests.regenerating import write

REPORTS, SECTIONS, KILLS, JOBS = 200, 400, 20, 8


def main() -> None:
    with tempfile.TemporaryDirectory() as place, paced(seconds=0.1) as endpoint:
        write(Path(place), [f"第{number}县水利局" for number in range(1, REPORTS + 1)])
        found = survive(Path(place), endpoint, jobs=JOBS, kills=KILLS, sections=SECTIONS)
    table = Table("measured", "figure", title=f"{SECTIONS} sections, {JOBS} in flight, killed {found.kills} times")
    table.add_row("calls; of them for what was asked before", f"{found.calls}; {found.repeated}")
    table.add_row("allowed: those in flight at each kill", f"{JOBS * found.kills}")
    table.add_row("the last run", found.said.splitlines()[-1])
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
