"""What a fact counts: its exact figures, each with the words that say of what, so that figures of two periods can be laid side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from drafting import amounts, dates
from drafting.amounts import Amount
from drafting.period import Period
from drafting.trends import beside

_ALIKE = Fraction(3, 5)
"""Of the pairs of characters of two labels: 开展执法检查 is 组织执法检查."""
_STOP = re.compile("[，。；：、！？（）()“”《》\n]")
_HEDGES = re.compile(
    "^(?:其中|共计|累计|合计|总计|已|共|新|并|再|全市|全县|全区|全年|上半年|下半年|本期)+|(?:了|共|达到|达|为|约|近|累计)+$"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount and the words before it that say what it counts."""

    label: str
    amount: Amount


def figures(text: str, period: Period) -> tuple[Figure, ...]:
    """The exact figures of a text of that period that count something named; a growth of its own (增长5%) is none, nor what is rounded."""
    dated = tuple((mention.start, mention.end) for mention in dates.find(text, period.last, period))
    found, end = [], 0
    for amount in amounts.find(text, dated):
        end = max([end, *(stop for _, stop in dated if stop <= amount.start)])
        label = _HEDGES.sub("", _STOP.split(text[end : amount.start])[-1].strip())
        end = amount.end
        plain = amount.precision == "exact" and not amount.weak and amount.value > 0
        if plain and amount.kind in ("count", "share") and label and not beside(text, amount.start, amount.end):
            found.append(Figure(label, amount))
    return tuple(found)


def same(one: Figure, other: Figure) -> bool:
    """Do they count the same? One unit, and labels that are alike."""
    if one.amount.kind != other.amount.kind or one.amount.unit != other.amount.unit:
        return False
    return one.label == other.label or likeness(one.label, other.label) >= _ALIKE


def likeness(one: str, other: str) -> Fraction:
    """Dice's coefficient over pairs of neighbouring characters, 0 to 1."""
    first, second = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    return Fraction(2 * len(first & second), len(first) + len(second)) if first and second else Fraction(0)
