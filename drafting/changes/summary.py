"""Summary: what a reviewer asks first of two versions. Which sections, which numbers, which dates, which facts, what of the particulars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from drafting.changes.comparison import Change, ChangeKind, Comparison
from drafting.changes.figures import DateChange, NumberChange, date_changes, number_changes
from drafting.changes.marking import MovedGroup, moved_groups, section_names
from drafting.changes.standing import FactChange, fact_changes
from drafting.report import Report

SectionState = Literal["changed", "added", "gone", "moved"]
_ALIKE_AT_ALL = 0.1


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section with its changes. added, gone: its heading came or went; moved: with its heading, and perhaps changed as well."""

    heading: str
    state: SectionState
    changes: int


@dataclass(frozen=True, slots=True)
class ParticularChange:
    """What the report says of itself beside its text, by its name in Chinese; empty where it was or is not told."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What changed, each list in the order of the new version.

    `renumbered` counts changes of nothing but a heading's or a point's number (三、→二、): no words. `kept` is the share of the old
    version's characters that still stand, 0 to 1.
    """

    sections: tuple[SectionChange, ...]
    numbers: tuple[NumberChange, ...]
    dates: tuple[DateChange, ...]
    facts: tuple[FactChange, ...]
    particulars: tuple[ParticularChange, ...]
    moves: tuple[MovedGroup, ...]
    kinds: dict[ChangeKind, int]
    renumbered: int
    kept: float

    @property
    def changes(self) -> int:
        return sum(self.kinds.values())

    @property
    def strangers(self) -> bool:
        """Have the versions next to nothing in common, so that one of the two may be the wrong document?"""
        return self.kept < _ALIKE_AT_ALL


def summarise(comparison: Comparison) -> Summary:
    """The summary of a comparison; nothing in it depends on which changes will be accepted."""
    moves = moved_groups(comparison)
    return Summary(
        sections=tuple(_sections(comparison, moves)),
        numbers=tuple(number_changes(comparison)),
        dates=tuple(date_changes(comparison)),
        facts=tuple(fact_changes(comparison.old, comparison.new)),
        particulars=tuple(_particulars(comparison.old, comparison.new)),
        moves=moves,
        kinds=dict(Counter(change.kind for change in comparison.changes)),
        renumbered=sum(is_renumbering(comparison, change) for change in comparison.changes),
        kept=_kept(comparison),
    )


def is_renumbering(comparison: Comparison, change: Change) -> bool:
    """Does the change touch nothing but the number of a heading, or the enumerator of a point (一是 → 二是)?"""
    if change.kind != "text" or not change.old or not change.new:
        return False
    row = comparison.rows[change.row]
    numbers = comparison.old.blocks[row.old[0]].number, comparison.new.blocks[row.new[0]].number
    if change.old_end <= len(numbers[0]) and change.new_end <= len(numbers[1]):
        return True
    if change.old not in _ENUMERATORS or change.new not in _ENUMERATORS:
        return False
    before, after = comparison.old_text(row), comparison.new_text(row)
    return _counts_off(before, change.old_start, change.old_end) and _counts_off(
        after, change.new_start, change.new_end
    )


_ENUMERATORS = frozenset(
    [
        *"一二三四五六七八九十",
        *(f"十{digit}" for digit in "一二三四五六七八九"),
        *(f"二十{digit}" for digit in "一二三四五六七八九"),
    ]
)


def _counts_off(text: str, start: int, end: int) -> bool:
    """一是, 其一，第一， at the beginning of a sentence."""
    if text[end : end + 1] in ("是", "要"):
        return not start or text[start - 1] in "。；：，\n"
    return text[start - 1 : start] in ("第", "其") and text[end : end + 1] in ("，", "、", "是")


def _sections(comparison: Comparison, moves: tuple[MovedGroup, ...]) -> Iterator[SectionChange]:
    counted: Counter[str] = Counter()
    states: dict[str, SectionState] = {}
    moved = {row for group in moves if group.heading for row in group.rows}
    for index, (row, name) in enumerate(zip(comparison.rows, section_names(comparison), strict=True)):
        changes = [
            change for change in comparison.of_row.get(index, ()) if not (change.kind == "move" and index in moved)
        ]
        blocks = [*(comparison.new.blocks[at] for at in row.new), *(comparison.old.blocks[at] for at in row.old)]
        if blocks[0].type == "heading" and (not row.old or not row.new):
            states[name] = "added" if row.new else "gone"
        elif blocks[0].type == "heading" and index in moved:
            states[name] = "moved"
        counted[name] += len(changes)
    for name, count in counted.items():
        if count or name in states:
            yield SectionChange(name, states.get(name, "changed"), count)


def _particulars(old: Report, new: Report) -> Iterator[ParticularChange]:
    before, after = _told(old), _told(new)
    for name, value in before.items():
        if value != after[name]:
            yield ParticularChange(name, value, after[name])


def _told(report: Report) -> dict[str, str]:
    brief = report.brief
    return {
        "文种": report.kind,
        "发文机关": report.organ,
        "主题": report.topic,
        "报告期": str(report.period) if report.period else "",
        "成文日期": report.issued.isoformat() if report.issued else "",
        "文种定义": report.profile[:12],
        "提纲标题": brief.title if brief else "",
        "提纲主送机关": brief.recipient if brief else "",
        "提纲附件": "、".join(brief.attachments) if brief else "",
        "提纲用词": "、".join(brief.terms) if brief else "",
        "发文字号": brief.document_number if brief else "",
        "签发人": brief.signatory if brief else "",
    }


def _kept(comparison: Comparison) -> float:
    size = sum(len(block.text) for block in comparison.old.blocks)
    gone = sum(len(change.old) for change in comparison.changes if change.kind in ("text", "block"))
    return max(0.0, 1 - gone / size) if size else 1.0
