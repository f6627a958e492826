"""The head of a document: its title, over one line or several, and its recipient."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drafting.documents.heading_numbers import opening
from drafting.documents.lines import Line

_TITLE_LINES = 4
_LONGEST_TITLE_LINE = 60
_LONGEST_WRAPPED_LINE = 30
_LONGEST_RECIPIENT = 160
_HEAD = 10
"""Lines after the title among which the recipient is looked for."""

_DOCUMENT_NOUN = re.compile(
    r"(?:报告|总结|小结|汇报|综述|通报|通知|公报|公告|通告|决定|决议|意见|方案|规划|计划|要点|办法|规定|条例|细则|批复|复函|答复|请示|函|令|纪要|讲话|材料|情况)"
    r"(?:[（(][^（）()]{1,20}[）)])?$"
)
_ENDS_A_SENTENCE = re.compile(r"[。；;：:，,、！!？?]$")
_BEFORE_A_TITLE = re.compile(
    r"附\s*件\s*\d{0,2}[：:]?$|.{2,40}文件$|.{0,20}[〔\[（(【]\d{4}[〕\]）)】]\s*(?:第)?\d+\s*号|签发人[：:]|[绝机秘]密|特急|加急|内部|（?征求意见稿）?$"
)
_ANNOUNCES = re.compile(r"(?:如下|以下[^。]{0,10}|汇报|报告|总结|说明)[：:]$")


@dataclass(frozen=True, slots=True)
class Head:
    """Indexes into the lines: the title's, first to past-the-last (equal where there is none), and the recipient's."""

    title: range
    recipient: int | None


def head(lines: Sequence[Line]) -> Head:
    """Where title and recipient stand. What a format says itself goes before what the words look like."""
    title = _styled_title(lines) or _plain_title(lines)
    return Head(title, _recipient(lines, title.stop))


def _styled_title(lines: Sequence[Line]) -> range | None:
    start = next((index for index, line in enumerate(lines) if line.type == "title"), None)
    if start is None:
        return None
    stop = start + 1
    while stop < len(lines) and lines[stop].type == "title" and _adjoins(lines, stop):
        stop += 1
    return range(start, stop)


def _plain_title(lines: Sequence[Line]) -> range:
    """The first line that can be one, and the lines that it takes to come to a word like 报告."""
    start = 0
    while start < min(len(lines), _TITLE_LINES) and _BEFORE_A_TITLE.search(lines[start].text):
        start += 1
    if start >= len(lines) or not _can_be_title(lines[start], _LONGEST_TITLE_LINE):
        return range(0)
    for stop in range(start + 1, min(start + _TITLE_LINES, len(lines)) + 1):
        last = lines[stop - 1]
        if stop > start + 1 and not (_can_be_title(last, _LONGEST_WRAPPED_LINE) and _adjoins(lines, stop - 1)):
            break
        if _DOCUMENT_NOUN.search(last.joined):
            return range(start, stop)
    return range(start, start + 1)


def _can_be_title(line: Line, longest: int) -> bool:
    text = line.joined
    return (
        (line.type is None or (line.type == "heading" and line.level == 1))
        and not line.cell
        and len(text) <= longest
        and not _ENDS_A_SENTENCE.search(text)
        and "。" not in text
        and opening(text) is None
    )


def _adjoins(lines: Sequence[Line], index: int) -> bool:
    """Does this line follow the one before it with no empty line between?"""
    before = lines[index - 1]
    return lines[index].place.line == before.place.line + before.text.count("\n") + 1


def _recipient(lines: Sequence[Line], start: int) -> int | None:
    """A line at the top that ends with a colon and announces nothing."""
    for index in range(start, min(start + _HEAD, len(lines))):
        line = lines[index]
        if line.type == "recipient":
            return index
        if line.type == "title":
            continue
        if line.type is not None or line.cell or opening(line.text) or "。" in line.text:
            return None
        if (
            line.text.endswith(("：", ":"))
            and len(line.text) <= _LONGEST_RECIPIENT
            and not _ANNOUNCES.search(line.text)
        ):
            return index
    return None
