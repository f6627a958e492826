"""Rolling a report forward with what the rules know: which parts speak of what comes next, and what of the old text is wrong in the new period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from drafting import profiles
from drafting.errors import DocumentError, InputError
from drafting.facts import Brief
from drafting.period import Period
from drafting.report import Block, Report
from drafting.rolling.items import Rolling
from drafting.rolling.oldfacts import old_report
from drafting.rolling.roll import Head, roll
from evals.checking import examination
from evals.examined import Examined, Place
from evals.timeline import Timeline

_TIMELY = ("D3", "P2")
"""Dates, anniversaries, campaigns, plans, congresses; what was never filled in."""
_DEFAULT_KIND = "special-report"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the new report is to be; what is empty is taken from the old one."""

    period: Period
    issued: date | None = None
    kind: str = ""
    organ: str = ""
    topic: str = ""
    last: Period | None = None


def rolled(
    report: Report,
    places: Sequence[Place],
    asked: Asked,
    *,
    facts: Brief | None = None,
    path: str = "",
    timeline: Timeline | None = None,
) -> Rolling:
    """The rolling of an old report to the period that is asked for, `facts` being what is known of that by now.

    Raises DocumentError, one line that names the file, for a text that cannot be rolled: no headings, two reports, particulars that it does not
    tell; InputError for a period that is not after the old one's, and for facts of another organ or period.
    """
    head = _head(report, asked, facts, path)
    document = Examined(report, places=places)
    lines = [place.line for place in places]
    day = report.issued or head.last.last
    old = old_report(report, lines, document.ahead, day, head.last)
    if not old.headings:
        raise DocumentError(f"{path}: 没有认出各部分的标题（如“一、……”），不知道哪些内容属于哪一部分")
    again = _begins_again(report, lines)
    if again:
        raise DocumentError(f"{path}:{again}: 里面像是有两份报告（从“一、”又数起），请一次滚动一份")
    return roll(head, old, lambda texts: anachronisms(texts, head, timeline), facts)


def anachronisms(texts: Sequence[str], head: Head, timeline: Timeline | None = None) -> list[tuple[str, ...]]:
    """What the rules on dates, anniversaries and campaigns say of each text in a report of the new period."""
    blocks = tuple(Block("paragraph", text) for text in texts)
    report = Report(blocks, kind=head.kind, organ=head.organ, topic=head.topic, period=head.period, issued=head.issued)
    said: list[list[str]] = [[] for _ in texts]
    for finding in examination(report, timeline=timeline, select=_TIMELY).findings:
        if 0 <= finding.block < len(texts):
            expected = f"（应为 {finding.expected}）" if finding.expected else ""
            said[finding.block].append(f"{finding.code} {finding.message}{expected}")
    return [tuple(dict.fromkeys(one)) for one in said]


def _head(report: Report, asked: Asked, facts: Brief | None, path: str) -> Head:
    last = asked.last or report.period
    organ, topic = asked.organ or report.organ, asked.topic or report.topic
    for what, told, option in (("报告期", last, "--last"), ("发文机关", organ, "--organ"), ("主题", topic, "--topic")):
        if not told:
            raise DocumentError(f"{path}: 没有认出{what}，请用 {option} 写明")
    assert last is not None  # noqa: S101 — told just now
    if asked.period.first <= last.first:
        raise InputError(f"--to {asked.period} 不在上期（{last}）之后")
    if facts is not None:
        require_own(facts, organ, asked.period)
    issued = asked.issued or (facts.issued if facts else asked.period.last + timedelta(days=5))
    if issued < asked.period.first:
        raise InputError(f"成文日期 {issued} 早于报告期的第一天 {asked.period.first}")
    kind = profiles.identify(asked.kind or report.kind or _DEFAULT_KIND, None)
    return Head(kind, organ, topic, _recipient(report), last, asked.period, issued)


def require_own(facts: Brief, organ: str, period: Period) -> None:
    """Raises InputError for facts of another organ or another period."""
    if facts.organ != organ:
        raise InputError(f"{facts.path}: 表里是{facts.organ}的事实，报告是{organ}的")
    if facts.period != period:
        raise InputError(f"{facts.path}: 表里是{facts.period}的事实，要的是{period}")


def _recipient(report: Report) -> str:
    return next((block.text.strip("：:") for block in report.blocks if block.type == "recipient"), "")


def _begins_again(report: Report, lines: Sequence[int]) -> int:
    """The line on which the numbering of sections begins anew after the end of a report, 0 where it does not."""
    firsts = [
        index
        for index, block in enumerate(report.blocks)
        if block.type == "heading" and block.level == 1 and block.number.strip("、.．") in ("一", "1")
    ]
    if len(firsts) < 2:
        return 0
    return lines[firsts[1]] if firsts[1] < len(lines) else firsts[1] + 1
