"""Which backups are kept: the newest few, and one a day, a week, a month and a year from further back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from drafting.errors import InputError

_PARTS = {"": "newest", "d": "days", "w": "weeks", "m": "months", "y": "years"}
_PART = re.compile(r"([0-9]{1,4})([dwmy]?)")
_SLOTS: dict[str, Callable[[datetime], object]] = {
    "days": lambda at: at.date(),
    "weeks": lambda at: at.isocalendar()[:2],
    "months": lambda at: (at.year, at.month),
    "years": lambda at: at.year,
}


@dataclass(frozen=True, slots=True)
class Retention:
    """How many are kept: the newest of all, and the newest of each of so many days, weeks (from Monday), months and years that have one.

    Days are those of UTC, as the names of backups are. Days without a backup do not count: nobody loses the last ones by a month's holiday.
    """

    newest: int = 1
    days: int = 0
    weeks: int = 0
    months: int = 0
    years: int = 0

    @classmethod
    def parse(cls, text: str) -> Retention:
        """3,7d,4w,12m as it is typed. Raises InputError, also for one that would keep nothing."""
        told: dict[str, int] = {}
        for part in re.split(r"[,，]", text.replace(" ", "")):
            match = _PART.fullmatch(part.lower())
            if match is None or _PARTS[match[2]] in told:
                raise InputError(
                    f"--keep {text} 看不懂，应如 3,7d,4w,12m：最新 3 份，另 7 天、4 周、12 个月每天（周、月）一份；y 是年"
                )
            told[_PARTS[match[2]]] = int(match[1])
        if not any(told.values()):
            raise InputError(f"--keep {text} 一份也不留，至少要留 1 份")
        return cls(**{"newest": 0, **told})

    def kept(self, times: Iterable[datetime]) -> set[datetime]:
        """Those of these times that are kept: the newest always, whatever is asked for."""
        ordered = sorted(set(times), reverse=True)
        kept = set(ordered[: max(1, self.newest)])
        for name, slot in _SLOTS.items():
            newest: dict[object, datetime] = {}
            for at in ordered:
                newest.setdefault(slot(at.astimezone(UTC)), at)
            kept.update(list(newest.values())[: getattr(self, name)])
        return kept
