"""Divisions: provinces, prefectures and counties with their codes, and which of them a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_SUFFIX = re.compile(r"[省市县旗盟州区]")
_BELOW = re.compile(r"(?:(?![一-鿿]{0,3}(?:农村|[城各乡]镇|[城各]乡|[乡各]村))[一-鿿]{2,3}?(?:街道|[镇乡村]|社区))+")
_LONGEST = 15
_NO_CITY = re.compile(r"[场民值政直域区花容]")
"""After 市 these make another word: 东方市场 names no 东方市. 市区 and 市直 speak of the city itself, by its own people."""
_GENERIC = frozenset("城区 郊区 矿区 新城区 市中区 城中区 城关区 开发区 全县 本县 和县 成县 理县 文县 通道县".split())


@dataclass(frozen=True, slots=True)
class Division:
    """A named place at `start`..`end`; `codes` are those of all places of that name, `below` is the town or village after it."""

    name: str
    start: int
    end: int
    codes: tuple[str, ...]
    below: str = ""


@cache
def codes_by_name() -> dict[str, tuple[str, ...]]:
    """The shipped table, lexicons/divisions.tsv: GB/T 2260 codes of six digits by name; 朝阳区 has two."""
    named: dict[str, list[str]] = {}
    source = files("evals").joinpath("lexicons", "divisions.tsv").read_text(encoding="utf-8")
    for line in source.splitlines():
        if not line.startswith("#"):
            code, name = line.split("\t")
            named.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in named.items()}


def find(text: str) -> Iterator[Division]:
    """The provinces, prefectures, cities, counties and banners that a text names, chains as one: 辉县市孟庄镇南李庄村.

    A district, and a county of two characters, counts only behind the name of its city: 南山区 is in 西南山区, 成县 in 建成县道.
    """
    taken = 0
    for match in _SUFFIX.finditer(text):
        found = _ending_at(text, match.end(), taken) if match.start() >= taken else None
        if found is not None:
            chained = _chained(text, found)
            yield chained
            taken = chained.end


def _ending_at(text: str, end: int, first: int) -> Division | None:
    """The longest known name that ends there and can stand alone."""
    known = codes_by_name()
    for start in range(max(first, end - _LONGEST), end - 1):
        name = text[start:end]
        codes = known.get(name)
        if codes and _stands_alone(name) and not _NO_CITY.match(text, end):
            return Division(name, start, end, codes)
    return None


def _stands_alone(name: str) -> bool:
    return len(name) > 2 and name not in _GENERIC and (not name.endswith("区") or name.endswith(("自治区", "地区")))


def _chained(text: str, head: Division) -> Division:
    """With the county or district inside the city, and the town and village behind it."""
    end, codes = head.end, head.codes
    while inner := _inner(text, end, codes):
        end, codes = inner
    below = _BELOW.match(text, end)
    last = below.end() if below else end
    return Division(text[head.start : last], head.start, last, codes, below.group() if below else "")


def _inner(text: str, start: int, outer: tuple[str, ...]) -> tuple[int, tuple[str, ...]] | None:
    """The end and the codes of a place that is named there and lies within one of the outer ones."""
    known = codes_by_name()
    for length in range(_LONGEST, 1, -1):
        named = known.get(text[start : start + length], ())
        within = tuple(code for code in named if any(_inside(code, around) for around in outer))
        if within:
            return start + length, within
    return None


def is_province(code: str) -> bool:
    return code.endswith("0000")


def same_area(code: str, own: str) -> bool:
    """Does the place lie in the prefecture of `own`, in the province where `own` is one, or around it?"""
    if is_province(own) or is_province(code) or own[:2] in _MUNICIPALITIES:
        return code[:2] == own[:2]
    return code[:4] == own[:4]


_MUNICIPALITIES = ("11", "12", "31", "50")


def _inside(code: str, outer: str) -> bool:
    return code != outer and code.startswith(outer.removesuffix("0000") if outer.endswith("0000") else outer[:4])
