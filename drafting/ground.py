"""The ground of a text: the facts, words and days that it may stand on, read once; and a gap, where text and ground part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from drafting import amounts, dates, marks, names
from drafting.amounts import Amount
from drafting.dates import Mention
from drafting.facts import Brief, Fact
from drafting.marks import Mark
from drafting.memory import remembered
from drafting.names import Name
from drafting.period import Period

GapCode = Literal["G401", "G402", "G403", "G404", "G405", "G406", "G408", "G409"]
Weight = Literal["error", "warning", "info"]
Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Gap:
    """One place where text and facts part. Offsets are those of the text; a part that is missing from it has start = end = 0.

    `expected` is what would be right and `evidence` the fact or the arithmetic; both may be empty. `fact` is the id of the fact
    that is concerned, where one is.
    """

    code: GapCode
    weight: Weight
    start: int
    end: int
    quote: str
    reason: str
    expected: str = ""
    evidence: str = ""
    fact: str = ""


@dataclass(frozen=True)
class Ground:
    """What a text may stand on: facts, and beside them words and days that the brief itself holds."""

    facts: tuple[Fact, ...]
    reference: date
    period: Period
    words: tuple[str, ...] = ()
    set_phrases: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """A whole brief's ground is asked for with every text of a report: its facts are gone through once."""
        return hash((self.facts, self.reference, self.period, self.words, self.set_phrases))

    @classmethod
    def of(
        cls,
        brief: Brief,
        facts: Sequence[Fact] | None = None,
        set_phrases: Sequence[str] = (),
        *,
        ahead: bool = False,
    ) -> Ground:
        """The ground of a text of that brief: all of its facts, or those given. A text that looks `ahead` may name the next period."""
        words = (
            brief.organ,
            brief.recipient,
            brief.topic,
            brief.title,
            brief.document_number,
            *brief.terms,
            *brief.attachments,
            *(section.heading for section in brief.sections),
            str(brief.period.next()) if ahead else "",
        )
        chosen = tuple(brief.facts()) if facts is None else tuple(facts)
        ground = cls(chosen, brief.issued, brief.period, tuple(filter(None, words)), tuple(set_phrases))
        return _wide(ground) if len(chosen) > _MANY else _narrow(ground)

    @cached_property
    def readings(self) -> tuple[tuple[Fact, Reading], ...]:
        return tuple((fact, self.read(fact.text)) for fact in self.facts)

    @cached_property
    def amounts(self) -> tuple[tuple[Fact, Amount], ...]:
        return tuple((fact, amount) for fact, reading in self.readings for amount in reading.amounts)

    @cached_property
    def mentions(self) -> tuple[tuple[Fact, Mention], ...]:
        return tuple((fact, mention) for fact, reading in self.readings for mention in reading.mentions)

    @cached_property
    def text(self) -> str:
        """All words that names may come from, the facts' sources among them."""
        return "\n".join([*(fact.text for fact in self.facts), *(fact.source for fact in self.facts), *self.words])

    @cached_property
    def stated(self) -> str:
        """The facts' texts alone."""
        return "\n".join(fact.text for fact in self.facts)

    @cached_property
    def spoken_amounts(self) -> tuple[Amount, ...]:
        """Amounts in headings, terms and the like: they may be repeated, and need not be."""
        return self._spoken.amounts

    @cached_property
    def days(self) -> frozenset[Days]:
        """First and last day of everything dated that the facts and the brief hold."""
        known: set[Days] = {(m.first, m.last) for _, m in self.mentions if m.first or m.last}
        known.update((fact.date, fact.date) for fact in self.facts if fact.date)
        known.update({(self.period.first, self.period.last), (self.reference, self.reference)})
        return frozenset(known | self._spoken.days)

    @cached_property
    def day_words(self) -> frozenset[str]:
        """Everything dated that facts and brief hold, as it is written there."""
        return self._spoken.day_words.union(mention.text for _, mention in self.mentions)

    @cached_property
    def mark_keys(self) -> frozenset[str]:
        """The keys of all ordinals, document numbers and codes in facts and words."""
        held = frozenset(mark.key for _, reading in self.readings for mark in reading.marks)
        return held | self._spoken.mark_keys

    @cached_property
    def _spoken(self) -> _Spoken:
        return _spoken(self.words, self.reference, self.period)

    def read(self, text: str) -> Reading:
        """What a text holds, read as of this ground's day and period."""
        return _read(text, self.reference, self.period)

    def mentions_of(self, text: str) -> tuple[Mention, ...]:
        return self.read(text).mentions

    def amounts_of(self, text: str) -> tuple[Amount, ...]:
        return self.read(text).amounts


@dataclass(frozen=True, slots=True)
class Reading:
    """The dates, amounts and marks of one text, each in order."""

    mentions: tuple[Mention, ...]
    amounts: tuple[Amount, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What the brief's own words hold; the same for every point of a report."""

    amounts: tuple[Amount, ...]
    days: frozenset[Days]
    day_words: frozenset[str]
    mark_keys: frozenset[str]


# The same ground comes again with every look at a report. The first stays, and what was read of it; those of whole briefs are large.

_MANY = 12


@remembered(4096)
def _narrow(ground: Ground) -> Ground:
    return ground


@remembered(128)
def _wide(ground: Ground) -> Ground:
    return ground


# A fact is looked at for its own point, for the whole report and for what is missing: its text is read once. Bounded, so memory is too.


@remembered(4096)
def _read(text: str, reference: date, period: Period) -> Reading:
    mentions = tuple(dates.find(text, reference, period))
    dated = tuple((mention.start, mention.end) for mention in mentions)
    return Reading(mentions, tuple(amounts.find(text, dated)), tuple(marks.find(text, dated)))


@remembered(256)
def _spoken(words: tuple[str, ...], reference: date, period: Period) -> _Spoken:
    read = [_read(each, reference, period) for each in words]
    return _Spoken(
        tuple(amount for reading in read for amount in reading.amounts),
        frozenset((mention.first, mention.last) for reading in read for mention in reading.mentions),
        frozenset(mention.text for reading in read for mention in reading.mentions),
        frozenset(mark.key for reading in read for mark in reading.marks),
    )


@remembered(4096)
def names_in(text: str) -> tuple[Name, ...]:
    """The names of a text, read once."""
    return tuple(names.find(text))
