"""Comparison: two versions of a report as changes that can each be accepted or rejected.

Laws, whatever the versions: all accepted is the new version, all rejected the old one, and what a set of decisions gives does not hang
on their order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from drafting.canonical import fingerprint
from drafting.changes.alignment import Row, align
from drafting.changes.edits import Edit, edits
from drafting.changes.rewording import reworded
from drafting.report import Block, Report

ChangeKind = Literal["text", "block", "move", "role", "particulars"]
BREAK = "\n"
"""What stands between the blocks of a row that were split or joined."""


@dataclass(frozen=True, slots=True)
class Change:
    """One decision. `old` is what goes, `new` what comes; either may be empty.

    text: words inside blocks, at `old_start`..`old_end` and `new_start`..`new_end` of the row's texts (its blocks joined by a line feed).
    block: whole blocks that came or went. move: blocks that stand elsewhere. role: another type, level or wording of points behind the
    same text. particulars: what the report says of itself beside its text (period, day, organ, the brief). `heading` is the section.
    """

    id: str
    kind: ChangeKind
    old: str
    new: str
    heading: str
    row: int
    old_start: int = 0
    old_end: int = 0
    new_start: int = 0
    new_end: int = 0


@dataclass(frozen=True)
class Comparison:
    """`rows` are the scaffold of both versions in the order of the new one; `changes` are in the order of rows and text."""

    old: Report
    new: Report
    rows: tuple[Row, ...]
    changes: tuple[Change, ...]

    def old_text(self, row: Row) -> str:
        return BREAK.join(self.old.blocks[index].text for index in row.old)

    def new_text(self, row: Row) -> str:
        return BREAK.join(self.new.blocks[index].text for index in row.new)

    @cached_property
    def of_row(self) -> dict[int, tuple[Change, ...]]:
        """The changes of each row that has any, by the row's index; −1 holds the particulars."""
        found: dict[int, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.row, []).append(change)
        return {row: tuple(changes) for row, changes in found.items()}

    def accept(self, ids: Collection[str]) -> Report:
        """The version in which exactly these changes are made. Raises LookupError for an id that is none of its changes."""
        unknown = set(ids) - {change.id for change in self.changes}
        if unknown:
            raise LookupError(f"没有编号为 {'、'.join(sorted(unknown))} 的修改")
        chosen = frozenset(ids)
        if len(chosen) == len(self.changes):
            return self.new
        if not chosen:
            return self.old
        told = self.new if any(change.id in chosen for change in self.of_row.get(-1, ())) else self.old
        return replace(told, blocks=tuple(self._blocks(chosen)), waivers=())

    def reject(self, ids: Collection[str]) -> Report:
        """The version in which all changes but these are made."""
        rejected = frozenset(ids)
        self.accept(rejected)
        return self.accept([change.id for change in self.changes if change.id not in rejected])

    def _blocks(self, chosen: frozenset[str]) -> Iterator[Block]:
        """The blocks in the order of the scaffold; a row that moved stands at its old place until the move is accepted."""
        waiting = {
            row.old[0]: index
            for index, row in enumerate(self.rows)
            if row.moved and not self._taken(index, "move", chosen)
        }
        for index, row in enumerate(self.rows):
            if row.moved:
                if self._taken(index, "move", chosen):
                    yield from self._row(index, chosen)
                continue
            yield from self._held_back(row, waiting, chosen)
            yield from self._row(index, chosen)
        for at in sorted(waiting):
            yield from self._row(waiting[at], chosen)

    def _held_back(self, row: Row, waiting: dict[int, int], chosen: frozenset[str]) -> Iterator[Block]:
        """The rows whose move was not accepted and that stood before this one."""
        if row.old:
            for at in sorted(at for at in waiting if at < row.old[0]):
                yield from self._row(waiting.pop(at), chosen)

    def _taken(self, row: int, kind: ChangeKind, chosen: frozenset[str]) -> bool:
        return any(change.id in chosen for change in self.of_row.get(row, ()) if change.kind == kind)

    def _row(self, index: int, chosen: frozenset[str]) -> Iterator[Block]:
        row = self.rows[index]
        changes = self.of_row.get(index, ())
        if not row.old or not row.new:
            taken = self._taken(index, "block", chosen)
            if bool(row.new) == taken:
                yield from self._blocks_of(row, new=taken)
            return
        inner = [change for change in changes if change.kind in ("text", "role")]
        taken_here = [change for change in inner if change.id in chosen]
        if len(taken_here) == len(inner):
            yield from self._blocks_of(row, new=True)
        elif not taken_here:
            yield from self._blocks_of(row, new=False)
        else:
            yield from self._mixed(row, inner, chosen)

    def _blocks_of(self, row: Row, *, new: bool) -> Iterator[Block]:
        report, indexes = (self.new, row.new) if new else (self.old, row.old)
        return (report.blocks[index] for index in indexes)

    def _mixed(self, row: Row, inner: Sequence[Change], chosen: frozenset[str]) -> Iterator[Block]:
        """A row with some of its changes made: the text is put together, and cut into blocks where a line feed stands."""
        text = mixed_text(
            self.old_text(row), [change for change in inner if change.kind == "text" and change.id in chosen]
        )
        role = any(change.id in chosen for change in inner if change.kind == "role")
        olds, news = list(self._blocks_of(row, new=False)), list(self._blocks_of(row, new=True))
        parts = text.split(BREAK)
        models = news if role or len(parts) == len(news) != len(olds) else olds
        for at, part in enumerate(parts):
            if part:
                yield reworded(models[min(at, len(models) - 1)], part)


def mixed_text(old: str, taken: Sequence[Change]) -> str:
    """The old text with these changes made."""
    parts, at = [], 0
    for change in sorted(taken, key=lambda change: (change.old_start, change.new_start)):
        parts += [old[at : change.old_start], change.new]
        at = change.old_end
    return "".join([*parts, old[at:]])


def compare(old: Report, new: Report) -> Comparison:
    """The changes that make `new` of `old`. The same two versions give the same ids."""
    rows = tuple(align(old.blocks, new.blocks))
    bare = Comparison(old, new, rows, ())
    return replace(bare, changes=tuple(_with_ids(bare, _changes(bare))))


def _changes(comparison: Comparison) -> Iterator[Change]:
    old, new = comparison.old, comparison.new
    if _particulars(old) != _particulars(new):
        yield Change("", "particulars", "", "", "", -1)
    heading = ""
    for index, row in enumerate(comparison.rows):
        heading = _heading(comparison, row) or heading
        before, after = comparison.old_text(row), comparison.new_text(row)
        if not row.old or not row.new:
            yield Change("", "block", before, after, heading, index, 0, len(before), 0, len(after))
            continue
        if row.moved:
            yield Change("", "move", before, after, heading, index, 0, len(before), 0, len(after))
        made = [_text_change(edit, before, after, heading, index) for edit in edits(before, after)]
        yield from made
        if not made and _blocks_differ(comparison, row):
            yield Change("", "role", "", "", heading, index)


def _blocks_differ(comparison: Comparison, row: Row) -> bool:
    return [comparison.old.blocks[index] for index in row.old] != [comparison.new.blocks[index] for index in row.new]


def _text_change(edit: Edit, before: str, after: str, heading: str, row: int) -> Change:
    return Change(
        "",
        "text",
        before[edit.old_start : edit.old_end],
        after[edit.new_start : edit.new_end],
        heading,
        row,
        edit.old_start,
        edit.old_end,
        edit.new_start,
        edit.new_end,
    )


def _heading(comparison: Comparison, row: Row) -> str:
    """The words of a heading in this row: those of the new version, else of the old."""
    blocks = [
        *(comparison.new.blocks[index] for index in row.new),
        *(comparison.old.blocks[index] for index in row.old),
    ]
    return next((block.text for block in blocks if block.type == "heading"), "")


def _particulars(report: Report) -> tuple[object, ...]:
    return (report.kind, report.organ, report.topic, report.period, report.issued, report.brief, report.profile)


def _with_ids(bare: Comparison, changes: Iterable[Change]) -> Iterator[Change]:
    """Ids from what changes and from the text that it changes, not from its number in the list: they stay when another block changes.

    The same change of blocks with the same text is counted, -2, -3.
    """
    known: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for change in changes:
        if change.row not in known:
            known[change.row] = fingerprint(_changed_text(bare, change.row))
        told = [change.kind, known[change.row], change.old, change.new, change.old_start, change.old_end]
        key = fingerprint(told)[:8]
        seen[key] += 1
        yield replace(change, id=key if seen[key] == 1 else f"{key}-{seen[key]}")


def _changed_text(bare: Comparison, index: int) -> list[str]:
    """The row's text in the old version; of the particulars, the versions' names without their blocks."""
    if index < 0:
        return [replace(report, blocks=()).version for report in (bare.old, bare.new)]
    return [bare.old_text(bare.rows[index])]
