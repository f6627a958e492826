"""Clauses: which parts of a fact a text takes up in its words."""

from __future__ import annotations

import re
from functools import lru_cache

_FILLER = frozenset("的了和与及对在等共其中已将把为由并各以于所有到从是个次家项人处")
_STOP = re.compile(r"[，。；：、！？,;:!?\n“”‘’（）()]+")
_WORDS = re.compile("[一-鿿A-Za-z]+")
_TAKEN_UP = 0.6
# Numbers and their trends are held by value elsewhere; how they are worded is free: 三成 and 30%, 增长 and 上升.
_HELD_ELSEWHERE = re.compile(
    "[零〇一二两三四五六七八九十百千万亿]+[成个项次起家]|百分之[零〇一二两三四五六七八九十百千万点]+|同比|环比|增长|增加|上升|提高|下降|减少|降低|回落|不超过|不少于|不低于|至少"
)


def unsaid_clauses(fact: str, text: str) -> list[str]:
    """The clauses of a fact whose own words the text does not take up: under three fifths of their characters stand in it."""
    unsaid = []
    chars = frozenset(text)
    for clause, words, runs in _clauses(fact):
        if sum(char in chars for char in words) < _TAKEN_UP * len(words) or (
            runs and not any(run in text for run in runs)
        ):
            unsaid.append(clause)
    return unsaid


@lru_cache(maxsize=2048)
def _clauses(fact: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Each clause with its telling characters and, where it has four and more, its pairs of characters, of which one must be said."""
    found = []
    for clause in _STOP.split(fact):
        runs = _WORDS.findall(_HELD_ELSEWHERE.sub(" ", clause))
        words = "".join(char for run in runs for char in run if char not in _FILLER)
        if words:
            pairs = tuple(run[at : at + 2] for run in runs for at in range(len(run) - 1))
            found.append((clause, words, pairs if len(words) >= 4 else ()))
    return tuple(found)
