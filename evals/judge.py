"""The judge: a model's opinion of each section, formality, padding and meaning, with a quote for each. It gates nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from drafting import answers, prompts
from drafting.facts import Brief
from drafting.models import Answer, Message, Model
from drafting.models.conversation import Schema
from drafting.report import Report

Aspect = Literal["formality", "padding", "meaning"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)

SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "verdicts": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "aspect": {"type": "string", "enum": list(ASPECTS)},
                    "fault": {"type": "boolean"},
                    "quote": {"type": "string"},
                    "reason": {"type": "string"},
                },
                "required": ["aspect", "fault", "quote", "reason"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["verdicts"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it is judged: heading, the texts of its facts, its own text."""

    heading: str
    facts: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One aspect of one section. `quote` stands in the section word for word."""

    section: str
    aspect: Aspect
    fault: bool
    quote: str
    reason: str

    def as_dict(self) -> dict[str, Any]:
        return {
            "section": self.section,
            "aspect": self.aspect,
            "fault": self.fault,
            "quote": self.quote,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdicts on a report. `dropped` are those whose quote does not stand in the text; `unread` counts answers without verdicts."""

    sections: int
    verdicts: tuple[Verdict, ...]
    dropped: tuple[Verdict, ...]
    unread: int

    def as_dict(self) -> dict[str, Any]:
        return {
            "sections": self.sections,
            "verdicts": [verdict.as_dict() for verdict in self.verdicts],
            "dropped": [verdict.as_dict() for verdict in self.dropped],
            "unread": self.unread,
        }


async def judge(model: Model, report: Report, brief: Brief) -> Judgement:
    """Asks once for each section. Raises what Model.ask raises; an answer that cannot be read is counted, never taken for praise."""
    given = list(parts(report, brief))
    verdicts: list[Verdict] = []
    dropped: list[Verdict] = []
    unread = 0
    for part in given:
        found = _read(await model.ask([Message("user", question(part))], schema=SCHEMA), part.heading)
        unread += not found
        for verdict in found:
            (verdicts if verdict.quote and verdict.quote in part.text else dropped).append(verdict)
    return Judgement(len(given), tuple(verdicts), tuple(dropped), unread)


def parts(report: Report, brief: Brief) -> Iterator[Part]:
    """The sections under first-level headings with the facts that their points name."""
    texts = {fact.id: fact.text for fact in brief.facts()}
    heads = [at for at, block in enumerate(report.blocks) if block.type == "heading" and block.level == 1]
    for head, following in zip(heads, [*heads[1:], len(report.blocks)], strict=True):
        blocks = [block for block in report.blocks[head + 1 : following] if block.type in ("heading", "paragraph")]
        named = [fact for block in blocks for point in block.points for fact in point.facts]
        if blocks:
            facts = tuple(texts[fact] for fact in named if fact in texts)
            yield Part(report.blocks[head].text, facts, "\n".join(block.text for block in blocks))


def question(part: Part) -> str:
    listed = "\n".join(f"- {fact}" for fact in part.facts)
    return prompts.load("judge").render(heading=part.heading, facts=listed, text=part.text)


def _read(answer: Answer, section: str) -> list[Verdict]:
    for value in answers.objects(answer.text):
        rows = value.get("verdicts") if isinstance(value, Mapping) else None
        if isinstance(rows, Sequence):
            return [verdict for row in rows if (verdict := _verdict(row, section)) is not None]
    return []


def _verdict(row: object, section: str) -> Verdict | None:
    if not isinstance(row, Mapping):
        return None
    aspect, fault, quote, reason = (row.get(key) for key in ("aspect", "fault", "quote", "reason"))
    if aspect not in ASPECTS or not isinstance(fault, bool) or not (isinstance(quote, str) and isinstance(reason, str)):
        return None
    return Verdict(section, aspect, fault, quote.strip(), reason.strip())
