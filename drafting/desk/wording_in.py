"""A worded point put into a working copy: into an empty place as it is, beside words that stand there as a proposal, never over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from drafting.desk.copy import OUTLOOK, Copy, PlacedBlock, PlacedPoint, Proposal
from drafting.desk.enumeration import counted
from drafting.desk.formulas import kind_of, numbered, opening, put_in, skeleton
from drafting.profile import Profile
from drafting.report import Block, Point

Taken = Literal["put", "proposed", "locked", "gone"]


def put(copy: Copy, point: Point, profile: Profile, instruction: str = "") -> tuple[Copy, Taken]:
    """The copy with the point in it, and what became of it.

    put: it stands now, in the section of its facts, in the order of facts, or stood so word for word. proposed: other words stand there
    and stay until the proposal is taken. locked: that point is left alone. gone: a fact of it is no longer there, or in another point.
    """
    sections = {fact.id: section for section, fact in copy.facts()}
    ids = set(point.facts)
    if not ids <= set(sections):
        return copy, "gone"
    if {sections[id] for id in ids} == {OUTLOOK}:
        return _closing(copy, point, profile, instruction)
    for _, standing in copy.points():
        if ids == set(standing.point.facts) & set(sections):
            return _beside(copy, standing, point, instruction)
    if any(ids & set(standing.point.facts) for _, standing in copy.points()):
        return copy, "gone"
    return _in(copy, sections[point.facts[0]], point, profile), "put"


def accounted(copy: Copy, point: Point) -> Copy:
    """The copy in which the point, if it stands as it was worded, says what it cost: tokens are known only when a whole answer is there."""
    for _, standing in copy.points():
        if _same(standing, point) and standing.point.provenance.origin == point.provenance.origin:
            return copy.with_point(replace(standing, point=replace(standing.point, provenance=point.provenance)))
    return copy


def _beside(copy: Copy, standing: PlacedPoint, point: Point, instruction: str) -> tuple[Copy, Taken]:
    if standing.point.locked:
        return copy, "locked"
    if _same(standing, point):
        return copy, "put"
    if not standing.text.strip():
        made = replace(point, enumerator=standing.point.enumerator)
        return copy.with_point(replace(standing, point=made)), "put"
    offered = replace(point, enumerator=standing.point.enumerator)
    return copy.with_point(replace(standing, proposal=Proposal(offered, instruction))), "proposed"


def _closing(copy: Copy, point: Point, profile: Profile, instruction: str) -> tuple[Copy, Taken]:
    """The outlook has one point, whatever facts have come and gone since; where it was taken out, it comes back under its heading."""
    for block, standing in copy.points():
        if block.frame.type == "outlook":
            return _beside(copy, standing, point, instruction)
    heading = skeleton(copy, profile).get("heading")
    if heading is not None and all(kind_of(one) != "heading" for one in copy.blocks):
        copy = put_in(copy, "heading", heading)
    return numbered(put_in(copy, "outlook", Block("outlook", points=(point,))), profile), "put"


def _same(standing: PlacedPoint, point: Point) -> bool:
    return set(standing.point.facts) >= set(point.facts) and standing.text == replace(point, enumerator="").text


def _in(copy: Copy, section: str, point: Point, profile: Profile) -> Copy:
    copy, id = copy.numbered("p")
    placed = PlacedPoint(id, replace(point, enumerator=""))
    own = [
        block for block in copy.blocks if block.section == section and block.frame.type == "paragraph" and block.points
    ]
    before = _first_after(copy, [one for block in own for one in block.points], placed)
    if profile.point_style == "headed" or not own:
        copy = _block_in(copy, section, placed, before, own, profile)
    else:
        block = next((one for one in own if before in one.points), own[-1])
        at = block.points.index(before) if before else len(block.points)
        copy = copy.with_block(replace(block, points=(*block.points[:at], placed, *block.points[at:])))
    return counted(copy, section, profile)


def _block_in(
    copy: Copy,
    section: str,
    placed: PlacedPoint,
    before: PlacedPoint | None,
    own: Sequence[PlacedBlock],
    profile: Profile,
) -> Copy:
    """A paragraph of its own for the point: before the one that holds `before`, else at the section's end."""
    copy, id = copy.numbered("b")
    frame = Block("paragraph", level=2 if profile.point_style == "headed" else 0)
    made = PlacedBlock(id, frame, section, (placed,))
    later = next((copy.blocks.index(one) for one in own if before in one.points), None)
    at = later if later is not None else _end(copy, section)
    return replace(copy, blocks=(*copy.blocks[:at], made, *copy.blocks[at:]))


def _end(copy: Copy, section: str) -> int:
    """Where the section ends; for one that has no block yet, where the body does."""
    own = [at for at, block in enumerate(copy.blocks) if block.section == section]
    return own[-1] + 1 if own else opening(copy, "body")


def _first_after(copy: Copy, points: Sequence[PlacedPoint], placed: PlacedPoint) -> PlacedPoint | None:
    """The first of the points whose facts come later in the brief than the new one's; points that stand on no fact count for nothing."""
    order = {fact.id: number for number, (_, fact) in enumerate(copy.facts())}
    own = min(order[id] for id in placed.point.facts if id in order)
    for one in points:
        places = [order[id] for id in one.point.facts if id in order]
        if places and min(places) > own:
            return one
    return None
