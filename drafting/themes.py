"""What a fact is about: themes by their telling words, and the short phrases (gists) that open a point of that theme.

A gist names what was done and claims no effect. Themes whose name is starred speak of any work at all (活动, 推进) and are taken only
where no other is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Theme:
    name: str
    words: tuple[str, ...]
    gists: tuple[str, ...]

    @property
    def general(self) -> bool:
        return self.name.startswith("*")


@lru_cache(maxsize=1)
def themes() -> tuple[Theme, ...]:
    """The shipped table: prompts/themes.tsv, one theme a line: name, telling words, gists."""
    lines = files("prompts").joinpath("themes.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(Theme(name, tuple(_WORD.findall(words)), tuple(_WORD.findall(gists))) for name, words, gists in rows)


@lru_cache(maxsize=4096)
def theme_of(text: str) -> Theme | None:
    """The theme with the longest telling word in the text, the earlier in the text and in the table where they are equally long."""
    best: tuple[bool, int, int, int] | None = None
    chosen = None
    for rank, theme in enumerate(themes()):
        for word in theme.words:
            place = text.find(word)
            if place < 0:
                continue
            score = (theme.general, -len(word), place, rank)
            if best is None or score < best:
                best, chosen = score, theme
    return chosen
