"""What goes wrong, told in English: the errors of the layers below speak Chinese, and here each has its English words.

The tables beside this file hold a Chinese text and an English one, {} standing for what differs; {0} in the English names the first of them.
What is quoted from a report or a file stays as it is. A line that no table knows is quoted whole, in an English frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from ui.web.languages import Language

_TABLES = ("desk", "workspace", "models", "files", "login")
_HAN = re.compile("[一-鿿]")
_PLACE = re.compile(r"(?P<place>[^：:\n]{1,200}(?::\d+){0,2}): (?P<rest>.+)", re.DOTALL)
_FRAME = "It was refused, for this reason: “{}”"


def said(language: Language, error: Exception | str) -> str:
    """What an error says, in the language of the page."""
    return str(error) if language == "zh" else english(str(error))


def english(told: str) -> str:
    """The English of an error, line by line."""
    return "\n".join(_line(line) for line in told.split("\n"))


def _line(line: str) -> str:
    if not _HAN.search(line):
        return line
    found = translated(line)
    return found if found is not None else _FRAME.format(line)


@lru_cache(maxsize=512)
def translated(text: str) -> str | None:
    """The English of a text that a table knows, with the place in a file that stands before it; None where none does."""
    for form, words in _forms():
        match = form.fullmatch(text)
        if match:
            return words.format(*(_part(part) for part in match.groups()))
    place = _PLACE.fullmatch(text)
    rest = translated(place["rest"]) if place else None
    return f"{place['place']}: {rest}" if place and rest is not None else None


def _part(text: str) -> str:
    """What fills a blank: another text of the tables, or somebody's words."""
    if not _HAN.search(text):
        return text
    found = translated(text)
    return found if found is not None else text


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The most particular first: those with the most characters of their own."""
    pairs = sorted(_rows(), key=lambda row: -len(row[0].replace("{}", "")))
    return tuple((_form(chinese), words) for chinese, words in pairs)


def _form(chinese: str) -> re.Pattern[str]:
    return re.compile("(.*?)".join(re.escape(part) for part in chinese.split("{}")), re.DOTALL)


def _rows() -> Iterator[tuple[str, str]]:
    for name in _TABLES:
        for line in files(__package__).joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines():
            chinese, _, words = line.partition("\t")
            yield chinese, words
