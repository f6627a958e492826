"""Hands: whose tracked change in Word each change between two versions is, and when it was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from drafting.changes import Comparison
from drafting.comments import Hand
from drafting.documents.printed import Printed, Span
from drafting.documents.tracked import Side, Stretch
from drafting.report import Report

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def hands_of(comparison: Comparison, rejected: Side, accepted: Side) -> Mapping[str, Hand]:
    """By the id of each change that a tracked one accounts for. Where several hands made one, the last by date has it; a move is theirs who
    moved the most of it, for others may have changed words in it.

    Where one person made all that is tracked, the rest is theirs as well: an automatic number that followed, words that stayed and stand in
    a new paragraph.
    """
    gone, _ = _carried(rejected, comparison.old)
    come, formats = _carried(accepted, comparison.new)
    everyone = [stretch.hand for side in (gone, come) for stretches in side.values() for stretch in stretches]
    everyone += formats.values()
    alone = [_last(everyone)] if len({hand.name for hand in everyone}) == 1 else []
    found: dict[str, Hand] = {}
    for change in comparison.changes:
        if change.row < 0:
            continue
        row = comparison.rows[change.row]
        made = [
            *_within(comparison.old, row.old, gone, change.old_start, change.old_end),
            *_within(comparison.new, row.new, come, change.new_start, change.new_end),
        ]
        if change.kind == "role":
            made = [(formats[block], 0) for block in row.new if block in formats]
        if change.kind == "move":
            made = _most(made)
        hands = [hand for hand, _ in made] or alone
        if hands:
            found[change.id] = _last(hands)
    return found


def _most(made: Iterable[tuple[Hand, int]]) -> list[tuple[Hand, int]]:
    counts: Counter[Hand] = Counter()
    for hand, characters in made:
        counts[hand] += characters
    return counts.most_common(1)


def _last(hands: Iterable[Hand]) -> Hand:
    return max(hands, key=lambda hand: (hand.at or _LONG_AGO, hand.name))


def _carried(side: Side, report: Report) -> tuple[dict[int, list[Stretch]], dict[int, Hand]]:
    """The side's stretches and formats, by the blocks of the version that it became."""
    texts = [block.text for block in side.blocks]
    here, there = Printed(texts), Printed([block.text for block in report.blocks])
    stretches: dict[int, list[Stretch]] = {}
    for stretch in side.stretches:
        end = len(texts[stretch.block])
        spans = here.carried(Span(stretch.block, stretch.start, min(stretch.end, end)), there)
        if spans and stretch.end > end:
            spans[-1] = spans[-1]._replace(end=spans[-1].end + 1)
        for span in spans:
            stretches.setdefault(span.block, []).append(Stretch(*span, stretch.hand))
    formats = {
        span.block: hand
        for block, hand in side.formats.items()
        for span in here.carried(Span(block, 0, len(texts[block])), there)
    }
    return stretches, formats


def _within(
    report: Report, row: Sequence[int], stretches: Mapping[int, Sequence[Stretch]], start: int, end: int
) -> Iterator[tuple[Hand, int]]:
    """The hands in `start`..`end` of the row's text, whose blocks have one character between them; and how many characters each has there."""
    at = 0
    for block in row:
        for stretch in stretches.get(block, ()):
            shared = min(at + stretch.end, end) - max(at + stretch.start, start)
            if shared > 0:
                yield stretch.hand, shared
        at += len(report.blocks[block].text) + 1
