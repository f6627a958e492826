"""Comments, and whose hand and when: what reviewers say about a place of a version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Hand:
    """Who did something, and when; `at` is aware, None where it is not known."""

    name: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """What someone said about `start`..`end` of a block's text, by the block's index and offsets in characters of its text.

    A comment on the whole version has block −1 and no offsets.
    """

    text: str
    by: Hand
    block: int = -1
    start: int = 0
    end: int = 0
