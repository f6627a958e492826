"""What last period's report said: its sections, and the sentences that hold an amount, a day, a name or a document of that time."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from drafting import amounts, dates, marks, names
from drafting.period import Period
from drafting.report import Block, Report

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_OPENING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}是|其[一二三四五]是|首先|其次|再次|最后|同时|此外)[，,]?")
_CLOSING = "。！？；，、 　"
_ENDS = "。！？；：…”"
_LEAST = 6
"""Characters of a sentence that can be a fact; what is shorter is a gist."""


@dataclass(frozen=True, slots=True)
class OldFact:
    """A sentence of the report, in the section of that number (0: what comes next), on a line of the file, 0 where there is none."""

    section: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class OldReport:
    """Headings of the sections, in order, the facts and promises of a report, and the sentences of its lead."""

    headings: tuple[str, ...]
    facts: tuple[OldFact, ...]
    promises: tuple[OldFact, ...]
    lead: tuple[str, ...] = ()


def old_report(report: Report, lines: Sequence[int], ahead: Collection[int], day: date, period: Period) -> OldReport:
    """What a report told as of its day and period. `lines` are those of its blocks in the file; blocks in `ahead` speak of what comes next.

    Of a report that was drafted here the facts are known; elsewhere they are taken out of the sentences.
    """
    headings, owner = _sections(report.blocks, ahead)
    promises = tuple(_promises(report, lines, ahead))
    lead = tuple(sentence for block in report.blocks if block.type == "lead" for sentence in _sentences(block.text))
    if report.brief is not None:
        places = {section.heading: place for place, section in enumerate(report.brief.sections, start=1)}
        known = tuple(section.heading for section in report.brief.sections)
        facts = (OldFact(places[one.heading], fact.text, 0) for one in report.brief.sections for fact in one.facts)
        told = tuple(OldFact(0, fact.text, 0) for fact in report.brief.outlook)
        return OldReport(known, tuple(facts), told or promises, lead)
    found = (
        OldFact(owner[index], sentence, _line(lines, index))
        for index, text in _paragraphs(report.blocks, ahead)
        if index not in ahead and owner[index]
        for sentence in _sentences(text)
        if _dated_or_counted(sentence, day, period)
    )
    return OldReport(headings, tuple(found), promises, lead)


def _sections(blocks: Sequence[Block], ahead: Collection[int]) -> tuple[tuple[str, ...], list[int]]:
    """The first-level headings but those of what comes next, and for each block the number of the section that it stands in."""
    headings: list[str] = []
    owner, current = [], 0
    for index, block in enumerate(blocks):
        if block.type == "heading" and block.level <= 1:
            current = 0
            if index not in ahead:
                headings.append(block.words)
                current = len(headings)
        owner.append(current)
    return tuple(headings), owner


def _promises(report: Report, lines: Sequence[int], ahead: Collection[int]) -> Iterator[OldFact]:
    for index, text in _paragraphs(report.blocks, ahead):
        if index in ahead or report.blocks[index].type == "outlook":
            for sentence in _sentences(text):
                if len(sentence) >= 2 * _LEAST:
                    yield OldFact(0, sentence, _line(lines, index))


def _paragraphs(blocks: Sequence[Block], ahead: Collection[int]) -> Iterator[tuple[int, str]]:
    """Index and text of each paragraph; one that a hard line break cut in the middle of a sentence is joined again."""
    begun, text = -1, ""
    for index, block in enumerate(blocks):
        prose = block.type in ("paragraph", "outlook")
        if prose and begun >= 0 and text and text.rstrip()[-1:] not in _ENDS and (begun in ahead) == (index in ahead):
            text += block.text.lstrip()
            continue
        if begun >= 0:
            yield begun, text
        begun, text = (index, block.text) if prose else (-1, "")
    if begun >= 0:
        yield begun, text


def _sentences(text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(text):
        said = _OPENING.sub("", match.group().strip(_CLOSING)).strip(_CLOSING)
        if len(said) >= _LEAST:
            yield said


def _dated_or_counted(sentence: str, day: date, period: Period) -> bool:
    mentions = dates.find(sentence, day, period)
    dated = tuple((mention.start, mention.end) for mention in mentions)
    counted = any(not amount.weak for amount in amounts.find(sentence, dated))
    return bool(mentions or counted or marks.find(sentence, dated) or names.find(sentence))


def _line(lines: Sequence[int], index: int) -> int:
    return lines[index] if index < len(lines) else 0
