"""The points of an answer that is still growing, each as soon as it stands whole in the stream.

The law: what was read of a beginning is a beginning of what is read of the whole, so that nothing told early is taken back.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from drafting.answers import Wording, wording

_LIST = re.compile(r"\[\s*(?=\{)")
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


@dataclass(slots=True)
class Arriving:
    """Reads a stream of {points: […]}: each look is given the whole text so far. An answer that began anew is read anew."""

    _text: str = ""
    _next: int = -1
    _facts: set[frozenset[str]] = field(default_factory=set)

    def heard(self, text: str) -> list[Wording]:
        """The points that came to stand whole since the last look; of two for the same facts only the first.

        Nothing where the text has no such list, or its list is no JSON: the whole answer is to be read then.
        """
        if not text.startswith(self._text):
            self._next = -1
            self._facts.clear()
        self._text = text
        if self._next < 0:
            start = _LIST.search(text)
            if start is None:
                return []
            self._next = start.end()
        return self._whole()

    def _whole(self) -> list[Wording]:
        found = []
        while self._text.startswith("{", start := self._element()):
            try:
                value, self._next = _DECODER.raw_decode(self._text, start)
            except (ValueError, RecursionError):
                break
            read = wording(value)
            if read is not None and frozenset(read.facts) not in self._facts:
                self._facts.add(frozenset(read.facts))
                found.append(read)
        return found

    def _element(self) -> int:
        """Where the next element begins, or is to begin."""
        between = _BETWEEN.match(self._text, self._next)
        return between.end() if between else self._next
