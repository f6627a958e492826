"""Enumerators on the desk: points that came, went or moved are counted anew, as the profile counts them."""

from __future__ import annotations

from dataclasses import replace

from drafting.desk.copy import Copy
from drafting.outline import heading_number
from drafting.profile import Profile


def counted(copy: Copy, section: str, profile: Profile) -> Copy:
    """The copy with the points of a section counted in order. A point without facts that bears no enumerator is a person's, and left so."""
    own = [block for block in copy.blocks if block.section == section and block.points]
    if profile.point_style == "headed":
        for number, block in enumerate((one for one in own if one.frame.level == 2), start=1):
            frame = replace(block.frame, number=heading_number(profile.enumerators[0], number))
            copy = copy.with_block(replace(block, frame=frame))
        return copy
    if profile.point_style != "enumerated":
        return copy
    points = [one for block in own for one in block.points if one.point.enumerator or one.point.facts]
    for number, placed in enumerate(points, start=1):
        word = "" if len(points) == 1 else _enumerator(profile, number)
        if placed.point.enumerator != word:
            copy = copy.with_point(replace(placed, point=replace(placed.point, enumerator=word)))
    return copy


def _enumerator(profile: Profile, number: int) -> str:
    if number <= len(profile.enumerators):
        return profile.enumerators[number - 1]
    return heading_number(profile.enumerators[0], number) if profile.enumerators else ""
