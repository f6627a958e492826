"""The numbers that headings and items open with: 一、（一）1.（1）, in the spellings that people use."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafting.numerals import han_value

_HAN = "[一二三四五六七八九十百]"
_DIGIT = "[0-9０-９]"
_GAP = r"[ \t　]{0,4}"

# 三、四线城市 and 五、六月份 begin a sentence: what counts up by one is a pair, not an item.
_PAIR = re.compile(rf"({_HAN}{{1,3}})(?:[、月年级季届次个线类期批等产项]|是)")
_FORMS = (
    (1, re.compile(rf"第{_HAN}{{1,4}}(?:章|部分|篇|编)(?=[ \t　、：:]|$)[、：:]?{_GAP}")),
    (1, re.compile(rf"({_HAN}{{1,4}}){_GAP}[、.．]{_GAP}")),
    # 第一、第二产业 and 第一、二季度 begin a sentence.
    (2, re.compile(rf"第{_HAN}{{1,3}}、(?!第|{_HAN}){_GAP}")),
    (2, re.compile(rf"[（(]{_GAP}{_HAN}{{1,4}}{_GAP}[）)]、?{_GAP}")),
    # 8.6个 is a decimal; 1.2024年 is an item that begins with a year.
    (3, re.compile(rf"{_DIGIT}{{1,3}}{_GAP}[.．、]{_GAP}(?=(?:[^0-9０-９]|{_DIGIT}{{4}}年|$))")),
    (4, re.compile(rf"[（(]{_GAP}{_DIGIT}{{1,3}}{_GAP}[）)]、?{_GAP}")),
    (4, re.compile(rf"{_DIGIT}{{1,2}}[）)]{_GAP}|[①-⑳]{_GAP}")),
)
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Number:
    """What a line opens with, white space behind it included, and the level that its form belongs to."""

    text: str
    level: int


def opening(text: str) -> Number | None:
    """The number at the head of a line; None where it opens with a decimal, a year, a pair (一、二季度) or no number at all."""
    for level, form in _FORMS:
        match = form.match(text)
        if match:
            return None if level == 1 and _is_pair(match, text) else Number(match.group(), level)
    return None


def _is_pair(match: re.Match[str], text: str) -> bool:
    if not match.re.groups:
        return False
    after = _PAIR.match(text, match.end())
    first, second = han_value(match.group(1)), han_value(after.group(1)) if after else None
    return first is not None and second == first + 1
