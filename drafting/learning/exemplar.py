"""An exemplar as it is learned from: its sections, their paragraphs and points, its lead, what it says of what comes next."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from drafting.documents import read
from drafting.errors import DocumentError
from drafting.report import Block, Report

_HAN = "一二三四五六七八九十"
ENUMERATOR = re.compile(
    rf"(?:(?<=[。；：\n])|^)(?P<word>[{_HAN}]{{1,2}}是|第[{_HAN}]，|其[{_HAN}]，|首先，|其次，|再次，|最后，)"
)
_ENDS = "。！？；：…”"


@dataclass(frozen=True, slots=True)
class Seen:
    """A text and the line of the file on which its paragraph begins."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its heading without its number, the number as it stands, and its paragraphs, joined where a line break cut a sentence."""

    heading: Seen
    number: str
    paragraphs: tuple[Seen, ...]
    subheadings: tuple[Block, ...]

    @property
    def length(self) -> int:
        return sum(len(one.text) for one in self.paragraphs)

    @property
    def points(self) -> int:
        """How many points it has: enumerated ones, else headed ones, else paragraphs."""
        enumerated = sum(len(ENUMERATOR.findall(one.text)) for one in self.paragraphs)
        return enumerated or len(self.subheadings) or len(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Exemplar:
    """One report that is learned from; `name` is its file's."""

    name: str
    report: Report
    lead: tuple[Seen, ...]
    sections: tuple[Section, ...]
    outlook: tuple[Seen, ...]

    @property
    def text(self) -> str:
        return "\n".join(one.text for section in self.sections for one in section.paragraphs)


def load(path: Path, ahead: Collection[int] | None = None) -> Exemplar:
    """The exemplar in a file. Raises DocumentError for one that has no headings, or no text under them."""
    reading = read(path)
    lines = [place.line for place in reading.places]
    found = of_report(path.name, reading.report, lines, ahead or ())
    if not found.sections:
        raise DocumentError(f"{path}: 没有认出各部分的标题（如“一、……”），学不出结构")
    if not found.text:
        raise DocumentError(f"{path}: 标题下面没有文字，学不出写法")
    return found


def of_report(name: str, report: Report, lines: Sequence[int] = (), ahead: Collection[int] = ()) -> Exemplar:
    """A report as an exemplar; blocks in `ahead` speak of what comes next."""
    lead: list[Seen] = []
    outlook: list[Seen] = []
    heads: list[tuple[Seen, str]] = []
    bodies: list[list[Seen]] = []
    subs: list[list[Block]] = []
    for index, block in enumerate(report.blocks):
        seen = Seen(block.text.strip(), lines[index] if index < len(lines) else 0)
        if block.type == "lead":
            lead.append(seen)
        elif block.type == "outlook" or (index in ahead and block.type == "paragraph"):
            _add(outlook, seen)
        elif block.type == "heading" and block.level <= 1 and index not in ahead:
            heads.append((Seen(block.words, seen.line), block.number))
            bodies.append([])
            subs.append([])
        elif block.type == "heading" and heads and index not in ahead:
            subs[-1].append(block)
        elif block.type == "paragraph" and heads and seen.text:
            _add(bodies[-1], seen)
    sections = zip(heads, bodies, subs, strict=True)
    made = tuple(Section(head, number, tuple(body), tuple(below)) for (head, number), body, below in sections)
    return Exemplar(name, report, tuple(lead), made, tuple(outlook))


def _add(paragraphs: list[Seen], seen: Seen) -> None:
    """Puts a paragraph behind the others; what a hard line break cut in the middle of a sentence is joined."""
    if paragraphs and paragraphs[-1].text and paragraphs[-1].text[-1] not in _ENDS:
        paragraphs[-1] = Seen(paragraphs[-1].text + seen.text, paragraphs[-1].line)
    else:
        paragraphs.append(seen)
