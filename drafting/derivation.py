"""Amounts that follow from others by arithmetic: sums, differences, shares, growth."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, permutations

from drafting.amounts import Amount


def derive(amount: Amount, known: Sequence[Amount]) -> str:
    """The formula by which `amount` follows from two or three known ones (312 − 308 = 4), or empty.

    Counts are added and subtracted within one unit only; a share is tried as part ÷ whole and as growth (new − old) ÷ old, and must
    agree to the decimals that are written.
    """
    if amount.kind == "count":
        return _sum_or_difference(
            amount, [other for other in known if other.kind == "count" and other.unit == amount.unit]
        )
    if amount.kind in ("share", "points"):
        return _ratio(amount, known)
    return ""


def _sum_or_difference(amount: Amount, known: Sequence[Amount]) -> str:
    for size in (2, 3):
        for parts in combinations(known, size):
            if sum(part.value for part in parts) == amount.value:
                return f"{' + '.join(part.digits for part in parts)} = {amount.digits}"
    for whole, part in permutations(known, 2):
        if whole.value - part.value == amount.value:
            return f"{whole.digits} − {part.digits} = {amount.digits}"
    return ""


def _ratio(amount: Amount, known: Sequence[Amount]) -> str:
    if amount.kind == "points":
        shares = [other for other in known if other.kind == "share"]
        for new, old in permutations(shares, 2):
            if abs(new.value - old.value) * 100 == abs(amount.value):
                return f"{new.digits} − {old.digits} = {amount.digits}"
        return ""
    counts = [other for other in known if other.kind == "count" and other.value > 0]
    for one, other in permutations(counts, 2):
        if one.unit != other.unit:
            continue
        if _rounds_to(one.value / other.value, amount):
            return f"{one.digits} ÷ {other.digits} = {amount.digits}"
        if _rounds_to(abs(one.value - other.value) / other.value, amount):
            return f"({one.digits} − {other.digits}) ÷ {other.digits} = {amount.digits}"
    return ""


def _rounds_to(value: Fraction, share: Amount) -> bool:
    decimals = len(share.digits.rstrip("%").partition(".")[2])
    half = Fraction(1, 2 * 10 ** (decimals + 2))
    return abs(value - abs(share.value)) <= half
