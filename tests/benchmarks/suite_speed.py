"""How fast the whole suite reads, beside JioNLP's extraction of dates alone: published documents, one core, one run.

    python -m tests.benchmarks.suite_speed [--jionlp PYTHON] [--reports FOLDER]

FOLDER holds documents as .txt; where there is none, reports of our own are composed. Rates are characters a second of CPU.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from rich.console import Console
from rich.table import Table

from drafting import brief, dates, memory, profiles
from drafting.documents import read
from drafting.period import Period
from drafting.profile import Profile
from drafting.report import Block, Report
from drafting.writer import Writer
from evals.checking import examination, select_rules
from tests.benchmarks.__main__ import CASE, variants

REPORTS = Path(__file__).parents[3] / "shared/data/reports"
COMPOSED = 200
SHORT = 3000
LONG = 50_000
TIMES = (1, 4, 16)
# JioNLP reads so much of the same text: the whole would take minutes.
SAMPLE = 60_000


def documents(folder: Path) -> Iterator[Report]:
    """The folder's documents, or composed reports; each with a period, a day of issue and an organ, so that rules that need them run."""
    paths = sorted(folder.glob("*.txt"))
    reports = (read(path).report for path in paths) if paths else _composed()
    for report in reports:
        yield replace(report, period=Period.parse("2024年"), issued=date(2025, 1, 15), organ="某县应急管理局")


def _composed() -> Iterator[Report]:
    loaded = brief.load(CASE).brief
    writer = Writer(profiles.load(loaded.kind), None)
    for each in variants(loaded, COMPOSED):
        yield asyncio.run(writer.draft(each))


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m tests.benchmarks.suite_speed")
    words.add_argument("--reports", type=Path, default=REPORTS, metavar="FOLDER")
    words.add_argument("--jionlp", metavar="PYTHON")
    words.add_argument("--peak", type=int, help=argparse.SUPPRESS)
    words.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.peak:
        _print_peak(given.reports, given.peak, given.one)
        return
    profile = profiles.load(brief.load(CASE).brief.kind)
    reports = list(documents(given.reports))
    size = sum(len(report.text) for report in reports)
    table = Table("measured", "figure", "beside it", title=f"{len(reports)} documents of {size:,} characters")
    table.add_row(*_whole(reports, profile))
    for row in (*_families(reports, profile), _grounded(profile), _dates(reports), _short(reports, profile)):
        table.add_row(*row)
    for row in _peaks(given.reports):
        table.add_row(*row)
    if given.jionlp:
        table.add_row(*_jionlp(given.jionlp, reports))
    Console(width=120).print(table)


def _seconds(reports: Sequence[Report], profile: Profile, select: tuple[str, ...] = ()) -> float:
    """CPU of one pass, the best of three, each as in a process that has read nothing."""
    return min(_pass(reports, profile, select) for _ in range(3))


def _pass(reports: Sequence[Report], profile: Profile, select: tuple[str, ...]) -> float:
    memory.forget()
    started = process_time()
    for report in reports:
        examination(report, profile=profile, select=select)
    return process_time() - started


def _whole(reports: Sequence[Report], profile: Profile) -> tuple[str, str, str]:
    resting = _resting(reports[0], profile)
    size = sum(len(report.text) for report in reports)
    rate = size / _seconds(reports, profile)
    rules = len(select_rules())
    return (
        f"every rule: {rules - len(resting)} of {rules}",
        f"{rate:,.0f} characters/s",
        f"to reach: 200,000; without a brief or an older text rest {' '.join(sorted(resting))}",
    )


def _resting(report: Report, profile: Profile) -> set[str]:
    return {one.rule.code for one in examination(report, profile=profile).not_run}


def _families(reports: Sequence[Report], profile: Profile) -> Iterator[tuple[str, str, str]]:
    """Each family alone pays for what the others share with it (sentences, dates), so the parts cost more than the whole."""
    size = sum(len(report.text) for report in reports)
    asked = {rule.code for rule in select_rules() if rule.subject == "report"} - _resting(reports[0], profile)
    for letter, rules in groupby(sorted(asked), lambda code: code[0]):
        codes = list(rules)
        rate = size / _seconds(reports, profile, (letter,))
        yield f"  family {letter} alone, rules: {len(codes)}", f"{rate:,.0f} characters/s", ""


def _grounded(profile: Profile) -> tuple[str, str, str]:
    """Composed reports carry their briefs, so that grounding runs too; they are all figures and dates, as no published text is."""
    reports = list(_composed())
    size = sum(len(report.text) for report in reports)
    seconds = _seconds(reports, profile)
    return (
        f"with grounding: {len(reports)} composed reports of {size // len(reports):,} characters",
        f"{size / seconds:,.0f} characters/s",
        f"{seconds / len(reports) * 1000:.1f} ms a report; at rest {' '.join(sorted(_resting(reports[0], profile)))}",
    )


def _dates(reports: Sequence[Report]) -> tuple[str, str, str]:
    texts = [report.text for report in reports]
    period = Period.parse("2024年")
    taken = []
    for _ in range(3):
        memory.forget()
        started = process_time()
        for text in texts:
            dates.find(text, date(2025, 1, 15), period)
        taken.append(process_time() - started)
    return "our dates alone, with their days", f"{sum(map(len, texts)) / min(taken):,.0f} characters/s", ""


def _short(reports: Sequence[Report], profile: Profile) -> tuple[str, str, str]:
    """The first 3,000 characters of each document that has them, so that no text is seen twice."""
    starts = [_beginning(report, SHORT) for report in reports]
    took = []
    memory.forget()
    for report in [report for report in starts if len(report.text) >= SHORT - 200]:
        started = perf_counter()
        examination(report, profile=profile)
        took.append((perf_counter() - started) * 1000)
    figure = f"{median(took):.1f} ms" if took else "no document is that long"
    return f"a report of {SHORT:,} characters, warm, median of {len(took)}", figure, "to reach: 30 ms"


def _beginning(report: Report, length: int) -> Report:
    blocks: list[Block] = []
    size = 0
    for block in report.blocks:
        size += len(block.text) + 1
        if size > length and blocks:
            break
        blocks.append(block)
    return replace(report, blocks=tuple(blocks))


def _peaks(folder: Path) -> Iterator[tuple[str, str, str]]:
    """A process for each size: every document so many times, one after the other, and one document so many times as long."""
    command = [sys.executable, "-m", "tests.benchmarks.suite_speed", "--reports", str(folder), "--peak"]
    for one, what in (((), "the documents, one by one"), (("--one",), f"one document of {LONG:,} characters")):
        first = 0.0
        for times in TIMES:
            words = [*command, str(times), *one]
            peak = float(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
            first = first or peak
            yield f"peak memory, {times}× {what}", f"{peak:.0f} MB", f"{peak / first:.2f}× the first"


def _print_peak(folder: Path, times: int, one: bool) -> None:
    profile = profiles.load(brief.load(CASE).brief.kind)
    if one:
        whole = list(documents(folder))
        joined = replace(whole[0], blocks=tuple(block for report in whole for block in report.blocks))
        long = _beginning(joined, LONG)
        examination(replace(long, blocks=long.blocks * times), profile=profile)
    else:
        for _ in range(times):
            for report in documents(folder):
                examination(report, profile=profile)
    print(_peak_megabytes())  # noqa: T201


def _peak_megabytes() -> float:
    """VmHWM, as Linux tells it: ru_maxrss of a child begins at its parent's size."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _jionlp(python: str, reports: Sequence[Report]) -> tuple[str, str, str]:
    paragraphs: list[str] = []
    size = 0
    for block in (block for report in reports for block in report.blocks if block.text):
        if size > SAMPLE:
            break
        paragraphs.append(block.text)
        size += len(block.text)
    script = Path(__file__).with_name("library_answers.py")
    done = subprocess.run(
        [python, str(script), "JioNLP", "rate"],
        input=json.dumps(paragraphs),
        capture_output=True,
        text=True,
        check=True,
    )
    return (
        "JioNLP's extraction of times alone, without their days",
        f"{float(done.stdout.splitlines()[-1]):,.0f} characters/s",
        f"the first {size:,} characters, a paragraph a call",
    )


if __name__ == "__main__":
    main()
