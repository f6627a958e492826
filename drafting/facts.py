"""What the drafter knows: facts, sections and the brief that holds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from drafting.canonical import fingerprint
from drafting.period import Period
from drafting.record import Record


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what stands in the report must stand on one of these.

    `id` is `F1`, `F2`, … in the brief's order (outlook facts go on counting), or the drafter's own.
    `line` and `column` are where its text stands in the file it came from, the row and column of its cell in a spreadsheet; they
    count from 1, are 0 where there is none, and are no part of its identity.
    """

    id: str
    text: str
    source: str = ""
    date: date | None = None
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "text": self.text,
            "source": self.source,
            "date": self.date.isoformat() if self.date else None,
        }


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its facts. `groups` are the points that the drafter settled: lists of fact ids of one point each."""

    heading: str
    facts: tuple[Fact, ...]
    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """The drafter's input for one report. `title` and `recipient` are empty where they were not given."""

    kind: str
    organ: str
    topic: str
    period: Period
    issued: date
    sections: tuple[Section, ...]
    outlook: tuple[Fact, ...] = ()
    recipient: str = ""
    title: str = ""
    terms: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    document_number: str = ""
    signatory: str = ""
    path: str = field(default="", compare=False)

    @property
    def identity(self) -> str:
        """What makes two briefs one report's: kind, organ, topic and period."""
        return fingerprint([self.kind, self.organ, self.topic, str(self.period)])

    def facts(self) -> Iterator[Fact]:
        """Every fact in order, the outlook's last."""
        for section in self.sections:
            yield from section.facts
        yield from self.outlook

    def fact(self, fact_id: str) -> Fact:
        """The fact of that id; KeyError where there is none."""
        for fact in self.facts():
            if fact.id == fact_id:
                return fact
        raise KeyError(fact_id)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for canonical JSON; `from_record` reads it back."""
        return {
            "kind": self.kind,
            "organ": self.organ,
            "recipient": self.recipient,
            "topic": self.topic,
            "period": str(self.period),
            "issued": self.issued.isoformat(),
            "title": self.title,
            "sections": [
                {
                    "heading": section.heading,
                    "facts": [fact.as_dict() for fact in section.facts],
                    "groups": [list(group) for group in section.groups],
                }
                for section in self.sections
            ],
            "outlook": [fact.as_dict() for fact in self.outlook],
            "terms": list(self.terms),
            "attachments": list(self.attachments),
            "document_number": self.document_number,
            "signatory": self.signatory,
        }

    @classmethod
    def from_record(cls, data: Record) -> Brief:
        """The brief that `as_dict` wrote; ValueError where it is not one."""
        brief = cls(
            kind=data.text("kind"),
            organ=data.text("organ"),
            recipient=data.text("recipient"),
            topic=data.text("topic"),
            period=Period.parse(data.text("period")),
            issued=data.day("issued"),
            title=data.text("title"),
            sections=tuple(_section(section) for section in data.records("sections")),
            outlook=tuple(_fact(fact) for fact in data.records("outlook")),
            terms=data.texts("terms"),
            attachments=data.texts("attachments"),
            document_number=data.text("document_number"),
            signatory=data.text("signatory"),
        )
        data.settle()
        return brief


def _section(data: Record) -> Section:
    facts = tuple(_fact(fact) for fact in data.records("facts"))
    section = Section(data.text("heading"), facts, data.items("groups", _group))
    data.settle()
    return section


def _group(value: object, place: str) -> tuple[str, ...]:
    return Record({"": value}, place).texts("")


def _fact(data: Record) -> Fact:
    day = data.day("date") if data.given("date") else None
    fact = Fact(data.text("id"), data.text("text"), data.text("source"), day)
    data.settle()
    return fact
