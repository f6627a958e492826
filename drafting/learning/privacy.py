"""What may pass from an exemplar into a profile: words that hold no fact. Whatever counts, dates, names or quotes stays behind."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from drafting import amounts, dates, marks, names

_FOREIGN = re.compile(r"[0-9０-９A-Za-zＡ-Ｚａ-ｚ×“”‘’《》〔〕【】（）()%％]|某|[一二三四五六七八九十百千万亿]{2,}")
_DAY = date(2024, 6, 30)
"""Any day does: what is asked is whether there is a date, not which."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """`barred` are words that name something of the exemplars' own: their organs and topics, campaigns and plans."""

    barred: Collection[str] = field(default_factory=frozenset)

    def passes(self, text: str) -> bool:
        """Whether the text holds no amount, day, name, document, quotation or placeholder, and no barred word or half of one."""
        if not text or _FOREIGN.search(text) or amounts.find(text) or marks.find(text) or names.find(text):
            return False
        if dates.find(text, _DAY):
            return False
        return not any(_shares(text, word) for word in self.barred)


def _shares(text: str, word: str) -> bool:
    """Whether they share a run of three characters, or the whole of a shorter word."""
    runs = {word[at : at + 3] for at in range(len(word) - 2)} or {word}
    return any(run in text for run in runs if run)
