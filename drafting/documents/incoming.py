"""Incoming: a .docx that people edited, read against the version it was exported from, becomes that report's next version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from drafting.changes import compare
from drafting.comments import Comment, Hand
from drafting.documents.hands import hands_of
from drafting.documents.printed import Printed, Span
from drafting.documents.recast import Recast, recast
from drafting.documents.tracked import Side, Tracked
from drafting.errors import DocumentError
from drafting.report import BlockType, Report

How = Literal["accepted", "rejected", "proposed"]
"""What to do with tracked changes: take them as accepted, as rejected, or leave each to be decided."""

LEAST_ALIKE = 0.25
"""The share of the shorter text that has to stand in the other. Measured in docs/design/word-edits.md."""

_PROSE: tuple[BlockType, ...] = ("lead", "paragraph", "outlook")
_MARKDOWN = re.compile(r"^(?:#{1,6}|[-*+]|>)[ \t]|\*\*[^*]+\*\*|^```|^\|.*\|$")
_TAKEN: Mapping[How, str] = {"accepted": "按全部接受读入", "rejected": "按全部拒绝读入", "proposed": "逐处待定"}
_SHOWN, _QUOTED, _NAMED = 5, 16, 12


@dataclass(frozen=True, slots=True)
class Incoming:
    """The report's next version with its comments, and what a reader should know, a line each.

    `proposal` is there where tracked changes are to be decided: `report` is then the version without them, `proposal` the one with all of
    them, and `hands` tell whose each change of `compare(report, proposal)` is. A change that no tracked one accounts for, such as an
    automatic number that follows another, has no hand. `proposal_comments` are the same comments at their places in the proposal.
    """

    report: Report
    comments: tuple[Comment, ...] = ()
    notes: tuple[str, ...] = ()
    proposal: Report | None = None
    proposal_comments: tuple[Comment, ...] = ()
    hands: Mapping[str, Hand] = field(default_factory=dict)


def incoming(base: Report, source: Tracked, how: How, *, force: bool = False) -> Incoming:
    """The version that `source` makes of `base`; the base itself where nothing was edited.

    Raises DocumentError where the file says that it was made from another version, or the two have next to nothing in common, unless
    `force` says that they belong together.
    """
    facts = {fact.id: fact.text for fact in base.brief.facts()} if base.brief else {}
    side = source.accepted if how == "accepted" else source.rejected
    made = recast(base.blocks, side, facts)
    if not force:
        _hold_together(base, source, made, facts)
        _require_own(base, source)
    report = _version(base, made)
    if how != "proposed":
        return Incoming(report, _placed(side, report), tuple(_notes(base, source, how, report, made)))
    whole = recast(report.blocks, source.accepted, facts)
    proposal = _version(report, whole)
    comparison = compare(report, proposal)
    notes = [*_notes(base, source, how, proposal, whole), *_untracked(base, report)]
    return Incoming(
        report,
        _placed(source.rejected, report),
        tuple(notes),
        proposal,
        _placed(source.accepted, proposal),
        hands_of(comparison, source.rejected, source.accepted),
    )


def _version(base: Report, made: Recast) -> Report:
    """What the report says of itself is the base's: a Word file shows no brief. Its waivers named another text."""
    return base if made.blocks == base.blocks else replace(base, blocks=made.blocks, waivers=())


def _require_own(base: Report, source: Tracked) -> None:
    """Held against another version, a file seems to undo everything that was changed between the two."""
    if source.versions and not any(base.version.startswith(version) for version in source.versions):
        own = source.versions[0][:_NAMED]
        raise DocumentError(
            f"文件是从版本 {own} 导出的，不是 {base.version[:_NAMED]}：当作后者的修改，会改回其间别人的修改；"
            f"请写 --onto {own}，若确要如此，请加 --force"
        )


def _hold_together(base: Report, source: Tracked, made: Recast, facts: Mapping[str, str]) -> None:
    """Either side will do: a text may have been written anew with every change tracked."""
    alike = made.alike
    if alike < LEAST_ALIKE and source.count:
        alike = max(recast(base.blocks, side, facts).alike for side in (source.accepted, source.rejected))
    if alike < LEAST_ALIKE:
        raise DocumentError(
            f"文件与版本 {base.version[:_NAMED]} 几乎没有相同的文字（相同 {alike:.0%}），不像是它的修改稿；若确是，请加 --force"
        )


def _placed(side: Side, report: Report) -> tuple[Comment, ...]:
    """The side's comments on the version that it became."""
    here, there = Printed([block.text for block in side.blocks]), Printed([block.text for block in report.blocks])
    return tuple(_moved(comment, here, there) for comment in side.comments)


def _moved(comment: Comment, here: Printed, there: Printed) -> Comment:
    if comment.block < 0:
        return comment
    spans = here.carried(Span(comment.block, comment.start, comment.end), there)
    return Comment(comment.text, comment.by, *spans[0]) if spans else Comment(comment.text, comment.by)


# --- what a reader should know


def _notes(base: Report, source: Tracked, how: How, report: Report, made: Recast) -> Iterator[str]:
    if source.count:
        yield f"有 {source.count} 处修订（{'、'.join(source.authors)}），{_TAKEN[how]}"
    done = len(source.resolved)
    if done:
        yield f"{len(source.comments)} 条批注中有 {done} 条已标为“已解决”"
    yield from source.notes
    lost = _facts(base) - _facts(report)
    if lost:
        ids = [
            fact_id for fact_id in dict.fromkeys(f for point in base.points() for f in point.facts) if fact_id in lost
        ]
        yield f"事实 {'、'.join(ids)} 不再有要点写到"
    if _facts(base):
        yield from _on_no_fact(base, report, made)
    marked = [
        report.blocks[at].text for at in sorted((*made.fresh, *made.reworded)) if _is_marked(report.blocks[at].text)
    ]
    if marked:
        yield f"有 {len(marked)} 段带 Markdown 记号，按文字读入：{_quoted(marked)}"


def _facts(report: Report) -> set[str]:
    return {fact_id for point in report.points() for fact_id in point.facts}


def _on_no_fact(base: Report, report: Report, made: Recast) -> Iterator[str]:
    blocks = [report.blocks[at] for at in made.fresh]
    new = [block.text for block in blocks if block.type in _PROSE]
    if new:
        yield f"新增的 {len(new)} 段没有对应的事实：{_quoted(new)}"
    known = {point.text for point in base.points() if not point.facts}
    points = [point.text for at in made.reworded for point in report.blocks[at].points if not point.facts]
    loose = [text for text in points if text not in known]
    if loose:
        yield f"有 {len(loose)} 个要点没有对应的事实：{_quoted(loose)}"


def _is_marked(text: str) -> bool:
    return any(_MARKDOWN.search(line) for line in text.split("\n"))


def _quoted(texts: Sequence[str]) -> str:
    """The first of them by their first words."""
    shown = "、".join(f"“{text[:_QUOTED]}{'…' if len(text) > _QUOTED else ''}”" for text in texts[:_SHOWN])
    return f"{shown}等" if len(texts) > _SHOWN else shown


def _untracked(base: Report, report: Report) -> Iterator[str]:
    count = len(compare(base, report).changes)
    if count:
        yield f"另有 {count} 处修改没有留下修订痕迹，已写入版本，不在待定之列"
