"""Last period's report into the questions of this one, with this period's facts where a spreadsheet tells them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from drafting import growth
from drafting.counted import likeness
from drafting.facts import Brief, Fact
from drafting.period import Period
from drafting.rolling.items import OUTLOOK, Item, Rolling
from drafting.rolling.oldfacts import OldFact, OldReport
from drafting.rolling.pairing import pairs

_SAME_HEADING = Fraction(3, 5)
_HELD = "\0"

Look = Callable[[Sequence[str]], Sequence[tuple[str, ...]]]
"""What the rules say of each text in a report of the new period."""


@dataclass(frozen=True, slots=True)
class Head:
    """Whose report of what it is, and of when: `last` is the old report's period."""

    kind: str
    organ: str
    topic: str
    recipient: str
    last: Period
    period: Period
    issued: date


def roll(head: Head, old: OldReport, look: Look, facts: Brief | None = None) -> Rolling:
    """The rolling of a report. `facts` is a brief of this period with the facts that are known by now.

    What they say of the same as an old fact fills it in; where they say the very same it stays a question. An old fact that they know nothing of
    is dropped, for they are what this period has; without them everything is a question.
    """
    headings = [retitled(heading, head.last, head.period) for heading in old.headings]
    placed = _placed(facts, headings) if facts else []
    found = pairs([one.text for one in old.facts], [fact.text for _, fact in placed], (head.last, head.period))
    fills, periods = dict(found), (head.period, head.last)

    def asked(texts: Sequence[str]) -> Sequence[tuple[str, ...]]:
        return look([renamed(text, head.last, head.period) for text in texts])

    notes = asked([one.text for one in old.facts])
    items = [
        _of_fact(
            place,
            one,
            placed[fills[place]][1] if place in fills else None,
            notes[place],
            periods,
            known=facts is not None,
        )
        for place, one in enumerate(old.facts)
    ]
    taken = set(fills.values())
    items += [_new(place, section, fact) for place, (section, fact) in enumerate(placed) if place not in taken]
    said = asked([one.text for one in old.promises])
    claimed = zip(old.lead, asked(old.lead), strict=True)
    items += [
        Item(f"P{place}", "promise", OUTLOOK, one.text, one.line, notes=said[place - 1])
        for place, one in enumerate(old.promises, start=1)
    ]
    return Rolling(
        head.kind,
        head.organ,
        head.topic,
        head.recipient,
        head.last,
        head.period,
        head.issued,
        tuple(headings),
        tuple(items),
        tuple((sentence, note) for sentence, notes in claimed for note in notes),
    )


def retitled(heading: str, last: Period, period: Period) -> str:
    """A heading for the new period: its own name, and the years beside it (2014年工作回顾 in a report of 2015), move on with it."""
    on = period.year - last.year
    near = range(last.year - 1, last.year + 2)

    def moved(match: re.Match[str]) -> str:
        year = int(match[1])
        return f"{year + on}年" if year in near else match[0]

    named = heading.replace(str(last), _HELD)
    return re.sub(r"(\d{4})年", moved, named).replace(_HELD, str(period))


def renamed(text: str, last: Period, period: Period) -> str:
    """A text with the name of the new period, or of its year, for that of the old: 2024年上半年工作 is 2025年上半年工作. Days stay as they are."""
    named = text.replace(str(last), str(period))
    return re.sub(rf"{last.year}年(?!\s*(?:\d|[一二三四五六七八九十]+月))", f"{period.year}年", named)


def with_facts(rolling: Rolling, facts: Brief) -> Rolling:
    """The rolling with what facts of this period say of its open questions; facts that nothing asks for are new.

    What they know nothing of stays open.
    """
    headings = list(rolling.headings)
    told = {item.candidate or item.text for item in rolling.items}
    placed = [(section, fact) for section, fact in _placed(facts, headings) if fact.text not in told]
    asked = [item for item in rolling.items if item.state == "open" and item.kind == "fact" and not item.candidate]
    periods = (rolling.period, rolling.last)
    fills = dict(pairs([item.old for item in asked], [fact.text for _, fact in placed], (rolling.last, rolling.period)))
    filled = {
        item.id: _filled(item, placed[fills[place]][1], periods) for place, item in enumerate(asked) if place in fills
    }
    first = sum(item.kind == "new" for item in rolling.items)
    taken = set(fills.values())
    new = [_new(first + place, section, fact) for place, (section, fact) in enumerate(placed) if place not in taken]
    found = (*(filled.get(item.id, item) for item in rolling.items), *new)
    return replace(rolling, headings=tuple(headings), items=found)


def _of_fact(
    place: int, one: OldFact, fact: Fact | None, notes: tuple[str, ...], periods: tuple[Period, Period], *, known: bool
) -> Item:
    item = Item(f"O{place + 1}", "fact", one.section, one.text, one.line, notes=notes)
    if fact is None:
        return replace(item, state="dropped") if known else item
    return _filled(item, fact, periods)


def _filled(item: Item, fact: Fact, periods: tuple[Period, Period]) -> Item:
    """With what this period's facts say of it: confirmed, unless it is what last period's said."""
    offers = _offers(fact, item.old, periods)
    filled = replace(item, candidate=fact.text, source=fact.source, date=fact.date, offers=offers)
    if fact.text.strip("。；") == item.old.strip("。；") or _numbers(fact.text) == _numbers(item.old) != "":
        return filled
    return replace(filled, state="confirmed", text=fact.text)


def _offers(fact: Fact, old: str, periods: tuple[Period, Period]) -> tuple[tuple[str, str], ...]:
    derived = (*growth.shares(fact, periods[0]), *growth.compared(fact, Fact("", old), periods))
    return tuple((one.text, one.source) for one in derived)


def _numbers(text: str) -> str:
    """The digits of a text in order: where they are those of last period it is asked whether they are this one's."""
    return " ".join("".join(sign if sign.isdigit() else " " for sign in text).split())


def _new(place: int, section: int, fact: Fact) -> Item:
    return Item(
        f"N{place + 1}",
        "new",
        section,
        candidate=fact.text,
        source=fact.source,
        date=fact.date,
        state="confirmed",
        text=fact.text,
    )


def _placed(facts: Brief, headings: list[str]) -> list[tuple[int, Fact]]:
    """Each fact with the number of its section: the one of that heading, of a like one, else a new one, which is added to the headings."""
    found: list[tuple[int, Fact]] = []
    for section in facts.sections:
        alike = [likeness(section.heading, heading) for heading in headings]
        if section.heading in headings:
            number = headings.index(section.heading) + 1
        elif alike and max(alike) >= _SAME_HEADING:
            number = alike.index(max(alike)) + 1
        else:
            headings.append(section.heading)
            number = len(headings)
        found += [(number, fact) for fact in section.facts]
    return found + [(OUTLOOK, fact) for fact in facts.outlook]
