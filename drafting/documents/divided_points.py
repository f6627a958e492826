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
    """The blocks, where the words of a point that lost its place stand elsewhere as that point again, under the enumerator found there."""
    held = {fact_id for block in blocks for point in block.points for fact_id in point.facts}
    found = list(blocks)
    for point in (point for block in old for point in block.points):
        words = _words(point)
        if not point.facts or not held.isdisjoint(point.facts) or len(words) < _SHORTEST:
            continue
        at = next((at for at, block in enumerate(found) if block.type in _PROSE and words in block.text), None)
        if at is not None:
            found[at] = _with(found[at], point, facts)
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


def _with(block: Block, moved: Point, facts: Mapping[str, str]) -> Block:
    points = block.points or (Point(block.words),)
    return replace(block, words="", points=tuple(part for point in points for part in _parted(point, moved, facts)))


def _parted(point: Point, moved: Point, facts: Mapping[str, str]) -> Iterator[Point]:
    """The point, or what stands before the moved one in it, the moved one, and what stands behind it."""
    before, words, behind = _words(point).partition(_words(moved))
    if not words:
        yield point
        return
    rest = point if before else replace(point, enumerator="")
    pieces = divided(rest, [text for text in (before and point.enumerator + before, behind) if text], facts)
    if before:
        yield pieces[0]
    yield replace(moved, enumerator="" if before else point.enumerator)
    if behind:
        yield pieces[-1]
