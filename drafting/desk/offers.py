"""Comparison with last period on the desk: growth and shares that follow from both periods' facts, offered beside them and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from drafting import growth
from drafting.desk.copy import Copy
from drafting.errors import PeriodError, ReviewRefused
from drafting.facts import Brief, Fact
from drafting.growth import Derived
from drafting.memory import remembered
from drafting.period import Period
from drafting.rolling.pairing import pairs
from drafting.workspace import access, contents, history
from drafting.workspace.users import User

_MOST = 200
"""Facts of a report that are compared; pairing looks at each with each."""


def last_brief(connection: Connection, user: User, brief: Brief) -> Brief | None:
    """The brief of the last period's report on the same thing, a year before rather than just before; None where the user may read none."""
    for period in _before(brief):
        document = history.document_of_identity(connection, replace(brief, period=period).identity)
        if document is None:
            continue
        try:
            access.require_reader(connection, user, document)
        except ReviewRefused:
            continue
        found = contents.get(connection, history.head(connection, document.id).hash).brief
        if found is not None:
            return found
    return None


def offers(copy: Copy, last: Brief | None) -> Mapping[str, tuple[Derived, ...]]:
    """What is offered beside each fact, by its id. What some fact says already is not."""
    told = copy.brief()
    if told is None:
        return {}
    facts, old = _done(told), _done(last) if last else []
    known = {fact.text for fact in told.facts()}
    found = {fact.id: growth.shares(fact, told.period) for fact in facts}
    if last is not None:
        texts = tuple(fact.text for fact in old), tuple(fact.text for fact in facts)
        for before, now in _pairs(*texts, last.period, told.period):
            derived = growth.compared(facts[now], old[before], (told.period, last.period))
            found[facts[now].id] = (*found[facts[now].id], *derived)
    fresh = {id: tuple(one for one in each if one.text not in known) for id, each in found.items()}
    return {id: each for id, each in fresh.items() if each}


def _done(brief: Brief) -> list[Fact]:
    """The facts of what was done: plans are not compared."""
    return [fact for section in brief.sections for fact in section.facts][:_MOST]


@remembered(64)
def _pairs(old: tuple[str, ...], new: tuple[str, ...], last: Period, period: Period) -> tuple[tuple[int, int], ...]:
    """Between two looks at a report its facts are mostly the same."""
    return tuple(pairs(old, new, (last, period)))


def _before(brief: Brief) -> list[Period]:
    periods = []
    for step in (brief.period.year_before, brief.period.previous):
        try:
            periods.append(step())
        except PeriodError:
            continue
    return list(dict.fromkeys(periods))
