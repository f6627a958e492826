"""Recast: a version's blocks with the words that came back from a Word file, points and facts kept where their words still stand.

A Word file knows paragraphs and styles, not points, facts or provenance. So blocks that read as they were set stay the version's own, bit
for bit, and what changed is written into them; recognition alone decides only about what is new.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice, pairwise

from rapidfuzz.fuzz import ratio

from drafting.changes.alignment import Row, align
from drafting.changes.rewording import reworded
from drafting.documents.divided_points import divided, found_again
from drafting.documents.heading_numbers import opening
from drafting.documents.lines import strip
from drafting.documents.roles import role_of
from drafting.documents.tracked import Role, Side
from drafting.documents.wordml import printable
from drafting.report import Block, BlockType, Point

_A_VERSION_OF_IT = 0.5
_JOINED_WHEN_READ: tuple[BlockType, ...] = ("title", "attachment")


@dataclass(frozen=True, slots=True)
class Recast:
    """The blocks as they came back. `alike` is the share of the shorter text that stands in the other, in the same paragraphs: 0 to 1.

    `fresh` are the indexes of blocks that continue none of the version's, `reworded` of those with other words than they had.
    """

    blocks: tuple[Block, ...]
    alike: float
    fresh: tuple[int, ...]
    reworded: tuple[int, ...]


def recast(old: Sequence[Block], side: Side, facts: Mapping[str, str]) -> Recast:
    """`facts` are the texts of the facts by id, as far as known: they tell which part of a divided point a fact stays with."""
    texts = [as_set(block) for block in old]
    shown = [at for at, text in enumerate(texts) if text]
    read, roles = _recut(side, [old[at] for at in shown], [texts[at] for at in shown])
    rows = _aligned([_shadow(old[at], texts[at]) for at in shown], [_shadow(block, block.text) for block in read])
    styled = any(role is not None and role.type is not None for role in roles)
    blocks = list(_silent(old, texts, 0))
    fresh: list[int] = []
    changed: list[int] = []
    for row in rows:
        places = [shown[index] for index in row.old]
        olds, news = [old[at] for at in places], [read[index] for index in row.new]
        if not olds:
            fresh += range(len(blocks), len(blocks) + len(news))
            blocks += news
        elif news:
            same = [texts[at] for at in places] == [block.text for block in news]
            made = olds if same else _rewritten(olds, news, facts)
            changed += [] if same else range(len(blocks), len(blocks) + len(made))
            told = [roles[index] for index in row.new]
            blocks += [_retyped(*each, styled=styled) for each in zip(made, news, told, strict=True)]
        for at in places:
            blocks += _silent(old, texts, at + 1)
    alike = _alike(rows, [texts[at] for at in shown], [block.text for block in read])
    return Recast(tuple(found_again(blocks, old, facts)), alike, tuple(fresh), tuple(changed))


def _aligned(old: Sequence[Block], new: Sequence[Block]) -> list[Row]:
    """The rows of both. What reads the same from the head on, and from the end on, is the same whatever else stands in between."""
    same = [one.text == other.text for one, other in zip(old, new, strict=False)]
    head = same.index(False) if False in same else len(same)
    most = min(len(old), len(new)) - head
    tail = next((at for at in range(most) if old[-1 - at].text != new[-1 - at].text), most)
    rows = [Row((at,), (at,)) for at in range(head)]
    for row in align(old[head : len(old) - tail], new[head : len(new) - tail]):
        rows.append(replace(row, old=tuple(at + head for at in row.old), new=tuple(at + head for at in row.new)))
    return rows + [Row((len(old) - at,), (len(new) - at,)) for at in range(tail, 0, -1)]


def _silent(old: Sequence[Block], texts: Sequence[str], start: int) -> Iterator[Block]:
    """The blocks from `start` on that print nothing: nobody saw them in Word, so they stay behind what they followed."""
    for block, text in zip(islice(old, start, None), islice(texts, start, None), strict=True):
        if text:
            return
        yield block


def as_set(block: Block) -> str:
    """The text of a block as it comes back from a .docx that nobody touched: without what does not print, and what is layout."""
    if block.type == "attachment":
        return "\n".join(line for each in block.text.split("\n") if (line := _line(each)))
    return _line(block.text, "" if block.type == "title" else "\n")


def _line(text: str, line_break: str = "\n") -> str:
    return strip(printable(text).replace("\n", line_break).strip("\n"))[0]


def _shadow(block: Block, text: str) -> Block:
    """The block for alignment: its number told from its words alone, for that is all a Word file shows."""
    number = opening(text)
    shown = number.text if number and number.text != text else ""
    return Block(block.type, text[len(shown) :], block.level, shown)


def _recut(side: Side, old: Sequence[Block], texts: Sequence[str]) -> tuple[list[Block], list[Role | None]]:
    """The blocks as read, where titles or attachments of the version that recognition takes for one are several again."""
    blocks: list[Block] = []
    roles: list[Role | None] = []
    for block, role in zip(side.blocks, side.roles, strict=True):
        several = block.type in _JOINED_WHEN_READ and "\n" in block.text
        parts = [replace(block, words=text, number="") for text in _cut_as(block, old, texts)] if several else []
        parts = parts or [_on_one_line(block)]
        blocks += parts
        roles += [role] * len(parts)
    return blocks, roles


def _cut_as(block: Block, old: Sequence[Block], texts: Sequence[str]) -> Sequence[str]:
    """The texts of neighbours in the version that read as this block when they are joined; none where there are no such."""
    for start in range(len(old)):
        rest = f"{block.text}\n"
        for stop in range(start, len(old)):
            if old[stop].type != block.type or not rest.startswith(f"{texts[stop]}\n"):
                break
            rest = rest.removeprefix(f"{texts[stop]}\n")
            if not rest:
                return texts[start : stop + 1]
    return ()


def _on_one_line(block: Block) -> Block:
    """A title's line breaks are its layout, also where no style says that it is one."""
    return replace(block, words=block.words.replace("\n", "")) if block.type == "title" else block


def _alike(rows: Sequence[Row], old: Sequence[str], new: Sequence[str]) -> float:
    same = 0.0
    for row in rows:
        before, after = "".join(old[index] for index in row.old), "".join(new[index] for index in row.new)
        share = ratio(before, after) / 100 if row.old and row.new else 0.0
        if share >= _A_VERSION_OF_IT:  # below that it is the formulas and function words that any two paragraphs share
            same += share * (len(before) + len(after)) / 2
    return min(1.0, same / max(1, min(sum(map(len, old)), sum(map(len, new)))))


# --- one row: blocks of the version, and the paragraphs that they became


def _rewritten(olds: Sequence[Block], news: Sequence[Block], facts: Mapping[str, str]) -> list[Block]:
    """As many blocks as came back: the points of the old ones in the new words, cut where the new ones are."""
    whole = "".join(block.text for block in news)
    made = reworded(_numbered(_joined(olds), news[0], whole), whole, "imported")
    if len(news) == 1:
        return [made]
    if not news[0].text.startswith(made.number):  # it was cut in two
        made = _with_number_inside(made)
    ends = list(accumulate(len(block.text) for block in news))
    parts = _cut(made, ends, facts) if made.points else _cut_words(made, ends)
    return [_with_number_apart(*each) for each in zip(parts, news, strict=True)]


def _joined(olds: Sequence[Block]) -> Block:
    """Blocks as one, with all their points; a number inside it is the enumerator of its point."""
    first, *rest = olds
    if not rest:
        return first
    if not any(block.points for block in olds):
        return replace(first, words=first.words + "".join(block.text for block in rest))
    points = [
        *(first.points or (Point(first.words),)),
        *(point for block in rest for point in _with_number_inside(block).points),
    ]
    return replace(first, words="", points=tuple(point for point in points if point.text))


def _with_number_inside(block: Block) -> Block:
    """The block as points alone, its number before the enumerator of the first."""
    first, *others = block.points or (Point(block.words),)
    return replace(
        block, number="", words="", points=(replace(first, enumerator=block.number + first.enumerator), *others)
    )


def _numbered(block: Block, read: Block, text: str) -> Block:
    """The block under the number that it came back with: 三、 is 二、 where a section above it went."""
    number = read.number
    if not number or (block.number and text.startswith(block.number)) or block.text.startswith(number):
        return block
    return replace(block, number=number, level=block.level or read.level)


def _cut_words(block: Block, ends: Sequence[int]) -> list[Block]:
    bare = replace(block, number="")
    text = block.text
    parts = [text[start:end] for start, end in pairwise([0, *ends])]
    return [replace(block, words=parts[0][len(block.number) :]), *(replace(bare, words=part) for part in parts[1:])]


def _cut(block: Block, ends: Sequence[int], facts: Mapping[str, str]) -> list[Block]:
    """The block as several that end at these offsets of its text; a point that a cut goes through stands on both sides of it."""
    parts: list[list[Point]] = [[] for _ in ends]
    bounds = list(pairwise([0, *ends]))
    for start, end, point in block.spans():
        pieces = [(at, block.text[max(start, low) : min(end, high)]) for at, (low, high) in enumerate(bounds)]
        standing = [(at, text) for at, text in pieces if text]
        for (at, _), piece in zip(standing, divided(point, [text for _, text in standing], facts), strict=True):
            parts[at].append(piece)
    numbers = [block.number, *("" for _ in parts[1:])]
    return [replace(block, number=number, points=tuple(points)) for number, points in zip(numbers, parts, strict=True)]


def _with_number_apart(block: Block, read: Block) -> Block:
    """A block that came of joined ones: its number stands before its points again."""
    first = block.points[0] if block.points else None
    if block.number or not read.number or first is None or not first.enumerator.startswith(read.number):
        return block
    bare = replace(first, enumerator=first.enumerator.removeprefix(read.number))
    return replace(block, number=read.number, level=read.level, points=(bare, *block.points[1:]))


def _retyped(block: Block, read: Block, role: Role | None, *, styled: bool) -> Block:
    """The block as its style says it is. Under a style that says nothing it is what it was, but for a heading that looks like none."""
    if role is None:
        return block
    if role.type is None:
        demoted = styled and block.type == "heading" and read.type != "heading"
        return replace(block, type="paragraph") if demoted else block
    # LibreOffice gives the paragraph behind a deleted mark the style of the one before it: whole sentences are no heading for that.
    contradicted = role.type == "heading" and read.type != "heading"
    if contradicted or role_of(block) == role_of(Block(role.type, level=role.level)):
        return block
    level = role.level if role.type == "heading" else block.level if block.number else 0
    if role.type == "heading" and not block.number and not block.points and block.words.startswith(read.number):
        return replace(block, type="heading", level=level, number=read.number, words=block.words[len(read.number) :])
    return replace(block, type=role.type, level=level)
