"""Names in Chinese text: 《titles》, organs, places, people. No gazetteer of everything: suffixes, and what cannot be a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from drafting import name_words as words

NameKind = Literal["title", "organ", "place", "person"]


@dataclass(frozen=True, slots=True)
class Name:
    """One name; `key` is the part whose presence in another text shows that the same thing is named there."""

    text: str
    start: int
    end: int
    kind: NameKind
    key: str


_TITLE = re.compile(r"《([^《》\n]{1,60})》")
_STEM = 12
_NOT_HAN = re.compile("[^一-鿿]")


def find(text: str) -> list[Name]:
    """The names of a text in order; a 《title》 hides the names inside it."""
    titles = [Name(m.group(), m.start(), m.end(), "title", m.group(1).strip()) for m in _TITLE.finditer(text)]
    found = [*titles, *_organs(text), *_places(text), *_people(text)]
    if titles:
        found = titles + [
            name for name in found[len(titles) :] if not any(title.start <= name.start < title.end for title in titles)
        ]
    return sorted(found, key=lambda name: (name.start, name.end))


def stands_in(name: Name, known: str) -> bool:
    """Does the known text name the same thing? Titles must be there whole; of other names their key, in full or as it is shortened."""
    return name.key in known or (name.kind == "organ" and shortened(name.text)[-4:] in shortened(known))


@lru_cache(maxsize=256)
def shortened(text: str) -> str:
    """Organs' names as they are shortened: 市场监督管理局 → 市场监管局, 发展和改革委员会 → 发改委."""
    for full, short in words.SHORTENED:
        if full in text:
            text = text.replace(full, short)
    return text


def of_another_level(name: Name, text: str, known: str) -> bool:
    """Does the known text hold the organ only at another level of government: 县公安局 for 市公安局?"""
    if name.kind != "organ":
        return False
    differ = False
    at = known.find(name.key)
    while at >= 0:
        here, there = name.start - 1, at - 1
        while here >= 0 and there >= 0 and text[here] == known[there] and text[here] not in words.LEVELS:
            here, there = here - 1, there - 1
        pair = (text[here : here + 1] if here >= 0 else "", known[there : there + 1] if there >= 0 else "")
        if pair[0] == pair[1] or not all(char and char in words.LEVELS for char in pair):
            return False
        differ = True
        at = known.find(name.key, at + 1)
    return differ


def _organs(text: str) -> Iterator[Name]:
    passed = 0
    for match in words.ORGAN.finditer(text):
        stem = _stem(text, max(passed, match.start() - _STEM), match.start())
        passed = match.end()
        stem = words.LEADING.sub("", stem)
        suffix = match.group()
        if _names_an_organ(stem, suffix):
            key = stem[-2:] + suffix
            yield Name(key, match.end() - len(key), match.end(), "organ", key[-4:])
    for match in words.LEVELLED.finditer(text):
        yield Name(match.group(), match.start(), match.end(), "organ", match.group())


def _stem(text: str, low: int, high: int) -> str:
    return _NOT_HAN.split(text[low:high])[-1]


def _names_an_organ(stem: str, suffix: str) -> bool:
    if not stem or stem[-1] in words.NO_STEM_END or words.GENERAL.fullmatch(stem):
        return False
    if suffix in words.SOFT and (words.PURPOSE.fullmatch(stem) or words.SORT.search(stem)):
        return False
    return stem[-1] + suffix[0] not in words.COMMON_PAIRS


def _places(text: str) -> Iterator[Name]:
    passed = 0
    for match in words.PLACE.finditer(text):
        stem = _stem(text, max(passed, match.start() - 4), match.start())
        if len(stem) >= 2 and _names_a_place(stem[-2:], match.group()):
            key = stem[-2:] + match.group()
            passed = match.end()
            yield Name(key, match.end() - len(key), match.end(), "place", key[-3:])
    for match in words.PROVINCE.finditer(text):
        yield Name(match.group(), match.start(), match.end(), "place", match.group())


def _names_a_place(stem: str, suffix: str) -> bool:
    if stem in words.SORTS_OF_PLACE or stem[1] + suffix in words.COMMON_PAIRS:
        return False
    return not any(char in words.NOT_IN_PLACES for char in stem)


def _people(text: str) -> Iterator[Name]:
    for match in words.PERSON.finditer(text):
        group = "after" if match["after"] else "before"
        given = match[group][1:]
        if not any(char in words.NOT_GIVEN for char in given):
            yield Name(match[group], match.start(group), match.end(group), "person", match[group])
