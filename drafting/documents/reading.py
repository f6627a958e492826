"""Documents in: a .docx, .md, .txt or report file as a report, with the place of every block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from drafting import report as reports
from drafting import textfile
from drafting.archive import OLE, ZIP
from drafting.complaints import Complaints
from drafting.documents import plain_text
from drafting.documents.lines import Line, Place, of_text
from drafting.documents.markdown import lines_of_markdown
from drafting.documents.particulars import particulars
from drafting.documents.recognition import recognise
from drafting.documents.rendering import Format
from drafting.documents.shape import shape_notes
from drafting.errors import DocumentError
from drafting.report import Block, Report

LIMIT = 64 << 20
"""Bytes of a file. A report of a million characters is 3 MB."""

_WORD_SUFFIXES = (".docx", ".docm")
_MARKDOWN_SUFFIXES = (".md", ".markdown")
_OTHERS = {b"%PDF": "PDF", b"{\\rtf": "RTF", b"\x89PNG": "图片", b"\xff\xd8\xff": "图片"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read.

    `places` are the line and column of each block of the report in the text as read: the file's own lines for .txt and .md, a paragraph a
    line for .docx, the text rendering for a report file. `notes` say what was left out or guessed, one line each.
    """

    report: Report
    places: tuple[Place, ...]
    notes: tuple[str, ...]
    format: Format

    def place(self, block: int, offset: int) -> Place:
        """The place of a character of a block, past soft line breaks too."""
        before = self.report.blocks[block].text[:offset]
        at, breaks = self.places[block], before.count("\n")
        return Place(at.line + breaks, offset - before.rfind("\n") if breaks else at.column + offset)


def read(path: Path) -> Reading:
    """The document at `path`, told by its content first and its suffix second. Raises DocumentError, one line that names the file."""
    complaints = Complaints(str(path), DocumentError)
    data = textfile.read_bytes(path, complaints, LIMIT)
    suffix = path.suffix.lower()
    if data.startswith((ZIP, OLE)) or (suffix in _WORD_SUFFIXES and data):
        return _of_word(data, suffix, complaints)
    for magic, name in _OTHERS.items():
        if data.startswith(magic):
            complaints.stop(0, 0, f"这是 {name} 文件，只读 .docx、.md、.txt 和 .report.json")
    if suffix == ".json":
        report = reports.loads(data, str(path))
        return Reading(report, plain_text.places(report), (), "json")
    return _of_plain(data, suffix, complaints)


def _of_word(data: bytes, suffix: str, complaints: Complaints) -> Reading:
    from drafting.documents.docx_reader import lines_of_docx

    lines, notes = lines_of_docx(data, complaints)
    if suffix not in _WORD_SUFFIXES:
        notes = ("内容是 Word 文件，按 .docx 读入", *notes)
    return _shaped(lines, notes, "docx")


def _of_plain(data: bytes, suffix: str, complaints: Complaints) -> Reading:
    if not data:
        complaints.stop(0, 0, "文件是空的")
    source = textfile.decode(data, complaints)
    plain = source.text.replace("\v", "\n").replace("\f", "\n")
    forbidden = textfile.forbidden_character(plain)
    if forbidden:
        complaints.stop(0, 0, f"不是文本文件：含有控制字符 {forbidden}")
    marked = suffix in _MARKDOWN_SUFFIXES
    lines = list(lines_of_markdown(plain) if marked else of_text(plain))
    if not lines:
        complaints.stop(0, 0, "文件里没有文字")
    return _shaped(lines, source.notes, "md" if marked else "txt")


def _shaped(lines: Sequence[Line], notes: tuple[str, ...], format: Format) -> Reading:
    recognised = recognise(lines)
    shape = shape_notes(lines, [block for block, _ in recognised])
    return reading_of(recognised, (*notes, *shape), format)


def reading_of(recognised: Sequence[tuple[Block, Place]], notes: tuple[str, ...], format: Format) -> Reading:
    """The reading of blocks that were recognised, with what they tell of the report."""
    blocks = tuple(block for block, _ in recognised)
    found = particulars(blocks)
    report = Report(blocks, found.kind, found.organ, found.topic, found.period, found.issued)
    return Reading(report, tuple(place for _, place in recognised), notes, format)
