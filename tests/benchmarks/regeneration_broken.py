"""A run against an endpoint that spoils 30 % of its answers and turns away whatever is beyond its rate.

python -m tests.benchmarks.regeneration_broken
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.paced import paced
from tests.killing import CHENGWEN
from tests.regenerating import write

REPORTS, LIMIT, BROKEN = 400, 40, 0.3


def main() -> None:
    with tempfile.TemporaryDirectory() as place, paced(0.2, LIMIT, BROKEN) as endpoint:
        write(Path(place), [f"第{number}县水利局" for number in range(1, REPORTS + 1)])
        environ = {
            **os.environ,
            **endpoint.environ,
            "CHENGWEN_WORKSPACE": f"{place}/.chengwen",
            "CHENGWEN_USER": "操作员",
        }
        words = ("--model", "openai:bench", "--jobs", "64", "--rate", str(LIMIT * 60))
        done = subprocess.run(
            [CHENGWEN, "regenerate", place, *words], env=environ, capture_output=True, text=True, check=False
        )
        counts = endpoint.counts()
    rate = counts["calls"] / counts["seconds"]
    table = Table("measured", "figure", title=f"30 % of the answers 429, 500, cut or malformed; {LIMIT} calls a second")
    table.add_row("exit status; the summary", f"{done.returncode}; {done.stderr.strip().splitlines()[-1]}")
    table.add_row("calls; spoilt; turned away", f"{counts['calls']}; {counts['spoilt']}; {counts['turned_away']}")
    steady = 0.9 * counts["calls"] / counts["by_tenths"][-1]
    table.add_row("calls a second until nine tenths; of the limit", f"{steady:.1f}; {steady / LIMIT:.2f}")
    table.add_row("to the end, the last retries among them", f"{rate:.1f}; {rate / LIMIT:.2f}")
    table.add_row("seconds until each tenth of the calls", " ".join(f"{one:.0f}" for one in counts["by_tenths"]))
    table.add_row("most calls in any second", f"{counts['most_in_a_second']} of {LIMIT}")
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
