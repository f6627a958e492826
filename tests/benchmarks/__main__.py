"""What `make bench` prints: our own cost per section, pages, checks and dates a second, cold starts."""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from rich.console import Console
from rich.table import Table

from drafting import brief, dates, profiles
from drafting.answers import SECTION_SCHEMA
from drafting.documents import render
from drafting.facts import Brief
from drafting.models import Message, ModelSpec, open_model
from drafting.period import Period
from drafting.report import Report
from drafting.writer import Writer
from evals.checking import examine
from tests.benchmarks import diff_speed, redline_speed
from tests.benchmarks.endpoint import running_endpoint

CASE = Path(__file__).parents[2] / "evals/cases/campus-2024h1.brief.yaml"
REPORTS = 40


def variants(loaded: Brief, count: int) -> list[Brief]:
    """The same brief with other facts each time, so that nothing is known from the report before."""
    return [
        replace(
            loaded,
            sections=tuple(
                replace(
                    section, facts=tuple(replace(fact, text=f"{fact.text}（第{number}批）") for fact in section.facts)
                )
                for section in loaded.sections
            ),
        )
        for number in range(count)
    ]


def main() -> None:
    table = Table("measured", "figure", "beside it", title="chengwen benchmarks (this machine, one run)")
    loaded = brief.load(CASE).brief
    report = asyncio.run(Writer(profiles.load(loaded.kind), None).draft(loaded))
    for measure in (_wording, _composer, _pages, _checks, _dates, _cold_starts):
        for row in measure(loaded, report):
            table.add_row(*row)
    for row in (*diff_speed.rows(), *redline_speed.rows()):
        table.add_row(*row)
    Console(width=110).print(table)
    # A process of its own: its peak memory is measured.
    subprocess.run([sys.executable, "-m", "tests.benchmarks.workspace_speed"], check=True)
    subprocess.run([sys.executable, "-m", "tests.benchmarks.keeping", "--reports", "1000"], check=True)
    subprocess.run([sys.executable, "-m", "tests.benchmarks.suite_speed", *sys.argv[1:]], check=True)
    for run in ("reading", "rolling"):
        subprocess.run([sys.executable, "-m", f"tests.benchmarks.{run}"], check=True)
    for run in ("speed", "killed", "team", "broken", "growth"):
        subprocess.run([sys.executable, "-m", f"tests.benchmarks.regeneration_{run}"], check=True)


def _wording(loaded: Brief, _: Report) -> list[tuple[str, str, str]]:
    """CPU of this process per section, against the same calls made with LangChain's ChatOpenAI alone; the endpoint is another process."""
    with running_endpoint() as environ:
        ours, bare = asyncio.run(_side_by_side(loaded, environ))
    return [
        (
            "CPU per section: outline, ask, verify, assemble",
            f"{ours:.1f} ms",
            f"the LangChain call alone {bare:.1f} ms; our own share {ours - bare:.1f} ms",
        )
    ]


async def _side_by_side(loaded: Brief, environ: dict[str, str]) -> tuple[float, float]:
    spec = ModelSpec.parse("openai:bench")
    sections = len(loaded.sections)
    async with open_model(spec, environ=environ, in_flight=1) as model:
        writer = Writer(profiles.load(loaded.kind), model)
        await writer.draft(loaded)
        briefs = variants(loaded, REPORTS)
        started = process_time()
        for each in briefs:
            await writer.draft(each)
        ours = (process_time() - started) * 1000 / (REPORTS * sections)
    return ours, await _bare(environ, REPORTS * sections)


async def _bare(environ: dict[str, str], calls: int) -> float:
    from langchain_openai import ChatOpenAI

    chat = ChatOpenAI(model="bench", base_url=environ["OPENAI_BASE_URL"], api_key="bench", temperature=0)  # type: ignore[arg-type]
    named = {"name": "answer", "strict": True, "schema": SECTION_SCHEMA}
    body = {"response_format": {"type": "json_schema", "json_schema": named}}
    await chat.ainvoke("预热", extra_body=body)
    question = Message("user", "事实" * 300).text
    started = process_time()
    for _ in range(calls):
        await chat.ainvoke(question, extra_body=body)
    return (process_time() - started) * 1000 / calls


def _composer(loaded: Brief, _: Report) -> list[tuple[str, str, str]]:
    writer = Writer(profiles.load(loaded.kind), None)
    briefs = iter(variants(loaded, 20))
    took = _median(lambda: asyncio.run(writer.draft(next(briefs))), 20)
    return [("composer: a report of 19 facts", f"{took:.1f} ms", "")]


def _pages(loaded: Brief, report: Report) -> list[tuple[str, str, str]]:
    layout = profiles.load(loaded.kind).layout
    render(report, "docx", layout)
    took = _median(lambda: render(report, "docx", layout), 30)
    return [(".docx of one report, warm", f"{took:.1f} ms", "to reach: 40 ms")]


def _checks(loaded: Brief, _: Report) -> list[tuple[str, str, str]]:
    profile = profiles.load(loaded.kind)
    writer = Writer(profile, None)
    reports = [asyncio.run(writer.draft(each)) for each in variants(loaded, 21)]
    size = len(reports[0].text)
    left = iter(reports)
    examine(next(left), profile=profile)
    took = _median(lambda: examine(next(left), profile=profile), 20)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        (
            f"every rule over one report of {size:,} characters",
            f"{took:.1f} ms",
            f"{size / took:,.0f} characters/ms; {peak:.0f} MB peak",
        )
    ]


def _dates(_: Brief, report: Report) -> list[tuple[str, str, str]]:
    text = report.text * 50
    period = Period.parse("2024年上半年")
    took = _median(lambda: dates.find(text, date(2024, 7, 8), period), 3)
    return [("dates in running text", f"{len(text) / took / 1000:.2f} M characters/s", f"{len(text):,} characters")]


def _cold_starts(_: Brief, report: Report) -> list[tuple[str, str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        path.write_bytes(report.dumps())
        started = {
            "chengwen --help, cold": (["--help"], "to reach: 0.3 s"),
            "chengwen check of one report, cold": (["check", str(path)], "to reach: 0.7 s"),
            "chengwen draft with the composer, cold": (
                ["draft", str(CASE), "--model", "composer", "-o", folder],
                "to reach: 2 s",
            ),
        }
        return [(name, f"{_cold(words):.2f} s", goal) for name, (words, goal) in started.items()]


def _cold(words: list[str]) -> float:
    command = [str(Path(sys.executable).with_name("chengwen")), *words]
    return _median(lambda: subprocess.run(command, capture_output=True, check=False), 5) / 1000


def _median(work: Callable[[], object], times: int) -> float:
    """Median wall time in milliseconds."""
    taken = []
    for _ in range(times):
        started = perf_counter()
        work()
        taken.append((perf_counter() - started) * 1000)
    return median(taken)


if __name__ == "__main__":
    main()
