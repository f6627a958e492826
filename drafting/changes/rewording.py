"""Rewording: a block with another text, its points kept where their words still stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafting.changes.edits import Edit, edits
from drafting.changes.tokens import ENUMERATOR
from drafting.report import Block, Origin, Point, Provenance


def reworded(block: Block, text: str, origin: Origin = "edited") -> Block:
    """The block with that text. A point that still reads as it did stays as it was; one that changed keeps its facts and says `origin`.

    What was written in at the end of a point belongs to it, unless it opens with an enumerator of its own: that is a new point, on no fact.
    """
    if text == block.text:
        return block
    number = block.number if text.startswith(block.number) else ""
    if not block.points:
        return replace(block, number=number, words=text[len(number) :])
    changed = edits(block.text, text)
    points: list[Point] = []
    start = len(number)
    spans = list(block.spans())
    for at, (_, end, point) in enumerate(spans):
        last = at == len(spans) - 1
        stop = len(text) if last else max(start, _carried(end, changed))
        points += _points(point, text[start:stop], origin)
        start = stop
    return (
        replace(block, number=number, points=tuple(points))
        if points
        else replace(block, points=(), words="", number=text)
    )


def _carried(offset: int, changed: Sequence[Edit]) -> int:
    """Where an offset of the old text stands in the new one; behind what was put in there."""
    shift = 0
    for edit in changed:
        if edit.old_start > offset:
            break
        if edit.old_end > offset:
            return edit.new_end
        shift = edit.new_end - edit.old_end
    return offset + shift


def _points(point: Point, text: str, origin: Origin) -> list[Point]:
    """The point with its new text, and a new one for each enumerator that was written in behind it."""
    if not text:
        return []
    if text == point.text:
        return [point]
    cuts = [match.start() for match in ENUMERATOR.finditer(text) if match.start() and text[match.start() - 1] in "。；"]
    cuts = [cut for cut in cuts if text[cut:] not in point.text]
    parts = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return [_edited(point, parts[0], origin), *(_new(part, origin) for part in parts[1:])]


def _edited(point: Point, text: str, origin: Origin) -> Point:
    if text == point.text:
        return point
    opening = f"{point.enumerator}{point.gist}。" if point.gist else point.enumerator
    told = Provenance(origin, point.provenance.model, point.provenance.prompt)
    if text.startswith(opening) and len(text) > len(opening):
        return replace(point, body=text[len(opening) :], provenance=told)
    enumerator = point.enumerator if text.startswith(point.enumerator) else ""
    return replace(point, enumerator=enumerator, gist="", body=text[len(enumerator) :], provenance=told)


def _new(text: str, origin: Origin) -> Point:
    match = ENUMERATOR.match(text)
    enumerator = match.group() if match else ""
    return Point(text[len(enumerator) :], enumerator=enumerator, provenance=Provenance(origin))
