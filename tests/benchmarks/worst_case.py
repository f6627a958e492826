"""Worst cases: every rule, and what rules stand on, over n and 2n characters of hostile text; prints where twice the text takes far more than twice.

    python -m tests.benchmarks.worst_case [CODES…]

Not a timed test: a ratio near 2 is linear, near 4 quadratic. Only what takes longer than `WORTH_TELLING` is judged.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from time import process_time

from drafting import amounts, dates, names, profiles
from drafting.documents.lines import of_text
from drafting.documents.recognition import recognise
from drafting.facts import Brief, Fact, Section
from drafting.fields import one_line
from drafting.period import Period
from drafting.report import Block, Report
from drafting.wording import formal, unfinished
from evals import checking  # noqa: F401 — registers the rules
from evals.examined import Examined, OldText
from evals.factsheet import ExaminedBrief
from evals.rule import REGISTRY

LENGTH = 4_000
"""Characters of the smaller text."""
WORTH_TELLING = 0.008
"""Seconds for the larger text."""
SUPERLINEAR = 2.9
_TRIES = 2
_SLOW = 0.2

ATOMS = (
    *(
        "一是 二是 首先， （一） 1. 一、 第一， 2024年 6月30日 2023年2月29日 1—6月 2024年1月至6月 上半年 今年以来 去年同期 截至 第二季度 十四五 "
        "近三年 星期三 建国70周年 成立周年 第40个教师节 下一步， 将 拟 整改 发现隐患312处， 其余4处 其中 合计 共 同比增长 8.6% 百分之 由10%提高到15% "
        "12.5万元 1,234 ３６ 〇 XX ×× 某 ____ 【待补】 {{ ## ** ``` > 《 》 《办法》 “ ” （ ） 〔2024〕12号 ， 、 。 ； ： , . - — … 现将 请 自 "
        "市应急管理局 我市 县 省 局 卫辉市 太公镇 委员会 关于 的 妥否 请批示 恳请 决胜全面建成小康社会 坚决打赢 脱贫攻坚 二十届三中全会 提高了 "
        "显著 有效 标志着 截止 "
        "既 是 年 月 日 1 一 十 亿 万 A a@b ~ 以下是 作为AI 昨天 近日 搞 天 个 余 多 至 到 和 与 为 已 未 不 在 中 前 后 每 人次 家 项"
    ).split(),
    *(" ", "　", "\n", "甲 "),
)
SEEDED = 150


@dataclass(frozen=True, slots=True)
class Trial:
    """One hostile text, repeated to a length, as one paragraph or as many."""

    pattern: str
    blocks: bool

    def report(self, length: int) -> Report:
        words = (self.pattern * (length // len(self.pattern) + 1))[:length]
        step = max(len(self.pattern), 40)
        parts = [words[at : at + step] for at in range(0, length, step)] if self.blocks else [words]
        kinds = [
            Block("title", "市应急管理局关于2024年上半年安全生产工作的专题报告"),
            Block("heading", "强化检查", 1, "一、"),
        ]
        return Report(
            (*kinds, *(Block("paragraph", part) for part in parts)),
            organ="市应急管理局",
            period=Period.parse("2024年上半年"),
            issued=date(2024, 7, 5),
        )

    def brief(self, length: int) -> Brief:
        report = self.report(length)
        facts = tuple(Fact(f"F{n}", block.words) for n, block in enumerate(report.blocks[2:], start=1))
        assert report.period is not None
        assert report.issued is not None
        sections = (Section("强化检查", facts),)
        return Brief("special-report", report.organ, "安全生产工作", report.period, report.issued, sections)

    def __str__(self) -> str:
        return f"{'blocks' if self.blocks else 'line'} {self.pattern!r}"


SMALL = Brief(
    "special-report",
    "市应急管理局",
    "安全生产工作",
    Period.parse("2024年上半年"),
    date(2024, 7, 5),
    (Section("强化检查", (Fact("F1", "检查企业126家次，发现隐患312处"), Fact("F2", "1至6月召开会议4次"))),),
)


def trials() -> Iterator[Trial]:
    """Every atom, and seeded mixtures of two to four, each as one line and as many blocks."""
    chance = random.Random(20_240_705)  # noqa: S311 — to be repeated, not to be secret
    mixed = ["".join(chance.choices(ATOMS, k=chance.randint(2, 4))) for _ in range(SEEDED)]
    for pattern in (*ATOMS, *mixed):
        yield Trial(pattern, blocks=False)
        yield Trial(pattern, blocks=True)


def measures(trial: Trial, length: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is measured by name; everything that rules share has been computed before."""
    report = trial.report(length)
    text = report.text
    yield "dates.find", lambda: dates.find(text, date(2024, 7, 5), report.period)
    yield "amounts.find", lambda: amounts.find(text)
    yield "names.find", lambda: list(names.find(text))
    yield "formal", lambda: formal(text)
    yield "one_line", lambda: one_line(text)
    yield "unfinished", lambda: unfinished(text + "甲")
    yield "recognise", lambda: recognise(list(of_text(text)))
    yield "shared", lambda: _shared(Examined(report))
    document = Examined(
        report, profile=profiles.load("special-report"), brief=SMALL, against=(OldText("旧稿", report),)
    )
    _shared(document)
    told = ExaminedBrief(trial.brief(length))
    for rule in REGISTRY:
        subject = told if rule.subject == "brief" else document
        yield rule.code, lambda rule=rule, subject=subject: list(rule.check(subject))  # type: ignore[misc]


def _shared(document: Examined) -> object:
    return document.mentions, document.sections, document.ahead


def seconds(measured: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(_TRIES):
        before = process_time()
        measured()
        best = min(best, process_time() - before)
        if best > _SLOW:
            break
    return best


def main(codes: tuple[str, ...]) -> None:
    worst: dict[str, tuple[float, float, str]] = {}
    for trial in trials():
        larger = measures(trial, 2 * LENGTH)
        for (name, small), (_, large) in zip(measures(trial, LENGTH), larger, strict=True):
            if (codes and not name.startswith(codes)) or worst.get(name, (0.0, 0.0))[1] > _SLOW:
                continue  # what is that slow is known
            twice = seconds(large)
            if twice < WORTH_TELLING:
                continue
            ratio = twice / max(seconds(small), 1e-6)
            if ratio > worst.get(name, (0.0, 0.0, ""))[0]:
                worst[name] = (ratio, twice, str(trial))
                if ratio > SUPERLINEAR:
                    sys.stderr.write(f"… {name} {ratio:.1f} {trial}\n")
    for name, (ratio, twice, told) in sorted(worst.items(), key=lambda item: -item[1][0]):
        mark = "superlinear" if ratio > SUPERLINEAR else ""
        sys.stdout.write(
            f"{name:12} ratio {ratio:5.1f}  {2 * LENGTH} characters {twice * 1000:8.0f} ms  {mark:12} {told}\n"
        )


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
