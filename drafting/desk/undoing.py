"""Undoing: one operation taken back, by the ids of what it put in, took out or changed. What was written since stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import TypeVar

from drafting.desk import enumeration, formulas
from drafting.desk.copy import OUTLOOK, Copy, DeskSection, PlacedBlock, PlacedPoint
from drafting.facts import Brief, Fact
from drafting.profile import Profile

V = TypeVar("V")


def undone(now: Copy, before: Copy, after: Copy, profile: Profile) -> Copy:
    """`now` without what made `after` of `before`. undone(after, before, after) is `before`; ids given since are not given again."""
    copy = _facts(_sections(now, before, after), now, before, after)
    copy = replace(
        _blocks(copy, now, before, after),
        told=_back(before.told, after.told, now.told),
        head=_head(before.head, after.head, now.head),
        clashes=_back(before.clashes, after.clashes, now.clashes),
    )
    for section in [one.id for one in copy.sections if _points(copy, one.id) != _points(before, one.id)]:
        copy = enumeration.counted(copy, section, profile)
    return formulas.numbered(copy, profile)


def _back(before: V, after: V, now: V) -> V:
    """What it was, where nobody has changed it since."""
    return before if now == after else now


def _order(before: Sequence[str], after: Sequence[str], now: Sequence[str]) -> list[str]:
    """The ids of `now` without those that came with the operation, those that went with it in their old places."""
    gone = [id for id in before if id not in after]
    kept = [id for id in now if id in before or id not in after]
    old = [id for id in before if id in kept or id in gone]
    both = [id for id in before if id in after]
    return _woven(kept, old) if both == [id for id in after if id in before] else _woven(old, kept)


def _woven(ids: Sequence[str], others: Sequence[str]) -> list[str]:
    """`ids`, with what only `others` hold behind what it stands behind there."""
    woven = list(ids)
    for at, id in enumerate(others):
        if id not in woven:
            woven.insert(woven.index(others[at - 1]) + 1 if at else 0, id)
    return woven


# --- facts


def _sections(now: Copy, before: Copy, after: Copy) -> Copy:
    """The sections with their headings; one that came with the operation stays where facts were put in since."""
    old, done, own = ({one.id: one for one in copy.sections} for copy in (before, after, now))
    order = _order(list(old), list(done), list(own))
    added = {id for id in done if id not in old and id in own}
    given = {fact.id for _, fact in after.facts()}
    filled = [id for id in own if id in added and any(fact.id not in given for fact in own[id].facts)]
    sections = []
    for id in _woven(order, [id for id in own if id in order or id in filled]):
        one = own.get(id) or old[id]
        if id in old and id in done:
            heading = _back(old[id].heading, done[id].heading, one.heading)
            one = replace(one, heading=heading, groups=_back(old[id].groups, done[id].groups, one.groups))
        sections.append(one)
    return replace(now, sections=tuple(sections))


def _facts(copy: Copy, now: Copy, before: Copy, after: Copy) -> Copy:
    old, done, own = ({fact.id: fact for _, fact in one.facts()} for one in (before, after, now))
    placed: set[str] = set()
    for section in (*copy.sections, DeskSection(OUTLOOK, "", copy.outlook)):
        ids = _order(*(_ids(one, section.id) for one in (before, after, now)))
        ids = [id for id in ids if id not in placed]
        placed.update(ids)
        there = tuple(_fact(id, old, done, own) for id in ids)
        groups = tuple(tuple(id for id in group if id in ids) for group in section.groups)
        kept = tuple(group for group in groups if len(group) > 1)
        copy = copy.with_section(replace(section, facts=there, groups=kept))
    return copy


def _fact(id: str, old: Mapping[str, Fact], done: Mapping[str, Fact], own: Mapping[str, Fact]) -> Fact:
    if id in own and id in old and id in done:
        return _back(old[id], done[id], own[id])
    return own.get(id) or old[id]


def _ids(copy: Copy, section: str) -> list[str]:
    return [fact.id for where, fact in copy.facts() if where == section]


def _head(before: Brief | None, after: Brief | None, now: Brief | None) -> Brief | None:
    if before is None or after is None or now is None:
        return _back(before, after, now)
    names = [one.name for one in fields(Brief)]
    own = {name: _back(getattr(before, name), getattr(after, name), getattr(now, name)) for name in names}
    return replace(now, **own)


# --- the paper


def _blocks(copy: Copy, now: Copy, before: Copy, after: Copy) -> Copy:
    old, done, own = ({one.id: one for one in whole.blocks} for whole in (before, after, now))
    there = {one.id for one in copy.sections} | {OUTLOOK, ""}
    blocks: list[PlacedBlock] = []
    for id in _order(list(old), list(done), list(own)):
        one = own.get(id) or old[id]
        if id in own and id in old and id in done:
            one = _block(old[id], done[id], own[id])
        if one.section not in there:
            one = replace(one, section=blocks[-1].section if blocks else "")
        blocks.append(one)
    return replace(copy, blocks=tuple(blocks))


def _block(before: PlacedBlock, after: PlacedBlock, now: PlacedBlock) -> PlacedBlock:
    old, done, own = ({one.id: one for one in block.points} for block in (before, after, now))
    points = []
    for id in _order(list(old), list(done), list(own)):
        one = own.get(id) or old[id]
        points.append(_point(old[id], done[id], one) if id in own and id in old and id in done else one)
    frame = _back(before.frame, after.frame, now.frame)
    return replace(now, frame=frame, section=_back(before.section, after.section, now.section), points=tuple(points))


def _point(before: PlacedPoint, after: PlacedPoint, now: PlacedPoint) -> PlacedPoint:
    """Where somebody has written in it since, their words stay; what it stands on is what it was."""
    point = before.point
    if now.point != after.point:
        facts = _back(before.point.facts, after.point.facts, now.point.facts)
        enumerator = _back(before.point.enumerator, after.point.enumerator, now.point.enumerator)
        point = replace(now.point, facts=facts, enumerator=enumerator)
    return replace(now, point=point, proposal=_back(before.proposal, after.proposal, now.proposal))


def _points(copy: Copy, section: str) -> list[str]:
    return [point.id for block, point in copy.points() if block.section == section]
