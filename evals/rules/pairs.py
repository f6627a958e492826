"""Pairs: quotation marks and brackets that open without closing, or close without having opened (S114)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evals.examined import Examined
from evals.finding import Finding
from evals.nearby import ends_at
from evals.rule import rule

_CLOSING = {
    "《": "》",
    "〈": "〉",
    "“": "”",
    "‘": "’",
    "（": "）",
    "〔": "〕",
    "［": "］",
    "【": "】",
    "「": "」",
    "『": "』",
}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
_WIDE = str.maketrans("()", "（）")
_MARKS = re.compile("[" + "".join((*_CLOSING, *_OPENING)) + "]")
_LIST_NUMBER = re.compile(r"(?:^|[\s。；：，、;:,])(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z])$")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])’|[‘’](?=\d\d)")
_REACH = 5
"""Blocks. A passage quoted or bracketed over several paragraphs, or a line broken inside one, closes within these."""
_QUOTED = 30
"""Characters. Two “ without a ” and no further apart are one quotation whose second mark is turned the wrong way."""


@dataclass(frozen=True, slots=True)
class _Lone:
    """A mark without its other half; `wanted` is what should stand in its place where it is only turned the wrong way."""

    block: int
    at: int
    char: str
    wanted: str = ""

    @property
    def opens(self) -> bool:
        return self.char in _CLOSING

    @property
    def pair(self) -> str:
        return self.char if self.opens else _OPENING[self.char]


@rule(code="S114", name="引号或括号不成对", name_en="unpaired quotes or brackets", severity="error", basis="standard")
def unpaired(document: Examined) -> Iterator[Finding]:
    """GB/T 15834—2011, 4.8, 4.9 and 4.15: these marks have a left and a right half. Half-width brackets pair with full-width ones."""
    lone = [mark for index, text in enumerate(document.texts) for mark in _lone_in(text, index)]
    closed_later = _closed_across_blocks(document, lone)
    for mark in lone:
        if mark not in closed_later:
            yield _finding(document, mark)


def _lone_in(text: str, block: int) -> list[_Lone]:
    """The marks of one block that find no other half in it, each kind counted for itself: (“) … (”) crosses but closes."""
    wide = text.translate(_WIDE)
    open_marks: dict[str, list[_Lone]] = {}
    stray: list[_Lone] = []
    for match in _MARKS.finditer(wide):
        mark = _Lone(block, match.start(), match.group())
        waiting = open_marks.setdefault(mark.pair, [])
        if mark.opens:
            waiting.append(mark)
        elif waiting:
            waiting.pop()
        elif not _stands_alone(wide, mark):
            stray.append(mark)
    left = [mark for waiting in open_marks.values() for mark in waiting if not _stands_alone(wide, mark)]
    return sorted(_turned(left) + _turned(stray), key=lambda mark: mark.at)


def _stands_alone(text: str, mark: _Lone) -> bool:
    """Is it the bracket of a list number, 1）, or an apostrophe, ’99?"""
    numbered = mark.char == "）" and ends_at(_LIST_NUMBER, text, mark.at, 4)
    return bool(numbered or _APOSTROPHE.match(text, mark.at))


def _turned(lone: list[_Lone]) -> list[_Lone]:
    """Two neighbours of one kind are a pair, one half of which is turned the wrong way: “四风“ or ”四风”."""
    kept: list[_Lone] = []
    before: _Lone | None = None
    for mark in lone:
        if before and before.char == mark.char and mark.at - before.at <= _QUOTED:
            kept.pop()
            wrong, wanted = (mark, _CLOSING[mark.char]) if mark.opens else (before, _OPENING[mark.char])
            kept.append(_Lone(wrong.block, wrong.at, wrong.char, wanted))
            before = None
        else:
            kept.append(mark)
            before = mark
    return kept


def _closed_across_blocks(document: Examined, lone: list[_Lone]) -> set[_Lone]:
    """Lone halves that meet in a later block, and the “ that each paragraph of a long quotation begins with."""
    met: set[_Lone] = set()
    waiting: list[_Lone] = []
    for mark in lone:
        if mark.wanted:
            continue
        if mark.opens:
            waiting.append(mark)
            if _goes_on(document, mark):
                met.add(mark)
            continue
        before = next((one for one in reversed(waiting) if _reaches(one, mark)), None)
        if before is not None:
            waiting.remove(before)
            met |= {before, mark}
    return met


def _reaches(opened: _Lone, closed: _Lone) -> bool:
    return opened.char == closed.pair and 0 < closed.block - opened.block <= _REACH


def _goes_on(document: Examined, mark: _Lone) -> bool:
    """Does the next paragraph open with the same mark, as the parts of one quotation do? The first part may follow a colon."""
    following = mark.block + 1
    opens = mark.at == 0 or document.texts[mark.block][mark.at - 1] in "：:"
    return opens and following < len(document.texts) and document.texts[following].lstrip().startswith(mark.char)


def _finding(document: Examined, mark: _Lone) -> Finding:
    quote = document.texts[mark.block][mark.at]
    if mark.wanted:
        message = f"“{quote}”应作“{mark.wanted}”：标点符号用法规定引号、括号成对使用"
        return unpaired.finding(
            document,
            mark.block,
            mark.at,
            mark.at + 1,
            message,
            f"{quote} is turned the wrong way",
            expected=mark.wanted,
        )
    missing = _CLOSING[mark.char] if mark.opens else _OPENING[mark.char]
    where = "后面没有" if mark.opens else "前面没有"
    return unpaired.finding(
        document,
        mark.block,
        mark.at,
        mark.at + 1,
        f"“{quote}”{where}“{missing}”：标点符号用法规定引号、括号成对使用",
        f"{quote} has no {missing}",
    )
