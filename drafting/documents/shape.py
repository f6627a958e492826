"""What of a document is not of the shape of one report: a line each for who reads on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafting.documents.closing_lines import read_date
from drafting.documents.lines import Line
from drafting.report import Block

_TITLE = re.compile(r"[^。；！？\n]{0,40}关于[^。；！？\n]{2,60}(?:报告|总结|汇报)")
_ATTACHMENT = re.compile(r"附件")


def shape_notes(lines: Sequence[Line], blocks: Sequence[Block]) -> Iterator[str]:
    """Text in tables only; a second report behind the first one's date."""
    if all(line.cell for line in lines):
        yield "全文都在表格里，未识别标题和层次"
    second = _second_title(blocks)
    if second:
        yield f"文件里像是有两份报告，第二份自“{second}”起，请分成两个文件"


def _second_title(blocks: Sequence[Block]) -> str:
    """The title between two dates of issue; empty where an attachment begins there."""
    dates = [index for index, block in enumerate(blocks) if read_date(block.text)]
    if len(dates) < 2:
        return ""
    between = [block.text for block in blocks[dates[0] + 1 : dates[-1]]]
    for text in between:
        if _ATTACHMENT.match(text):
            return ""
        if _TITLE.fullmatch(text):
            return text
    return ""
