"""Memory: what was read of a text is kept for the next time. Between two looks at a report one block differs, and only that is read again.

Everything kept is a value of its arguments alone and is never changed, so that what is remembered and what is read afresh are the same. Each
memory is bounded, the least used going first, and `functools.lru_cache` may be asked from several threads.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

LONGEST = 2000
"""Characters of a text that is worth keeping, a long paragraph: what is bounded in number would not be in size."""

_ALL: list[Callable[[], None]] = []


def remembered(size: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keeps the last `size` answers of a function of hashable values, given by position. Where the first is a text longer than
    `LONGEST` the function is asked each time.
    """

    def keep(function: Callable[P, T]) -> Callable[P, T]:
        kept = lru_cache(maxsize=size)(function)
        _ALL.append(kept.cache_clear)

        @wraps(function)
        def asked(*values: P.args, **named: P.kwargs) -> T:
            first = values[0]
            if isinstance(first, str) and len(first) > LONGEST:
                return function(*values, **named)
            return kept(*values, **named)  # type: ignore[arg-type]  # lru_cache's stub wants plain hashables

        return asked

    return keep


def forget() -> None:
    """Empties every memory: what is asked next is read as in a new process."""
    for clear in _ALL:
        clear()
