"""What a date mention is: its exact span, the days that it stands for, and how it came to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

MentionKind = Literal["day", "range", "period", "open-start", "open-end", "plan", "relative", "impossible", "ambiguous"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One date mention: `text` stands at `start` to `end` of the text that was read, joining words included (截至, 以来).

    | kind | what it is | `first` and `last` |
    | --- | --- | --- |
    | day | one day: 6月15日, 2024年元旦 | equal |
    | period | a span with a name: 2024年, 上半年, 6月上旬, 九十年代 | both |
    | range | a span with two written ends: 1—6月, 6月15日至17日 | both; `first > last` where it is written backwards |
    | open-start | up to a day: 截至6月底, 2030年前, 到2025年 | only `last` |
    | open-end | from a day on: 今年以来, 自5月起, 6月后 | only `first` |
    | plan | a five-year plan: “十四五”期间 | both |
    | relative | named by its distance from the present alone: 去年, 本月, 昨天, 近三年, 同比 | both |
    | impossible | a date that no calendar holds: 6月31日, 第五季度 | neither; `note` says why |
    | ambiguous | a date without days: 近年来, 日前, 当年 with no year before it | neither |

    `explicit_year`: the year stands in the mention, or was carried over inside one expression (2023年6月和9月).
    `comparison`: the figures beside it are compared with, not reported: 同比, 去年同期, 比上年, 与2023年相比.
    `weekday`: 1 (Monday) to 7, where one is written beside the day, right or wrong.
    """

    text: str
    start: int
    end: int
    first: date | None
    last: date | None
    kind: MentionKind
    explicit_year: bool = False
    comparison: bool = False
    weekday: int | None = None
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON, days in ISO form."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "kind": self.kind,
            "explicit_year": self.explicit_year,
            "comparison": self.comparison,
            "weekday": self.weekday,
            "note": self.note,
        }
