"""Formulas on the desk: title, recipient, lead, outlook, signature and date follow the brief as long as nobody has worded them otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drafting import outline
from drafting.assembly import assemble
from drafting.desk.copy import OUTLOOK, Copy, PlacedBlock, PlacedPoint
from drafting.outline import heading_number
from drafting.profile import Profile
from drafting.report import Block

_ORDER = ("title", "recipient", "lead", "body", "heading", "outlook", "attachment", "signature", "date")
"""What stands before what; `heading` is the outlook's."""


def followed(before: Copy, after: Copy, profile: Profile) -> Copy:
    """The copy `after` a change of its facts, its formulas filled anew where they still read as they did `before`, its headings numbered."""
    if after.head is None:
        return after
    old, new = skeleton(before, profile), skeleton(after, profile)
    for kind in _ORDER:
        if kind != "body" and old.get(kind) != new.get(kind):
            after = _filled(after, kind, old.get(kind), new.get(kind))
    return numbered(after, profile)


def numbered(copy: Copy, profile: Profile) -> Copy:
    """The copy with its sections' headings in order: 一、二、三、"""
    order = {section.id: at for at, section in enumerate(copy.sections, start=1)}
    blocks = []
    for one in copy.blocks:
        place = order.get(one.section, len(order) + 1 if one.section == OUTLOOK else 0)
        if one.frame.type == "heading" and one.frame.level == 1 and one.frame.number and place:
            one = replace(one, frame=replace(one.frame, number=heading_number(profile.numbering[0], place)))
        blocks.append(one)
    return replace(copy, blocks=tuple(blocks))


def skeleton(copy: Copy, profile: Profile) -> Mapping[str, Block]:
    """What the formulas give for the copy's facts, by kind."""
    brief = copy.brief()
    if brief is None:
        return {}
    plan = outline.plan(brief, profile)
    whole = assemble(brief, profile, replace(plan, sections=()), ())
    return {block.type: block for block in whole.blocks}


def kind_of(block: PlacedBlock) -> str:
    """Where a block belongs in the order of a report."""
    if block.frame.type in _ORDER and block.frame.type != "heading":
        return block.frame.type
    return "heading" if block.section == OUTLOOK and block.frame.type == "heading" else "body"


def opening(copy: Copy, kind: str) -> int:
    """The index at which a block of that kind goes in where there is none yet: before the first that stands behind it."""
    rank = _ORDER.index(kind)
    behind = (at for at, one in enumerate(copy.blocks) if _ORDER.index(kind_of(one)) > rank)
    return next(behind, len(copy.blocks))


def _filled(copy: Copy, kind: str, old: Block | None, new: Block | None) -> Copy:
    standing = next((one for one in copy.blocks if kind_of(one) == kind), None)
    if standing is None:
        return put_in(copy, kind, new) if old is None and new is not None else copy
    if old is None or not _same(standing, old):
        return copy
    if new is None:
        return replace(copy, blocks=tuple(one for one in copy.blocks if one.id != standing.id))
    if not new.points:
        return copy.with_block(replace(standing, frame=new))
    point = replace(standing.points[0], point=new.points[0])
    return copy.with_block(replace(standing, frame=replace(new, points=()), points=(point,)))


def _same(standing: PlacedBlock, formula: Block) -> bool:
    """Whether it reads as the formula, its number aside."""
    if any(point.point.locked for point in standing.points):
        return False
    return standing.block.text[len(standing.frame.number) :] == formula.text[len(formula.number) :]


def put_in(copy: Copy, kind: str, block: Block) -> Copy:
    """The copy with a block of that kind, in its place in the order of a report."""
    copy, id = copy.numbered("b")
    points = []
    for point in block.points:
        copy, own = copy.numbered("p")
        points.append(PlacedPoint(own, point))
    section = OUTLOOK if kind in ("heading", "outlook") else ""
    placed = PlacedBlock(id, replace(block, points=()), section, tuple(points))
    at = opening(copy, kind)
    return replace(copy, blocks=(*copy.blocks[:at], placed, *copy.blocks[at:]))
