"""Broken lines: a paragraph that ends in the middle of a sentence, which the next line goes on with (S115)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from drafting.report import BlockType
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule

_PROSE: tuple[BlockType, ...] = ("lead", "paragraph", "outlook")
_HAN_END = re.compile(r"[一-鿿\d％%]$")
_OPEN_END = re.compile(r"[，、（《“〔]$")
_CLOSED_START = re.compile(r"[，。、；：！？）》”〕]")
_STOP = re.compile(r"[，。；！？]")
_SENTENCE_END = re.compile(r"[。！？]")
_OPENER = re.compile(
    r"[（(【①-⑳⒈-⒛●◆■★※·—“《]|\d{1,3}[.．、）)](?!\d)|[12]\d{3}[年—-]|\d{1,2}月|[第其]?[一二三四五六七八九十百]{1,3}(?:[是、，.．]|来|方面|要|年|月|[章节条项])"
    r"|首先|其次|再次|最后|同时|此外|另外|附|注|表|图|下一?步|今年|去年|今后|目前|我[们国省市县区局院校镇乡]|各[位级地]|[为在按以经根]|特此|以上|总之"
)
_SHORTEST_SURE, _SHORTEST = 8, 24
"""Characters, where a pause shows the break and where nothing does. What is shorter is a line of a list or a cell of a table."""
_LONG = 60
"""Characters. A line of one sentence up to this length that ends in a word may be a heading: 第二、合理分配国民收入，提高……比重."""
_TAIL = 4


@rule(code="S115", name="句中断行", name_en="a line broken inside a sentence", severity="warning", basis="practice")
def broken_line(document: Examined) -> Iterator[Finding]:
    """Of two paragraphs the break is told at the end of the first; soft line breaks inside a paragraph count as well."""
    for index, _ in document.of_type(*_PROSE):
        lines = document.texts[index].split("\n")
        end = 0
        for line, after in pairwise(lines):
            end += len(line)
            if _breaks(line, after):
                yield _finding(document, index, end)
            end += 1
        following = document.blocks[index + 1] if index + 1 < len(document.blocks) else None
        if following is None or following.type not in _PROSE or following.number:
            continue
        if _breaks(lines[-1], following.text.split("\n")[0]):
            yield _finding(document, index, len(document.texts[index]))


def _breaks(line: str, after: str) -> bool:
    """A pause at the end or at the start of the next line is sure; after a word both lines must be running prose."""
    line, after = line.rstrip(), after.lstrip()
    if len(line) < _SHORTEST_SURE or not after:
        return False
    if _CLOSED_START.match(after):
        return not _SENTENCE_END.search(line[-1])
    if _OPEN_END.search(line):
        return not _OPENER.match(after) and bool(_STOP.search(after))
    if len(line) < _SHORTEST:
        return False
    running = len(line) >= _LONG or bool(_SENTENCE_END.search(line))
    return running and bool(_HAN_END.search(line) and _SENTENCE_END.search(after)) and not _OPENER.match(after)


def _finding(document: Examined, block: int, end: int) -> Finding:
    return broken_line.finding(
        document,
        block,
        max(end - _TAIL, 0),
        end,
        "一句话没有写完就断行了，下一行像是接着写的：应接成一段",
        "the line ends inside a sentence that the next line goes on with",
    )
