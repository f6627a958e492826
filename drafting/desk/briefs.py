"""Briefs put together: what I changed of the facts, and what a colleague did, fact by fact. No fact that either of us wrote is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from drafting.desk import head
from drafting.desk.copy import Clash
from drafting.desk.operations import HEAD_FIELDS
from drafting.desk.texts import together
from drafting.facts import Brief, Fact, Section


@dataclass(frozen=True, slots=True)
class MergedBrief:
    """`renamed` are facts of mine whose id the colleague had given to another fact meanwhile: old id to new."""

    brief: Brief
    clashes: tuple[Clash, ...]
    renamed: Mapping[str, str]


def merge_briefs(base: Brief, mine: Brief, theirs: Brief) -> MergedBrief:
    """Both edits of `base`. Where both changed one text, mine stands and a clash holds theirs."""
    renamed = _taken(base, mine, theirs)
    mine = _renamed(mine, renamed)
    clashes: list[Clash] = []
    facts = {fact.id: fact for fact in _facts(base, mine, theirs, clashes)}
    sections = _sections(base, mine, theirs)
    outlook = _order(*(tuple(fact.id for fact in one.outlook) for one in (base, mine, theirs)))
    whole = _head(base, mine, theirs, clashes)
    placed = {id for section in sections for id in section.ids} | set(outlook)
    merged = replace(
        whole,
        sections=tuple(section.made(facts) for section in sections),
        outlook=tuple(facts[id] for id in outlook if id in facts),
    )
    left = tuple(fact for id, fact in facts.items() if id not in placed)
    if left:  # its section went on one side, and on the other it was written in
        merged = replace(merged, sections=(*merged.sections, Section("", left)))
    return MergedBrief(merged, tuple(clashes), renamed)


@dataclass(frozen=True, slots=True)
class _Row:
    heading: str
    ids: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]

    def made(self, facts: Mapping[str, Fact]) -> Section:
        own = tuple(facts[id] for id in self.ids if id in facts)
        there = {fact.id for fact in own}
        groups = tuple(tuple(id for id in group if id in there) for group in self.groups)
        return Section(self.heading, own, tuple(group for group in groups if len(group) > 1))


def _taken(base: Brief, mine: Brief, theirs: Brief) -> dict[str, str]:
    """New facts on both sides under one id: mine gets another."""
    old = {fact.id for fact in base.facts()}
    new = {fact.id: fact for fact in theirs.facts() if fact.id not in old}
    used = {fact.id for brief in (base, mine, theirs) for fact in brief.facts()}
    free = (id for number in count(len(used) + 1) if (id := f"F{number}") not in used)
    return {fact.id: next(free) for fact in mine.facts() if fact.id in new and fact != new[fact.id]}


def _renamed(brief: Brief, names: Mapping[str, str]) -> Brief:
    def fact(one: Fact) -> Fact:
        return replace(one, id=names.get(one.id, one.id))

    sections = tuple(
        Section(
            one.heading,
            tuple(map(fact, one.facts)),
            tuple(tuple(names.get(id, id) for id in group) for group in one.groups),
        )
        for one in brief.sections
    )
    return replace(brief, sections=sections, outlook=tuple(map(fact, brief.outlook)))


def _facts(base: Brief, mine: Brief, theirs: Brief, clashes: list[Clash]) -> Iterator[Fact]:
    """The facts that stand: put in by either, taken out by neither; taken out by one and changed by the other, it stays."""
    was, own, other = ({fact.id: fact for fact in brief.facts()} for brief in (base, mine, theirs))
    for id in dict.fromkeys((*own, *other)):
        one, two, old = own.get(id), other.get(id), was.get(id)
        if one is None or two is None:
            left = one or two
            if left is not None and (old is None or left != old):
                yield left
        else:
            yield _fact(old or one, one, two, clashes)


def _fact(base: Fact, mine: Fact, theirs: Fact, clashes: list[Clash]) -> Fact:
    text = together(base.text, mine.text, theirs.text)
    source = together(base.source, mine.source, theirs.source)
    day = mine.date if mine.date != base.date else theirs.date
    if text is None or source is None or day != theirs.date != base.date:
        clashes.append(Clash(mine.id, mine.text, _beside(base, mine, theirs), ""))
    return replace(
        mine, text=mine.text if text is None else text, source=mine.source if source is None else source, date=day
    )


def _beside(base: Fact, mine: Fact, theirs: Fact) -> str:
    """Their text; with their source and date in it where these stand against mine."""
    source = theirs.source if theirs.source not in (mine.source, base.source) else ""
    day = str(theirs.date) if theirs.date not in (mine.date, base.date) else ""
    more = "，".join(one for one in (source, day) if one)
    return f"{theirs.text}（{more}）" if more else theirs.text


def _sections(base: Brief, mine: Brief, theirs: Brief) -> list[_Row]:
    """The sections of the side that changed them; where both did, mine, with what the other side put in."""
    was, own, other = (_rows(brief.sections) for brief in (base, mine, theirs))
    if own == was:
        return other
    if other == was:
        return own
    old = {id for row in was for id in row.ids}
    here = {id for row in own for id in row.ids} | {fact.id for fact in mine.outlook}
    rows = [_retitled(row, was, other) for row in own]
    for row in other:
        new = tuple(id for id in row.ids if id not in old and id not in here)
        at = _likest(row, rows)
        if at is None and (new or not any(_akin(row, one) for one in was)):
            rows.append(replace(row, ids=tuple(id for id in row.ids if id not in here), groups=()))
        elif at is not None and new:
            rows[at] = replace(rows[at], ids=(*rows[at].ids, *new))
    return rows


def _retitled(row: _Row, was: Sequence[_Row], other: Sequence[_Row]) -> _Row:
    """The row under the other side's heading, where only that side changed it."""
    before, after = _likest(row, was), _likest(row, other)
    if before is None or after is None or was[before].heading != row.heading:
        return row
    return replace(row, heading=other[after].heading)


def _rows(sections: Sequence[Section]) -> list[_Row]:
    return [_Row(one.heading, tuple(fact.id for fact in one.facts), one.groups) for one in sections]


def _likest(row: _Row, among: Sequence[_Row]) -> int | None:
    """The row that holds most of its facts, or bears its heading."""
    akin = [at for at, one in enumerate(among) if _akin(row, one)]
    return max(akin, key=lambda at: len(set(row.ids) & set(among[at].ids)), default=None)


def _akin(row: _Row, other: _Row) -> bool:
    return bool(set(row.ids) & set(other.ids)) or (row.heading != "" and row.heading == other.heading)


def _order(was: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    if tuple(mine) == tuple(was):
        return tuple(theirs)
    return (*mine, *(id for id in theirs if id not in mine and id not in was))


def _head(base: Brief, mine: Brief, theirs: Brief, clashes: list[Clash]) -> Brief:
    """Each field of who changed it; mine, where both did and it cannot be put together."""
    for name in HEAD_FIELDS:
        was, own, other = (head.told(one, name) for one in (base, mine, theirs))
        text = head.together(name, was, own, other)
        if text is None:
            clashes.append(Clash(name, own, other, ""))
        theirs = head.with_text(theirs, name, own if text is None else text)
    return theirs
