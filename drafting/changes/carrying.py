"""Carrying: comments on one version, on the places in another version where the words they speak of stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from drafting.changes.alignment import Row
from drafting.changes.comparison import BREAK, Change, Comparison, compare
from drafting.changes.tracing import Span, spans
from drafting.comments import Comment
from drafting.report import Report

_QUOTED = 40
"""Characters of the old words that a comment which lost its place quotes."""


def carry(comments: Iterable[Comment], old: Report, new: Report) -> tuple[list[Comment], list[Comment]]:
    """The comments on `old` at their places in `new`, and those whose place is gone, as they were; each list in the order given.

    Along more than two versions, carry from each to the next. `on_the_whole` keeps what lost its place.
    """
    place = carrying(compare(old, new))
    kept, lost = [], []
    for comment in comments:
        carried = place(comment)
        if carried is None:
            lost.append(comment)
        else:
            kept.append(carried)
    return kept, lost


def carrying(comparison: Comparison) -> Callable[[Comment], Comment | None]:
    """Takes a comment on the old version to its place in the new one; None where that is gone.

    What stays of the words keeps the comment, with what was written in between; words that were replaced hand it to the replacement. A
    comment goes with a block that moves, and where its block was split it is on the longer part. A comment that marks a place and no words
    stays while the block does, one on the whole version always.
    """
    rows = {index: at for at, row in enumerate(comparison.rows) for index in row.old}

    def place(comment: Comment) -> Comment | None:
        if comment.block < 0:
            return comment
        at = rows.get(comment.block)
        span = None if at is None else _carried(comparison, comparison.rows[at], at, comment)
        return None if span is None else replace(comment, block=span.block, start=span.start, end=span.end)

    return place


def on_the_whole(comment: Comment, old: Report) -> Comment:
    """A comment on `old` whose place is gone, as one on the whole version that quotes the words it spoke of."""
    if not 0 <= comment.block < len(old.blocks):
        return replace(comment, block=-1, start=0, end=0)
    text = old.blocks[comment.block].text
    words = text[comment.start : comment.end] or text
    quote = f"{words[:_QUOTED]}……" if len(words) > _QUOTED else words
    return replace(comment, text=f"（原批注处“{quote}”已删去）{comment.text}", block=-1, start=0, end=0)


def _carried(comparison: Comparison, row: Row, at: int, comment: Comment) -> Span | None:
    size = len(comparison.old.blocks[comment.block].text)
    if not row.new or comment.start > size:
        return None
    before = row.old[: row.old.index(comment.block)]
    head = sum(len(comparison.old.blocks[index].text) + len(BREAK) for index in before)
    start, end = head + comment.start, head + min(comment.end, size)
    made = [change for change in comparison.of_row.get(at, ()) if change.kind == "text"]
    if comment.start >= comment.end:
        spot = _end(start, made)
        within = next(spans(comparison.new.blocks, row.new, spot, spot + 1))
        return within._replace(end=within.start)
    whole = next((one for one in made if one.old_start <= start and end <= one.old_end), None)
    stretch = (whole.new_start, whole.new_end) if whole else (_start(start, made), _end(end, made))
    return _longest(comparison.new, spans(comparison.new.blocks, row.new, *stretch))


def _start(offset: int, made: Sequence[Change]) -> int:
    """Where words that begin there begin now: behind what was put in before them and what was replaced across their beginning."""
    shift = 0
    for change in made:
        if change.old_end > offset:
            return change.new_end if change.old_start < offset else offset + shift
        shift = change.new_end - change.old_end
    return offset + shift


def _end(offset: int, made: Sequence[Change]) -> int:
    """Where words that end there end now: before what was put in behind them and what was replaced across their end."""
    shift = 0
    for change in made:
        if change.old_start >= offset:
            break
        if change.old_end > offset:
            return change.new_start
        shift = change.new_end - change.old_end
    return offset + shift


def _longest(report: Report, parts: Iterable[Span]) -> Span | None:
    """The longest of the parts in text, the first of equals; None where there is no text in them."""
    inside = [part._replace(end=min(part.end, len(report.blocks[part.block].text))) for part in parts]
    longest = max(inside, key=lambda part: part.size, default=None)
    return longest if longest and longest.size > 0 else None
