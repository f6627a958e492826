"""Clauses: which parts of a fact a text takes up in its words."""

from __future__ import annotations

import re

from drafting.amount_patterns import HAN
from drafting.memory import remembered

_FILLER = frozenset("的了和与及对在等共其中已将把为由并各以于所有到从是个次家项人处")
_STOP = re.compile(r"(?:[，。；：、！？;:!?\n（）()]|(?<!\d),|,(?!\d))+")
_QUOTED = re.compile("[“‘]([^“”‘’]*)[”’]")
_WORDS = re.compile("[一-鿿A-Za-z]+")
_TAKEN_UP = 0.6
# Numbers, days and trends are held by value elsewhere, and how they are worded is free: 三成 and 30%, 增长 and 上升; so is 进行 for 开展.
_WORDED_FREELY = re.compile(
    rf"[{HAN}]{{1,16}}(?:分之[{HAN}点]{{1,16}}|[成个项次起家])|个?百分点|"
    r"\d[年月日]|进行|开展|较|相比|"
    "同比|环比|增长|增加|上升|提高|下降|减少|降低|回落|不超过|不少于|不低于|至少"
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


def clauses_of(fact: str) -> tuple[str, ...]:
    """The clauses of a fact that `unsaid_clauses` asks for."""
    return tuple(clause for clause, _, _ in _clauses(fact))


@remembered(4096)
def _clauses(fact: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Each clause, and each quoted stretch, with its telling characters; from four on, with its pairs of characters, of which one must be said."""
    found = []
    for clause in (*_STOP.split(fact), *_QUOTED.findall(fact)):
        runs = _WORDS.findall(_WORDED_FREELY.sub(" ", clause))
        words = "".join(char for run in runs for char in run if char not in _FILLER)
        if words:
            pairs = tuple(run[at : at + 2] for run in runs for at in range(len(run) - 1))
            found.append((clause, words, pairs if len(words) >= 4 else ()))
    return tuple(found)
