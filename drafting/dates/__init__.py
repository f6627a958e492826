"""Date mentions in running Chinese text: where they stand, and which days they stand for.

A text is read in three steps: `lexer` finds units (2024年, 6月, 底), `grammar` ties them into expressions (截至 | 2024年6月底),
`resolver` tells their days from the text around them, the report's period and its reference day. Nothing reads the clock.
"""

from __future__ import annotations

from datetime import date

from drafting.dates import grammar, lexer
from drafting.dates.context import Context
from drafting.dates.mention import Mention, MentionKind
from drafting.dates.resolver import Resolver
from drafting.memory import remembered
from drafting.period import Period, PeriodKind

__all__ = ["Mention", "MentionKind", "find"]

_LONE_SHORT_YEARS = 2


def find(text: str, reference: date, period: Period | None = None) -> list[Mention]:
    """The date mentions of a text in order, not overlapping; `text[m.start:m.end] == m.text`.

    `reference` is the text's today (a report's 成文日期): 今年, 昨天 and 去年 count from it. `period` is what the report covers:
    months without a year lie in it, 同比 and 去年同期 compare with it, 本月 is its month where it lies in one. Every str has an
    answer; reading is linear in its length.
    """
    return list(_read(text, reference, period, period.kind if period else "days"))


@remembered(8192)
def _read(text: str, reference: date, period: Period | None, _kind: PeriodKind) -> tuple[Mention, ...]:
    """Periods of the same days are equal; 环比 asks for their kind as well."""
    resolver = Resolver(Context(text, reference, period))
    units = (
        unit
        for unit in lexer.units(text)
        if unit.name != "lone" or abs(reference.year % 100 - unit.value) <= _LONE_SHORT_YEARS
    )
    mentions = (resolver.mention(expression) for expression in grammar.expressions(text, units))
    return tuple(mention for mention in mentions if mention is not None)
