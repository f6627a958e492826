"""What it costs to leave and to keep: export, import into the other database and back, backup, drill; one run on this machine.

    python -m tests.benchmarks.keeping [--reports N] [--versions N]

The reports are one composed report under N organs' names, put in through the ledger as every save goes. Each step is a process of its own,
so that its peak memory is its own. The digests of all workspaces and exports on the way must be equal.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from drafting.workspace import copying, exporting, importing, lines
from drafting.workspace.drill import drill
from drafting.workspace.integrity import verify
from drafting.workspace.location import Location, locate
from drafting.workspace.workspace import opened
from tests import postgres, workspaces
from tests.benchmarks.workspace_speed import drafted, put

Row = tuple[str, str, str, str]
_AT_ONCE = 500


def built(location: Location, reports: int, versions: int) -> str:
    base = drafted()
    with opened(location, create=True) as workspace:
        for first in range(0, reports, _AT_ONCE):
            with workspace.writing("操作员") as ledger:
                for report in range(first, min(first + _AT_ONCE, reports)):
                    put(ledger, base, report, versions)
    return ""


def proved(location: Location) -> str:
    with opened(location) as workspace, workspace.reading() as connection:
        assert verify(connection).sound
    return ""


def summed(location: Location) -> str:
    with opened(location) as workspace, workspace.reading() as connection:
        return lines.digest(connection)


def exported(location: Location, folder: Path) -> str:
    with opened(location) as workspace:
        return exporting.export(workspace, folder).digest


def backed_up(location: Location, file: Path) -> str:
    with opened(location) as workspace:
        assert copying.back_up(workspace, file).sound
    return ""


def drilled(file: Path) -> str:
    done = drill(file)
    assert not done.problem, done.problem
    return done.digest


def step(words: Sequence[str]) -> None:
    """One step in this process: its seconds, its peak memory and what it was before (MB), and the digest that it told."""
    name, given, *rest = words
    location = locate(given, {})
    work: dict[str, Callable[[], str]] = {
        "build": lambda: built(location, *map(int, rest)),
        "verify": lambda: proved(location),
        "digest": lambda: summed(location),
        "export": lambda: exported(location, Path(rest[0])),
        "backup": lambda: backed_up(location, Path(rest[0])),
        "drill": lambda: drilled(Path(rest[0])),
        "import": lambda: importing.take(Path(rest[0]), location).digest,
    }
    before = _peak()
    started = perf_counter()
    digest = work[name]()
    print(perf_counter() - started, _peak(), before, digest)  # noqa: T201


def _peak() -> int:
    """Linux's VmHWM in MB: unlike the figure of getrusage it begins anew with the program."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) // 1024 if found else 0


class Steps:
    """Runs steps and keeps what they told; `digests` must stay one."""

    def __init__(self) -> None:
        self.digests: set[str] = set()

    def __call__(self, told: str, *words: str) -> Row:
        command = [sys.executable, "-m", "tests.benchmarks.keeping", "--step", *words]
        took, peak, before, *digest = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True
        ).stdout.split()
        self.digests.update(digest)
        return told, f"{float(took):.1f} s", f"{peak} MB ({before} before)", ""


def measured(reports: int, versions: int, folder: Path, other: str) -> Iterator[Row]:
    steps, home, back = Steps(), folder / "甲", folder / "乙"
    yield steps(f"{reports:,} reports x {versions} versions built", "build", str(home), str(reports), str(versions))
    yield steps("verify", "verify", str(home))
    yield steps("digest", "digest", str(home))
    yield _sized(steps("export from SQLite", "export", str(home), str(folder / "一")), folder / "一", home)
    yield steps("backup of SQLite, proved", "backup", str(home), str(folder / "一.db"))
    yield steps("drill", "drill", str(home), str(folder / "一.db"))
    if other:
        yield steps("import into PostgreSQL", "import", other, str(folder / "一"))
        yield steps("digest in PostgreSQL", "digest", other)
        yield steps("backup of PostgreSQL, proved", "backup", other, str(folder / "二.db"))
        yield steps("drill", "drill", other, str(folder / "二.db"))
        yield steps("export from PostgreSQL", "export", other, str(folder / "二"))
        same = (folder / "一/SHA256SUMS").read_bytes() == (folder / "二/SHA256SUMS").read_bytes()
        yield "both exports, every file", "the same" if same else "DIFFERENT", "", ""
    last = folder / ("二" if other else "一")
    yield steps("import into SQLite", "import", str(back), str(last))
    yield steps("digest of what came back", "digest", str(back))
    yield "digests on the way", "one" if len(steps.digests) == 1 else f"DIFFERENT: {steps.digests}", "", ""


def _sized(row: Row, folder: Path, home: Path) -> Row:
    files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    tables = sum(path.stat().st_size for path in folder.glob("tables/*"))
    database = (home / "workspace.db").stat().st_size
    told = f"{len(files):,} files, {sum(files) / 1e6:.0f} MB (tables {tables / 1e6:.0f}); the database {database / 1e6:.0f} MB"
    return (*row[:3], told)


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.keeping")
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--versions", type=int, default=2)
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args(words)
    if given.step:
        step(given.step)
        return
    table = Table("measured", "took", "peak memory", "beside it", title="leaving and keeping (this machine, one run)")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        other = ""
        if (bin := postgres.programs()) is not None:
            query = stack.enter_context(postgres.cluster(bin, durable=True))
            other = workspaces.database(query).url.replace("+psycopg", "")
        for row in measured(given.reports, given.versions, folder, other):
            table.add_row(*row)
    Console(width=170).print(table)


if __name__ == "__main__":
    main()
