"""Displacement: numbers of one unit, or days, that changed places among themselves in a text.

What stands beside each of them is bearings.py's; here they are gathered from text and facts, kind by kind and unit by unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafting import amounts, bearings
from drafting.amounts import Amount
from drafting.bearings import Borne
from drafting.dates import Mention
from drafting.ground import Ground, Reading


def moved_amounts(text: str, read: Reading, ground: Ground) -> Iterator[Amount]:
    """The amounts of the text that stand where another of the facts' stood: 发现隐患308处，整改312处 for 发现312处，整改308处."""
    for kind in ("count", "share", "points"):
        here = [amount for amount in read.amounts if amount.kind == kind and not amount.weak]
        if any(amount.value != here[0].value for amount in here):
            yield from _of_a_kind(text, here, read, ground)


def _of_a_kind(text: str, here: Sequence[Amount], read: Reading, ground: Ground) -> Iterator[Amount]:
    written = [pair for pair in _borne_amounts(text, read) if pair[0].kind == here[0].kind and not pair[0].weak]
    known = [
        pair
        for fact, held in ground.readings
        for pair in _borne_amounts(fact.text, held)
        if pair[0].kind == here[0].kind and not pair[0].weak
    ]
    for unit in dict.fromkeys(amount.unit for amount in here):
        group = [pair for pair in written if amounts.same_unit(pair[0].unit, unit)]
        alike = [pair for pair in known if amounts.same_unit(pair[0].unit, unit)]
        gone = bearings.moved(group, alike, amounts.says)
        if gone:
            yield from (amount for amount, _ in gone)
            return


def moved_days(text: str, read: Reading, ground: Ground) -> Iterator[Mention]:
    """The dates of the text that stand where another of the facts' stood."""
    written = _borne_days(text, read)
    if len(written) > 1:
        known = [pair for fact, held in ground.readings for pair in _borne_days(fact.text, held)]
        yield from (day for day, _ in bearings.moved(written, known, _same_days))


def _borne_amounts(text: str, read: Reading) -> list[tuple[Amount, Borne]]:
    spans = [(amount.start, amount.end) for amount in read.amounts]
    return list(zip(read.amounts, bearings.bear(text, spans), strict=True))


def _borne_days(text: str, read: Reading) -> list[tuple[Mention, Borne]]:
    days = [mention for mention in read.mentions if mention.first or mention.last]
    return list(zip(days, bearings.bear(text, [(day.start, day.end) for day in days]), strict=True))


def _same_days(one: Mention, other: Mention) -> bool:
    return (one.first, one.last) == (other.first, other.last)
