"""A clean report with one fact more in its brief, and a point that words it: rightly, or wrong in one known way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from drafting.facts import Brief, Fact
from drafting.report import Point, Report
from evals.faults.clean import WHERE, Clean
from evals.faults.fault import Change


@dataclass(frozen=True, slots=True)
class Wording:
    """A fact, a sentence that gets it wrong at the stretch marked ⟦so⟧, and sentences that get it right."""

    fact: str
    wrong: str
    right: tuple[str, ...] = ()


def told(clean: Clean, fact: str, sentence: str, turn: int) -> Report:
    """The report whose brief holds that fact too, in one of its sections, where the sentence words it as a point of its own."""
    where = WHERE[turn % len(WHERE)]
    index = clean.section(where).stop - 1
    block = clean.blocks[index]
    added = Fact("F900", fact)
    points = block.points or (Point(block.words),)
    changed = clean.at(index, replace(block, words="", points=(*points, Point(sentence, (added.id,)))))
    return replace(changed, brief=_with(clean.brief, added))


def _with(brief: Brief, fact: Fact) -> Brief:
    last = brief.sections[-1]
    return replace(brief, sections=(*brief.sections[:-1], replace(last, facts=(*last.facts, fact))))


def wrong(clean: Clean, table: Sequence[Wording]) -> Iterator[Change]:
    """This report's share of the table, each row worded wrong. A mark over a whole sentence is a point: files hold no points."""
    for turn, row in clean.dealt(table):
        yield Change(told(clean, row.fact, row.wrong, turn))


def right(clean: Clean, table: Sequence[Wording]) -> Iterator[Change]:
    for turn, row in clean.dealt(table):
        for sentence in row.right or (row.fact + "。",):
            yield Change(told(clean, row.fact, sentence, turn))
