"""How long a look takes after one point changed, beside the full check of the same report in a process that has not seen it: one run.

    python -m tests.benchmarks.look_speed [--times N]

Short: the campus case, 22 facts. Typical: 4 sections of 14 facts, 3,000 characters. Overfull: 20 sections of 10. Milliseconds of CPU on one core.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import process_time

from rich.console import Console
from rich.table import Table

from drafting import brief as briefs
from drafting import memory, profiles
from drafting.facts import Brief, Fact, Section
from drafting.profile import Profile
from drafting.report import Report
from drafting.writer import Writer
from evals.gate import may_export
from tests.benchmarks.__main__ import CASE

TOWNS = tuple(
    f"{name}镇"
    for name in "东兴 西平 南安 北宁 中和 上清 下溪 前进 后坪 左云 右玉 大桥 小河 长丰 新建 古田 石门 青山 白水 黄岗".split()
)
TIMES = 9


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m tests.benchmarks.look_speed")
    words.add_argument("--times", type=int, default=TIMES, metavar="N")
    times = words.parse_args().times
    typical = briefs.load(CASE).brief
    table = Table("report", "characters", "facts", "fresh, ms", "one point changed, ms", "to reach", "ratio")
    measured = (
        ("short", typical, 10),
        ("typical", written(typical, 4, 14), 10),
        ("overfull", written(typical, 20, 10), 80),
    )
    for name, told, limit in measured:
        profile = profiles.load(told.kind)
        report = asyncio.run(Writer(profile, None).draft(told))
        fresh = median(_fresh(report, profile) for _ in range(times))
        after = median(_after(report, profile, time) for time in range(times))
        size, count = len(report.text), len(list(told.facts()))
        table.add_row(name, f"{size:,}", f"{count}", f"{fresh:.1f}", f"{after:.1f}", f"{limit}", f"{fresh / after:.1f}")
    Console(width=120).print(table)


def written(model: Brief, sections: int, facts: int) -> Brief:
    """As many sections of as many facts, each fact another: a town's and a group's, with a number of its own."""
    known = [fact.text for section in model.sections for fact in section.facts]
    made = []
    for at in range(sections):
        numbers = range(at * facts, (at + 1) * facts)
        held = (
            Fact(
                f"F{number + 1}",
                f"{TOWNS[at]}第{number % facts + 1}组{known[number % len(known)]}，另办理来信{number + 11}件",
            )
            for number in numbers
        )
        made.append(Section(f"{TOWNS[at]}落实安全责任，消除安全隐患", tuple(held)))
    return replace(model, sections=tuple(made), outlook=())


def _fresh(report: Report, profile: Profile) -> float:
    memory.forget()
    return _milliseconds(lambda: may_export(report, profile))


def _after(report: Report, profile: Profile, time: int) -> float:
    may_export(report, profile)
    return _milliseconds(lambda: may_export(_typed(report, time), profile))


def _typed(report: Report, time: int) -> Report:
    """The report with a few words typed into one point in the middle, others at each time."""
    holding = [index for index, block in enumerate(report.blocks) if block.points]
    at = holding[(len(holding) // 2 + time) % len(holding)]
    block = report.blocks[at]
    point = replace(block.points[0], body=f"{block.points[0].body}有关单位{time + 2}次上门走访。")
    changed = replace(block, points=(point, *block.points[1:]))
    return replace(report, blocks=(*report.blocks[:at], changed, *report.blocks[at + 1 :]))


def _milliseconds(work: Callable[[], object]) -> float:
    started = process_time()
    work()
    return (process_time() - started) * 1000


if __name__ == "__main__":
    main()
