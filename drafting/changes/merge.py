"""Three-way merge: a person's edit and a regeneration of one base, put together where they touch different points.

Text outside points, as in a lead or an imported report, is put together by sentences. A person's words are never overwritten. Where both
sides changed the same point or sentence differently the person's stands, and a conflict holds the three texts. Laws:
merge(base, base, x) = x, merge(base, x, base) = x, merge(base, x, x) = x.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from drafting.changes.alignment import Row, align
from drafting.changes.edits import Edit, edits
from drafting.changes.rewording import reworded
from drafting.report import Block, Report

_BREAK = "\n"
_SENTENCE = re.compile(r".+?(?:[。；！？]+[”’」』）】》]*|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both sides changed: the texts of the base, of the person (it stands in the merged report) and of the regeneration.

    Empty where that side took it out. `heading` is the section it stands in.
    """

    heading: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The report with everything in it that does not clash, and what does."""

    report: Report
    conflicts: tuple[Conflict, ...]

    @property
    def clean(self) -> bool:
        return not self.conflicts


@dataclass(slots=True, eq=False)
class _Atom:
    """Blocks of the base that both sides can be held against, or blocks that a side put in; None where a side did not touch their place."""

    base: tuple[Block, ...]
    mine: tuple[Block, ...] | None
    theirs: tuple[Block, ...] | None


def merge(base: Report, mine: Report, theirs: Report) -> Merged:
    """`mine` is the person's edit of `base`, `theirs` its regeneration.

    What the report says of itself beside its text is the regeneration's, unless only the person changed it.
    """
    if mine.version == base.version:
        return Merged(theirs, ())
    if theirs.version in (base.version, mine.version):
        return Merged(mine, ())
    atoms = _ordered(base, mine, theirs)
    blocks: list[Block] = []
    conflicts: list[Conflict] = []
    heading = ""
    for atom in atoms:
        merged, clashes = _merged(atom)
        heading = next((block.text for block in merged if block.type == "heading"), heading)
        blocks += merged
        conflicts += [replace(clash, heading=heading) for clash in clashes]
    told = mine if _told(theirs) == _told(base) else theirs
    return Merged(replace(told, blocks=tuple(blocks), waivers=()), tuple(conflicts))


def _told(report: Report) -> tuple[object, ...]:
    return (report.kind, report.organ, report.topic, report.period, report.issued, report.brief, report.profile)


# --- which blocks belong together, and in what order


def _ordered(base: Report, mine: Report, theirs: Report) -> list[_Atom]:
    rows_mine, rows_theirs = align(base.blocks, mine.blocks), align(base.blocks, theirs.blocks)
    spans = _spans(len(base.blocks), [row.old for row in (*rows_mine, *rows_theirs)])
    of_base: dict[int, _Atom] = {}
    order: list[_Atom] = []
    for span in spans:
        atom = _Atom(tuple(base.blocks[index] for index in span), (), ())
        order.append(atom)
        of_base.update(dict.fromkeys(span, atom))
    _place(order, of_base, rows_theirs, theirs.blocks, side="theirs")
    _place(order, of_base, rows_mine, mine.blocks, side="mine")
    return order


def _spans(count: int, together: Sequence[tuple[int, ...]]) -> list[range]:
    """The blocks of the base, those that either side joined taken together."""
    bound = {index for old in together for index in old[1:]}
    starts = [index for index in range(count) if index not in bound]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], count], strict=False)]


def _place(
    order: list[_Atom], of_base: dict[int, _Atom], rows: Sequence[Row], blocks: Sequence[Block], *, side: str
) -> None:
    """Fills in one side's blocks, moves what it moved and puts in what came, each behind what stands before it on that side."""
    before: _Atom | None = None
    for row in rows:
        come = tuple(blocks[index] for index in row.new)
        if not come:
            continue
        if not row.old:
            before = _put_in(order, before, come, side)
            continue
        atom = of_base[row.old[0]]
        setattr(atom, side, (*(getattr(atom, side) or ()), *come))
        if row.moved:
            order.remove(atom)
            order.insert(order.index(before) + 1 if before else 0, atom)
        before = atom


def _put_in(order: list[_Atom], before: _Atom | None, come: tuple[Block, ...], side: str) -> _Atom:
    at = order.index(before) + 1 if before else 0
    if side == "mine":
        for atom in order[at:]:
            if atom.base or atom.mine is not None:
                break
            if atom.theirs == come:
                atom.mine = come
                return atom
    atom = _Atom((), come if side == "mine" else None, come if side == "theirs" else None)
    order.insert(at, atom)
    return atom


# --- one atom


def _merged(atom: _Atom) -> tuple[list[Block], list[Conflict]]:
    if not atom.base:
        return list(atom.mine if atom.mine is not None else atom.theirs or ()), []
    mine, theirs = atom.mine or (), atom.theirs or ()
    if mine in (atom.base, theirs):
        return list(theirs), []
    if theirs == atom.base:
        return list(mine), []
    texts = [_text(atom.base), _text(mine), _text(theirs)]
    if not mine or not theirs:
        return list(mine), [Conflict("", *texts)]
    text, clashes = _woven(atom.base, *texts)
    return list(_cut(text, theirs, mine)), clashes


def _text(blocks: Sequence[Block]) -> str:
    return _BREAK.join(block.text for block in blocks)


def _cut(text: str, theirs: Sequence[Block], mine: Sequence[Block]) -> Iterator[Block]:
    """The text as blocks: the regeneration's where it has as many, for it knows on which facts its points stand."""
    parts = [part for part in text.split(_BREAK) if part]
    models = theirs if len(parts) == len(theirs) or len(parts) != len(mine) else mine
    for at, part in enumerate(parts):
        same = next((block for block in (*theirs, *mine) if block.text == part), None)
        yield same or reworded(models[min(at, len(models) - 1)], part)


def _woven(base: Sequence[Block], text: str, mine: str, theirs: str) -> tuple[str, list[Conflict]]:
    """Both sides' edits of one text. Where they touch the same point, the person's alone, and a conflict if the two differ."""
    edits_mine, edits_theirs = edits(text, mine), edits(text, theirs)
    regions = _regions(base)
    for edit in (*edits_mine, *edits_theirs):
        regions = _grown(regions, edit)
    taken = list(edits_mine)
    written = [(edit, mine) for edit in edits_mine]
    conflicts = []
    for start, end in regions:
        ours = [edit for edit in edits_mine if _touches(edit, start, end)]
        others = [edit for edit in edits_theirs if _touches(edit, start, end)]
        if ours and others:
            said = _applied(text, mine, ours, start, end), _applied(text, theirs, others, start, end)
            if said[0] != said[1]:
                conflicts.append(Conflict("", text[start:end], *said))
            continue
        written += [(edit, theirs) for edit in others]
    apart = [edit for edit in edits_theirs if not any(_touches(edit, start, end) for start, end in regions)]
    at_one_place = {edit.old_start for edit in taken if edit.old_start == edit.old_end}
    for edit in apart:
        if edit.old_start not in at_one_place:
            written.append((edit, theirs))
        elif (rival := _inserted(theirs, edit)) != (
            own := "".join(_inserted(mine, one) for one in taken if one.old_start == edit.old_start)
        ):
            conflicts.append(Conflict("", "", own, rival))
    return _rewritten(text, written), conflicts


def _regions(base: Sequence[Block]) -> list[tuple[int, int]]:
    """The points of the blocks as spans of their joined text; of a block without points, its sentences."""
    regions, start = [], 0
    for block in base:
        points = [(first, last) for first, last, _ in block.spans()]
        within = points or [match.span() for match in _SENTENCE.finditer(block.text)]
        regions += [(start + first, start + last) for first, last in within]
        start += len(block.text) + len(_BREAK)
    return [region for region in regions if region[0] < region[1]]


def _grown(regions: Sequence[tuple[int, int]], edit: Edit) -> list[tuple[int, int]]:
    """The regions, those that one edit touches made one."""
    grown: list[tuple[int, int]] = []
    for touched, group in groupby(regions, key=lambda region: _touches(edit, *region)):
        spans = list(group)
        grown += [(spans[0][0], spans[-1][1])] if touched else spans
    return grown


def _touches(edit: Edit, start: int, end: int) -> bool:
    """An insertion between two points touches neither."""
    if edit.old_start == edit.old_end:
        return start < edit.old_start < end
    return edit.old_start < end and edit.old_end > start


def _inserted(text: str, edit: Edit) -> str:
    return text[edit.new_start : edit.new_end]


def _applied(text: str, new: str, made: Sequence[Edit], start: int, end: int) -> str:
    parts, at = [], start
    for edit in made:
        parts += [text[at : edit.old_start], _inserted(new, edit)]
        at = edit.old_end
    return "".join([*parts, text[at:end]])


def _rewritten(text: str, written: Sequence[tuple[Edit, str]]) -> str:
    parts, at = [], 0
    for edit, source in sorted(written, key=lambda pair: (pair[0].old_start, pair[0].old_end)):
        parts += [text[at : edit.old_start], _inserted(source, edit)]
        at = edit.old_end
    return "".join([*parts, text[at:]])
