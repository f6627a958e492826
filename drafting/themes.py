"""What a fact is about: themes by their telling words, and the short phrases (gists) that open a point of that theme.

A gist names what was done and claims no effect. A fact that no theme knows gets none: no gist is better than an empty one.
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


@lru_cache(maxsize=1)
def themes() -> tuple[Theme, ...]:
    """The shipped table: prompts/themes.tsv, one theme a line: name, telling words, gists."""
    lines = files("prompts").joinpath("themes.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(Theme(name, tuple(_WORD.findall(words)), tuple(_WORD.findall(gists))) for name, words, gists in rows)


@lru_cache(maxsize=4096)
def theme_of(text: str) -> Theme | None:
    """The theme with most of its words' characters in the text, the earlier in the table where two have as many; None where none has."""
    scores = [sum(len(word) for word in theme.words if word in text) for theme in themes()]
    best = max(scores)
    return themes()[scores.index(best)] if best else None
