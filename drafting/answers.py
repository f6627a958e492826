"""Reading what a model answered: JSON wherever it stands in the text, and nothing that was not asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

POINT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"gist": {"type": "string"}, "text": {"type": "string"}},
    "required": ["gist", "text"],
    "additionalProperties": False,
}
SECTION_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "points": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "facts": {"type": "array", "items": {"type": "string"}},
                    "gist": {"type": "string"},
                    "text": {"type": "string"},
                },
                "required": ["facts", "gist", "text"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["points"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Wording:
    """A point as a model worded it; `facts` are the ids that it names, empty where it was asked for one point only."""

    gist: str
    text: str
    facts: tuple[str, ...] = ()


def read_point(answer: str) -> Wording | None:
    """The first {gist, text} in the answer, in a code fence or amid prose too; None where there is none."""
    return next((read for value in objects(answer) if (read := wording(value)) is not None), None)


def read_section(answer: str) -> list[Wording]:
    """The points of the first {points: […]} in the answer, of a bare list, or those that are whole in a list that was cut off."""
    whole: list[Wording] = []
    for value in objects(answer):
        items = value.get("points") if isinstance(value, dict) else value
        if isinstance(items, list):
            wordings = [read for item in items if (read := wording(item)) is not None]
            if wordings:
                return wordings
        elif (read := wording(value)) is not None:
            whole.append(read)
    return whole


def wording(value: Any) -> Wording | None:
    """The wording that a JSON value is; None where it is none."""
    if not isinstance(value, dict):
        return None
    gist, text, facts = value.get("gist", ""), value.get("text"), value.get("facts", [])
    if not isinstance(gist, str) or not isinstance(text, str):
        return None
    ids = tuple(item for item in facts if isinstance(item, str)) if isinstance(facts, list) else ()
    return Wording(gist, text, ids)


_START = re.compile(r"[{\[]")
_MOST_STARTS = 64


def objects(answer: str) -> Iterator[Any]:
    """Every JSON object or list that starts somewhere in the text, the outermost first. Bounded: prose full of braces costs no more."""
    decoder = json.JSONDecoder()
    position = 0
    for _ in range(_MOST_STARTS):
        match = _START.search(answer, position)
        if match is None:
            return
        try:
            value, position = decoder.raw_decode(answer, match.start())
            yield value
        except (ValueError, RecursionError):
            position = match.start() + 1
