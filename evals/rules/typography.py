"""Typography: half-width marks and spaces in Chinese text (Y701) and doubled punctuation (Y704); both can be mended by rule."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from drafting.memory import remembered
from drafting.report import BlockType
from evals.examined import Examined
from evals.finding import Finding
from evals.rule import rule

_HAN = r"一-鿿〇"
_OPENERS = "“‘（《〈【〔"
_CLOSERS = "”’）》〉】〕％"
_STOPS = "，。、；：！？"
_RUNNING: tuple[BlockType, ...] = ("lead", "paragraph", "outlook", "heading")
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}
_WIDENED = str.maketrans(_FULL)
_STRENGTH = "、，；：。！？"

_HALF = re.compile(r"[,;:!?.()\" \t\u00a0　０-９Ａ-Ｚａ-ｚ]")
_HAS_HAN = re.compile(f"[{_HAN}]")
# Behind Chinese always; behind a digit, a letter or % only before Chinese, so that times, ratios, numbers and addresses stay.
_MARK = re.compile(
    rf"(?<=[{_HAN}{_CLOSERS}])[,;:!?](?![,;:!?])|(?<=[\dA-Za-z%)])[,;!?](?=[{_HAN}{_OPENERS}])|(?<=[%)]):(?=[{_HAN}{_OPENERS}])"
)
_FULL_STOP = re.compile(rf"(?<=[{_HAN}{_CLOSERS}])\.(?=[{_HAN}{_OPENERS}]|\s*$)")
_HEADING_NUMBER = re.compile(r"^[\s　]*(?:第?[一二三四五六七八九十]{1,3}|[（(][一二三四五六七八九十]{1,3}[）)])$")
_DOTS = re.compile(rf"(?<=[{_HAN}{_CLOSERS}{_STOPS}])\.{{3,6}}(?!\.)")
_BRACKETED = re.compile(r"[(（][^()（）\n]{0,80}[)）]")
_QUOTED = re.compile(r'"([^"\n“”]{1,80})"')
_GAP = r"[ \t\u00a0　]+"
_SPACE = re.compile(
    rf"(?<=[{_HAN}{_CLOSERS}{_STOPS}{_OPENERS}]){_GAP}(?=[{_HAN}{_OPENERS}{_CLOSERS}{_STOPS}0-9A-Za-z])"
    rf"|(?<=[0-9A-Za-z%]){_GAP}(?=[{_HAN}{_OPENERS}{_CLOSERS}{_STOPS}])"
)
_PAUSE = re.compile("[，。；！？]")
"""Spaces in a line without any of these are the layout of a title, a table or a signature."""
_AFTER_NUMBER = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)$")
_ALIGNED_NAME = re.compile(rf"(?:^|[、，；：\s任长记志员师授])[{_HAN}][ 　]+[{_HAN}](?:$|[、，；。\s（同等])")
"""主任张　三 beside 欧阳修: names of two characters are spaced to the width of three."""
_NUMBER_BEFORE = re.compile(r"(?:^[\s　]*[\d.]+|第[一二三四五六七八九十百零〇\d]+[章节条款项])$")
_LONGEST_NUMBER = 24
_TITLE = re.compile("《[^》]*")
_DIGIT = re.compile("[0-9]")
_WIDE_DIGIT = re.compile("[０-９]")
_WIDE_RUN = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+(?:[．，][０-９]+)*")
_NARROW = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
    | {"．": ".", "，": ","}
)
_NEIGHBOURS = re.compile("[，、；：。,;.！？][ 　]*[，、；：。,;.！？]")
_BEHIND_HAN = "(?<=[一-鿿”’）》])"
_DOUBLED = re.compile(
    r"[，、；：。](?:[ 　]*[，、；：。])+|[，、；：。][,;.](?![\d.])|[，、；：][！？]|[！？]+[，、；：。]|！{4,}|？{4,}"
    rf"|{_BEHIND_HAN}(?:([,;])\1+|[,;.][，、；：。])"
)


@dataclass(frozen=True, slots=True)
class _Slip:
    """What stands at `start`..`end` and what should; `sure` where it can be mended without reading the sentence."""

    start: int
    end: int
    right: str
    what: str
    what_en: str
    sure: bool = True


@rule(
    code="Y701",
    name="半角标点和空格",
    name_en="half-width marks and spaces",
    severity="warning",
    basis="standard",
    fixable=True,
)
def half_width(document: Examined) -> Iterator[Finding]:
    """GB/T 15834—2011, 5.1: marks of Chinese text fill a cell; GB/T 15835—2011, 5.1: digits fill half of one. No space between them.

    Written here and not taken from a formatter: those insert spaces between Chinese and digits, which official documents do not have,
    and pass over ; : and brackets.
    """
    wide_is_usual = len(_WIDE_DIGIT.findall(document.text)) > len(_DIGIT.findall(document.text))
    for index, block in enumerate(document.blocks):
        taken = -1
        slips = _slips_of(document.texts[index], block.type, wide_is_usual)
        for slip in sorted(slips, key=lambda found: (found.start, -found.end)):
            if slip.start >= taken:
                taken = slip.end
                yield _half_width(document, index, slip)


@remembered(4096)
def _slips_of(text: str, kind: BlockType, wide_digits: bool) -> tuple[_Slip, ...]:
    return tuple(_slips(text, kind, wide_digits=wide_digits))


def _slips(text: str, kind: BlockType, *, wide_digits: bool) -> Iterator[_Slip]:
    """`wide_digits`: the document writes its digits full-width as older ones do, and is not told so at each."""
    if not _HALF.search(text):
        return
    end_of_words = len(text.rstrip())
    for match in _MARK.finditer(text):
        yield _Slip(match.start(), match.end(), _FULL[match.group()], "半角标点", "a half-width mark")
    for match in _FULL_STOP.finditer(text):
        if not _HEADING_NUMBER.match(text, 0, match.start()):
            ends = match.end() >= end_of_words
            yield _Slip(match.start(), match.end(), "。", "半角句点", "a half-width full stop", sure=ends)
    for match in _DOTS.finditer(text):
        yield _Slip(match.start(), match.end(), "……", "半角省略号", "dots for an ellipsis")
    for match in _BRACKETED.finditer(text):
        yield from _brackets(text, match)
    for match in _QUOTED.finditer(text):
        if _HAS_HAN.search(match[1]):
            yield _Slip(match.start(), match.start() + 1, "“", "半角引号", "a straight quote")
            yield _Slip(match.end() - 1, match.end(), "”", "半角引号", "a straight quote")
    for match in () if wide_digits else _WIDE_RUN.finditer(text):
        right = match.group().translate(_NARROW)
        yield _Slip(match.start(), match.end(), right, "全角数字、字母", "full-width digits or letters")
    if kind in _RUNNING:
        running = _PAUSE.search(text) is not None
        titles = [title.span() for title in _TITLE.finditer(text)]
        for match in _SPACE.finditer(text):
            if (running or _AFTER_NUMBER.match(text, 0, match.start())) and not _meant(text, match, titles):
                yield _Slip(match.start(), match.end(), "", "多余的空格", "a space")


def _meant(text: str, space: re.Match[str], titles: list[tuple[int, int]]) -> bool:
    """Between two issuers in a title, after a number that heads its line, and in names spaced to one width."""
    start = space.start()
    title = bisect_right(titles, (start, len(text))) - 1
    return bool(
        (title >= 0 and start < titles[title][1])
        or _NUMBER_BEFORE.search(text, max(start - _LONGEST_NUMBER, 0), start)
        or _ALIGNED_NAME.search(text[max(start - 2, 0) : space.end() + 2])
    )


def _brackets(text: str, match: re.Match[str]) -> Iterator[_Slip]:
    """Round brackets around Chinese or behind it, and one half of a pair whose other half is full-width."""
    left, right = match.group()[0], match.group()[-1]
    behind = text[match.start() - 1] if match.start() else ""
    chinese = _HAS_HAN.search(match.group()) or _HAS_HAN.search(behind) or left + right in ("（)", "(）")
    if not chinese:
        return
    if left == "(":
        yield _Slip(match.start(), match.start() + 1, "（", "半角括号", "a half-width bracket")
    if right == ")":
        yield _Slip(match.end() - 1, match.end(), "）", "半角括号", "a half-width bracket")


def _half_width(document: Examined, index: int, slip: _Slip) -> Finding:
    quote = document.texts[index][slip.start : slip.end]
    shown = f"“{quote}”" if quote.strip() else ""
    instead = f"应作“{slip.right}”" if slip.right else "应删去"
    return half_width.finding(
        document,
        index,
        slip.start,
        slip.end,
        f"中文里用了{slip.what}{shown}，按标点、数字用法的国家标准{instead}"
        if slip.right
        else f"{slip.what}，{instead}",
        f"{slip.what_en} in Chinese text",
        expected=slip.right,
        fix=slip.right if slip.sure else None,
    )


@rule(
    code="Y704",
    name="标点重复",
    name_en="doubled punctuation",
    severity="error",
    basis="standard",
    fixable=True,
)
def doubled(document: Examined) -> Iterator[Finding]:
    """GB/T 15834—2011, 4.1–4.7: one mark for one pause. ？！ and up to three ！ are allowed, …… and —— are marks of two cells."""
    for index, text in enumerate(document.texts):
        for match in _DOUBLED.finditer(text) if _NEIGHBOURS.search(text) else ():
            marks = match.group()
            right = _kept(marks)
            yield doubled.finding(
                document,
                index,
                match.start(),
                match.end(),
                f"标点重复：“{marks}”应作“{right}”",
                f"doubled punctuation: {marks}",
                expected=right,
                fix=right,
            )


def _kept(marks: str) -> str:
    """Of several stops the strongest; three and more 。 are an ellipsis."""
    full = re.sub(r"\s", "", marks).translate(_WIDENED)
    if set(full) == {"。"} and len(full) > 2:
        return "……"
    return max(full, key=_STRENGTH.index)
