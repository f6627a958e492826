"""Standing: which facts the points of one version stand on and those of the other do not, and which facts of the brief read otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.fuzz import ratio

from drafting.report import Report

FactState = Literal["added", "gone", "changed"]
_SAME_FACT = 60.0
_SAME_ID = 35.0


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that no point of the old version stood on (added), that none of the new one stands on any more (gone), or that the brief words
    otherwise (changed). `id` is the new version's, the old one's where it is gone; texts are empty where no brief holds them."""

    state: FactState
    id: str
    old: str
    new: str


def fact_changes(old: Report, new: Report) -> Iterator[FactChange]:
    """Facts are the same where their texts are: a new fact in the middle gives all that follow another id, and they did not change."""
    before, after = _standing(old), _standing(new)
    texts = {text for _, text in before if text}, {text for _, text in after if text}
    gone = [fact for fact in before if (fact[1] not in texts[1] if fact[1] else fact not in after)]
    come = [fact for fact in after if (fact[1] not in texts[0] if fact[1] else fact not in before)]
    for fact, text in come:
        earlier = max(gone, key=lambda other: _likeness(other, (fact, text)), default=None)
        if earlier is not None and _likeness(earlier, (fact, text)):
            gone.remove(earlier)
            yield FactChange("changed", fact, earlier[1], text)
        else:
            yield FactChange("added", fact, "", text)
    for fact, text in gone:
        yield FactChange("gone", fact, text, "")


def _standing(report: Report) -> list[tuple[str, str]]:
    """The id and the text of every fact that a point stands on, in the brief's order; those that no brief holds come last, without a text."""
    stood = {fact for point in report.points() for fact in point.facts}
    known = {fact.id: fact.text for fact in report.brief.facts()} if report.brief else {}
    return [pair for pair in known.items() if pair[0] in stood] + [(fact, "") for fact in sorted(stood - set(known))]


def _likeness(one: tuple[str, str], other: tuple[str, str]) -> float:
    if not one[1] or not other[1]:
        return 0.0
    return ratio(one[1], other[1], score_cutoff=_SAME_ID if one[0] == other[0] else _SAME_FACT)
