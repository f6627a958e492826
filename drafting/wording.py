"""The typography of formal Chinese prose that needs no judgement: 5,000余份 → 5000余份, half-width punctuation between Chinese → full-width."""

from __future__ import annotations

import re

_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d)")
_HALF_WIDTH = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！"})
_BETWEEN = re.compile(r"(?<=[一-鿿”’》）％%\d])[,;:?!](?=[一-鿿“‘《（]|$)|(?<=[一-鿿”’》）])[,;:?!](?=\s*\d)")
_HAN = re.compile("[一-鿿]")
# Behind (?<!…) a run of white space is tried once, at its head, and not again at each of its characters.
_SPACES = re.compile(r"(?<=[一-鿿，。；：、“”《》（）])[ \t　]+|(?<![ \t　])[ \t　]+(?=[一-鿿，。；：、“”《》（）])")
_LINES = re.compile(r"(?<!\s)\s*[\r\n]\s*")
_FULL_DIGITS = str.maketrans("０１２３４５６７８９％", "0123456789%")
_STRAIGHT_QUOTES = re.compile(r'"([^"\n]*)"')


def formal(text: str) -> str:
    """The text as it is printed in a formal document; its words and values are unchanged, and doing it twice changes nothing more."""
    plain = _LINES.sub("", text.strip()).translate(_FULL_DIGITS)
    plain = _THOUSANDS.sub(lambda match: match.group().replace(",", ""), plain)
    plain = _STRAIGHT_QUOTES.sub(r"“\1”", plain)
    plain = _wide_parentheses(plain)
    while True:  # every round removes spaces or half-width marks, so it ends
        settled = _BETWEEN.sub(lambda match: match.group().translate(_HALF_WIDTH), _SPACES.sub("", plain))
        if settled == plain:
            return plain
        plain = settled


def _wide_parentheses(text: str) -> str:
    """Pairs of half-width parentheses around Chinese words become full-width, nested ones too; single ones stay."""
    if "(" not in text:
        return text
    chars = list(text)
    open_at: list[int] = []
    for place, char in enumerate(text):
        if char == "(":
            open_at.append(place)
        elif char == ")" and open_at:
            start = open_at.pop()
            if _HAN.search(text, start, place):
                chars[start], chars[place] = "（", "）"
    return "".join(chars)


_CLOSING = "，。；、,;.：:"


def unfinished(text: str) -> str:
    """The text without its closing punctuation; a closing quotation mark, bracket, ！ or ？ stays."""
    bare = text.rstrip()
    while bare != (shorter := bare.rstrip(_CLOSING).rstrip()):
        bare = shorter
    return bare


def sentence(text: str) -> str:
    """The text as a sentence: it ends in one full stop (or ！ ？ …, inside or outside a quotation mark)."""
    bare = unfinished(text)
    return bare if re.search(r"[！？…][”’）]?$|。[”’]$", bare) else bare + "。"
