"""Typesetting: each block of a report as the paragraphs that print it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.run import CT_R
from docx.oxml.xmlchemy import BaseOxmlElement

from drafting.documents import roles
from drafting.documents.measure import CELL, extent
from drafting.documents.page import TEXT_WIDTH
from drafting.documents.signature import Place, place
from drafting.documents.styles import line_pitch
from drafting.documents.title_lines import break_title
from drafting.documents.wordml import paragraph, run, w
from drafting.profile import Layout
from drafting.report import Block, Point, Report

_LONGEST_RUN_IN = 40
_CLOSING = ("signature", "date")


@dataclass(frozen=True, slots=True)
class Setting:
    """A block's paragraphs, and the runs that print each of its points."""

    block: Block
    paragraphs: tuple[CT_P, ...]
    points: tuple[tuple[Point, tuple[CT_R, ...]], ...] = ()


def typeset(report: Report, layout: Layout) -> list[Setting]:
    """Every block in order."""
    places = _closing_places(report.blocks, layout)
    return [_set(report, index, places, layout) for index in range(len(report.blocks))]


def _set(report: Report, index: int, places: Mapping[int, Place], layout: Layout) -> Setting:
    block = report.blocks[index]
    style = roles.role_of(block).id
    if block.type == "title":
        lines = block.text if "\n" in block.text else "\n".join(break_title(block.text, (report.organ, report.topic)))
        return Setting(block, (paragraph(style, [run(lines)]),))
    if block.type == "attachment":
        return Setting(block, tuple(_attachment(block.text, layout)))
    if index in places:
        above = [] if index - 1 in places else [w("spacing", before=line_pitch(layout))]
        return Setting(block, (_closing_line(block, places[index], above),))
    # What is signed stands on the same page as at least the end of the text.
    kept = [w("keepNext")] if index + 1 in places else []
    points = tuple(_points(block))
    runs = [each for _, group in points for each in group] if points else _words(block)
    if block.points and block.number:
        runs = [run(block.number, roles.run_in_style(block.level) if block.points[0].gist else ""), *runs]
    return Setting(block, (paragraph(style, runs, *kept),), points)


# --- run-in headings


def _points(block: Block) -> Iterator[tuple[Point, tuple[CT_R, ...]]]:
    """The gist of a numbered paragraph's point is its run-in heading."""
    for point in block.points:
        if block.number and point.gist:
            opening = f"{point.enumerator}{point.gist}。"
            yield point, (run(opening, roles.run_in_style(block.level)), run(point.body))
        else:
            yield point, (run(point.text),)


def _words(block: Block) -> list[CT_R]:
    """A numbered paragraph of plain words has a run-in heading when its first sentence is short and not its last."""
    end = block.words.find("。") + 1
    if block.type == "heading" or not block.number or not 0 < end <= min(_LONGEST_RUN_IN, len(block.words) - 1):
        return [run(block.text)]
    return [run(block.number + block.words[:end], roles.run_in_style(block.level)), run(block.words[end:])]


# --- attachments


_ITEM = re.compile(r"(附件[:：])?(\d{1,2}[.．、])?")


def _attachment(text: str, layout: Layout) -> Iterator[CT_P]:
    """附件： one line below the text, names under names: a name that wraps goes on under its own first character."""
    numbered = any(_ITEM.match(line)[2] for line in text.split("\n"))  # type: ignore[index]
    names_start = (2 + 3 + numbered) * CELL
    for index, line in enumerate(text.split("\n")):
        match = _ITEM.match(line)
        hanging = extent(match.group()) if match else 0
        above = [] if index else [w("spacing", before=line_pitch(layout))]
        yield paragraph(roles.ATTACHMENT.id, [run(line)], *above, w("ind", left=names_start, hanging=hanging))


# --- signature and date


def _closing_places(blocks: Sequence[Block], layout: Layout) -> dict[int, Place]:
    """The place of every signature and date by the block's index; those that stand together are placed together."""
    places: dict[int, Place] = {}
    for closing, group in groupby(range(len(blocks)), key=lambda index: blocks[index].type in _CLOSING):
        if closing:
            places.update(_placed(list(group), blocks, layout))
    return places


def _placed(indexes: Sequence[int], blocks: Sequence[Block], layout: Layout) -> Iterator[tuple[int, Place]]:
    organs = [index for index in indexes if blocks[index].type == "signature"]
    dates = [index for index in indexes if blocks[index].type == "date"]
    day = blocks[dates[0]].text if dates else None
    found = place([blocks[index].text for index in organs], day, TEXT_WIDTH, seal=layout.seal)
    yield from zip(organs, found.organs, strict=True)
    if found.date:
        yield from ((index, found.date) for index in dates)


def _closing_line(block: Block, at: Place, above: Sequence[BaseOxmlElement]) -> CT_P:
    indent = w("ind", **{"right" if at.alignment == "right" else "left": at.indent}, firstLine=0)
    return paragraph(roles.role_of(block).id, [run(block.text)], *above, indent, w("jc", val=at.alignment))
