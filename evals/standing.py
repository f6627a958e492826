"""Standing: for every sentence of a point the facts that it words, and for every fact the points that word it.

Told by code alone: a fact that a point names stands behind a sentence where the sentence holds a number or a clause of it. A fact that its own point
does not word may still be taken up by a sentence elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from drafting import amounts, attribution
from drafting.amounts import Amount
from drafting.clauses import clauses_of, unsaid_clauses
from drafting.facts import Brief, Fact
from drafting.ground import Ground
from drafting.memory import remembered
from drafting.report import Point, Report
from evals.rules.padding import telling

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?[”’」』）]?")
_SHARED = 0.4
"""Of a fact's characters; a sentence with fewer of them cannot take it up, whatever its numbers are written as."""

PointAt = tuple[int, int]
"""The index of a block, and of the point in it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a point, `start` to `end` of the point's text without its enumerator, and the ids of the facts it stands on."""

    start: int
    end: int
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """`pieces` by point; `used` by fact, in the order of the text."""

    pieces: dict[PointAt, tuple[Piece, ...]]
    used: dict[str, tuple[PointAt, ...]]


def standing(report: Report) -> Standing:
    """Who stands on what. A report without a brief has pieces without facts, and no fact to use."""
    brief = report.brief
    facts = {fact.id: fact for fact in brief.facts()} if brief else {}
    topic = brief.topic if brief else ""
    points = {(at, place): point for at, block in enumerate(report.blocks) for place, point in enumerate(block.points)}
    used: dict[str, list[PointAt]] = {id: [] for id in facts}
    pieces: dict[PointAt, tuple[Piece, ...]] = {}
    for where, point in points.items():
        held = tuple(facts[id] for id in point.facts if id in facts)
        pieces[where] = _pieces(point.text[len(point.enumerator) :], point.gist, _ground(brief, held), topic)
        for id in dict.fromkeys(id for piece in pieces[where] for id in piece.facts):
            used[id].append(where)
    if brief is not None:
        left = [facts[id] for id, places in used.items() if not places]
        _elsewhere(left, points, pieces, used, brief)
    return Standing(pieces, {id: tuple(places) for id, places in used.items()})


def _ground(brief: Brief | None, facts: Sequence[Fact]) -> Ground | None:
    return Ground.of(brief, facts) if brief and facts else None


@remembered(4096)
def _pieces(text: str, gist: str, ground: Ground | None, topic: str) -> tuple[Piece, ...]:
    """The gist is the title of what follows it, and stands on what that stands on."""
    spans = list(_spans(text))
    found = [Piece(start, end, _under(text[start:end], ground, topic) if ground else ()) for start, end in spans]
    if gist and len(found) > 1:
        after = dict.fromkeys(id for piece in found[1:] for id in piece.facts)
        found[0] = replace(found[0], facts=tuple(after) or found[0].facts)
    return tuple(found)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The sentences' spans; what is blank belongs to none."""
    for match in _SENTENCE.finditer(text):
        if match.group().strip():
            yield match.span()


def _under(text: str, ground: Ground, topic: str) -> tuple[str, ...]:
    """The facts of which the sentence words a clause, or a number with a telling word; where it words none, those of which it has such a word.

    A word is telling that is not said of any work and not the report's topic.
    """
    here = telling(text) - telling(topic)
    alike = [fact for fact in ground.facts if here & telling(fact.text)]
    sure = tuple(
        fact.id
        for fact in ground.facts
        if _clause_of(fact, text, ground) or (fact in alike and _number_of(fact, text, ground))
    )
    return sure or tuple(fact.id for fact in alike)


def _clause_of(fact: Fact, text: str, ground: Ground) -> bool:
    """Does the text take up the words of some clause of the fact, and hold all numbers of it?"""
    unsaid = unsaid_clauses(fact.text, text)
    return any(_holds(text, clause, ground, all) for clause in clauses_of(fact.text) if clause not in unsaid)


def _number_of(fact: Fact, text: str, ground: Ground) -> bool:
    return bool(_counted(fact.text, ground)) and _holds(text, fact.text, ground, any)


def _holds(text: str, words: str, ground: Ground, how: Callable[[Iterable[bool]], bool]) -> bool:
    written = ground.amounts_of(text)
    return how(any(amounts.fits(other, amount) for other in written) for amount in _counted(words, ground))


def _counted(words: str, ground: Ground) -> list[Amount]:
    return [amount for amount in ground.amounts_of(words) if not amount.weak]


def _elsewhere(
    left: Sequence[Fact],
    points: dict[PointAt, Point],
    pieces: dict[PointAt, tuple[Piece, ...]],
    used: dict[str, list[PointAt]],
    brief: Brief,
) -> None:
    """Adds the sentences that take up, whole and as it stands, a fact that no point of its own words."""
    if not left:
        return
    whole = Ground.of(brief)
    letters = {where: frozenset(point.text) for where, point in points.items()}
    for fact in left:
        own = frozenset(fact.text)
        for where, point in points.items():
            if len(own & letters[where]) < _SHARED * len(own):
                continue
            text = point.text[len(point.enumerator) :]
            taking = [
                at
                for at, piece in enumerate(pieces[where])
                if attribution.says(fact, text[piece.start : piece.end], whole)
            ]
            if taking:
                used[fact.id].append(where)
                pieces[where] = tuple(
                    replace(piece, facts=(*piece.facts, fact.id)) if at in taking else piece
                    for at, piece in enumerate(pieces[where])
                )
