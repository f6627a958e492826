"""Tokens: the units in which two texts are compared. A number with its unit is one, so is a Latin word; else each character is."""

from __future__ import annotations

import re

from drafting.measure_words import UNITS

_UNIT = "|".join(map(re.escape, sorted({*UNITS, "日", "号", "时", "季度", "万元", "亿元"}, key=len, reverse=True)))
_TOKEN = re.compile(
    rf"(?P<number>[+-]?[0-9０-９]+(?:[,，][0-9０-９]{{3}})*(?:[.．][0-9０-９]+)?\s?[万亿千百]{{0,2}}(?:[%％‰]|{_UNIT})?)"
    r"|[A-Za-zＡ-Ｚａ-ｚ]+|[ \t\u3000]+|.",
    re.DOTALL,
)
_PUNCTUATION = frozenset("，。；：、！？…—（）()《》〈〉“”‘’「」『』【】〔〕[],.;:!?\n")


def tokens(text: str) -> list[str]:
    """The text cut into tokens; joined again they are the text."""
    return [match.group() for match in _TOKEN.finditer(text)]


def is_punctuation(token: str) -> bool:
    return token in _PUNCTUATION


def is_number(token: str) -> bool:
    return token[0].isdecimal() or (len(token) > 1 and token[0] in "+-")
