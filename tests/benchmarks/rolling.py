"""Published reports rolled forward one year: how much is asked, what the rules name, and that no old day stands where it could be drafted.

    python -m tests.benchmarks.rolling

They are read in place, beside the repository; without them nothing is measured.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from drafting import dates
from drafting.documents import read
from drafting.rolling.written import written
from evals.rolled import Asked, rolled

REPORTS = Path(__file__).parents[2].parent / "shared" / "data" / "reports"
NAMES = (
    "gwr_state_council_2013",
    "gwr_state_council_2015",
    "gwr_state_council_2017",
    "gwr_state_council_2019",
    "gwr_state_council_2023",
    "daqing_stats_bulletin_2012",
)


def measure(path: Path) -> tuple[str, ...]:
    reading = read(path)
    last = reading.report.period
    assert last is not None
    started = perf_counter()
    asked = Asked(last.next(), kind="work-summary", organ="本机关", topic="年度工作")
    found = rolled(reading.report, reading.places, asked, path=path.name)
    seconds = perf_counter() - started
    lines = [
        line
        for line in written(found).splitlines()
        if not line.lstrip().startswith(("#", "- open:", "period:", "issued:"))
    ]
    before = reading.report.text
    days = [mention for line in lines for mention in dates.find(line.split(": ", 1)[-1], found.issued, found.period)]
    own = [mention.text for mention in days if mention.last and mention.last < last.first and mention.text in before]
    facts = [item for item in found.items if item.kind == "fact"]
    noted = sum(bool(item.notes) for item in found.items) + len({sentence for sentence, _ in found.claims})
    size = sum(len(block.text) for block in reading.report.blocks)
    told = (len(found.headings), len(facts), len(found.items) - len(facts), noted, len(own))
    return path.stem, f"{size:,}", *map(str, told), f"{seconds:.2f} s"


def main() -> None:
    if not REPORTS.exists():
        sys.exit(f"{REPORTS} is not here: nothing to roll")
    columns = (
        "report",
        "characters",
        "sections",
        "old facts",
        "promises",
        "named by rules",
        "old days standing",
        "time",
    )
    table = Table(*columns, title="rolled forward one year")
    for name in NAMES:
        table.add_row(*measure(REPORTS / f"{name}.txt"))
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
