"""Marks: numerals that name and do not count — ordinals (第3届), document numbers (〔2024〕12号), standards and codes (GB/T 9704, PM2.5, 5G)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafting import amount_patterns as patterns
from drafting.numerals import han_value


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark; equal keys name the same thing: 第三批 and 第3批, 〔2024〕12号 and [2024] 12号."""

    text: str
    start: int
    end: int
    key: str


# Ordinals that are plain words: 第一时间 counts nothing.
_WORD = re.compile(
    r"第一(?:时间|线|手|位|责任|书记|资源|动力|生产力|议题|要素|要务|步|道防线|现场|产业|关)|第[二三](?:产业|课堂|方|者)|第三方"
)
_HAN_NUMBER = re.compile(f"[{patterns.HAN}]+")
_PUNCTUATION = re.compile(r"[\s〔〕\[\]［］（）()【】]")
_DASH = re.compile("[-—–至、]+")
_CIRCLED = re.compile("[①-⑳]")


def find(text: str, exclude: tuple[tuple[int, int], ...] = ()) -> list[Mark]:
    """The marks of a text in order. `exclude` are spans that hold something else, such as dates (第二季度)."""
    plain = text.translate(patterns.WIDE)
    found = []
    for match in patterns.CODE.finditer(plain):
        start, end = match.span()
        if any(start < stop and begin < end for begin, stop in exclude):
            continue
        if _CIRCLED.match(match.group()) or _WORD.match(plain, start):
            continue
        found.append(Mark(text[start:end], start, end, _key(match.group())))
    return found


def _key(words: str) -> str:
    bare = _DASH.sub("-", _PUNCTUATION.sub("", words))
    return _HAN_NUMBER.sub(lambda match: str(han_value(match.group()) or match.group()), bare)
