"""The same fact twice in one brief, in other words or inside another fact too (B102)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evals.examined import Examined
from evals.factsheet import Held, facts_of
from evals.finding import Finding
from evals.rule import rule
from evals.sameness import Clause, Span, clauses, meaning, values

_SHORTEST = 4
"""Letters of a fact that can be called the same as another."""
_COMMON = 10
"""Counts up to this come twice by chance."""
_HOLDERS = 6
"""A clause that more facts of a section share is a formula and tells nothing."""
_ADDED = 2
"""A fact may have one word more than the other that says the same, 开展（燃气）专项检查36次; a long one a character in four."""

_Values = tuple[tuple[str, Fraction], ...]
_Meaning = tuple[str, _Values, frozenset[Span]]


@dataclass(frozen=True, slots=True)
class _Read:
    """A fact with what its clauses say, its words and its numbers."""

    held: Held
    said: tuple[_Meaning, ...]
    words: str
    values: _Values
    times: frozenset[Span]

    @classmethod
    def of(cls, held: Held, clauses: Sequence[Clause]) -> _Read:
        counted = tuple(value for clause in clauses for value in values(clause.amounts))
        last = clauses[-1]
        return cls(held, tuple(map(meaning, clauses)), last.words, counted, last.times)

    @property
    def meanings(self) -> frozenset[_Meaning]:
        return frozenset(self.said)

    @property
    def telling(self) -> bool:
        """Would its numbers hardly come twice by chance?"""
        return len(self.values) > 1 or any(kind != "count" or value > _COMMON for kind, value in self.values)


@rule(
    code="B102",
    name="事实重复",
    name_en="the same fact twice",
    severity="warning",
    basis="practice",
    needs=("brief",),
    subject="brief",
)
def same_fact(document: Examined) -> Iterator[Finding]:
    """Equal but for punctuation, width, filler and how numbers and dates are written; one inside another; or one with a word more.

    The last two only under one heading, and where their numbers would hardly come twice by chance.
    """
    known = _Known()
    for held in facts_of(document):
        parts = clauses(document, held)
        if held.ahead or not parts or len(parts[-1].words) < _SHORTEST:
            continue
        read = _Read.of(held, parts)
        earlier = known.whole.get(read.meanings)
        if earlier is not None:
            yield _finding(document, held, earlier, "是同一件事", "say the same")
            continue
        near = next((pair for other in known.beside(read) if (pair := _near(other, read))), None)
        if near is not None:
            yield _finding(document, *near)
        known.add(read)


class _Known:
    """The facts read so far, found again by what they say: a brief of a thousand facts is not a million pairs."""

    def __init__(self) -> None:
        self.whole: dict[frozenset[_Meaning], Held] = {}
        self._by_part: dict[tuple[int, object], list[_Read]] = {}

    def add(self, read: _Read) -> None:
        self.whole[read.meanings] = read.held
        for part in _parts(read):
            self._by_part.setdefault((read.held.section, part), []).append(read)

    def beside(self, read: _Read) -> Iterator[_Read]:
        """Those of the same section that share a clause or all numbers with it."""
        for part in _parts(read):
            yield from self._by_part.get((read.held.section, part), ())[-_HOLDERS:]


def _parts(read: _Read) -> Iterator[object]:
    if read.telling:
        yield read.values
    yield from (said for said in read.said if said[1])


def _near(one: _Read, other: _Read) -> tuple[Held, Held, str, str] | None:
    """The fact that can go, the one that says it, and how."""
    for inner, outer in ((other, one), (one, other)):
        if inner.telling and inner.meanings < outer.meanings:
            return inner.held, outer.held, "是同一件事，后者写得更全", "say the same, the second more fully"
    if one.values == other.values and one.telling and one.times == other.times:
        shorter, longer = sorted((one.words, other.words), key=len)
        if len(longer) - len(shorter) <= max(_ADDED, len(shorter) // 4) and _is_subsequence(shorter, longer):
            return other.held, one.held, "几乎相同", "say nearly the same"
    return None


def _is_subsequence(shorter: str, longer: str) -> bool:
    rest = iter(longer)
    return all(char in rest for char in shorter)


def _finding(document: Examined, held: Held, other: Held, how: str, how_en: str) -> Finding:
    where = f"（第{other.fact.line}行）" if other.fact.line else ""
    return same_fact.finding(
        document,
        held.block,
        0,
        len(document.texts[held.block]),
        f"{held.fact.id} 与 {other.fact.id}{where}{how}",
        f"{held.fact.id} and {other.fact.id} {how_en}",
        evidence=f"{other.fact.id} {other.fact.text}",
    )
