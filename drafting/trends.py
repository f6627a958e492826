"""Trends: does a figure stand beside a word of rise or of fall?"""

from __future__ import annotations

import re
from typing import Literal

Trend = Literal["up", "down", ""]

_UP_WORD = "增长|提高|上升|增加|提升|上涨|攀升|扩大|增至|净增|新增|多增|延长|增幅|涨幅|升幅|增速|增|涨|升|高出"
_DOWN_WORD = "下降|降低|减少|回落|下滑|缩减|下跌|收窄|压减|核减|压缩|净减|缩短|降幅|跌幅|减幅|降至|负增长|降|减|跌"
_BETWEEN = r"(?:了|到|至|为|达|约|近|超|超过|逾|幅度?|率|的|了近|了约|由|从|自|\s){0,4}$"
_BEFORE_UP = re.compile(f"(?:{_UP_WORD}){_BETWEEN}")
_BEFORE_DOWN = re.compile(f"(?:{_DOWN_WORD}){_BETWEEN}")
_COMPARED = re.compile(r"(?:同比|环比|比[^，。；]{1,10}|较[^，。；]{1,10})(?P<way>多|少)[^，。；\d]{0,8}$")
_BEHIND_UP = re.compile(f"\\s?的?(?:同比|环比|年均)?(?:{_UP_WORD})")
_BEHIND_DOWN = re.compile(f"\\s?的?(?:同比|环比|年均)?(?:{_DOWN_WORD})")
_ANY: dict[Trend, re.Pattern[str]] = {
    "up": re.compile(f"{_UP_WORD}|多|翻|长|高|扩|增"),
    "down": re.compile(f"{_DOWN_WORD}|少|缩|低|压|负"),
}
_REACH = 20
_STOP = re.compile("[，。；：、！？\n]")


def beside(text: str, start: int, end: int) -> Trend:
    """The trend of the figure at `text[start:end]`: told right before it (下降8%), or right behind it (8%的降幅)."""
    before = _STOP.split(text[max(0, start - _REACH) : start])[-1]
    down, up = _BEFORE_DOWN.search(before), _BEFORE_UP.search(before)
    if up and down:
        return "up" if up.start() > down.start() else "down"
    if up or down:
        return "up" if up else "down"
    compared = _COMPARED.search(before)
    if compared:
        return "up" if compared["way"] == "多" else "down"
    if _BEHIND_DOWN.match(text, end):
        return "down"
    return "up" if _BEHIND_UP.match(text, end) else ""


def told(text: str, trend: Trend) -> bool:
    """Does any word of the text speak of that trend?"""
    return not trend or bool(_ANY[trend].search(text))
