"""Happenings: what those who watch the program may count and time. None of them holds a word of a report, a fact, a person's name or a key.

Nobody listens by default, and then telling costs a look at an empty list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The id of the request or run that the work at hand belongs to; it goes along to the model's endpoint as X-Request-ID."""


@dataclass(frozen=True, slots=True)
class Called:
    """A question to a model was answered, or was not: `outcome` is that of the answer, or unreachable or rejected."""

    model: str
    outcome: str
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Slowed:
    """The endpoint asked for patience, by this status."""

    status: int


@dataclass(frozen=True, slots=True)
class Point:
    """A point was settled (worded, repaired, composed, locked) or has to be asked for again."""

    step: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A version was written, by this way."""

    origin: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The gate was asked: codes and severities of what was found, and whether the report may leave."""

    allowed: bool
    findings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """A drafting job of the browser came to an end: done, failed, cancelled, interrupted."""

    state: str


Happening = Called | Slowed | Point | Kept | Judged | Ended
Listener = Callable[[Happening], None]

_listeners: list[Listener] = []


def tell(happening: Happening) -> None:
    """To whoever listens, in the thread in which it happened."""
    for listener in _listeners:
        listener(happening)


def listened() -> bool:
    """Whether anybody listens: what costs something to put together need not be, where nobody does."""
    return bool(_listeners)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Tells the listener everything that happens meanwhile."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
