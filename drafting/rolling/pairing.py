"""Which fact of this period is which of the last: by what they count, else by their words. A wrong pair is worse than none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from drafting.counted import Figure, figures, likeness, same
from drafting.period import Period

_LEAST = Fraction(1, 2)
_AHEAD = Fraction(1, 10)
"""By so much a pair has to be better than the next best of either, or it is open which is meant."""
_NUMBERS = re.compile(r"[0-9０-９.,%％]+|[一二三四五六七八九十百千万亿两零〇]+(?=[个次处家人名件项期场万亿元])")


@dataclass(frozen=True, slots=True)
class _Told:
    """A fact with its figures, and its words without numbers."""

    text: str
    words: str
    figures: tuple[Figure, ...]

    @classmethod
    def of(cls, text: str, period: Period) -> _Told:
        return cls(text, _NUMBERS.sub("", text), figures(text, period))


def pairs(old: Sequence[str], new: Sequence[str], periods: tuple[Period, Period]) -> list[tuple[int, int]]:
    """Places of an old and a new fact that tell of the same, each in one pair at most, in the order of the old ones.

    `periods` are the old and the new facts'. A pair is taken where it is the best for both and clearly better than any other of either; facts
    with the very same words are a pair wherever they stand in the same order.
    """
    before = [_Told.of(text, periods[0]) for text in old]
    after = [_Told.of(text, periods[1]) for text in new]
    scores = [[_score(one, other) for other in after] for one in before]
    found = []
    for at, row in enumerate(scores):
        best = max(range(len(row)), key=row.__getitem__, default=-1)
        if best < 0 or row[best] < _LEAST:
            continue
        rivals = [score for place, score in enumerate(row) if place != best]
        rivals += [other[best] for place, other in enumerate(scores) if place != at]
        if row[best] >= max(rivals, default=Fraction(0)) + _AHEAD:
            found.append((at, best))
    return found


def _score(old: _Told, new: _Told) -> Fraction:
    """0 to 1: the share of the new fact's figures that the old one has too, and how like their words are, whichever says more."""
    words = likeness(old.words, new.words)
    if not (old.figures and new.figures):
        return words
    shared = sum(any(same(one, other) for other in old.figures) for one in new.figures)
    if not shared:
        return Fraction(0)  # 检查企业126家 and 培训企业126家 are like each other in words alone
    counted = Fraction(2 * shared, len(new.figures) + max(shared, min(len(old.figures), len(new.figures))))
    return max(words, (counted * 2 + words) / 3)
