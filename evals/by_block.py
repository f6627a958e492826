"""Rules that look at one block at a time, and remember what they said of it: while somebody types, one block of a report changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from drafting.memory import remembered
from drafting.period import Period, PeriodKind
from drafting.report import Block, BlockType, Report
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import Check

CheckOfBlock = Callable[[Examined, int], Iterator[Finding]]


def by_block(*types: BlockType) -> Callable[[CheckOfBlock], Check]:
    """A check of a document out of a check of one block, asked for every block of these types, of all where none is named.

    What it looks at is a document of this block alone, with the report's organ, period and date of issue: what it says cannot depend on
    anything else, so that it may be kept.
    """

    def make(check: CheckOfBlock) -> Check:
        def checked(document: Examined) -> Iterator[Finding]:
            report = document.report
            kind: PeriodKind = report.period.kind if report.period else "days"
            for index, block in enumerate(document.blocks):
                if types and block.type not in types:
                    continue
                text = document.texts[index]
                for finding in _said(text, block.type, check, report.organ, report.period, kind, report.issued):
                    line, column = document.place(index, finding.start)
                    yield replace(finding, block=index, line=line, column=column)

        return checked

    return make


@remembered(16384)
def _said(
    text: str,
    type: BlockType,
    check: CheckOfBlock,
    organ: str,
    period: Period | None,
    _kind: PeriodKind,
    issued: date | None,
) -> tuple[Finding, ...]:
    """Periods of the same days are equal; how they are named and what comes before them their kind tells."""
    return tuple(check(_alone(text, type, organ, period, _kind, issued), 0))


@remembered(512)
def _alone(
    text: str, type: BlockType, organ: str, period: Period | None, _kind: PeriodKind, issued: date | None
) -> Examined:
    """One rule after another looks at it."""
    return Examined(Report((Block(type, text),), organ=organ, period=period, issued=issued))
