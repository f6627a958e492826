"""Growth: what follows from a fact of this period and the like fact of an earlier one, or from one fact alone: 同比增长12.5%, 整改率98.7%.

Derived facts are offered with their formula and never worded unless somebody takes them into the brief. Growth is (new − old) ÷ old and a share
part ÷ whole, to one decimal, half up; shares differ by percentage points. Where a rounding would say something else than the figures (a change
that rounds to nothing), where either figure is rounded itself (近5000), or where it is open what is counted, nothing is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from drafting import amounts
from drafting.amounts import Amount
from drafting.counted import Figure, figures, same
from drafting.facts import Fact
from drafting.period import Period

_MOST_TIMES = 10
"""What grew or fell beyond tenfold is a mistake in one of the figures more often than news."""
_FEW = 10
"""Of fewer nobody tells a growth by the hundred: one more meeting than one is not 增长100%."""
_COMPARED = re.compile("同比|环比|[比较]上年|[比较]去年|上年同期|去年同期")
_OPENING = re.compile("^(?:组织开展|开展|组织|举办|召开|举行)(?:了)?(?=..)")
_BY_TIMES = ("人次", "家次", "场次", "件次", "班次", "车次", "台次", "户次", "处次")
_RATES = {
    "整改": "整改率",
    "办结": "办结率",
    "完成": "完成率",
    "合格": "合格率",
    "处置": "处置率",
    "答复": "答复率",
    "化解": "化解率",
}


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that follows from others: its words, the formula, and the facts' own words that it comes from."""

    text: str
    formula: str
    stands_on: tuple[str, ...]

    @property
    def source(self) -> str:
        """Where it is from, as a fact of the brief tells it."""
        return f"推算：{self.formula}"


def named(now: Period, before: Period) -> str:
    """How figures of the earlier period are compared with: 同比, 比上年, 环比; empty where the two are not compared.

    >>> named(Period.parse("2025年上半年"), Period.parse("2024年上半年"))
    '同比'
    """
    if now.kind == before.kind == "year" and before == now.previous():
        return "比上年"
    if before == now.year_before():
        return "同比"
    return "环比" if before.kind == now.kind and before == now.previous() else ""


def compared(now: Fact, before: Fact, periods: tuple[Period, Period]) -> tuple[Derived, ...]:
    """What the two facts, of `periods` (this one, the earlier), say together: for each figure that counts the same in both."""
    word = named(*periods)
    if not word or _COMPARED.search(now.text):
        return ()
    old = figures(before.text, periods[1])
    found = []
    for new in figures(now.text, periods[0]):
        rivals = [one for one in old if same(new, one)]
        if len(rivals) == 1 and (text := _told(new, rivals[0].amount, word)):
            found.append(Derived(*text, (now.text, before.text)))
    found += _share_growth(now, before, word, periods)
    return tuple(found)


def shares(fact: Fact, period: Period) -> tuple[Derived, ...]:
    """Shares within one fact: 发现隐患312处，整改308处 gives 整改率98.7%; none where the fact tells a share itself."""
    found = figures(fact.text, period)
    if any(amount.kind == "share" for amount in amounts.find(fact.text)):
        return ()
    return tuple(
        Derived(f"{name}{_percent(part.value / whole.value)}", _quotient(part, whole), (fact.text,))
        for name, part, whole in _parts(found)
    )


def _told(new: Figure, old: Amount, word: str) -> tuple[str, str] | None:
    """Words and formula."""
    amount, what = new.amount, _what(new)
    if amount.value == old.value:
        return f"{what}与{_THEN[word]}持平", f"{amount.text} = {old.text}"
    if amount.kind == "share":
        return _points(what, amount.value, old.value, word, f"{amount.text} − {old.text}")
    rate = (amount.value - old.value) / old.value
    times = max(amount.value, old.value) / min(amount.value, old.value)
    few = amount.kind == "count" and not amount.unit.endswith("元") and old.value < _FEW
    if few or times > _MOST_TIMES or not _rounded(abs(rate)):
        return None
    told = f"{what}{word}{'增长' if rate > 0 else '下降'}{_percent(abs(rate))}"
    larger, less = (amount, old) if rate > 0 else (old, amount)
    return told, f"({larger.text} − {less.text}) ÷ {old.text} = {_percent(abs(rate))}"


def _what(figure: Figure) -> str:
    """What is counted, as a growth is told of it: 执法检查家次, 隐患数量, 投入资金, 整改率."""
    label, unit = _OPENING.sub("", figure.label), figure.amount.unit
    if figure.amount.kind == "share" or unit.endswith("元"):
        return label
    return label + (unit if unit in _BY_TIMES else "数量")


_THEN = {"同比": "去年同期", "比上年": "上年", "环比": "上期"}


def _points(label: str, new: Fraction, old: Fraction, word: str, formula: str) -> tuple[str, str] | None:
    difference = abs(new - old)
    if not _rounded(difference):
        return None
    points = f"{_percent(difference)[:-1]}个百分点"
    return f"{label}{word}{'提高' if new > old else '下降'}{points}", f"{formula} = {points}"


def _share_growth(now: Fact, before: Fact, word: str, periods: tuple[Period, Period]) -> Iterator[Derived]:
    """整改率 of both periods, where each tells its figures."""
    mine, theirs = (_parts(figures(fact.text, period)) for fact, period in zip((now, before), periods, strict=True))
    old = {name: (part, whole) for name, part, whole in theirs}
    for name, part, whole in mine:
        if name not in old:
            continue
        was_part, was_whole = old[name]
        share, was = _shown(part.value / whole.value), _shown(was_part.value / was_whole.value)
        formula = f"{_quotient(part, whole)}，{_quotient(was_part, was_whole)}；差"
        told = _points(name, share, was, word, formula) if share != was else None
        if told:
            yield Derived(*told, (now.text, before.text))


def _parts(figures: Sequence[Figure]) -> list[tuple[str, Amount, Amount]]:
    """Name, part and whole of each share that figures of one unit tell: the part is what was done about the whole right before it."""
    found = []
    for whole, part in pairwise(figures):
        names = [name for done, name in _RATES.items() if part.label.endswith(done) and not whole.label.endswith(done)]
        alike = whole.amount.unit == part.amount.unit and whole.amount.kind == part.amount.kind == "count"
        if names and alike and part.amount.value <= whole.amount.value:
            found.append((names[0], part.amount, whole.amount))
    once = {name for name, *_ in found if sum(other == name for other, *_ in found) == 1}
    return [one for one in found if one[0] in once]


def _quotient(part: Amount, whole: Amount) -> str:
    return f"{part.text} ÷ {whole.text} = {_percent(part.value / whole.value)}"


def _shown(value: Fraction) -> Fraction:
    """As it is shown: to a tenth of a per cent, half up; all of something only where it is all."""
    tenths = (value * 1000 + Fraction(1, 2)).__floor__()
    return Fraction(999 if tenths == 1000 and value < 1 else tenths, 1000)


def _rounded(value: Fraction) -> bool:
    """Is there anything left of it once it is rounded?"""
    return _shown(value) > 0


def _percent(value: Fraction) -> str:
    whole, tenths = divmod(int(_shown(value) * 1000), 10)
    return f"{whole}.{tenths}%" if tenths else f"{whole}%"
