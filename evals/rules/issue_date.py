"""The date of issue: not before what the text tells as done, nor before the period's end (D310)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from evals.examined import Examined
from evals.finding import Finding, Severity
from evals.rule import rule
from evals.told import told_as_done

_MONTH = 31
"""Days. A wider span says too little about when a thing was done."""


@rule(
    code="D310",
    name="成文日期过早",
    name_en="issued too early",
    severity="error",
    basis="timeline",
    needs=("issued",),
)
def issued_too_early(document: Examined) -> Iterator[Finding]:
    """An error before an event told as done, one finding for the latest of them; a warning before the period's end.

    What lies after the period as well is D302's, and a document issued in the first half of its period is a plan.
    """
    issued, period = document.issued, document.period
    if issued is None:
        return
    latest = max(_events_after(document, issued), default=None)
    if latest:
        day, text = latest
        yield _finding(
            document,
            f"成文日期{issued}早于文中已经做了的“{text}”",
            f"issued before {text}",
            f"{issued} < {day}",
            "error",
        )
    elif period and period.first + (period.last - period.first) / 2 < issued < period.last:
        yield _finding(
            document,
            f"成文日期{issued}时报告期{period}还没有结束",
            f"issued before the end of {period}",
            f"{issued} < {period.last}",
            "warning",
        )


def _events_after(document: Examined, issued: date) -> Iterator[tuple[date, str]]:
    """Days after the date of issue on which something is told as done, within the period where there is one."""
    bound = document.period.last if document.period else date.max
    for index, _ in document.of_type("lead", "paragraph"):
        if index in document.ahead or not any(
            mention.first and mention.first > issued for mention in document.mentions[index]
        ):
            continue
        for sentence in document.sentences(index):
            for mention in document.mentions[index]:
                if not sentence.start <= mention.start < sentence.end or not mention.first or not mention.last:
                    continue
                short = 0 <= (mention.last - mention.first).days <= _MONTH
                known = mention.explicit_year or document.period is not None
                if known and short and issued < mention.first <= bound and told_as_done(mention, sentence):
                    yield mention.first, mention.text


def _finding(document: Examined, message: str, message_en: str, evidence: str, severity: Severity) -> Finding:
    """At the date of issue where a block holds it, else about the whole document."""
    for index, _ in document.of_type("date"):
        for mention in document.mentions[index]:
            if mention.kind == "day":
                return issued_too_early.finding(
                    document,
                    index,
                    mention.start,
                    mention.end,
                    message,
                    message_en,
                    evidence=evidence,
                    severity=severity,
                )
    return issued_too_early.of_document(message, message_en, evidence=evidence, severity=severity)
