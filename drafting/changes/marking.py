"""Marking: a row of a comparison as stretches that stayed, went or came, and rows that moved together as one section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from drafting.changes.comparison import Comparison
from drafting.changes.edits import edits
from drafting.report import Block

PieceState = Literal["same", "gone", "come"]

_NAMES = {
    "title": "标题",
    "recipient": "主送机关",
    "lead": "导语",
    "outlook": "下一步打算",
    "attachment": "附件说明",
    "signature": "署名",
    "date": "成文日期",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a row's text. `change` is the id of the change that it is a side of, empty where it stayed."""

    text: str
    state: PieceState
    change: str = ""


@dataclass(frozen=True, slots=True)
class MovedGroup:
    """Rows next to each other in both versions that moved together; `heading` is empty where no heading moved with them.

    `behind_old` and `behind_new` are the texts of the blocks before the first of them, empty at a version's beginning.
    """

    rows: tuple[int, ...]
    heading: str
    behind_old: str
    behind_new: str


def pieces(comparison: Comparison, index: int) -> tuple[Piece, ...]:
    """The row's text in order; what stayed and what went is its old text, what stayed and what came its new text."""
    row = comparison.rows[index]
    changes = comparison.of_row.get(index, ())
    before, after = comparison.old_text(row), comparison.new_text(row)
    if not row.old or not row.new:
        whole = next((change.id for change in changes if change.kind == "block"), "")
        return (Piece(before, "gone", whole),) if row.old else (Piece(after, "come", whole),)
    found: list[Piece] = []
    at = 0
    for change in changes:
        if change.kind != "text":
            continue
        stretch = (
            Piece(before[at : change.old_start], "same"),
            Piece(change.old, "gone", change.id),
            Piece(change.new, "come", change.id),
        )
        found += [piece for piece in stretch if piece.text]
        at = change.old_end
    return (*found, Piece(before[at:], "same")) if before[at:] else tuple(found)


def stretches(old: str, new: str) -> tuple[Piece, ...]:
    """The same of two texts that stand in no comparison, such as a fact's; their pieces name no change."""
    found: list[Piece] = []
    at = 0
    for edit in edits(old, new):
        found += [
            Piece(old[at : edit.old_start], "same"),
            Piece(old[edit.old_start : edit.old_end], "gone"),
            Piece(new[edit.new_start : edit.new_end], "come"),
        ]
        at = edit.old_end
    return tuple(piece for piece in (*found, Piece(old[at:], "same")) if piece.text)


def moved_groups(comparison: Comparison) -> tuple[MovedGroup, ...]:
    """Every row that moved, in exactly one group."""
    return tuple(_group(comparison, rows) for rows in _runs(comparison))


def section_names(comparison: Comparison) -> tuple[str, ...]:
    """What each row stands in: the text of the heading over it, in the new version where it is there, else in the old.

    Blocks outside the sections are called what they are: 标题, 导语, 下一步打算.
    """
    old, new = _names(comparison.old.blocks), _names(comparison.new.blocks)
    return tuple(new[row.new[0]] if row.new else old[row.old[0]] for row in comparison.rows)


def _names(blocks: tuple[Block, ...]) -> list[str]:
    names, heading = [], ""
    for block in blocks:
        heading = block.text if block.type == "heading" else heading
        names.append(_NAMES.get(block.type) or heading or "正文")
    return names


def _runs(comparison: Comparison) -> Iterator[tuple[int, ...]]:
    run: list[int] = []
    for index, row in enumerate(comparison.rows):
        if run and not (
            row.moved and row.old[0] == comparison.rows[run[-1]].old[-1] + 1 and not _heads(comparison, index)
        ):
            yield tuple(run)
            run = []
        if row.moved:
            run.append(index)
    if run:
        yield tuple(run)


def _heads(comparison: Comparison, index: int) -> bool:
    """Does a section of the first level open here? Two sections that moved side by side are two moves."""
    block = comparison.new.blocks[comparison.rows[index].new[0]]
    return block.type == "heading" and block.level <= 1


def _group(comparison: Comparison, rows: tuple[int, ...]) -> MovedGroup:
    first = comparison.rows[rows[0]]
    block = comparison.new.blocks[first.new[0]]
    return MovedGroup(
        rows,
        block.text if block.type == "heading" else "",
        comparison.old.blocks[first.old[0] - 1].text if first.old[0] else "",
        comparison.new.blocks[first.new[0] - 1].text if first.new[0] else "",
    )
