"""Reports as Markdown, and Markdown as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.documents.heading_numbers import opening
from drafting.documents.lines import Line, Place, raw_lines, strip
from drafting.report import Block, BlockType, Report

_ACTIVE = re.compile(r"[\\`*_\[\]<>~|]|&(?=#?\w{1,32};)")
_OPENING = re.compile(r"(?:#{1,6}|[-+]|\d{1,9}[.)])(?=\s|$)|=+$|-+$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_DEEPEST = 6


def text(report: Report) -> str:
    """The title under #, headings under ## and deeper, a paragraph for each other block; a backslash ends a line inside a block."""
    return "\n".join(f"{_marked(block)}\n" for block in report.blocks)


def _marked(block: Block) -> str:
    whole = "\\\n".join(escaped(line) for line in block.text.split("\n"))
    if block.type == "title":
        return f"# {whole}"
    if block.type == "heading":
        return f"{'#' * min(block.level + 1, _DEEPEST)} {whole}"
    return whole


def escaped(line: str) -> str:
    """The line with a backslash before what Markdown would take for markup, and before nothing else."""
    safe = _ACTIVE.sub(lambda match: f"\\{match.group()}", line)
    mark = _OPENING.match(safe)
    if mark is None:
        return safe
    at = mark.end() - 1 if safe[0].isdigit() else 0  # 1. becomes 1\\. and # becomes \\#
    return f"{safe[:at]}\\{safe[at:]}"


# --- and back


_HEADING = re.compile(r"(#{1,6})[ \t　]+")
_BULLET = re.compile(r"(?:[-*+]|>)[ \t]+")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,}|={3,})$")
_TRAILING = re.compile(r"(?<=[ \t　])#{1,6}$")


def lines_of_markdown(source: str) -> Iterator[Line]:
    """The lines that hold anything, without Markdown's marks of structure; marks inside a line stay, they are no official text."""
    held: Line | None = None
    heads = True  # nothing but titles so far
    for number, raw in raw_lines(source):
        stripped, before = strip(raw)
        broken = _ends_broken(stripped)
        content = stripped[:-1] if broken else stripped
        if held is not None:
            held = _continued(held, content)
        elif content and not _RULE.match(content):
            held = _line(content, Place(number, before + 1), heads=heads)
            heads = held.type == "title"
        if held is not None and not broken:
            yield held
            held = None
    if held is not None:
        yield held


def _line(content: str, place: Place, *, heads: bool) -> Line:
    heading = _HEADING.match(content)
    mark = heading or _BULLET.match(content)
    rest = content[mark.end() :] if mark else content
    words, before = strip(_TRAILING.sub("", rest) if heading else rest)
    start = Place(place.line, place.column + len(content) - len(rest) + before)
    kind, level = _meaning(len(heading[1]) if heading else 0, words, heads=heads)
    return Line(_unescaped(words), start, kind, level)


def _meaning(marks: int, words: str, *, heads: bool) -> tuple[BlockType | None, int]:
    """# is a title at the head of the text, unless it is numbered; ## is a heading of the first level."""
    if not marks:
        return None, 0
    if marks == 1 and heads and opening(words) is None:
        return "title", 0
    return "heading", max(marks - 1, 1)


def _continued(held: Line, content: str) -> Line:
    return Line(f"{held.text}\n{_unescaped(content)}", held.place, held.type, held.level)


def _ends_broken(line: str) -> bool:
    """Does the line end in a backslash that is not escaped itself?"""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _unescaped(words: str) -> str:
    return _ESCAPED.sub(r"\1", words)
