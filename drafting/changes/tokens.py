"""Tokens: the units in which two texts are compared. A number with its unit is one, so is a Latin word; else each character is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafting.measure_words import COUNTED_TIMES, HAN_UNITS, UNITS

_MORE = ("日", "号", "时", "季度", "万元", "亿元", "年度", "月份", *(f"{counted}次" for counted in COUNTED_TIMES))


def _any_of(units: set[str]) -> str:
    """The longest first; a Latin unit ends where its word does."""
    ordered = sorted(units, key=lambda unit: (-len(unit), unit))
    return "|".join(re.escape(unit) + (r"(?![A-Za-z])" if unit.isascii() else "") for unit in ordered)


_UNIT = _any_of({*UNITS, *_MORE})
_HAN_UNIT = _any_of(
    {*HAN_UNITS, "月", "日", "年", "季度", "个百分点", "成", *(f"{counted}次" for counted in COUNTED_TIMES)}
)
_DIGIT = "[0-9０-９]"
_TOKEN = re.compile(
    r"[0-9０-９]{1,2}[:：][0-9０-９]{2}(?![0-9０-９])"
    rf"|(?:(?<![0-9０-９%％])[+-])?{_DIGIT}+(?:[,，]{_DIGIT}{{3}}(?!{_DIGIT}))*(?:[.．]{_DIGIT}+)?\s?"
    rf"[万亿千百]{{0,2}}(?:[%％‰]|{_UNIT})?"
    rf"|[〇零一二三四五六七八九十百千两]{{2,}}[万亿]{{0,2}}(?:{_HAN_UNIT})?|[〇一二三四五六七八九十两](?:{_HAN_UNIT})"
    r"|[A-Za-zＡ-Ｚａ-ｚ]{2,}|[ \t\u3000]{2,}"
)
"""Every token of more than one character, and digits."""
_PUNCTUATION = frozenset("，。；：、！？…—（）()《》〈〉“”‘’「」『』【】〔〕[],.;:!?\n")
ENUMERATOR = re.compile(r"(?:[一二三四五六七八九十]{1,3}[是要]|(?:其|第)[一二三四五六七八九十]{1,2}[，是])")
"""一是, 二要, 其三，第四，: what counts off the points of a paragraph."""
LONGEST_ENUMERATOR = 4
"""Tokens of an enumerator."""
_HAN = frozenset("〇零一二三四五六七八九十百千两")


def tokens(text: str) -> list[str]:
    """The text cut into tokens; joined again they are the text."""
    found: list[str] = []
    at = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        found += text[at:start]
        found.append(text[start:end])
        at = end
    found += text[at:]
    return found


def is_punctuation(token: str) -> bool:
    return token in _PUNCTUATION


def is_number(token: str) -> bool:
    """A number, in digits or, with a unit or of more than one numeral, in Chinese."""
    return token[0].isdecimal() or (len(token) > 1 and (token[0] in "+-" or token[0] in _HAN))


def enumerator(found: Sequence[str]) -> int:
    """How many of the first tokens are an enumerator; 0 where there is none."""
    match = ENUMERATOR.match("".join(found[:LONGEST_ENUMERATOR]))
    size = 0
    for count, token in enumerate(found[:LONGEST_ENUMERATOR], start=1):
        size += len(token)
        if match and size == match.end():
            return count
    return 0
