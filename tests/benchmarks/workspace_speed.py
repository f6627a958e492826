"""How fast the workspace writes, reads and proves itself, on SQLite and, where it is installed, PostgreSQL: one run on this machine.

    python -m tests.benchmarks.workspace_speed [--reports N]

SQLite syncs every commit to the disk; the PostgreSQL of the benchmark does too. What is measured of one report includes opening the workspace.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from drafting import brief, profiles
from drafting.changes import compare, reworded
from drafting.report import Report
from drafting.workspace import contents, copying, history, saving
from drafting.workspace.integrity import verify
from drafting.workspace.ledger import Ledger
from drafting.workspace.location import Location, locate
from drafting.workspace.rows import Version
from drafting.workspace.tables import reports
from drafting.workspace.workspace import Workspace, opened
from drafting.writer import Writer
from tests import postgres, workspaces, writers
from tests.benchmarks.__main__ import CASE

Row = tuple[str, str, str]
REPORTS, VERSIONS = 2_000, 5
EDITS = 100
ONE_BY_ONE = 500, 4
_AT_ONCE = 500


def drafted() -> Report:
    loaded = brief.load(CASE).brief
    return asyncio.run(Writer(profiles.load(loaded.kind), None).draft(loaded))


def variant(base: Report, report: int, version: int) -> Report:
    """The report of another organ, its third paragraph worded anew in each version."""
    told = replace(base.brief, organ=f"第{report}单位") if base.brief else None
    blocks = list(base.blocks)
    at = [index for index, block in enumerate(blocks) if block.type == "paragraph"][2]
    blocks[at] = reworded(blocks[at], f"{blocks[at].text}第{report}单位第{version}次核对。")
    return replace(base, organ=f"第{report}单位", brief=told, blocks=tuple(blocks))


def at_once(location: Location) -> Iterator[Row]:
    """Eight processes edit one report."""
    with opened(location, create=True) as workspace:
        saving.record(workspace, writers.draft(), "操作员", "drafted")
    started = perf_counter()
    with ExitStack() as stack:
        pipes = [
            stack.enter_context(writers.running(writers.edits, location, person, EDITS))[1]
            for person in range(len(writers.PEOPLE))
        ]
        told = [edit for pipe in pipes for edit in writers.heard_to_the_end(pipe)]
    took = perf_counter() - started
    with opened(location) as workspace, workspace.reading() as connection:
        kept = {version.hash for version in (*history.line(connection, 1), *history.beside(connection, 1))}
        lost = sum(edit.handed_in not in kept for edit in told) + len(pipes) * EDITS - len(told)
        sound = "sound" if verify(connection).sound else "NOT SOUND"
    conflicts = sum(edit.conflict for edit in told)
    made = len(pipes) * (EDITS // writers.EVERY) - 1
    yield (
        f"8 processes x {EDITS} edits of one report",
        f"{took:.1f} s, {len(told) / took:.0f} edits/s",
        f"{lost} lost; conflicts reported {conflicts}, made {made}; {sound}",
    )


def one_by_one(location: Location, base: Report) -> Iterator[Row]:
    """Each version a transaction of its own, as a batch commits them."""
    count, each = ONE_BY_ONE
    with opened(location, create=True) as workspace:
        started = perf_counter()
        for report in range(count):
            stands = saving.record(workspace, variant(base, report, 1), "操作员", "drafted").version
            for version in range(2, each + 1):
                stands = saving.save(workspace, stands, variant(base, report, version), "张三")
        took = perf_counter() - started
    yield (
        f"{count * each:,} versions committed one by one",
        f"{took:.1f} s, {took * 1000 / count / each:.1f} ms each",
        f"{count} reports x {each}",
    )


def many(location: Location, base: Report, count: int, folder: Path) -> Iterator[Row]:
    """A store of many reports: its size, what one of them costs to read, and what it costs to prove, copy and put back the whole."""
    with opened(location, create=True) as workspace:
        started = perf_counter()
        for first in range(0, count, _AT_ONCE):
            with workspace.writing("操作员") as ledger:
                for report in range(first, min(first + _AT_ONCE, count)):
                    put(ledger, base, report)
        built = perf_counter() - started
        size = _size(workspace)
    versions = count * VERSIONS
    yield (
        f"{count:,} reports x {VERSIONS} versions built",
        f"{built:.0f} s",
        f"{size / versions / 1000:.2f} kB a version on disk, {size / 1e6:.0f} MB",
    )
    yield from _one_of_many(location, count)
    yield from _whole(location, folder)


def put(ledger: Ledger, base: Report, report: int, versions: int = VERSIONS) -> None:
    """A report with its versions, through the ledger as every save goes, many of them in one transaction."""
    first = variant(base, report, 1)
    told = {"kind": first.kind, "organ": first.organ, "topic": first.topic, "period": str(first.period), "source": ""}
    made = {"identity": saving.identity(first), "created_by": ledger.who, "created_at": ledger.at}
    id = ledger.add(reports, "report", name=f"{first.organ}{first.topic}", **told, **made)
    stands: Version | None = None
    for version in range(1, versions + 1):
        origin = "edited" if stands else "drafted"
        stands = saving.add(ledger, id, variant(base, report, version), origin, parent=stands)  # type: ignore[arg-type]


def _size(workspace: Workspace) -> int:
    if workspace.location.path is not None:
        workspace.engine.dispose()
        return workspace.location.path.stat().st_size
    with workspace.reading() as connection:
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def _one_of_many(location: Location, count: int) -> Iterator[Row]:
    with opened(location) as workspace, workspace.reading() as connection:
        line = history.line(connection, count // 2)
    old, new = line[0].hash, line[-1].hash

    def log(connection: object) -> None:
        version = history.resolve(connection, new[:10])  # type: ignore[arg-type]
        history.document(connection, version.report_id)  # type: ignore[arg-type]
        history.line(connection, version.report_id)  # type: ignore[arg-type]
        history.proposals(connection, version.report_id)  # type: ignore[arg-type]

    def diff(connection: object) -> None:
        both = [contents.get(connection, history.resolve(connection, one[:10]).hash) for one in (old, new)]  # type: ignore[arg-type]
        assert compare(*both).changes

    def every(connection: object) -> None:
        assert len(history.documents(connection)) == len(history.heads(connection))  # type: ignore[arg-type]

    for name, work in (("log of one report", log), ("diff of two versions", diff)):
        yield f"{name}, among {count * VERSIONS:,}", f"{_opened_and(location, work):.1f} ms", "to reach: 100 ms"
    yield f"list of all {count:,} reports with their heads", f"{_opened_and(location, every):.0f} ms", ""


def _opened_and(location: Location, work: Callable[[object], None]) -> float:
    """Milliseconds to open the workspace and do it, the median of nine."""
    taken = []
    for _ in range(9):
        started = perf_counter()
        with opened(location) as workspace, workspace.reading() as connection:
            work(connection)
        taken.append((perf_counter() - started) * 1000)
    return median(taken)


def _whole(location: Location, folder: Path) -> Iterator[Row]:
    command = [sys.executable, "-m", "tests.benchmarks.workspace_speed", "--verify", _given(location)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    yield "verify the whole", f"{float(said[0]):.1f} s", f"{said[1]} MB peak memory, {said[2]} MB before"
    with opened(location) as workspace:
        started = perf_counter()
        copying.back_up(workspace, folder / "benchmark-backup.db")
        held = perf_counter()
        copying.restore(workspace, folder / "benchmark-backup.db", "操作员")
        done = perf_counter()
    yield "back up and verify the copy", f"{held - started:.1f} s", ""
    yield "restore: verify, keep what stands, put back", f"{done - held:.1f} s", ""


def _given(location: Location) -> str:
    return str(location.path) if location.path is not None else location.url.replace("+psycopg", "")


def _verified(given: str) -> None:
    before = _peak()
    with opened(locate(given, {})) as workspace, workspace.reading() as connection:
        started = perf_counter()
        assert verify(connection).sound
        print(perf_counter() - started, _peak(), before)  # noqa: T201


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measured(place: Callable[[str], Location], count: int, folder: Path) -> Iterator[Row]:
    base = drafted()
    yield from at_once(place("at-once"))
    yield from one_by_one(place("one-by-one"), base)
    yield from many(place("many"), base, count, folder)


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.workspace_speed")
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--verify", help=argparse.SUPPRESS)
    given = parser.parse_args(words)
    if given.verify:
        _verified(given.verify)
        return
    table = Table(
        "measured", "SQLite", "beside it", "PostgreSQL", "beside it", title="the workspace (this machine, one run)"
    )
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2)]
        ours = list(measured(lambda name: locate(str(folders[0] / name), {}), given.reports, folders[0]))
        theirs: list[Row] = [("", "not installed", "")] * len(ours)
        if (bin := postgres.programs()) is not None:
            query = stack.enter_context(postgres.cluster(bin, durable=True))
            theirs = list(measured(lambda _: workspaces.database(query), given.reports, folders[1]))
    for mine, other in zip(ours, theirs, strict=True):
        table.add_row(*mine, *other[1:])
    Console(width=170).print(table)


if __name__ == "__main__":
    main()
