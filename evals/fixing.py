"""Fixing: the fixes of fixable rules applied to a file; nothing but the quoted spans changes, and a second run changes nothing more."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from drafting import files
from drafting.documents import Reading, read
from drafting.documents.lines import raw_lines
from drafting.report import Block, Point, Report
from evals.finding import Finding

_MOST_PASSES = 8
"""One fix can bring up another (",," is doubled first and half-width then); the longest chain seen is three."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

Judge = Callable[[Reading], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many places were mended in the file, and how many fixes could not be laid on its text."""

    done: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    right: str


def can_fix(reading: Reading) -> bool:
    """A .docx is not rewritten: its runs and revisions are its author's."""
    return reading.format != "docx"


def mend(path: Path, judge: Judge) -> Outcome:
    """Mends the file at `path` in place, its encoding, line ends and permissions kept, until `judge` finds nothing more to fix.

    Raises DocumentError where it cannot be read, OSError where it cannot be written. An unchanged file is not written.
    """
    target = path.resolve()
    done = 0
    for _ in range(_MOST_PASSES):
        reading = read(target)
        wanted = fixes(judge(reading))
        if not wanted or not can_fix(reading):
            return Outcome(done)
        data = target.read_bytes()
        mended, count = _mended(data, reading, wanted)
        if mended == data:
            return Outcome(done, len(wanted))
        mode = target.stat().st_mode
        files.write(target, mended)
        target.chmod(mode)
        done += count
    return Outcome(done)


def fixes(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that bring a fix, in the order of the text; of two that overlap the one that begins first."""
    chosen: list[Finding] = []
    for finding in sorted(findings, key=lambda one: (one.block, one.start, one.end)):
        if finding.fix is None or finding.block < 0:
            continue
        if chosen and chosen[-1].block == finding.block and finding.start < chosen[-1].end:
            continue
        chosen.append(finding)
    return chosen


def _mended(data: bytes, reading: Reading, wanted: Sequence[Finding]) -> tuple[bytes, int]:
    if reading.format == "json":
        report, count = mend_report(reading.report, wanted)
        return (report.dumps(), count) if count else (data, 0)
    mark, encoding = _encoding(data)
    text = data[len(mark) :].decode(encoding)
    mended, count = mend_text(text, reading, wanted)
    return (mark + mended.encode(encoding), count) if count else (data, 0)


def _encoding(data: bytes) -> tuple[bytes, str]:
    """The byte order mark and the encoding, as `drafting.textfile` tells them."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mark, encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return b"", "gb18030"
    return b"", "utf-8"


# --- a report file


def mend_report(report: Report, wanted: Sequence[Finding]) -> tuple[Report, int]:
    """The report with these fixes in its blocks, and how many; one that reaches over two parts of a point is left."""
    count = 0
    blocks = []
    for index, block in enumerate(report.blocks):
        edits = [_Edit(one.start, one.end, one.fix) for one in wanted if one.block == index and one.fix is not None]
        mended, here = _mend_block(block, edits) if edits else (block, 0)
        blocks.append(mended)
        count += here
    return replace(report, blocks=tuple(blocks)), count


def _mend_block(block: Block, edits: Sequence[_Edit]) -> tuple[Block, int]:
    number, count = _mend_part(block.number, 0, edits)
    if not block.points:
        words, here = _mend_part(block.words, len(block.number), edits)
        return replace(block, number=number, words=words), count + here
    points = []
    for start, _, point in block.spans():
        mended, here = _mend_point(point, start, edits)
        points.append(mended)
        count += here
    return replace(block, number=number, points=tuple(points)), count


def _mend_point(point: Point, start: int, edits: Sequence[_Edit]) -> tuple[Point, int]:
    enumerator, first = _mend_part(point.enumerator, start, edits)
    gist_at = start + len(point.enumerator)
    gist, second = _mend_part(point.gist, gist_at, edits)
    body_at = gist_at + (len(point.gist) + 1 if point.gist else 0)
    body, third = _mend_part(point.body, body_at, edits)
    return replace(point, enumerator=enumerator, gist=gist, body=body), first + second + third


def _mend_part(text: str, at: int, edits: Sequence[_Edit]) -> tuple[str, int]:
    """The part that begins at `at` of its block, with the edits that lie wholly inside it."""
    inside = [
        _Edit(edit.start - at, edit.end - at, edit.right)
        for edit in edits
        if at <= edit.start and edit.end <= at + len(text)
    ]
    return _edited(text, inside), len(inside)


# --- a text file


def mend_text(text: str, reading: Reading, wanted: Sequence[Finding]) -> tuple[str, int]:
    """The file's text with these fixes, and how many. A block that is not found letter for letter at its place is left alone."""
    lines = list(_offsets(text))
    edits = []
    for finding in wanted:
        spans = _spans(reading, finding.block, lines)
        if spans is None or finding.fix is None:
            continue
        covered = spans[finding.start : finding.end]
        if None in covered:
            continue  # over the end of a line
        real = [span for span in covered if span is not None]
        edits.append(_Edit(real[0][0], real[-1][1], finding.fix))
    return _edited(text, edits), len(edits)


def _offsets(text: str) -> Iterator[tuple[int, str]]:
    """Each line with the offset at which it begins."""
    at = 0
    for _, raw in raw_lines(text):
        yield at, raw
        at += len(raw)
        at += 2 if text[at : at + 2] == "\r\n" else 1


def _spans(reading: Reading, block: int, lines: Sequence[tuple[int, str]]) -> list[tuple[int, int] | None] | None:
    """Where each character of the block's text stands in the file; None for a line feed, and for the whole where it is not there."""
    place = reading.places[block]
    number, column = place.line - 1, place.column - 1
    spans: list[tuple[int, int] | None] = []
    for part, wanted in enumerate(reading.report.blocks[block].text.split("\n")):
        if part:
            number = next((below for below in range(number + 1, len(lines)) if lines[below][1].strip()), len(lines))
            column = -1
            spans.append(None)
        if number >= len(lines):
            return None
        begins, raw = lines[number]
        if column < 0:
            column = len(raw) - len(raw.lstrip())
        here = _characters(raw, column, escaped=reading.format == "md")[: len(wanted)]
        if "".join(char for _, _, char in here) != wanted:
            return None
        spans += [(begins + start, begins + end) for start, end, _ in here]
    return spans


def _characters(raw: str, column: int, *, escaped: bool) -> list[tuple[int, int, str]]:
    """The characters of a line from `column` on, each with its span in the line: two wide where Markdown escapes it."""
    found = []
    at = column
    while at < len(raw):
        match = _ESCAPED.match(raw, at) if escaped else None
        end = match.end() if match else at + 1
        found.append((at, end, raw[end - 1]))
        at = end
    return found


def _edited(text: str, edits: Sequence[_Edit]) -> str:
    for edit in sorted(edits, key=lambda one: one.start, reverse=True):
        text = text[: edit.start] + edit.right + text[edit.end :]
    return text
