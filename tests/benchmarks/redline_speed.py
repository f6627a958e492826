"""The redline of 200 changes in 10,000 characters, beside the plain export of the same report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

from drafting.changes import compare
from drafting.comments import Hand
from drafting.documents import render
from drafting.documents.redline import redline_bytes
from drafting.profile import Layout
from drafting.report import Block, Report

_ROUNDS = 9
_AT = datetime(2024, 7, 6, tzinfo=UTC)


def rows() -> list[tuple[str, str, str]]:
    """As the table of benchmarks shows it."""
    old, new, layout = version(0), version(1), Layout()
    comparison = compare(old, new)
    plain = _median(lambda: render(new, "docx", layout))
    whole = _median(lambda: redline_bytes(compare(old, new), layout, by=lambda _: Hand("张三", _AT)))
    alone = _median(lambda: redline_bytes(comparison, layout, by=lambda _: Hand("张三", _AT)))
    return [
        (
            f"redline of {len(comparison.changes)} changes in {len(new.text):,} characters, compared and written",
            f"{whole:.0f} ms",
            f"written alone {alone:.0f} ms, {alone / plain:.1f} × the plain export ({plain:.1f} ms); to reach: 300 ms",
        )
    ]


def version(step: int) -> Report:
    """Fifty paragraphs of more than 200 characters; from one step to the next four things change in each."""
    kept = "各单位按照职责分工，落实安全生产责任，完善工作机制，强化协同配合，推动各项任务落地见效。" * 4
    blocks = [
        Block(
            "paragraph",
            f"第{number}项，检查企业{number * 7 + step}家次，{'发现问题' if step else '查出隐患'}{number * 3}处，{kept}"
            f"培训人员{number * 11 + step}人次，{'全部' if step else '基本'}整改到位。",
        )
        for number in range(1, 51)
    ]
    return Report((Block("title", "关于2024年上半年安全生产工作的专题报告"), *blocks))


def _median(work: Callable[[], object]) -> float:
    """Milliseconds."""
    took = []
    for _ in range(_ROUNDS):
        started = perf_counter()
        work()
        took.append((perf_counter() - started) * 1000)
    return median(took)


if __name__ == "__main__":
    for row in rows():
        print("; ".join(row))  # noqa: T201
