"""Facts on the desk: put in, pasted, taken out, moved, grouped. The paper keeps its words; the rules tell what no longer fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafting import bounds
from drafting.brief import FACT_LIMIT
from drafting.desk.copy import OUTLOOK, Copy, DeskSection
from drafting.desk.pasting import Pasted, pasted
from drafting.desk.texts import line
from drafting.errors import InputError
from drafting.facts import Fact


def add(copy: Copy, section: str, after: str, new: Sequence[Pasted]) -> Copy:
    """The copy with new facts behind the fact `after`, at the beginning where that is empty."""
    own = copy.section(section)
    at = _behind(own, after)
    facts = []
    for one in map(_kept, new):
        copy, id = copy.numbered("F")
        while any(fact.id == id for _, fact in copy.facts()):
            copy, id = copy.numbered("F")  # a drafter's own id may look like ours
        facts.append(Fact(id, one.text, one.source, one.date))
    return _bounded(copy, replace(own, facts=(*own.facts[:at], *facts, *own.facts[at:])))


def paste(copy: Copy, section: str, after: str, text: str) -> Copy:
    """The copy with the facts of a pasted list or table."""
    return add(copy, section, after, pasted(text))


def delete(copy: Copy, id: str) -> Copy:
    """The copy without the fact. Points that worded it keep their words and stand on it no longer."""
    own = _section_of(copy, id)
    copy = copy.with_section(_without(own, id))
    for _, placed in list(copy.points()):
        if id in placed.point.facts:
            left = tuple(one for one in placed.point.facts if one != id)
            copy = copy.with_point(replace(placed, point=replace(placed.point, facts=left)))
    return copy


def move(copy: Copy, id: str, section: str, after: str) -> Copy:
    """The copy with the fact behind another one, in the same section or another; in another it belongs to no group."""
    if after == id:
        return copy
    source = _section_of(copy, id)
    fact = next(one for one in source.facts if one.id == id)
    groups = source.groups if section == source.id else ()
    copy = copy.with_section(_without(source, id))
    target = copy.section(section)
    at = _behind(target, after)
    moved = replace(target, facts=(*target.facts[:at], fact, *target.facts[at:]))
    return _bounded(copy, _ordered(replace(moved, groups=groups)) if groups else moved)


def group(copy: Copy, ids: Sequence[str]) -> Copy:
    """The copy with these facts as one point. Raises InputError for facts of several sections, or fewer than two."""
    if len(set(ids)) < 2 or len(set(ids)) != len(ids):
        raise InputError("合成一个要点至少要选两条不同的事实")
    own = _section_of(copy, ids[0])
    there = {fact.id for fact in own.facts}
    if own.id == OUTLOOK or not there.issuperset(ids):
        raise InputError("合成一个要点的事实要在同一个部分里")
    left = tuple(tuple(one for one in members if one not in ids) for members in own.groups)
    kept = tuple(members for members in left if len(members) > 1)
    return copy.with_section(_ordered(replace(own, groups=(*kept, tuple(ids)))))


def ungroup(copy: Copy, id: str) -> Copy:
    """The copy with the facts of this one's group loose again."""
    own = _section_of(copy, id)
    return copy.with_section(replace(own, groups=tuple(members for members in own.groups if id not in members)))


def _ordered(section: DeskSection) -> DeskSection:
    """Groups and their members in the order of the facts, the members side by side behind the first of them."""
    place = {fact.id: at for at, fact in enumerate(section.facts)}
    groups = tuple(tuple(sorted(members, key=place.__getitem__)) for members in section.groups)
    first = {members[0]: members for members in groups}
    grouped = {id for members in groups for id in members}
    facts = {fact.id: fact for fact in section.facts}
    order = [
        facts[id]
        for fact in section.facts
        if fact.id in first or fact.id not in grouped
        for id in first.get(fact.id, (fact.id,))
    ]
    return replace(section, facts=tuple(order), groups=tuple(sorted(groups, key=lambda one: place[one[0]])))


def _without(section: DeskSection, id: str) -> DeskSection:
    groups = (tuple(one for one in members if one != id) for members in section.groups)
    facts = tuple(fact for fact in section.facts if fact.id != id)
    return replace(section, facts=facts, groups=tuple(members for members in groups if len(members) > 1))


def _behind(section: DeskSection, after: str) -> int:
    if not after:
        return 0
    for at, fact in enumerate(section.facts, start=1):
        if fact.id == after:
            return at
    raise LookupError(after)


def _section_of(copy: Copy, id: str) -> DeskSection:
    for section, fact in copy.facts():
        if fact.id == id:
            return copy.section(section)
    raise LookupError(id)


def _kept(one: Pasted) -> Pasted:
    return replace(one, text=of_fact(one.text), source=of_fact(one.source))


def of_fact(text: str) -> str:
    """A fact's text or source as it is kept. Raises InputError for one too long, or with what no file could hold."""
    text = line(text)
    if len(text) > FACT_LIMIT:
        raise InputError(f"一条事实有 {len(text)} 字，超过上限 {FACT_LIMIT} 字")
    return text


def _bounded(copy: Copy, section: DeskSection) -> Copy:
    most = bounds.MOST_POINTS if section.id == OUTLOOK else bounds.MOST_FACTS
    if len(section.facts) > most:
        raise InputError(f"这个部分会有 {len(section.facts)} 条事实，超过上限 {most} 条，请分成几个部分")
    return copy.with_section(section)
