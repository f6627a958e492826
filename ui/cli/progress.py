"""What the operator sees while reports are drafted: a bar on a terminal, one plain line a report when piped, each point when asked."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from drafting.report import Report
from drafting.writer import Progress as Step

Watch = Callable[[Step], None]

_WORDS = {"worded": "模型成文", "repaired": "校正成文", "composed": "规则成文", "locked": "保持原样", "again": "校正"}


@contextmanager
def watching(points: int, *, each: bool) -> Iterator[Watch]:
    """A watcher for a run over that many points; with `each`, one line a point with what happened to it and why."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    columns = (TextColumn("拟稿"), BarColumn(), MofNCompleteColumn(), TextColumn("要点"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=points)

        def watch(step: Step) -> None:
            if each:
                console.print(escape(_line(step)))
            if step.step != "again":
                bar.advance(task)

        yield watch


def _line(step: Step) -> str:
    facts = "、".join(step.facts)
    if step.step == "again":
        return f"  {step.number}{facts}  第{step.attempt}次不合格：{'；'.join(step.problems)}"
    why = f"（{'；'.join(step.problems)}）" if step.step == "composed" and step.problems else ""
    shown = step.text if step.step != "composed" or not step.problems else ""
    return f"  {step.number}{facts}  {_WORDS[step.step]}{why}  {shown}".rstrip()


def report_line(report: Report, written: list[str], seconds: float) -> str:
    """One line for a finished report: how its points came to be, and where it was written."""
    paragraphs = (block for block in report.blocks if block.type == "paragraph")
    origins = Counter(point.provenance.origin for block in paragraphs for point in block.points)
    made = "，".join(
        f"{_WORDS[origin]}{origins[origin]}" for origin in ("worded", "repaired", "composed") if origins[origin]
    )
    return f"{report.title}  要点{sum(origins.values())}（{made}）  {seconds:.1f} 秒  → {'  '.join(written)}"


def say(line: str) -> None:
    """One line on standard error, at once."""
    print(line, file=sys.stderr, flush=True)
