"""Speed of the diff: a report of 10,000 characters, 200 pages, and versions made to be slow; prints the time of this process.

python -m tests.benchmarks.diff_speed
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from statistics import median
from time import process_time

from drafting.changes import compare
from drafting.changes.summary import summarise
from drafting.report import Block, Report
from ui.differences.page import as_page

_WORDS = (
    "召开安全工作调度会签订责任书检查企业发现隐患整改落实开展应急演练培训宣讲推进重点行业领域专项整治强化责任提升素养完善制度"
    "加大执法力度严格考核督促指导群众满意经济运行总体平稳稳中向好"
)
_UNITS = ("次", "家", "处", "名", "万元")
_PARAGRAPH = 200
_REPORT, _BOOK = 50, 570
"""Paragraphs of 10,000 characters, and of 200 pages."""
_EDITS = 4
"""Edits of a paragraph that was edited: 200 in a report."""


class Author:
    """Texts that are the same in every run and hold no meaning: clauses of common characters, some with a figure."""

    def __init__(self) -> None:
        self._chance = random.Random(20_240_705)  # noqa: S311 — to be repeated, not to be secret

    def paragraph(self, length: int = _PARAGRAPH) -> str:
        sentences = ""
        while len(sentences) < length:
            sentences += "，".join(self._clause() for _ in range(self._chance.randint(1, 4))) + "。"
        return sentences

    def noise(self, length: int) -> str:
        return "".join(self._chance.choices(_WORDS, k=length))

    def edited(self, text: str, times: int = _EDITS) -> str:
        for _ in range(times):
            at = self._chance.randrange(len(text) - 3)
            come = self.noise(2) if self._chance.random() < 0.7 else ""
            text = text[:at] + come + text[at + (2 if not come or self._chance.random() < 0.6 else 0) :]
        return text

    def shuffled(self, texts: list[str]) -> list[str]:
        return self._chance.sample(texts, len(texts))

    def _clause(self) -> str:
        figure = f"{self._chance.randint(1, 999)}{self._chance.choice(_UNITS)}" if self._chance.random() < 0.5 else ""
        return self.noise(self._chance.randint(6, 14)) + figure


def main() -> None:
    for what, figure, beside in rows():
        sys.stdout.write(f"{what:62} {figure:>10}  {beside}\n")


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, its figure, and what it is to be held against."""
    author = Author()
    old = [author.paragraph() for _ in range(_REPORT)]
    new = _report([author.edited(text) for text in old])
    before = _report(old)
    comparison = compare(before, new)
    size, count = len(before.text), len(comparison.changes)
    summary = summarise(comparison)
    yield f"diff of {size:,} characters, {count} changes", _taken(lambda: compare(before, new), 20), "to reach: 50 ms"
    yield "its summary", _taken(lambda: summarise(comparison), 10), ""
    yield "its page", _taken(lambda: as_page(comparison, summary, ("旧", "新")), 10), ""
    for name, one, other in _books(author):
        yield (
            f"diff of 200 pages: {name}",
            _taken(lambda one=one, other=other: compare(one, other), 1),
            "seconds, not minutes",
        )  # type: ignore[misc]


def _books(author: Author) -> Iterator[tuple[str, Report, Report]]:
    texts = [author.paragraph() for _ in range(_BOOK)]
    old = _report(texts)
    yield f"{_EDITS} edits a paragraph", old, _report([author.edited(text) for text in texts])
    yield "every paragraph another", old, _report([author.paragraph() for _ in texts])
    yield "paragraphs shuffled", old, _report(author.shuffled(texts))
    yield "paragraphs shuffled and edited", old, _report([author.edited(text) for text in author.shuffled(texts)])
    short = [author.paragraph(20) for _ in range(4000)]
    yield (
        "4,000 short ones shuffled and edited",
        _report(short),
        _report([author.edited(text, 1) for text in author.shuffled(short)]),
    )
    same = ["召开会议5次。"] * 6000
    yield "6,000 times the same, edited", _report(same), _report(["召开会议6次。"] * 5000)
    whole = "".join(texts)
    yield "one paragraph, edited", _report([whole]), _report([author.edited(whole, _BOOK * _EDITS)])
    yield "one paragraph, another", _report([whole]), _report([author.paragraph(len(whole))])
    yield (
        "one paragraph without a mark, another",
        _report([author.noise(len(whole))]),
        _report([author.noise(len(whole))]),
    )
    yield (
        "one paragraph of 17,000 times the same",
        _report(["召开会议5次。" * 17_000]),
        _report(["召开会议6次。" * 17_000]),
    )
    yield "one paragraph split into all", _report([whole]), old


def _report(texts: list[str]) -> Report:
    return Report(tuple(Block("paragraph", text) for text in texts))


def _taken(work: Callable[[], object], times: int) -> str:
    """Median time of this process."""
    taken = []
    for _ in range(times):
        started = process_time()
        work()
        taken.append((process_time() - started) * 1000)
    milliseconds = median(taken)
    return f"{milliseconds:,.1f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"


if __name__ == "__main__":
    main()
