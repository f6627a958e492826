"""Set phrases that recur: openings of clauses, a verb of our list with what it governs, in several places of one exemplar or in several."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from drafting.learning.exemplar import Exemplar
from drafting.learning.privacy import Sieve

_LEAST, _MOST = 4, 8
_MOST_PHRASES = 12
_CLAUSE = re.compile(r"[^，。；：、！？\n]+")
_OPENINGS = (
    "加强", "强化", "健全", "完善", "落实", "推进", "坚持", "狠抓", "压实", "统筹", "深化", "规范", "严格", "牢牢", "切实", "进一步",
    "充分", "大力", "扎实", "深入", "认真", "全面", "始终", "紧紧", "不断", "积极", "持续", "建立", "层层",
)  # fmt: skip
"""Words that say how something is done. None that tells an effect (提高, 形成, 营造): a set phrase needs no fact."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, in how many paragraphs it stands, and where first: file and line."""

    text: str
    times: int
    where: str


def recurring(exemplars: Sequence[Exemplar], sieve: Sieve) -> tuple[Phrase, ...]:
    """The phrases of four to eight characters that open clauses in two paragraphs or more, the most frequent first; none within a longer one."""
    places: dict[str, list[str]] = defaultdict(list)
    for one in exemplars:
        for section in one.sections:
            for paragraph in section.paragraphs:
                for phrase in _openings(paragraph.text):
                    places[phrase].append(f"{one.name}:{paragraph.line}")
    found = [Phrase(text, len(seen), seen[0]) for text, seen in places.items() if len(seen) > 1 and sieve.passes(text)]
    whole = [
        one
        for one in found
        if not any(one.text != other.text and one.text in other.text and other.times >= one.times for other in found)
    ]
    return tuple(sorted(whole, key=lambda one: (-one.times, -len(one.text), one.text))[:_MOST_PHRASES])


def _openings(paragraph: str) -> set[str]:
    """Each once for a paragraph: a phrase is set where others say it too."""
    clauses = (match.group().strip() for match in _CLAUSE.finditer(paragraph))
    return {
        clause[:length]
        for clause in clauses
        if clause.startswith(_OPENINGS)
        for length in range(_LEAST, min(_MOST, len(clause)) + 1)
    }
