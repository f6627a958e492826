"""The pieces that the spelling of every unit is put together from: numerals, dashes, series, and guards against other words."""

from __future__ import annotations

D = "[0-9０-９]"
HAN = "〇零○一二三四五六七八九十"
SPACE = "[ 　\u00a0]{0,2}"
DASH = rf"{SPACE}(?:——|－－|--|[-‐‑‒–—―－~～〜至到]){SPACE}"
ARABIC_NUMBER = rf"{D}{{1,2}}"
HAN_NUMBER = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
NUMBER = rf"(?:{ARABIC_NUMBER}|{HAN_NUMBER})"
CLAUSE_END = "[，。；、）)]"

_LIST = rf"{SPACE}、{SPACE}"


def either(*patterns: str) -> str:
    """Any one of them, tried in this order."""
    return f"(?:{'|'.join(patterns)})"


def words(*names: str) -> str:
    """Any one of the words, the longest that fits."""
    return either(*sorted(names, key=len, reverse=True))


def not_after(characters: str) -> str:
    """No such character stands before."""
    return f"(?<![{characters}])"


def not_before(*endings: str) -> str:
    """What follows does not begin with any of these patterns."""
    return f"(?!{'|'.join(endings)})"


def before(*endings: str) -> str:
    """What follows begins with one of these patterns."""
    return f"(?={'|'.join(endings)})"


def series(number: str, unit: str, joint: str = either(DASH, _LIST)) -> str:
    """Numbers that share one unit word: 1—6月, 2022、2023年, 第一、二季度."""
    return rf"{number}(?:{joint}{number}){{0,5}}{SPACE}{unit}"


# No figure before: 12024年, 1.5月. No numeral, no 第, 每 or 几 before Chinese ones, which are parts of longer words more often.
NO_FIGURE = not_after(r"\d０-９.．")
NO_NUMERAL = not_after(rf"{HAN}百千万两几数每个\d０-９.．")
