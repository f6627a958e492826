"""Recognition: lines of a text become the blocks of a report. Prefers a miss to a guess: what is not recognised is a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafting.documents.closing_lines import closing, parted, with_attachments_joined
from drafting.documents.heading_numbers import DEEPEST, Number, opening
from drafting.documents.lines import Line, Place
from drafting.documents.opening_lines import head
from drafting.report import Block, BlockType

_LONGEST_HEADING = 60
_LONGEST_SENTENCE_HEADING = 40
_LONGEST_STYLED_HEADING = 120
_LONGEST_EMPHATIC_HEADING = 30
_MOST_LEAD_PARAGRAPHS = 4

_STOP = re.compile(r"[。！？!?]")
_ITEM_END = re.compile(r"[；;：:，,、]$")
_SENTENCE_END = re.compile(r"[。；;：:！？]$")
_NEXT = r"(?:下一?步|下一?阶段|今后|接下来|下半年|下一?季度|下一?年度?|明年|来年|下个?月)"
_OUTLOOK_HEADING = re.compile(rf"{_NEXT}|(?:工作|初步|总体)?(?:打算|安排|计划|思路|设想)$")
_OUTLOOK = re.compile(rf"{_NEXT}|\d{{4}}年[^，。]{{0,8}}，[^。]{{0,30}}将")
_NUMBERED: tuple[BlockType, ...] = ("heading", "paragraph", "outlook")
_SET_HEADING = re.compile(r"结束语|结语|前言|引言")
_CLOSING_PHRASE = re.compile(r"(?:特此|专此|以上)(?:报告|汇报|通报|总结|.{0,6}(?:请审阅|请审示))")


@dataclass(slots=True)
class _Found:
    """A line on its way to a block."""

    line: Line
    number: Number | None
    type: BlockType = "paragraph"
    settled: bool = False

    def settle(self, kind: BlockType) -> None:
        self.type, self.settled = kind, True


def recognise(lines: Sequence[Line]) -> list[tuple[Block, Place]]:
    """The blocks with the places where they begin; the text of each is its line, letter for letter.

    What stands in text boxes is a paragraph behind the block that the box is anchored in, and shapes nothing around it; where all the text
    is in boxes, it is the text.
    """
    boxed = [line for line in lines if line.box]
    if len(boxed) == len(lines):
        return _recognised(lines)
    found = _recognised([line for line in lines if not line.box])
    for line in boxed:
        at = bisect_right(found, line.place.line, key=lambda each: each[1].line)
        found.insert(at, (Block("paragraph", line.text), line.place))
    return found


def _recognised(lines: Sequence[Line]) -> list[tuple[Block, Place]]:
    read = list(with_attachments_joined(list(parted(lines))))
    top = head(read)
    start = top.recipient + 1 if top.recipient is not None else top.title.stop
    found = [_Found(line, _number(line)) for line in _with_title_joined(read, top.title)]
    shift = len(read) - len(found)
    if top.title:
        found[top.title.start].settle("title")
    if top.recipient is not None:
        found[top.recipient - shift].settle("recipient")
    _settle_styled(found)
    _settle_repeated_title(found, top.title.start)
    for index, kind in closing(read, start).items():
        found[index - shift].settle(kind)
    _settle_headings(found, start - shift)
    _settle_lead(found, start - shift)
    _settle_outlook(found)
    return [(_block(each), each.line.place) for each in found]


def _with_title_joined(lines: Sequence[Line], title: range) -> list[Line]:
    if len(title) < 2:
        return list(lines)
    whole = replace(lines[title.start], text="\n".join(lines[index].text for index in title))
    return [*lines[: title.start], whole, *lines[title.stop :]]


def _number(line: Line) -> Number | None:
    if not line.number:
        return opening(line.text)
    usual = opening(line.text)
    if usual and usual.text.startswith(line.number):
        return usual
    return Number(line.number, line.level or DEEPEST)


def _settle_styled(found: Sequence[_Found]) -> None:
    """What a format says a line is, it is; but a heading may be hidden in the style of a paragraph."""
    for each in found:
        kind = each.line.type
        if kind is not None and kind not in ("heading", "paragraph") and not each.settled:
            each.settle(kind)


def _settle_repeated_title(found: Sequence[_Found], title: int) -> None:
    """Web pages print the title twice, the second time over several lines; those lines are no text."""
    if title >= len(found) or found[title].type != "title":
        return
    wanted = _letters(found[title].line.text)
    for last in range(title + 1, min(title + 5, len(found))):
        if _letters("".join(each.line.text for each in found[title + 1 : last + 1])) == wanted:
            for each in found[title + 1 : last + 1]:
                each.settle("title")


def _letters(text: str) -> str:
    return re.sub(r"[\s　]", "", text)


# --- headings


def _settle_headings(found: Sequence[_Found], start: int) -> None:
    for index in range(start, len(found)):
        each = found[index]
        if not each.settled and not each.line.cell and _is_heading(found, index):
            each.settle("heading")
    if not any(each.type == "heading" for each in found):
        _settle_emphatic(found, start)


def _settle_emphatic(found: Sequence[_Found], start: int) -> None:
    """In a document without any other headings, short lines that stand out from the text below them; a single one is no division."""
    standing_out = [found[index] for index in range(start, len(found)) if _stands_out(found, index)]
    if len(standing_out) > 1:
        for each in standing_out:
            each.settle("heading")


def _stands_out(found: Sequence[_Found], index: int) -> bool:
    each, words = found[index], found[index].line.joined
    if not each.line.emphatic or each.settled or each.line.cell or len(words) > _LONGEST_EMPHATIC_HEADING:
        return False
    if _STOP.search(words) or _ITEM_END.search(words) or not _has_more_below(found, index):
        return False
    below = found[index + 1].line
    return not below.emphatic and bool(_SENTENCE_END.search(below.text))


def _is_heading(found: Sequence[_Found], index: int) -> bool:
    """A short numbered line without a sentence in it; one that ends in 。, or is numbered 1., needs something of its own below it."""
    each = found[index]
    words = each.line.joined
    if each.line.type == "heading":
        return len(words) <= _LONGEST_STYLED_HEADING and not _STOP.search(words[:-1])
    if each.number is None and _SET_HEADING.fullmatch(words):
        return _has_more_below(found, index)
    if each.number is None or len(words) > _LONGEST_HEADING or _STOP.search(words[:-1]) or _ITEM_END.search(words):
        return False
    if not words[len(each.number.text) :]:
        return False
    if words[-1] in "。！？!?":
        short = len(words) <= _LONGEST_SENTENCE_HEADING
        return short and _has_text_below(found, index) and not _follows_an_item(found, index)
    return each.number.level <= 2 or _has_text_below(found, index)


def _has_more_below(found: Sequence[_Found], index: int) -> bool:
    return index + 1 < len(found) and not found[index + 1].settled


def _has_text_below(found: Sequence[_Found], index: int) -> bool:
    if index + 1 >= len(found):
        return False
    here, below = found[index].number, found[index + 1]
    if below.settled or here is None:
        return False
    if below.number is not None:
        return below.number.level > here.level
    return bool(_SENTENCE_END.search(below.line.text))


def _follows_an_item(found: Sequence[_Found], index: int) -> bool:
    """Is the line above an item of the same list? The last of several items has text below it, and is no heading for that."""
    here, above = found[index].number, found[index - 1]
    if here is None or above.number is None or above.number.level != here.level or above.type == "heading":
        return False
    return not _STOP.search(above.line.joined[:-1])


# --- lead and outlook


def _settle_lead(found: Sequence[_Found], start: int) -> None:
    """What stands between the recipient and the first heading, from the first whole sentence on; without headings one paragraph."""
    if any(each.type == "lead" for each in found):
        return
    opening_part: list[_Found] = []
    for each in found[start:]:
        if each.type == "title":
            continue
        if each.settled or each.number is not None or each.line.cell:
            break
        if opening_part or _SENTENCE_END.search(each.line.text):
            opening_part.append(each)
    headed = any(each.type == "heading" or each.number is not None for each in found)
    whole = headed and len(opening_part) <= _MOST_LEAD_PARAGRAPHS
    for each in opening_part if whole else opening_part[:1]:
        if each.line.type is None:
            each.settle("lead")


def _settle_outlook(found: Sequence[_Found]) -> None:
    """The paragraphs of a last section about what comes next, or a last paragraph that says so itself."""
    if any(each.type == "outlook" for each in found):
        return
    end = _end_of_body(found)
    last_heading = max((index for index in range(end) if found[index].type == "heading"), default=None)
    if last_heading is not None and _is_outlook_heading(found, last_heading):
        for each in found[last_heading + 1 : end]:
            if not each.settled and each.line.type is None and not _CLOSING_PHRASE.match(each.line.text):
                each.settle("outlook")
        return
    for each in reversed(found[:end]):
        if each.settled or each.line.type is not None or each.number is not None or each.line.cell:
            return
        if _OUTLOOK.match(each.line.text):
            each.settle("outlook")
            return
        if not _CLOSING_PHRASE.match(each.line.text):
            return


def _is_outlook_heading(found: Sequence[_Found], index: int) -> bool:
    number = found[index].number
    words = found[index].line.joined[len(number.text) if number else 0 :].rstrip("。")
    first_level = min((each.number.level for each in found if each.type == "heading" and each.number), default=1)
    return (number is None or number.level == first_level) and bool(_OUTLOOK_HEADING.search(words))


def _end_of_body(found: Sequence[_Found]) -> int:
    """The index of what closes the text: the first attachment, signature or date after the lead, else the end."""
    body = max((index for index, each in enumerate(found) if each.type in ("title", "recipient", "lead")), default=-1)
    closers = (
        index for index, each in enumerate(found) if index > body and each.type in ("attachment", "signature", "date")
    )
    return next(closers, len(found))


def _block(each: _Found) -> Block:
    text, number = each.line.text, each.number
    level = each.line.level if each.type == "heading" else 0
    if number is None or each.type not in _NUMBERED:
        return Block(each.type, text, level or int(each.type == "heading"))
    return Block(each.type, text[len(number.text) :], level or number.level, number.text)
