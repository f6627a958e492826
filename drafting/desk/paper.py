"""The paper: texts of blocks and points changed by hand, locked, taken out, put in; proposals taken and declined."""

from __future__ import annotations

from dataclasses import replace

from drafting.changes.rewording import reworded
from drafting.desk import enumeration, formulas
from drafting.desk.copy import Copy, PlacedBlock, PlacedPoint
from drafting.errors import InputError
from drafting.profile import Profile
from drafting.report import Block, Provenance

_LOCKED = "这个要点已锁定，请先解锁"


def text_of(copy: Copy, id: str) -> str:
    """The text of a block without points, or of a point. LookupError where there is neither."""
    if id.startswith("p"):
        return copy.point(id)[1].text
    block = copy.block(id)
    if block.points:
        raise InputError("这一段由要点组成，请改要点")
    return block.text


def write(copy: Copy, id: str, text: str) -> Copy:
    """The copy with another text there. An edited point keeps its facts. Raises InputError for a locked one."""
    if not id.startswith("p"):
        block = copy.block(id)
        return copy.with_block(replace(block, frame=replace(block.frame, words=text)))
    block, placed = copy.point(id)
    if placed.point.locked:
        raise InputError(_LOCKED)
    point = placed.point
    if not text:
        how = Provenance("edited", point.provenance.model, point.provenance.prompt)
        return copy.with_point(replace(placed, point=replace(point, gist="", body="", provenance=how)))
    made = reworded(Block("paragraph", points=(point,)), point.enumerator + text).points
    points = [replace(placed, point=made[0])]
    for other in made[1:]:
        copy, own = copy.numbered("p")
        points.append(PlacedPoint(own, other))
    at = block.points.index(placed)
    return copy.with_block(replace(block, points=(*block.points[:at], *points, *block.points[at + 1 :])))


def lock(copy: Copy, id: str, *, locked: bool) -> Copy:
    """The copy with the point locked: redrafting and regeneration leave it as it stands; or not."""
    _, placed = copy.point(id)
    return copy.with_point(replace(placed, point=replace(placed.point, locked=locked)))


def delete_point(copy: Copy, id: str, profile: Profile) -> Copy:
    """The copy without the point, and without its paragraph where nothing else was in it."""
    block, placed = copy.point(id)
    if placed.point.locked:
        raise InputError(_LOCKED)
    left = tuple(one for one in block.points if one.id != id)
    copy = copy.with_block(replace(block, points=left)) if left else _without(copy, block)
    return enumeration.counted(copy, block.section, profile)


def delete_block(copy: Copy, id: str, profile: Profile) -> Copy:
    """The copy without the block. A section's heading goes with its section only."""
    block = copy.block(id)
    if any(one.point.locked for one in block.points):
        raise InputError(_LOCKED)
    if block.frame.type == "heading" and any(one.id == block.section for one in copy.sections):
        raise InputError("标题随部分一起删，请在左边删去这个部分")
    return enumeration.counted(_without(copy, block), block.section, profile)


def add_block(copy: Copy, after: str, text: str) -> Copy:
    """The copy with a paragraph of somebody's own words behind a block, in the same section."""
    section, at = "", formulas.opening(copy, "title")
    if after:
        behind = copy.block(after)
        section, at = behind.section, copy.blocks.index(behind) + 1
    copy, id = copy.numbered("b")
    placed = PlacedBlock(id, Block("paragraph", text), section)
    return replace(copy, blocks=(*copy.blocks[:at], placed, *copy.blocks[at:]))


def take(copy: Copy, id: str) -> Copy:
    """The copy with the proposal in place of the point's words."""
    _, placed = copy.point(id)
    if placed.proposal is None:
        raise InputError("这里没有待定的改写，可能已经处理过了")
    if placed.point.locked:
        raise InputError(_LOCKED)
    made = replace(placed.proposal.point, enumerator=placed.point.enumerator)
    return copy.with_point(replace(placed, point=made, proposal=None))


def decline(copy: Copy, id: str) -> Copy:
    """The copy without the proposal; the words stay."""
    _, placed = copy.point(id)
    return copy.with_point(replace(placed, proposal=None))


def _without(copy: Copy, block: PlacedBlock) -> Copy:
    return replace(copy, blocks=tuple(one for one in copy.blocks if one.id != block.id))
