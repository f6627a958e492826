"""The browser's server under load: 50 people type and 20 draft at once, one run on this machine.

    python -m tests.benchmarks.ui_load [--minutes 10]

Each of 50 writes a burst into a point of a report of their own every two to four seconds; what counts is the time from the pause to the findings:
the save and the look. Beside them 20 have their reports drafted, again and again, by an endpoint in a process of its own that answers after 2 s.
First one of them types alone: the ratio says what the company costs.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import httpx2
from rich.console import Console
from rich.table import Table

from drafting import brief
from drafting.workspace import saving, users
from drafting.workspace.location import at
from drafting.workspace.workspace import opened
from tests.benchmarks.endpoint import running_endpoint
from tests.web.furnished import CASES, drafted
from tests.web.screens import _token

TYPING, DRAFTING = 50, 20
_ANSWERS_AFTER = 2.0
_ALONE = 15
"""Bursts of one person before the others come."""


@dataclass
class Measured:
    """Seconds from a pause to the findings; what went wrong; how often a draft was ready; the server's memory by the minute, in MiB."""

    looks: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    drafts: int = 0
    memory: list[int] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    minutes: float = parser.parse_args().minutes
    with running_endpoint(_ANSWERS_AFTER) as environ, _serving(environ) as (url, tokens, process):
        measured = asyncio.run(_run(url, tokens, process, minutes * 60))
    _print(measured, minutes)


@contextmanager
def _serving(environ: dict[str, str]) -> Iterator[tuple[str, list[str], int]]:
    """A server, a session for each person, who has the report of their number, and the server's process."""
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(at(Path(folder) / "ws"), create=True, via="bench") as workspace,
    ):
        names = [f"拟稿人{number}" for number in range(TYPING + DRAFTING)]
        with workspace.writing(names[0]) as ledger:
            for name in names:
                users.add(ledger, name, ["drafter"])
                users.set_password(ledger, name, "x")
        case = drafted(brief.load(CASES / "campus-2024h1.brief.yaml").brief)
        for number, name in enumerate(names):
            assert case.brief is not None
            own = replace(case.brief, organ=f"县第{number}局")
            saving.record(workspace, replace(case, organ=own.organ, brief=own), name, "drafted")
        ahead = Path(folder) / "ahead"
        ahead.write_text("0")
        command = [sys.executable, "-m", "tests.web.server", f"{folder}/ws", str(ahead), f"{folder}/routes"]
        own_environ = {**os.environ, **environ, "CHENGWEN_MODEL": "openai:bench"}
        with subprocess.Popen(command, env=own_environ, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            url = f"http://127.0.0.1:{process.stdout.readline().strip()}"
            httpx2.get(f"{url}/health", timeout=60).raise_for_status()
            try:
                yield url, [_token(workspace, name) for name in names], process.pid
            finally:
                process.terminate()


async def _run(url: str, tokens: list[str], process: int, seconds: float) -> Measured:
    measured = Measured()
    people = [_Person(url, token, number, measured) for number, token in enumerate(tokens, start=1)]
    try:
        await people[0].type(_ALONE, measured.alone)
        until = perf_counter() + seconds
        await asyncio.gather(
            *(one.type_until(until) for one in people[:TYPING]),
            *(one.draft_until(until) for one in people[TYPING:]),
            _watch(process, until, measured),
        )
    finally:
        for one in people:
            await one.client.aclose()
    return measured


class _Person:
    """One person at one desk, as the page's scripts would ask."""

    def __init__(self, url: str, token: str, report: int, measured: Measured) -> None:
        self.client = httpx2.AsyncClient(base_url=url, headers={"origin": url}, timeout=60, verify=False)
        self.client.cookies.set("chengwen", token)
        self._report, self._measured = report, measured
        self._random = random.Random(report)  # noqa: S311 — pauses, not secrets

    async def type(self, bursts: int, into: list[float]) -> None:
        state = await self._ask("desk/open")
        revision, point = state["revision"], next(p for b in state["blocks"] for p in b.get("points", []))
        text = point["text"]
        for number in range(bursts):
            await asyncio.sleep(self._random.uniform(2, 4) if into is not self._measured.alone else 0.2)
            new = f"{point['text']}本月又检查{number + 1}次。"
            began = perf_counter()
            step = {"op": "text", "id": point["id"], "was": text, "value": new}
            edited = await self._ask("desk/edit", revision=revision, operations=[step])
            look = await self._ask("desk/look")
            into.append(perf_counter() - began)
            if edited["results"] != [{"ok": True}] or not look["findings"]:
                self._measured.errors.append(f"unexpected: {edited['results']}, {len(look['findings'])} findings")
            revision, text = edited["revision"], new

    async def type_until(self, until: float) -> None:
        await asyncio.sleep(self._random.uniform(0, 3))
        while perf_counter() < until:
            try:
                await self.type(10, self._measured.looks)
                await self._ask("desk/discard")
            except (httpx2.HTTPError, KeyError, RuntimeError) as error:
                self._measured.errors.append(f"typing: {error!r}")

    async def draft_until(self, until: float) -> None:
        while perf_counter() < until:
            try:
                state = await self._ask("desk/draft", scope="all", instruction="更简洁")
                while state["job"]["state"] == "running":
                    state = await self._ask("desk/follow", revision=state["revision"], job=state.get("job_mark", ""))
                if state["job"]["state"] != "done":
                    self._measured.errors.append(f"drafting: {state['job']['state']} {state['job']['told']}")
                self._measured.drafts += 1
                await self._ask("desk/discard")
            except (httpx2.HTTPError, KeyError, RuntimeError) as error:
                self._measured.errors.append(f"drafting: {error!r}")
                await asyncio.sleep(1)

    async def _ask(self, name: str, **data: Any) -> dict[str, Any]:
        answer = await self.client.post(f"/call/zh/{name}", json={"report": self._report, **data})
        if answer.status_code != 200:
            raise RuntimeError(f"{name}: {answer.status_code} {answer.text[:80]}")
        told: dict[str, Any] = answer.json()
        return told


async def _watch(process: int, until: float, measured: Measured) -> None:
    while perf_counter() < until:
        await asyncio.sleep(min(60, max(until - perf_counter(), 0.1)))
        status = Path(f"/proc/{process}/status").read_text("ascii")
        measured.memory.append(int(status.partition("VmRSS:")[2].split()[0]) // 1024)


def _print(measured: Measured, minutes: float) -> None:
    table = Table(title=f"{TYPING} typing, {DRAFTING} drafting, {minutes:g} min")
    for column in ("what", "measured"):
        table.add_column(column)
    marks = quantiles(measured.looks, n=100)
    table.add_row("findings after a pause, one person alone, median", f"{median(measured.alone) * 1000:.0f} ms")
    table.add_row(
        "findings after a pause, p50 / p95 / p99",
        " / ".join(f"{marks[n - 1] * 1000:.0f}" for n in (50, 95, 99)) + " ms",
    )
    table.add_row("p50 beside p50 alone", f"{marks[49] / median(measured.alone):.1f}×")
    table.add_row("pauses", str(len(measured.looks)))
    table.add_row("drafts of 3 sections done", str(measured.drafts))
    table.add_row("errors", str(len(measured.errors)))
    table.add_row("server's memory, by the minute", " ".join(map(str, measured.memory)) + " MiB")
    console = Console()
    console.print(table)
    for error in measured.errors[:5]:
        console.print(error, markup=False)


if __name__ == "__main__":
    main()
