"""Contradictions: one thing counted with two values in two facts (B101)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from drafting import amounts
from drafting.amounts import Amount
from evals.examined import Examined
from evals.factsheet import Held, facts_of
from evals.finding import Finding
from evals.rule import rule
from evals.sameness import Clause, Span, clauses, values
from evals.written import slack

_HAN = re.compile("[一-鿿]")
_LEAST = 4
"""Han characters that must tell what is counted, where two facts stand under one heading."""
_TELLING = 8
"""The same where they stand under different ones, or in different points: 开展演练3次 may mean another drill there."""


@rule(
    code="B101",
    name="事实互相矛盾",
    name_en="two facts contradict",
    severity="error",
    basis="arithmetic",
    needs=("brief",),
    subject="brief",
)
def contradiction(document: Examined) -> Iterator[Finding]:
    """召开专题会议4次 and 共召开专题会议5次: the same words of the same time with another number.

    Any other word, a place, a batch, 累计 or 其中 among them, makes it another thing; so does another date, of the text or of the
    fact. Rounded numbers (1.2万 and 12034, 5000余 and 5032) agree.
    """
    known: dict[tuple[str, frozenset[Span]], dict[object, tuple[Held, Clause]]] = {}
    for held in facts_of(document):
        if held.ahead or held.block in document.ahead:
            continue
        for clause in clauses(document, held):
            if not clause.amounts:
                continue
            alike = known.setdefault((clause.words, clause.times), {})
            differing = next((pair for one in alike.values() if (pair := _differing(one, (held, clause)))), None)
            if differing:
                yield _finding(document, held, *differing)
                break
            alike.setdefault((values(clause.amounts), held.section, held.point, held.fact.date), (held, clause))


def _differing(one: tuple[Held, Clause], other: tuple[Held, Clause]) -> tuple[Held, Amount, Amount] | None:
    """The earlier fact, its amount and the one that contradicts it; None where they agree or may speak of two things."""
    (earlier, before), (later, after) = one, other
    if earlier.block == later.block or not _comparable(earlier, later, after.words):
        return None
    for first, second in zip_longest(before.amounts, after.amounts):
        if (
            first is None
            or second is None
            or first.kind != second.kind
            or not amounts.same_unit(first.unit, second.unit)
        ):
            return None
        if not _agree(first, second):
            return earlier, first, second
    return None


def _comparable(earlier: Held, later: Held, words: str) -> bool:
    if earlier.fact.date and later.fact.date and earlier.fact.date != later.fact.date:
        return False
    together = (earlier.section, earlier.point) == (later.section, later.point)
    return len(_HAN.findall(words)) >= (_LEAST if together else _TELLING)


def _agree(one: Amount, other: Amount) -> bool:
    if one.precision != "exact" or other.precision != "exact" or one.kind in ("clock", "ratio"):
        return True
    return amounts.fits(one, other) or abs(one.value - other.value) <= slack(one) + slack(other)


def _finding(document: Examined, held: Held, earlier: Held, before: Amount, after: Amount) -> Finding:
    where = f"第{earlier.fact.line}行" if earlier.fact.line else ""
    source = f"（来源：{earlier.fact.source}）" if earlier.fact.source else ""
    return contradiction.finding(
        document,
        held.block,
        after.start,
        after.end,
        f"{held.fact.id}“{after.text}”与 {earlier.fact.id}{where}“{before.text}”矛盾：同一件事有两个数",
        f"{held.fact.id} says {after.text}, {earlier.fact.id} says {before.text} of the same thing",
        evidence=f"{earlier.fact.id} {earlier.fact.text}{source}",
    )
