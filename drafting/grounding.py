"""Grounding: the numbers, dates, names, statuses and claims of a text held against the facts it may stand on.

Two questions, asked in opposite directions: `examine` — does the text say anything that no fact holds? — and `missing` — do the
facts hold anything that the text does not say? Both compare values, not strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Literal

from drafting import amounts, claims, dates, derivation, names
from drafting.amounts import Amount
from drafting.dates import Mention
from drafting.facts import Brief, Fact
from drafting.names import Name
from drafting.period import Period

GapCode = Literal["G401", "G402", "G403", "G404", "G405", "G406", "G408", "G409"]
Weight = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Gap:
    """One place where text and facts part. Offsets are those of the text; a part that is missing from it has start = end = 0.

    `expected` is what would be right and `evidence` the fact or the arithmetic; both may be empty. `fact` is the id of the fact
    that is concerned, where one is.
    """

    code: GapCode
    weight: Weight
    start: int
    end: int
    quote: str
    reason: str
    expected: str = ""
    evidence: str = ""
    fact: str = ""


@dataclass(frozen=True)
class Ground:
    """What a text may stand on: facts, and beside them words and days that the brief itself holds."""

    facts: tuple[Fact, ...]
    reference: date
    period: Period
    words: tuple[str, ...] = ()
    set_phrases: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        brief: Brief,
        facts: Sequence[Fact] | None = None,
        set_phrases: Sequence[str] = (),
        *,
        ahead: bool = False,
    ) -> Ground:
        """The ground of a text of that brief: all of its facts, or those given. A text that looks `ahead` may name the next period."""
        words = (
            brief.organ,
            brief.recipient,
            brief.topic,
            brief.title,
            brief.document_number,
            *brief.terms,
            *brief.attachments,
            *(section.heading for section in brief.sections),
            str(brief.period.next()) if ahead else "",
        )
        chosen = tuple(brief.facts()) if facts is None else tuple(facts)
        return cls(chosen, brief.issued, brief.period, tuple(filter(None, words)), tuple(set_phrases))

    @cached_property
    def amounts(self) -> tuple[tuple[Fact, Amount], ...]:
        return tuple((fact, amount) for fact in self.facts for amount in self.amounts_of(fact.text))

    @cached_property
    def mentions(self) -> tuple[tuple[Fact, Mention], ...]:
        return tuple((fact, mention) for fact in self.facts for mention in self.mentions_of(fact.text))

    @cached_property
    def text(self) -> str:
        """All words that names may come from, the facts' sources among them."""
        return "\n".join([*(fact.text for fact in self.facts), *(fact.source for fact in self.facts), *self.words])

    @cached_property
    def spoken_amounts(self) -> tuple[Amount, ...]:
        """Amounts in headings, terms and the like: they may be repeated, and need not be."""
        return tuple(amount for words in self.words for amount in self.amounts_of(words))

    @cached_property
    def days(self) -> frozenset[tuple[date | None, date | None]]:
        """First and last day of everything dated that the facts and the brief hold."""
        known: set[tuple[date | None, date | None]] = {(m.first, m.last) for _, m in self.mentions if m.first or m.last}
        known.update((mention.first, mention.last) for words in self.words for mention in self.mentions_of(words))
        known.update((fact.date, fact.date) for fact in self.facts if fact.date)
        known.update({(self.period.first, self.period.last), (self.reference, self.reference)})
        return frozenset(known)

    def mentions_of(self, text: str) -> tuple[Mention, ...]:
        return _mentions(text, self.reference, self.period)

    def amounts_of(self, text: str) -> tuple[Amount, ...]:
        return _amounts(text, self.reference, self.period)


# A fact is looked at for its own point, for the whole report and for what is missing: its text is read once. Bounded, so memory is too.


@lru_cache(maxsize=2048)
def _mentions(text: str, reference: date, period: Period) -> tuple[Mention, ...]:
    return tuple(dates.find(text, reference, period))


@lru_cache(maxsize=2048)
def _amounts(text: str, reference: date, period: Period) -> tuple[Amount, ...]:
    dated = tuple((mention.start, mention.end) for mention in _mentions(text, reference, period))
    return tuple(amounts.find(text, dated))


@lru_cache(maxsize=2048)
def _names_in(text: str) -> tuple[Name, ...]:
    return tuple(names.find(text))


def examine(text: str, ground: Ground) -> list[Gap]:
    """Everything in the text that no fact holds, in order: G401, G402, G403, G405, G406, G408."""
    gaps = [*_numbers(text, ground), *_dates(text, ground), *_names(text, ground), *_claims(text, ground)]
    return sorted(gaps, key=lambda gap: (gap.start, gap.end, gap.code))


def missing(text: str, ground: Ground) -> list[Gap]:
    """Everything in the facts that the text does not say: G404 for words, dates and names, G405 for numbers, G409 for a status."""
    written = ground.amounts_of(text)
    said = {(mention.first, mention.last) for mention in ground.mentions_of(text)}
    return [gap for fact in ground.facts for gap in _missing(fact, text, written, said, ground)]


# --- what the text says


def _numbers(text: str, ground: Ground) -> Iterator[Gap]:
    written = ground.amounts_of(text)
    for amount in written:
        holders = [(fact, known) for fact, known in ground.amounts if amounts.fits(amount, known)]
        if any(amounts.same_unit(amount.unit, known.unit) for _, known in holders):
            yield from _direction(text, amount, holders)
        elif amount.weak or any(amounts.fits(amount, known) for known in ground.spoken_amounts):
            continue
        elif holders:
            fact, known = holders[0]
            yield _gap("G405", "error", amount, f"计量单位与事实不符：{amount.text}", known.text, fact)
        else:
            yield _unheld(amount, written, ground)


def _unheld(amount: Amount, written: Sequence[Amount], ground: Ground) -> Gap:
    for fact, known in ground.amounts:
        if {known.kind, amount.kind} == {"share", "points"} and _hundredfold(known) == _hundredfold(amount):
            return _gap("G406", "error", amount, f"百分比与百分点混用：{amount.text}", known.text, fact)
    formula = _formula(amount, ground)
    if formula:
        return _gap("G401", "info", amount, f"{amount.text} 由事实推算而来", evidence=formula)
    for fact, known in ground.amounts:
        unsaid = not any(amounts.fits(other, known) for other in written)
        if unsaid and known.kind == amount.kind and known.unit == amount.unit:
            return _gap("G405", "error", amount, f"数字与事实不符：{amount.text}", known.text, fact)
    small = amount.kind == "count" and amount.value.denominator == 1 and 0 <= amount.value <= 10
    return _gap("G401", "warning" if small else "error", amount, f"没有事实写明 {amount.text}")


def _hundredfold(amount: Amount) -> Fraction:
    """The number as it is written: 8 for 8% and for 8个百分点."""
    return amount.value * 100 if amount.kind == "share" else amount.value


def _formula(amount: Amount, ground: Ground) -> str:
    """Derivations are looked for inside one fact, and across facts only while few amounts could give the value by chance."""
    for fact in ground.facts:
        formula = derivation.derive(amount, [known for holder, known in ground.amounts if holder is fact])
        if formula:
            return formula
    everything = [known for _, known in ground.amounts]
    return derivation.derive(amount, everything) if len(everything) <= 8 else ""


_UP = re.compile(r"(?:增长|提高|上升|增加|提升|上涨|攀升|扩大|增)(?:了|到|至|约|近|幅度?为?)*$")
_DOWN = re.compile(r"(?:下降|降低|减少|回落|下滑|缩减|下跌|收窄|降)(?:了|到|至|约|近|幅度?为?)*$")


def _direction(text: str, amount: Amount, holders: Sequence[tuple[Fact, Amount]]) -> Iterator[Gap]:
    """增长 for 下降: the same number with the opposite verb right before it."""
    here = _trend(text, amount)
    there = {(_trend(fact.text, known), fact) for fact, known in holders}
    if here and there and all(trend and trend != here for trend, _ in there):
        fact = holders[0][1], holders[0][0]
        yield _gap(
            "G406", "error", amount, f"升降方向与事实相反：{text[max(0, amount.start - 4) : amount.end]}", "", fact[1]
        )


def _trend(text: str, amount: Amount) -> str:
    before = text[max(0, amount.start - 8) : amount.start]
    if _UP.search(before):
        return "up"
    return "down" if _DOWN.search(before) else ""


def _dates(text: str, ground: Ground) -> Iterator[Gap]:
    spoken = ground.text
    for mention in ground.mentions_of(text):
        span = (mention.first, mention.last)
        if mention.text in spoken or span in ground.days or (mention.comparison and "同比" in spoken):
            continue
        if mention.first and mention.last and _coarser(mention, ground):
            continue
        yield Gap("G402", "error", mention.start, mention.end, mention.text, f"没有事实写明日期 {mention.text}")


def _coarser(mention: Mention, ground: Ground) -> bool:
    """May a text say 5月 where the fact says 5月20日? Yes: a span inside the period that holds a known day."""
    first, last = mention.first, mention.last
    if first is None or last is None or first < ground.period.first or last > ground.period.last:
        return False
    return any(a and b and first <= a and b <= last for a, b in ground.days)


def _names(text: str, ground: Ground) -> Iterator[Gap]:
    for name in _names_in(text):
        if names.stands_in(name, ground.text):
            continue
        weight: Weight = "error" if name.kind == "title" else "warning"
        word = {"title": "文件", "organ": "单位", "place": "地名", "person": "人名"}[name.kind]
        yield Gap("G403", weight, name.start, name.end, name.text, f"没有事实提到{word} {name.text}")


def _claims(text: str, ground: Ground) -> Iterator[Gap]:
    for claim in claims.find(text, (*(fact.text for fact in ground.facts), *ground.words), ground.set_phrases):
        yield Gap("G408", "warning", claim.start, claim.end, claim.text, f"没有事实支持的成效或评价：{claim.text}")


# --- what the facts hold


_STATUS = {
    "拟": ("拟", "计划", "将", "准备"),
    "计划": ("计划", "拟", "将"),
    "正在": ("正在", "正", "在建", "推进中", "进行中"),
    "力争": ("力争", "争取"),
    "争取": ("争取", "力争"),
    "预计": ("预计", "预期", "将"),
    "基本": ("基本",),
    "初步": ("初步",),
    "限期": ("限期", "限于", "限", "将"),
    "尚未": ("尚未", "未", "还没有"),
}
_STATUS_WORD = re.compile(
    "拟(?!定|订|稿)|计划(?!生育|单列|书|经济|内|外)|正在|力争|争取|预计|基本(?=建成|完成|形成|实现|建立|确立|具备|达到|解决)|初步|限期|尚未"
)


def _missing(
    fact: Fact, text: str, written: Sequence[Amount], said: set[tuple[date | None, date | None]], ground: Ground
) -> Iterator[Gap]:
    for amount in ground.amounts_of(fact.text):
        if not amount.weak and not any(amounts.fits(other, amount) for other in written):
            yield Gap(
                "G405", "error", 0, 0, "", f"缺少 {fact.id} 的数字 {amount.text}", amount.text, fact.text, fact.id
            )
    for mention in ground.mentions_of(fact.text):
        span = (mention.first, mention.last)
        implied = span in said or mention.text in text or span == (ground.period.first, ground.period.last)
        if not implied:
            yield Gap(
                "G404", "error", 0, 0, "", f"缺少 {fact.id} 的日期 {mention.text}", mention.text, fact.text, fact.id
            )
    for name in _names_in(fact.text):
        if not names.stands_in(name, text):
            yield Gap("G404", "error", 0, 0, "", f"缺少 {fact.id} 的名称 {name.text}", name.text, fact.text, fact.id)
    for status in dict.fromkeys(_STATUS_WORD.findall(fact.text)):
        if not any(word in text for word in _STATUS[status]):
            yield Gap(
                "G409", "error", 0, 0, "", f"{fact.id} 写的是“{status}”，不能写成已经完成", status, fact.text, fact.id
            )
    for clause in unsaid_clauses(fact.text, text):
        yield Gap("G404", "error", 0, 0, "", f"{fact.id} 的“{clause}”没有写入", clause, fact.text, fact.id)


_FILLER = frozenset("的了和与及对在等共其中已将把为由并各以于所有到从是个次家项人处")
_CLAUSE = re.compile(r"[，。；：、！？,;:!?\n“”‘’（）()]+")
_HAN = re.compile(r"[一-鿿A-Za-z]")


def unsaid_clauses(fact: str, text: str) -> list[str]:
    """The clauses of a fact whose own words the text does not take up: under three fifths of their characters stand in it."""
    unsaid = []
    for clause in _CLAUSE.split(fact):
        words = [char for char in clause if _HAN.match(char) and char not in _FILLER]
        if words and sum(char in text for char in words) < 0.6 * len(words):
            unsaid.append(clause)
    return unsaid


def unused(facts: Iterable[Fact], texts: Sequence[str], ground: Ground) -> list[Fact]:
    """The facts that none of the texts takes up: no text holds all their numbers and most of their words."""
    return [fact for fact in facts if not any(_takes_up(text, fact, ground) for text in texts)]


def _takes_up(text: str, fact: Fact, ground: Ground) -> bool:
    if unsaid_clauses(fact.text, text):
        return False
    written = ground.amounts_of(text)
    known = [amount for amount in ground.amounts_of(fact.text) if not amount.weak]
    return all(any(amounts.fits(other, amount) for other in written) for amount in known)


def _gap(
    code: GapCode,
    weight: Weight,
    amount: Amount,
    reason: str,
    expected: str = "",
    fact: Fact | None = None,
    evidence: str = "",
) -> Gap:
    shown = evidence or (f"{fact.id} {fact.text}" if fact else "")
    return Gap(code, weight, amount.start, amount.end, amount.text, reason, expected, shown, fact.id if fact else "")
