"""Amounts that follow from others by arithmetic: sums, differences, shares, growth."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from fractions import Fraction
from itertools import combinations, permutations

from drafting.amounts import Amount

# With more amounts than this some sum hits any number by chance.
_MOST_AMOUNTS = 8


_SPEAKS_OF = {
    "sum": re.compile("共|合计|总计|累计|总量|总数|总额|总投|一并|两项|三项|加起来"),
    "difference": re.compile("其余|剩余|余下|剩下|尚有|还有|另有|另外|仍有|未|待|相差|净|增加|减少|多|少|增|减|降|缺"),
    "share": re.compile("率|占|比例|比重|份额|达到?|为$"),
    "growth": re.compile("增|长|升|提高|降|减|落|幅"),
}


def derive(amount: Amount, known: Sequence[Amount], before: str, parts: Collection[Amount] = ()) -> str:
    """The formula by which `amount` follows from two or three known ones (312 − 308 = 4), or empty.

    Only where the words right before it speak of such a reckoning: 其余4处 is a difference, 整改率75% a share. Any small number is the
    sum or difference of something; without the word for it, it is a coincidence. Counts are added and subtracted within one unit; a
    share is part ÷ whole or growth (new − old) ÷ old, to the decimals that are written; one without decimals must agree exactly.
    `parts` are known to lie within another (其中新增8个): no sum adds them to it.
    """
    if len(known) > _MOST_AMOUNTS:
        return ""
    alike = [other for other in known if other.kind == "count" and other.unit == amount.unit]
    if amount.kind == "count" and amount.unit:
        if _SPEAKS_OF["difference"].search(before) and (formula := _difference(amount, alike)):
            return formula
        return (
            _sum(amount, [other for other in alike if other not in parts]) if _SPEAKS_OF["sum"].search(before) else ""
        )
    if amount.kind == "share":
        if _SPEAKS_OF["growth"].search(before):
            return _growth(amount, known)
        return _part(amount, known) if _SPEAKS_OF["share"].search(before) else ""
    if amount.kind == "points" and _SPEAKS_OF["growth"].search(before):
        return _points(amount, known)
    return ""


def _sum(amount: Amount, known: Sequence[Amount]) -> str:
    for size in (2, 3):
        for parts in combinations(known, size):
            if sum(part.value for part in parts) == amount.value:
                return f"{' + '.join(part.digits for part in parts)} = {amount.digits}"
    return ""


def _difference(amount: Amount, known: Sequence[Amount]) -> str:
    for whole, part in permutations(known, 2):
        if whole.value - part.value == amount.value:
            return f"{whole.digits} − {part.digits} = {amount.digits}"
    return ""


def _part(amount: Amount, known: Sequence[Amount]) -> str:
    for part, whole in _pairs(known):
        if part.value <= whole.value and _rounds_to(part.value / whole.value, amount):
            return f"{part.digits} ÷ {whole.digits} = {amount.digits}"
    return ""


def _growth(amount: Amount, known: Sequence[Amount]) -> str:
    for new, old in _pairs(known):
        if _rounds_to(abs(new.value - old.value) / old.value, amount):
            return f"({new.digits} − {old.digits}) ÷ {old.digits} = {amount.digits}"
    return ""


def _points(amount: Amount, known: Sequence[Amount]) -> str:
    for new, old in permutations([other for other in known if other.kind == "share"], 2):
        if abs(new.value - old.value) * 100 == abs(amount.value):
            return f"{new.digits} − {old.digits} = {amount.digits}"
    return ""


def _pairs(known: Sequence[Amount]) -> list[tuple[Amount, Amount]]:
    counts = [other for other in known if other.kind == "count" and other.value > 0]
    return [(one, other) for one, other in permutations(counts, 2) if one.unit == other.unit]


def _rounds_to(value: Fraction, share: Amount) -> bool:
    decimals = len(share.digits.rstrip("%").partition(".")[2])
    half = Fraction(1, 2 * 10 ** (decimals + 2)) if decimals else Fraction(0)
    return abs(value - abs(share.value)) <= half
