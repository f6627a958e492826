"""The browser's server under load: 50 people type and 20 draft at once, one run on this machine.

    python -m tests.benchmarks.ui_load [--minutes 10]

Each of 50 writes a burst into a point of a report of their own every two to four seconds; what counts is the time from the pause to the findings:
the save and the look. Beside them 20 have their reports drafted, again and again, by an endpoint in a process of its own that answers after 2 s.
First the server's start and the way from the log-in to the first page are timed, then one of them types alone: the ratio says what the company costs.
Server and people share the machine, so both are told what part of a core they took.
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
from time import perf_counter, process_time, sleep
from typing import Any

import httpx2
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from drafting import brief
from drafting.workspace import saving, users
from drafting.workspace.location import at
from drafting.workspace.workspace import opened
from tests.benchmarks.endpoint import running_endpoint
from tests.web.furnished import CASES, drafted
from tests.web.screens import _CHROMIUM, _QUIET, token
from ui.web import passwords

TYPING, DRAFTING = 50, 20
_ANSWERS_AFTER = 2.0
_ALONE = 15
"""Bursts of one person before the others come."""

_PASSWORD = "负载之下也要等得起"
_STARTS = 3
"""First pages, each in a browser context of its own: the first also warms the server."""


@dataclass
class Measured:
    """Seconds from a pause to the findings; what went wrong; how often a draft was ready; the server's memory by the minute, in MiB.

    `started` is from the process's start to its first answer that it is ready, `first_pages` from the log-in to the table of reports, `server` and
    `people` are the cores that each took: CPU seconds a second.
    """

    looks: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    drafts: int = 0
    memory: list[int] = field(default_factory=list)
    started: float = 0.0
    first_pages: list[float] = field(default_factory=list)
    server: float = 0.0
    people: float = 0.0


@dataclass(frozen=True, slots=True)
class _Served:
    """A running server, a session for each person, its process and the seconds that its start took."""

    url: str
    tokens: list[str]
    process: int
    started: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    minutes: float = parser.parse_args().minutes
    with running_endpoint(_ANSWERS_AFTER) as environ, _serving(environ) as served:
        measured = Measured(started=served.started, first_pages=_first_pages(served.url))
        asyncio.run(_run(served, minutes * 60, measured))
    _print(measured, minutes)


@contextmanager
def _serving(environ: dict[str, str]) -> Iterator[_Served]:
    """A server with a person for each report, who has the report of their number. The first can also log in."""
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(at(Path(folder) / "ws"), create=True, via="bench") as workspace,
    ):
        names = [f"拟稿人{number}" for number in range(TYPING + DRAFTING)]
        with workspace.writing(names[0]) as ledger:
            for name in names:
                users.add(ledger, name, ["drafter"])
                users.set_password(ledger, name, passwords.hashed(_PASSWORD) if name == names[0] else "x")
        case = drafted(brief.load(CASES / "campus-2024h1.brief.yaml").brief)
        for number, name in enumerate(names):
            assert case.brief is not None
            own = replace(case.brief, organ=f"县第{number}局")
            saving.record(workspace, replace(case, organ=own.organ, brief=own), name, "drafted")
        ahead = Path(folder) / "ahead"
        ahead.write_text("0")
        command = [sys.executable, "-m", "tests.web.server", f"{folder}/ws", str(ahead), f"{folder}/routes"]
        own_environ = {**os.environ, **environ, "CHENGWEN_MODEL": "openai:bench"}
        began = perf_counter()
        with subprocess.Popen(command, env=own_environ, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            url = f"http://127.0.0.1:{process.stdout.readline().strip()}"
            _wait_for(f"{url}/ready")
            started = perf_counter() - began
            try:
                yield _Served(url, [token(workspace, name) for name in names], process.pid, started)
            finally:
                process.terminate()


def _wait_for(address: str) -> None:
    """Until the address answers well, at most a minute."""
    until = perf_counter() + 60
    while perf_counter() < until:
        try:
            if httpx2.get(address, timeout=60).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        sleep(0.01)
    raise TimeoutError(address)


def _first_pages(url: str) -> list[float]:
    """Seconds from the log-in's click to a table of reports that can be searched, in a browser that has seen nothing of the server before."""
    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_QUIET)
        for _ in range(_STARTS):
            context = browser.new_context(locale="zh-CN")
            page = context.new_page()
            page.goto(f"{url}/login")
            page.fill("[name=name]", "拟稿人0")
            page.fill("[name=password]", _PASSWORD)
            began = perf_counter()
            page.press("[name=password]", "Enter")
            page.locator("table.reports a").first.wait_for()
            page.get_by_label("查找").wait_for()
            taken.append(perf_counter() - began)
            context.close()
        browser.close()
    return taken


async def _run(served: _Served, seconds: float, measured: Measured) -> None:
    people = [_Person(served.url, token, number, measured) for number, token in enumerate(served.tokens, start=1)]
    try:
        await people[0].type(_ALONE, measured.alone)
        began, own, theirs = perf_counter(), process_time(), _cpu(served.process)
        until = began + seconds
        await asyncio.gather(
            *(one.type_until(until) for one in people[:TYPING]),
            *(one.draft_until(until) for one in people[TYPING:]),
            _watch(served.process, until, measured),
        )
        taken = perf_counter() - began
        measured.server, measured.people = (_cpu(served.process) - theirs) / taken, (process_time() - own) / taken
    finally:
        for one in people:
            await one.client.aclose()


def _cpu(process: int) -> float:
    """CPU seconds that a process has taken, its threads together."""
    told = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


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
    table.add_row("server's start, to its answer that it is ready", f"{measured.started:.1f} s")
    pages = " / ".join(f"{one:.2f}" for one in measured.first_pages)
    table.add_row("first page after the log-in, each in a new browser", f"{pages} s")
    table.add_row("findings after a pause, one person alone, median", f"{median(measured.alone) * 1000:.0f} ms")
    table.add_row(
        "findings after a pause, p50 / p95 / p99",
        " / ".join(f"{marks[n - 1] * 1000:.0f}" for n in (50, 95, 99)) + " ms",
    )
    table.add_row("p50 beside p50 alone", f"{marks[49] / median(measured.alone):.1f}×")
    table.add_row("pauses", str(len(measured.looks)))
    table.add_row("drafts of 3 sections done", str(measured.drafts))
    table.add_row("errors", str(len(measured.errors)))
    table.add_row("cores taken by the server / by the people", f"{measured.server:.2f} / {measured.people:.2f}")
    table.add_row("server's memory, by the minute", " ".join(map(str, measured.memory)) + " MiB")
    console = Console()
    console.print(table)
    for error in measured.errors[:5]:
        console.print(error, markup=False)


if __name__ == "__main__":
    main()
