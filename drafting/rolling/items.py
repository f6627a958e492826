"""A rolling: last period's report as questions about this one, and what was answered. Plain data, and functions that settle one question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

from drafting.errors import InputError
from drafting.facts import Brief, Fact, Section
from drafting.fields import one_line
from drafting.period import Period
from drafting.record import Record

Kind = Literal["fact", "promise", "new"]
State = Literal["open", "confirmed", "replaced", "dropped"]
_KINDS: tuple[Kind, ...] = ("fact", "promise", "new")
_STATES: tuple[State, ...] = ("open", "confirmed", "replaced", "dropped")
OUTLOOK = 0
"""The number of what comes next; the sections count from 1."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of last period's report, or one that is new in this period's facts.

    `section` is the number of its section, OUTLOOK for what comes next. `old` is last period's sentence, on `line` of the file (0 where there is
    none), `candidate` what this period's facts say of the same, from `source`; either may be empty. `notes` are what the rules say of the old
    sentence in the new period, `offers` derived facts with their formulas, which stand nowhere unless somebody takes them. `text` is the fact of
    this period, once it is settled and not dropped.
    """

    id: str
    kind: Kind
    section: int
    old: str = ""
    line: int = 0
    candidate: str = ""
    source: str = ""
    date: date | None = None
    notes: tuple[str, ...] = ()
    offers: tuple[tuple[str, str], ...] = ()
    state: State = "open"
    text: str = ""

    @property
    def unchanged(self) -> bool:
        """Whether this period's facts say what last period's did: that is asked about, not assumed."""
        return bool(self.candidate) and self.kind == "fact" and self.state == "open"


@dataclass(frozen=True, slots=True)
class Rolling:
    """What becomes of last period's report. `last` is its period, `headings` those of the sections in order.

    `claims` are sentences of its title and lead that the rules find wrong in the new period, with what they say; the new lead is made by formula.
    """

    kind: str
    organ: str
    topic: str
    recipient: str
    last: Period
    period: Period
    issued: date
    headings: tuple[str, ...]
    items: tuple[Item, ...]
    claims: tuple[tuple[str, str], ...] = ()

    def of_section(self, section: int) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.section == section)

    @property
    def open(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.state == "open")

    def as_dict(self) -> dict[str, Any]:
        """All of it as JSON has it; `from_record` reads it back."""
        items = [
            {
                **asdict(item),
                "notes": list(item.notes),
                "offers": [list(one) for one in item.offers],
                "date": item.date.isoformat() if item.date else None,
            }
            for item in self.items
        ]
        head = {"kind": self.kind, "organ": self.organ, "topic": self.topic, "recipient": self.recipient}
        days = {"last": str(self.last), "period": str(self.period), "issued": self.issued.isoformat()}
        return {
            **head,
            **days,
            "headings": list(self.headings),
            "items": items,
            "claims": [list(one) for one in self.claims],
        }


def from_record(record: Record) -> Rolling:
    """What `as_dict` wrote. Raises ValueError for anything else."""
    rolling = Rolling(
        kind=record.text("kind"),
        organ=record.text("organ"),
        topic=record.text("topic"),
        recipient=record.text("recipient"),
        last=Period.parse(record.text("last")),
        period=Period.parse(record.text("period")),
        issued=record.day("issued"),
        headings=tuple(record.texts("headings")),
        items=tuple(_item(one) for one in record.records("items")),
        claims=record.items("claims", _two),
    )
    record.settle()
    return rolling


def _item(record: Record) -> Item:
    item = Item(
        id=record.text("id"),
        kind=record.choice("kind", _KINDS),
        section=record.whole("section"),
        old=record.text("old"),
        line=record.whole("line"),
        candidate=record.text("candidate"),
        source=record.text("source"),
        date=record.day("date") if record.given("date") else None,
        notes=tuple(record.texts("notes")),
        offers=record.items("offers", _two),
        state=record.choice("state", _STATES),
        text=record.text("text"),
    )
    record.settle()
    return item


def _two(value: object, place: str) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(one, str) for one in value):
        raise ValueError(f"{place} 应是两段文字")
    return value[0], value[1]


# --- settling


def confirm(rolling: Rolling, id: str) -> Rolling:
    """What this period's facts say of it stands. Raises InputError where they say nothing: an old value is not this period's by itself."""

    def settled(item: Item) -> Item:
        if not item.candidate:
            raise InputError(f"{item.id}：本期的事实里没有它，不能确认；请写出本期的，或删去")
        return replace(item, state="confirmed", text=item.candidate)

    return _settled(rolling, id, settled)


def replaced(rolling: Rolling, id: str, text: str) -> Rolling:
    """The fact as somebody writes it. Raises InputError for an empty one."""
    said = one_line(text)
    if not said:
        raise InputError("请写出本期的事实，或删去")
    return _settled(rolling, id, lambda item: replace(item, state="replaced", text=said))


def drop(rolling: Rolling, id: str) -> Rolling:
    """Not in this period's report."""
    return _settled(rolling, id, lambda item: replace(item, state="dropped", text=""))


def reopen(rolling: Rolling, id: str) -> Rolling:
    return _settled(rolling, id, lambda item: replace(item, state="open", text=""))


def accept(rolling: Rolling, id: str, offer: int) -> Rolling:
    """A derived fact that is offered beside an item becomes a fact of its own behind it. Raises InputError where it is not there."""
    at = next((place for place, item in enumerate(rolling.items) if item.id == id), None)
    if at is None or not 0 <= offer < len(rolling.items[at].offers):
        raise InputError(f"没有 {id} 的这一条推算")
    beside = rolling.items[at]
    text, formula = beside.offers[offer]
    left = tuple(one for place, one in enumerate(beside.offers) if place != offer)
    name = f"{id}-{text}"
    taken = Item(name, "new", beside.section, candidate=text, source=formula, state="confirmed", text=text)
    items = (*rolling.items[:at], replace(beside, offers=left), taken, *rolling.items[at + 1 :])
    return replace(rolling, items=items)


def _settled(rolling: Rolling, id: str, settle: Callable[[Item], Item]) -> Rolling:
    if not any(item.id == id for item in rolling.items):
        raise InputError(f"没有 {id} 这一条")
    return replace(rolling, items=tuple(settle(item) if item.id == id else item for item in rolling.items))


def brief(rolling: Rolling) -> Brief:
    """The brief of a rolling that is settled. Raises InputError while anything is open, and for a section that is left without a fact."""
    if rolling.open:
        raise InputError(f"还有 {len(rolling.open)} 条没有定下，如 {rolling.open[0].old or rolling.open[0].candidate}")
    facts: list[Fact] = []

    def of_section(section: int) -> tuple[Fact, ...]:
        kept = [item for item in rolling.of_section(section) if item.state != "dropped"]
        first = len(facts)
        facts.extend(
            Fact(f"F{place}", item.text, item.source, item.date) for place, item in enumerate(kept, start=first + 1)
        )
        return tuple(facts[first:])

    sections = [Section(heading, of_section(place)) for place, heading in enumerate(rolling.headings, start=1)]
    empty = _without_facts(sections)
    if empty:
        raise InputError(f"“{empty[0]}”一条事实也没有了：请补上，或去掉这一部分")
    return Brief(
        kind=rolling.kind,
        organ=rolling.organ,
        topic=rolling.topic,
        period=rolling.period,
        issued=rolling.issued,
        recipient=rolling.recipient,
        sections=tuple(sections),
        outlook=of_section(OUTLOOK),
    )


def _without_facts(sections: Sequence[Section]) -> list[str]:
    return [section.heading for section in sections if not section.facts]
