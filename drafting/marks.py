"""Marks: numerals that name and do not count — ordinals (第3届), document numbers (〔2024〕12号), standards and codes (GB/T 9704, PM2.5, 5G)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drafting import amount_patterns as patterns
from drafting.numerals import han_value


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark; equal keys name the same thing: 第三批 and 第3批, 〔2024〕12号 and [2024] 12号.

    `weak` marks stand in a quoted slogan (“1+3+N”): what a fact holds of them must be said, but they need no fact themselves.
    """

    text: str
    start: int
    end: int
    key: str
    weak: bool = False

    @property
    def shape(self) -> str:
        """The key without its digits: two marks of one shape may be one that was altered."""
        return _DIGITS.sub("", self.key)


# Ordinals that are plain words: 第一时间 counts nothing.
_WORD = re.compile(
    r"第一(?:时间|线|手|位|责任|书记|资源|动力|生产力|议题|要素|要务|步|道防线|现场|产业|关)|第[二三](?:产业|课堂|方|者)|第三方|(?<=[创争夺])第一(?![一-鿿])|(?<=安全)第一|(?<=质量)第一|(?<=生命)第一|(?<=健康)第一"
)
_HAN_NUMBER = re.compile(f"[{patterns.HAN}]+")
_PUNCTUATION = re.compile(r"[\s〔〕\[\]［］（）()【】]")
_DASH = re.compile("[-—–至、]+")
_DIGITS = re.compile(r"\d+")
_CIRCLED = re.compile("[①-⑳]")


def find(text: str, exclude: tuple[tuple[int, int], ...] = ()) -> list[Mark]:
    """The marks of a text in order. `exclude` are spans that hold something else, such as dates (第二季度)."""
    plain = patterns.narrow(text)
    spans = [span for span in patterns.codes(plain) if not _within(span, exclude)]
    quoted = patterns.slogans(plain) if spans else ()
    return [
        Mark(text[start:end], start, end, _key(plain[start:end]), _within((start, end), quoted))
        for start, end in spans
        if not _CIRCLED.match(plain, start) and not _WORD.match(plain, start)
    ]


def _within(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    """Does the span touch any of the others?"""
    return any(span[0] < stop and begin < span[1] for begin, stop in others)


def _key(words: str) -> str:
    bare = _DASH.sub("-", _PUNCTUATION.sub("", words))
    return _HAN_NUMBER.sub(lambda match: str(han_value(match.group()) or match.group()), bare)
