"""The foot of a document: signature, date and attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from drafting.documents.heading_numbers import opening
from drafting.documents.lines import Line, Place, strip
from drafting.numerals import han_value
from drafting.report import BlockType

_HAN_DIGIT = "〇零○Ｏ0-9０-９一二三四五六七八九"
# A year, then month and day as figures, as Chinese numerals, or still to be filled in (X月X日).
_YEAR = rf"(?:[{_HAN_DIGIT}]{{4}}|[xX×Ｘ]{{4}}|[0-9]{{2}}[xX×]{{2}})"
_FIGURES = "[0-9０-９〇一二三四五六七八九十xX×Ｘ_＿]{0,4}"
_GAP = "[ 　]{0,6}"
_DATE = f"{_YEAR}{_GAP}年{_GAP}{_FIGURES}{_GAP}月(?:{_GAP}{_FIGURES}{_GAP}日)?"
_WHOLE_DATE = re.compile(rf"{_DATE}|[0-9]{{4}}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}")
_SIGNED_AND_DATED = re.compile(rf"(?P<organ>[^。；：，]{{2,40}}?)(?P<gap>[ 　]{{1,40}})(?P<date>{_DATE})")
_HAN_NUMBER = re.compile("[〇零○Ｏ一二三四五六七八九十]{1,4}")
_PARTS = re.compile(r"([^年]+)年([^月]+)月([^日]+)日|(\d{4})[-./](\d{1,2})[-./](\d{1,2})")

_MARKS = re.compile(r"[。；;：:，,！!？?、]")
_LONGEST_ORGAN = 40
_ORGAN_LINES = 4
_ORGAN_END = re.compile(
    r"(?:局|厅|部|委|院|校|处|科|所|站|队|室|办|党组|党委|支部|委员会|政府|公司|集团|中心|医院|学校|大学|学院|中学|小学|协会|学会|办公室|指挥部|小组|街道|镇|乡)$"
)
# What may stand below the date: （此件公开发布）, 联系人：…, 抄送：…, 附件….
_NOTE = re.compile(r"[（(].*[）)]$|(?:联系|抄[送报]|主送|主题词|附件|印发|校对|打印|承办)")

_ATTACHMENT = re.compile(r"附[ 　]{0,4}件[ 　]{0,2}(?:\d{0,2}[ 　]{0,2}(?:[：:]|$))")
_ATTACHMENT_LIST = re.compile(r"附[ 　]{0,4}件[ 　]{0,2}[：:][ 　]{0,4}(?:$|[1１][.．、])")


def parted(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, where a last one that holds signature and date both is two: each keeps its own column."""
    for index, line in enumerate(lines):
        match = _SIGNED_AND_DATED.fullmatch(line.text) if len(lines) - index <= _ORGAN_LINES and not line.cell else None
        if match is None or line.type is not None or _WHOLE_DATE.fullmatch(line.text):
            yield line
            continue
        yield replace(line, text=match["organ"], type="signature")
        yield Line(match["date"], Place(line.place.line, line.place.column + match.start("date")), type="date")


def with_attachments_joined(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, where 附件：1.… and the numbered lines below it are one."""
    held: Line | None = None
    for line in lines:
        if held is not None and _goes_on(held, line):
            held = replace(held, text=f"{held.text}\n{line.text}")
            continue
        if held is not None:
            yield held
        held = None
        if line.type == "attachment" or (line.type is None and not line.cell and _ATTACHMENT.match(line.text)):
            held = replace(line, type="attachment")
        else:
            yield line
    if held is not None:
        yield held


def _goes_on(held: Line, line: Line) -> bool:
    if line.type == "attachment":
        return not _ATTACHMENT.match(line.text)
    if line.type is not None or line.cell or not _ATTACHMENT_LIST.match(held.text.split("\n")[0]):
        return False
    count = held.text.count("\n") + (1 if opening(_after_word(held.text)) is None else 2)
    number = opening(line.text)
    return number is not None and number.level == 3 and number.text.startswith(str(count))


def _after_word(text: str) -> str:
    return strip(re.split("[：:]", text, maxsplit=1)[1])[0]


def closing(lines: Sequence[Line], start: int) -> dict[int, BlockType]:
    """The signature and date lines from `start` on, by index: each date with the organ's lines above it, or at the very end.

    A document with appendices is signed in the middle, and some appendices are signed themselves.
    """
    found: dict[int, BlockType] = {}
    last = _last_line_of_text(lines)
    for index in range(start, len(lines)):
        if lines[index].type is not None or lines[index].cell or not is_date(lines[index].text):
            continue
        organs = _organ_lines(lines, index, start)
        if organs or index >= last:
            found |= {**dict.fromkeys(organs, "signature"), index: "date"}
    if not found and start <= last < len(lines) and _is_signature(lines, last):
        found[last] = "signature"
    return found


def is_date(text: str) -> bool:
    """Is the whole line a date, or the form of one that is yet to be filled in?"""
    return _WHOLE_DATE.fullmatch(text) is not None


def read_date(text: str) -> date | None:
    """The day that a date line names, in figures or Chinese numerals; None for an impossible or unfinished one."""
    match = _PARTS.fullmatch(text.replace(" ", "").replace("　", ""))
    if match is None:
        return None
    values = [_value(part) for part in match.groups() if part]
    try:
        return date(*values) if None not in values else None  # type: ignore[arg-type]
    except ValueError:
        return None


def _value(part: str) -> int | None:
    if part.isdecimal():
        return int(part)
    if not _HAN_NUMBER.fullmatch(part):
        return None
    value = han_value(part.replace("○", "〇").replace("Ｏ", "〇"))
    return int(value) if value is not None and value.denominator == 1 else None


def _organ_lines(lines: Sequence[Line], date_line: int, start: int) -> list[int]:
    """The short unpunctuated lines right above a date; above the nearest only such as look like part of an organ's name."""
    found: list[int] = []
    for index in range(date_line - 1, max(start, date_line - _ORGAN_LINES) - 1, -1):
        if not _can_sign(lines[index]) or (found and not _ORGAN_END.search(lines[index].text)):
            break
        found.insert(0, index)
    return found


def _can_sign(line: Line) -> bool:
    text = line.joined
    return (
        line.type is None
        and not line.cell
        and len(text) <= _LONGEST_ORGAN
        and not _MARKS.search(text)
        and opening(text) is None
        and not is_date(text)
        and not _NOTE.match(text)
    )


def _last_line_of_text(lines: Sequence[Line]) -> int:
    last = len(lines) - 1
    while last > 0 and _NOTE.match(lines[last].text) and not is_date(lines[last].text):
        last -= 1
    return last


def _is_signature(lines: Sequence[Line], index: int) -> bool:
    """An organ's name as the last line, after a sentence that ended."""
    line = lines[index]
    return index > 0 and _can_sign(line) and bool(_ORGAN_END.search(line.text)) and lines[index - 1].text.endswith("。")
