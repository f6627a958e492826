"""Divided points: a sentence cut in two, or cut here and pasted there, takes along the facts that it words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from drafting.changes.tokens import tokens
from drafting.report import Block, BlockType, Point, Provenance

_PROSE: tuple[BlockType, ...] = ("lead", "paragraph", "outlook")
_SHORTEST = 8
"""Characters of a point that are found again. Fewer may stand elsewhere by chance."""


def divided(point: Point, texts: Sequence[str], facts: Mapping[str, str]) -> list[Point]:
    """The point as these parts of its text, each on the facts that it words; the point itself where there is one part only.

    `facts` are the texts of facts by id. A fact whose text is not among them stays with every part: nothing tells where it belongs.
    """
    if list(texts) == [point.text]:
        return [point]
    held = _shared(point.facts, texts, facts)
    return [replace(_fragment(point, text), facts=ids) for text, ids in zip(texts, held, strict=True)]


def found_again(blocks: Sequence[Block], old: Sequence[Block], facts: Mapping[str, str]) -> list[Block]:
    """The blocks, where the words of a point that lost its place stand elsewhere as that point again, under the enumerator found there.

    A point that was cut within its gist is found by its body. Its facts are then held there alone. A point that stands as it stood gives no room.
    """
    found = list(blocks)
    holders = _holders(found)
    known = {point for block in old for point in block.points}
    whole = (point for block in old for point in block.points)
    for point in (each for one in whole for each in ((one, replace(one, gist="")) if one.gist else (one,))):
        words = _words(point)
        stands = any(words in text for fact_id in point.facts for text in holders.get(fact_id, ()))
        if not point.facts or len(words) < _SHORTEST or stands:
            continue
        for at, block in enumerate(found):
            start = block.text.find(words, len(block.number)) if block.type in _PROSE else -1
            if start >= 0 and not any(each in known for each in _over(block, start, start + len(words))):
                found = [_without(each, point.facts) for each in found]
                found[at] = _with(found[at], point, start, facts)
                holders = _holders(found)
                break
    return found


def _fragment(point: Point, text: str) -> Point:
    """A part of a point: with its gist where the part holds it and more, with its enumerator where it opens with that."""
    told = Provenance("imported", point.provenance.model, point.provenance.prompt)
    opening = f"{point.enumerator}{point.gist}。" if point.gist else point.enumerator
    if text.startswith(opening) and len(text) > len(opening):
        return replace(point, body=text[len(opening) :], provenance=told)
    enumerator = point.enumerator if text.startswith(point.enumerator) else ""
    return replace(point, enumerator=enumerator, gist="", body=text[len(enumerator) :], provenance=told)


def _shared(ids: Sequence[str], texts: Sequence[str], facts: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Each fact with the part that holds most of its words, the long ones counting more: a number with its unit tells best."""
    held: list[list[str]] = [[] for _ in texts]
    for fact_id in ids:
        words = tokens(facts.get(fact_id, ""))
        scores = [sum(len(word) ** 2 for word in words if word in text) for text in texts]
        for at in range(len(texts)):
            if not words or at == scores.index(max(scores)):
                held[at].append(fact_id)
    return [tuple(found) for found in held]


def _words(point: Point) -> str:
    """What is printed of a point without its enumerator, which is another where it was moved to."""
    return point.text[len(point.enumerator) :]


def _holders(blocks: Sequence[Block]) -> dict[str, list[str]]:
    """The texts of the points that hold each fact."""
    held: dict[str, list[str]] = {}
    for block in blocks:
        for point in block.points:
            for fact_id in point.facts:
                held.setdefault(fact_id, []).append(point.text)
    return held


def _over(block: Block, start: int, end: int) -> Iterator[Point]:
    """The points that a stretch of the block's text touches."""
    return (point for first, last, point in block.spans() if first < end and last > start)


def _without(block: Block, ids: Sequence[str]) -> Block:
    if all(set(point.facts).isdisjoint(ids) for point in block.points):
        return block
    kept = (replace(each, facts=tuple(fact for fact in each.facts if fact not in ids)) for each in block.points)
    return replace(block, points=tuple(kept))


def _with(block: Block, moved: Point, at: int, facts: Mapping[str, str]) -> Block:
    """The block with the moved point at that offset of its text, where its words are, and what they leave of the points around it."""
    end = at + len(_words(moved))
    whole = block if block.points else replace(block, words="", points=(Point(block.words),))
    points: list[Point] = []
    for start, stop, point in whole.spans():
        if stop <= at or start >= end:
            points.append(point)
            continue
        before, behind = whole.text[start:at], whole.text[end:stop]
        takes_enumerator = start <= at and before == point.enumerator
        left = "" if takes_enumerator else before
        pieces = divided(point, [text for text in (left, behind) if text], facts)
        points += pieces[:1] if left else []
        if start <= at:
            points.append(replace(moved, enumerator=point.enumerator if takes_enumerator else ""))
        points += pieces[-1:] if behind else []
    return replace(whole, points=tuple(points))
