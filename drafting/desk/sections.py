"""Sections on the desk: put in, taken out, moved, with their paper; and a brief begun for a document that has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drafting import bounds
from drafting.desk import formulas
from drafting.desk.copy import OUTLOOK, Copy, DeskSection, PlacedBlock
from drafting.desk.head import day
from drafting.desk.laying import owned
from drafting.desk.texts import line
from drafting.errors import InputError
from drafting.facts import Brief
from drafting.outline import heading_number
from drafting.period import Period
from drafting.profile import Profile
from drafting.report import Block


def add(copy: Copy, after: str, heading: str, profile: Profile) -> Copy:
    """The copy with a new section and its heading in the paper."""
    if copy.head is None:
        raise InputError("这份文稿还没有提纲，请先建立提纲")
    if len(copy.sections) >= bounds.MOST_SECTIONS:
        raise InputError(f"已有 {len(copy.sections)} 个部分，到了上限")
    at = _behind(copy, after)
    copy, id = copy.numbered("s")
    copy, block = copy.numbered("b")
    placed = PlacedBlock(block, Block("heading", heading, 1, heading_number(profile.numbering[0], at + 1)), id)
    paper = _paper_behind(copy, after)
    section = DeskSection(id, heading)
    return replace(
        copy,
        sections=(*copy.sections[:at], section, *copy.sections[at:]),
        blocks=(*copy.blocks[:paper], placed, *copy.blocks[paper:]),
    )


def delete(copy: Copy, id: str) -> Copy:
    """The copy without the section, its facts and its paper. Raises InputError where a point of it is locked."""
    copy.section(id)
    if id == OUTLOOK:
        raise InputError("下一步打算不能整个删去，请逐条删")
    if any(point.point.locked for block, point in copy.points() if block.section == id):
        raise InputError("这个部分里有锁定的要点，请先解锁")
    return replace(
        copy,
        sections=tuple(one for one in copy.sections if one.id != id),
        blocks=tuple(one for one in copy.blocks if one.section != id),
    )


def move(copy: Copy, id: str, after: str) -> Copy:
    """The copy with the section behind another one, its paper with it."""
    section = copy.section(id)
    if id == OUTLOOK or after in (id, OUTLOOK):
        raise InputError("不能移到这里")
    own = tuple(one for one in copy.blocks if one.section == id)
    copy = replace(
        copy,
        sections=tuple(one for one in copy.sections if one.id != id),
        blocks=tuple(one for one in copy.blocks if one.section != id),
    )
    at, paper = _behind(copy, after), _paper_behind(copy, after)
    return replace(
        copy,
        sections=(*copy.sections[:at], section, *copy.sections[at:]),
        blocks=(*copy.blocks[:paper], *own, *copy.blocks[paper:]),
    )


def rename(copy: Copy, id: str, heading: str) -> Copy:
    """The copy with another heading, on the left and in the paper. Raises InputError for one that cannot be: the outlook's is the kind's."""
    if id == OUTLOOK:
        raise InputError("下一步打算的标题由文种规定")
    copy = copy.with_section(replace(copy.section(id), heading=heading))
    placed = heading_of(copy, id)
    return copy.with_block(replace(placed, frame=replace(placed.frame, words=heading))) if placed else copy


def heading_of(copy: Copy, id: str) -> PlacedBlock | None:
    """The block with the section's heading."""
    own = (one for one in copy.blocks if one.section == id and one.frame.type == "heading" and one.frame.level == 1)
    return next(own, None)


def begin_brief(copy: Copy, told: Mapping[str, str], profile: Profile) -> Copy:
    """The copy of a document without a brief, with one begun: its sections are the document's headings, no facts yet."""
    if copy.head is not None:
        raise InputError("这份文稿已有提纲")
    told = {name: line(text).strip() for name, text in told.items()}
    period, issued = Period.parse(told["period"]), day(told["issued"])
    if issued is None or not (told["organ"] and told["topic"]):
        raise InputError("请填写发文机关、主题和成文日期")
    head = Brief(
        kind=profile.kind,
        organ=told["organ"],
        topic=told["topic"],
        period=period,
        issued=issued,
        sections=(),
        recipient=told["recipient"],
        title=told["title"],
    )
    sections = []
    for one in copy.blocks:
        if one.frame.type == "heading" and one.frame.level == 1 and formulas.kind_of(one) == "body":
            copy, id = copy.numbered("s")
            sections.append(DeskSection(id, one.frame.words))
    owners = owned([one.block for one in copy.blocks], sections)
    blocks = tuple(replace(one, section=owner) for one, owner in zip(copy.blocks, owners, strict=True))
    report = replace(copy.told, kind=profile.kind, organ=head.organ, topic=head.topic, period=period, issued=issued)
    return replace(copy, told=report, head=head, sections=tuple(sections), blocks=blocks)


def _behind(copy: Copy, after: str) -> int:
    if not after:
        return 0
    for at, one in enumerate(copy.sections, start=1):
        if one.id == after:
            return at
    raise LookupError(after)


def _paper_behind(copy: Copy, after: str) -> int:
    """Where a section's paper begins: behind that of `after`, or of the last one before it that has any."""
    ids = [one.id for one in copy.sections]
    before = set(ids[: ids.index(after) + 1]) if after else set()
    own = [at for at, one in enumerate(copy.blocks) if one.section in before]
    return own[-1] + 1 if own else formulas.opening(copy, "lead")
