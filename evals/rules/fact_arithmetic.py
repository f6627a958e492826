"""Arithmetic inside the facts, by the rules that reckon with reports (B104)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from drafting.report import Block, Report
from evals.examined import Examined
from evals.factsheet import Held, facts_of
from evals.finding import Finding
from evals.rule import rule
from evals.rules.arithmetic import wrong_total
from evals.rules.proportions import wrong_share

_RECKONED = (wrong_total, wrong_share)


@rule(
    code="B104",
    name="事实的数量不合",
    name_en="arithmetic inside the facts",
    severity="warning",
    basis="arithmetic",
    needs=("brief",),
    subject="brief",
)
def wrong_facts(document: Examined) -> Iterator[Finding]:
    """What N501 and N502 say of a fact's own numbers, and of those of the facts that were put together as one point."""
    told = set()
    for reckoned in _RECKONED:
        for finding in reckoned.check(document):
            told.add((finding.block, finding.start))
            yield _as_ours(document, finding)
    for group in _groups(document):
        joined, starts = _joined(document, group)
        for reckoned in _RECKONED:
            for finding in reckoned.check(joined):
                part = max(index for index, start in enumerate(starts) if start <= finding.start)
                here = replace(
                    finding,
                    block=group[part].block,
                    start=finding.start - starts[part],
                    end=finding.end - starts[part],
                )
                if (here.block, here.start) not in told and here.end <= len(document.texts[here.block]):
                    yield _as_ours(document, here)


def _as_ours(document: Examined, finding: Finding) -> Finding:
    fact_id = document.blocks[finding.block].points[0].facts[0] if document.blocks[finding.block].points else "标题"
    return wrong_facts.finding(
        document,
        finding.block,
        finding.start,
        finding.end,
        f"{fact_id} {finding.message}",
        f"{fact_id}: {finding.message_en}",
        expected=finding.expected,
        evidence=finding.evidence,
    )


def _groups(document: Examined) -> Iterator[list[Held]]:
    """The facts of each point that the drafter settled."""
    points: dict[tuple[int, int], list[Held]] = {}
    for held in facts_of(document):
        if held.point:
            points.setdefault((held.section, held.point), []).append(held)
    return (group for group in points.values() if len(group) > 1)


def _joined(document: Examined, group: Sequence[Held]) -> tuple[Examined, list[int]]:
    """The facts as one sentence, as the point will tell them, and where each begins in it."""
    texts = [document.texts[held.block].rstrip("。；，") + "，" for held in group]
    starts = [0, *accumulate(map(len, texts[:-1]))]
    block = Block("paragraph", "".join(texts))
    sentence = Report((block,), organ=document.report.organ, period=document.period, issued=document.issued)
    return Examined(sentence), starts
