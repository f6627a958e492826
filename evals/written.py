"""Amounts as they are written: how far a rounded one may lie from the truth, and another value written the same way."""

from __future__ import annotations

import re
from fractions import Fraction

from drafting.amounts import Amount
from drafting.numerals import scale_value

_NUMBER = re.compile(r"(?P<digits>\d[\d,]*(?:\.(?P<decimals>\d+))?)\s*(?P<scale>[十百千万亿]*)")


def slack(amount: Amount) -> Fraction:
    """Half of the last written place: 4.2万 may stand for 41500 to 42500, 98.7% for 98.65 to 98.75 %; none for 126."""
    match = _NUMBER.search(amount.text)
    if match is None:
        return Fraction(0)
    unit = Fraction(_scale(match["scale"]), 100 if amount.kind == "share" else 1)
    if unit == 1 and not match["decimals"]:
        return Fraction(0)
    return unit / Fraction(2 * 10 ** len(match["decimals"] or ""))


def in_digits(amount: Amount) -> bool:
    """Is it written in Arabic digits? Chinese numerals of older texts (一亿零四百万) are not reckoned with."""
    return _NUMBER.search(amount.text) is not None


def like(amount: Amount, value: Fraction) -> str:
    """The value as that amount is written: 4689亿元 beside 12319亿元; bare beside Chinese numerals."""
    match = _NUMBER.search(amount.text)
    if match is None:
        return _decimal(value)
    start, end = match.span("digits")
    return amount.text[:start] + _decimal(value / _scale(match["scale"])) + amount.text[end:]


def per_cent(share: Fraction, decimals: int) -> str:
    """The share with that many decimals: 98.7%."""
    return f"{float(share * 100):.{decimals}f}%"


def decimals(amount: Amount) -> int:
    """How many decimals are written."""
    match = _NUMBER.search(amount.text)
    return len(match["decimals"] or "") if match else 0


def _scale(words: str) -> int:
    return scale_value(words) if words else 1


def _decimal(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.12g}"
