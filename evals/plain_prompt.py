"""The plain prompt: what a user would ask a model without us, and its answer read as the document that it is meant to be."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from drafting import outline, prompts
from drafting.documents import read
from drafting.errors import DocumentError
from drafting.facts import Brief, Fact
from drafting.models import Answer, Message, Model
from drafting.period import Period
from drafting.profile import Profile
from drafting.report import Report

_LONGEST = 2048
"""Tokens of an answer of the embedded model, which is cut at half of that where nothing is said: a report is longer than a point."""

_BOLD = re.compile(r"\*\*|__")
_FENCED = re.compile(r"\A\s*```\w*\n(?P<text>.*?)(?:\n```\s*)?\Z", re.DOTALL)


async def ask(model: Model, brief: Brief, profile: Profile) -> Answer:
    """One call for the whole report, streamed, so that a long answer does not run into the time-out. Raises what Model.ask raises."""
    longest = _LONGEST if model.spec.is_embedded else None
    return await model.ask([Message("user", question(brief, profile))], stream=True, max_tokens=longest)


def question(brief: Brief, profile: Profile) -> str:
    """The prompt: organ, recipient, topic, title, period, day, every section with its facts, and the outlook."""
    planned = outline.plan(brief, profile).sections
    sections = (
        f"{plan.number}{section.heading}\n{_listed(section.facts)}"
        for plan, section in zip(planned, brief.sections, strict=True)
    )
    return prompts.load("plain-report").render(
        kind=profile.name,
        organ=brief.organ,
        recipient=brief.recipient or "上级机关",
        topic=brief.topic,
        title=brief.title or "由你拟定",
        period=_named(brief.period),
        issued=_day(brief.issued),
        sections="\n".join(sections),
        outlook=_listed(brief.outlook) or "（由你概括）",
    )


def report_of(answer: Answer, brief: Brief) -> Report | None:
    """The answer as a report, told what `check --brief` would tell it; None where there is no text to read.

    It is read as Markdown, which most models write, without its bold: as the user sees it who copies it from a chat window. So no #
    and no ** is held against it, and the number of a bold heading is a heading's number.
    """
    fenced = _FENCED.match(answer.text)
    shown = _BOLD.sub("", fenced["text"] if fenced else answer.text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "报告.md"
        path.write_text(shown, encoding="utf-8")
        try:
            report = read(path).report
        except DocumentError:
            return None
    return replace(report, period=brief.period, issued=brief.issued, organ=brief.organ, topic=brief.topic)


def _named(period: Period) -> str:
    """As a person would write it: 2024年上半年, 2023年6月1日至9月15日."""
    if period.kind != "days":
        return str(period)
    last = _day(period.last)
    return f"{_day(period.first)}至{last.removeprefix(f'{period.first.year}年')}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _listed(facts: Iterable[Fact]) -> str:
    return "\n".join(f"- {fact.text}" for fact in facts)
