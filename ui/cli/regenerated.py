"""What the operator sees of a regeneration: progress while it runs, what became of each report, and the plan of a dry run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from drafting.errors import Complaint
from drafting.regeneration.order import Result, State
from drafting.regeneration.plan import ReportPlan
from drafting.workspace.usage import Spent
from ui.cli.progress import say

Watch = Callable[[Result], None]

STATES: dict[State, str] = {
    "made": "新版本",
    "unchanged": "没有变化",
    "merged": "与人工修改合并",
    "conflict": "与人工修改冲突",
    "refused": "未通过核对",
    "failed": "没有做成",
}
_WELL: tuple[State, ...] = ("made", "unchanged", "merged")


@dataclass(frozen=True, slots=True)
class Summary:
    """One run: what became of each report, the inputs that were left out, and why the run stopped early, if it did."""

    results: Sequence[Result]
    left_out: Sequence[Complaint]
    seconds: float
    stopped: str

    @property
    def status(self) -> int:
        """3 where the model stayed away, else 1 where anything went wrong."""
        if any(one.away for one in self.results):
            return 3
        return 0 if not self.left_out and all(one.state in _WELL for one in self.results) else 1

    @property
    def spent(self) -> Spent:
        return sum((one.spent for one in self.results), Spent())

    def as_dict(self) -> dict[str, object]:
        spent = self.spent
        return {
            "version": 1,
            "reports": [one.as_dict() for one in self.results] + [_left_out(one) for one in self.left_out],
            "calls": spent.calls,
            "tokens": spent.prompt_tokens + spent.completion_tokens,
            "seconds": round(self.seconds, 1),
        }


class _Rate(ProgressColumn):
    """Reports a minute, of the last half minute."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed * 60:.0f} 份/分" if speed else "— 份/分")


@contextmanager
def watching(reports: int) -> Iterator[Watch]:
    """A watcher for a run over that many reports: a bar on a terminal, one plain line a report otherwise. What went wrong is always told."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    columns = (TextColumn("重新生成"), BarColumn(), MofNCompleteColumn(), TextColumn("份"), TimeElapsedColumn())
    bar = Progress(
        *columns, _Rate(), TimeRemainingColumn(), console=console, disable=not console.is_terminal, transient=True
    )
    with bar:
        task = bar.add_task("", total=reports)

        def watch(result: Result) -> None:
            bar.advance(task)
            if not console.is_terminal or result.state not in _WELL:
                console.print(line(result), markup=False)

        yield watch


def tell(summary: Summary, output: str) -> None:
    """The summary: JSON on standard output, or what became of how many, on standard error."""
    if output == "json":
        print(json.dumps(summary.as_dict(), ensure_ascii=False, indent=1))
    counts = Counter(one.state for one in summary.results)
    told = [f"{word} {counts[state]}" for state, word in STATES.items() if counts[state]]
    if summary.left_out:
        told.append(f"没有读入 {len({one.path for one in summary.left_out})}")
    spent = summary.spent
    say(
        f"共 {len(summary.results)} 份：{'，'.join(told)}；调用 {spent.calls} 次，"
        f"词元 {spent.prompt_tokens + spent.completion_tokens}，{summary.seconds:.1f} 秒"
    )
    console = Console(stderr=True, highlight=False)
    if console.is_terminal and summary.results:
        console.print(by_state(summary.results))
    if summary.stopped:
        say(f"{summary.stopped}。已做完的都在，再运行一次即接着做")


def by_state(results: Sequence[Result]) -> Table:
    """How many reports came to which state; for what went wrong, each reason once, with a report that it kept."""
    table = Table("结果", "份数", "缘由")
    for state, word in STATES.items():
        mine = [one for one in results if one.state == state]
        if not mine:
            continue
        table.add_row(word, str(len(mine)), "")
        if state not in _WELL:
            for reason, many in Counter(one.reason for one in mine).most_common():
                first = next(one.brief for one in mine if one.reason == reason)
                table.add_row("", str(many), Text(f"{reason}（{first}{' 等' if many > 1 else ''}）"))
    return table


def tell_plans(plans: Sequence[tuple[str, ReportPlan]], output: str, expected: Spent, cost: float | None) -> None:
    """The plan of a dry run: every section that is out of date and why, and what that would cost."""
    if output == "json":
        print(json.dumps(_plans(plans, expected, cost), ensure_ascii=False, indent=1))
        return
    for path, one in plans:
        name = one.document.name if one.document else "（新报告）"
        print(f"{path}  {name}  {'没有变化' if one.unchanged else f'要重做 {len(one.stale)} 节'}")
        for section in one.sections:
            notes = [
                *section.because,
                *(["人工改过"] if section.edited else []),
                *(["有冲突待定"] if section.conflict else []),
            ]
            if notes:
                print(f"  {section.planned.number}{section.planned.heading}：{'；'.join(notes)}")
    told = f"，约 {cost:.2f}" if cost is not None else ""
    tokens = expected.prompt_tokens + expected.completion_tokens
    print(f"共 {len(plans)} 份，要问模型 {expected.calls} 次，约 {tokens} 个词元{told}")


def _plans(plans: Sequence[tuple[str, ReportPlan]], expected: Spent, cost: float | None) -> dict[str, object]:
    return {
        "version": 1,
        "reports": [
            {
                "brief": path,
                "report": one.document.name if one.document else "",
                "state": "unchanged" if one.unchanged else "stale",
                "sections": [
                    {
                        "heading": section.planned.heading,
                        "state": section.state,
                        "because": list(section.because),
                        "edited": section.edited,
                        "conflict": section.conflict,
                    }
                    for section in one.sections
                ],
            }
            for path, one in plans
        ],
        "calls": expected.calls,
        "tokens": expected.prompt_tokens + expected.completion_tokens,
        "cost": cost,
    }


def line(result: Result) -> str:
    """What became of a report, on one line."""
    sections = (
        f"新写 {result.worded} 节，沿用 {result.reused} 节" if result.state not in ("unchanged", "failed") else ""
    )
    errors = f"错误 {result.errors}" if result.errors else ""
    told = (result.brief, STATES[result.state], result.version, sections, errors, result.reason)
    return "  ".join(part for part in told if part)


def _left_out(complaint: Complaint) -> dict[str, object]:
    return Result(complaint.path, "", "failed", reason=str(complaint)).as_dict()
