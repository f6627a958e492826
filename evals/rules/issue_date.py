"""The date of issue: not before what the text tells as done, nor before the period's end (D310)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from drafting.dates import Mention
from evals.examined import Examined, Sentence
from evals.finding import Finding, Severity
from evals.nearby import starting_in
from evals.rule import rule
from evals.told import to_come, told_as_done

_UP_TO = re.compile(r"截[至止]到?.+[日号]")
_COUNTED = re.compile(r"已|共|累计|完成")
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

    What lies after the period too is told of D302 at its own place. A document issued in the first half of its period is a plan.
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
    """Days after the date of issue on which something is told as done, or up to which something is counted."""
    for index, _ in document.of_type("lead", "paragraph"):
        if index in document.ahead or not any(
            (mention.first or mention.last or issued) > issued for mention in document.mentions[index]
        ):
            continue
        for sentence in document.sentences(index):
            for mention in starting_in(document.mentions[index], sentence.start, sentence.end):
                day = _day_done(document, mention, sentence)
                if day and day > issued:
                    yield day, mention.text


def _day_done(document: Examined, mention: Mention, sentence: Sentence) -> date | None:
    """The day of what is told as done, if the mention says it to a month; or the day of 截至6月30日，已整改64处."""
    if not (mention.explicit_year or document.period):
        return None
    if mention.first and mention.last:
        short = 0 <= (mention.last - mention.first).days <= _MONTH
        return mention.first if short and told_as_done(mention, sentence) else None
    counted = _UP_TO.fullmatch(mention.text) and _COUNTED.search(sentence.text, mention.end - sentence.start)
    return mention.last if counted and not to_come(sentence.text) else None


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
