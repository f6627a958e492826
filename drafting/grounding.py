"""Grounding: the numbers, dates, names, statuses and claims of a text held against the facts it may stand on.

Two questions, asked in opposite directions: `examine` — does the text say anything that no fact holds? — and `missing` — do the
facts hold anything that the text does not say? Both compare values, not strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from drafting import amounts, attribution, bearings, claims, datings, derivation, displacement, names, statuses, trends
from drafting.amounts import Amount
from drafting.clauses import unsaid_clauses
from drafting.facts import Fact
from drafting.ground import Gap, GapCode, Ground, Reading, Weight, names_in

__all__ = ["Gap", "GapCode", "Ground", "Weight", "examine", "missing", "unsaid_clauses", "unused"]

_BEFORE = 12
_SMALL = 10
# No more facts than a point has.
_FEW = 4


def examine(text: str, ground: Ground) -> list[Gap]:
    """Everything in the text that no fact holds, in order: G401, G402, G403, G405, G406, G408, G409."""
    read = ground.read(text)
    gaps = [
        *_numbers(text, read, ground),
        *_moved(text, read, ground),
        *_marks(read, ground),
        *_dates(read, ground),
        *_names(text, ground),
        *_claims(text, ground),
        *_said_as_done(text, ground),
    ]
    return sorted(gaps, key=lambda gap: (gap.start, gap.end, gap.code))


def missing(text: str, ground: Ground) -> list[Gap]:
    """Everything in the facts that the text does not say: G404 for words, dates and names, G405 for numbers, G406 and G409 for how they stand."""
    read = ground.read(text)
    lacking = [
        gap
        for fact, held in ground.readings
        if fact.text not in text
        for gap in _missing(fact, held, text, read, ground)
    ]
    return [*lacking, *_fewer(text, read.amounts, ground)]


# --- what the text says


def _numbers(text: str, read: Reading, ground: Ground) -> Iterator[Gap]:
    written = read.amounts
    found: dict[tuple[str, str, str], list[tuple[Fact, Amount]]] = {}
    unsaid: list[tuple[Fact, Amount]] | None = None
    for amount in written:
        alike = (amount.text, amount.kind, amount.unit)
        if alike not in found:
            found[alike] = [(fact, known) for fact, known in ground.amounts if amounts.fits(amount, known)]
        holders = found[alike]
        if any(amounts.says(amount, known) for _, known in holders):
            yield from _direction(text, amount, holders)
        elif amount.weak or any(amounts.fits(amount, known) for known in ground.spoken_amounts):
            continue
        elif holder := _about_the_same(text, amount, holders, ground):
            fact, known = holder
            yield _gap("G405", "error", amount, f"计量单位与事实不符：{amount.text}", known.text, fact)
        else:
            unsaid = _unsaid(written, ground) if unsaid is None else unsaid
            yield _unheld(text, amount, unsaid, ground)


def _unsaid(written: Sequence[Amount], ground: Ground) -> list[tuple[Fact, Amount]]:
    """The facts' amounts that no written one says."""
    return [held for held in ground.amounts if not any(amounts.fits(other, held[1]) for other in written)]


def _unheld(text: str, amount: Amount, unsaid: Sequence[tuple[Fact, Amount]], ground: Ground) -> Gap:
    for fact, known in ground.amounts:
        if _confused(amount, known):
            return _gap("G406", "error", amount, f"百分比与百分点混用：{amount.text}", known.text, fact)
    formula = _formula(amount, ground, text[max(0, amount.start - _BEFORE) : amount.start])
    if formula:
        return _gap("G401", "info", amount, f"{amount.text} 由事实推算而来", evidence=formula)
    altered = _altered(text, amount, unsaid, ground)
    if altered:
        fact, known = altered
        return _gap("G405", "error", amount, f"数字与事实不符：{amount.text}", known.text, fact)
    small = amount.kind == "count" and amount.value.denominator == 1 and 0 <= amount.value <= _SMALL
    return _gap("G401", "warning" if small else "error", amount, f"没有事实写明 {amount.text}")


def _altered(
    text: str, amount: Amount, unsaid: Sequence[tuple[Fact, Amount]], ground: Ground
) -> tuple[Fact, Amount] | None:
    """The fact's number that this one was meant to be: one that goes unsaid, of the same unit."""
    alike = [held for held in unsaid if held[1].kind == amount.kind and amounts.same_unit(held[1].unit, amount.unit)]
    return _about_the_same(text, amount, alike, ground)


def _about_the_same(
    text: str, amount: Amount, of: Sequence[tuple[Fact, Amount]], ground: Ground
) -> tuple[Fact, Amount] | None:
    """The first of these that the number may stand for. Any of a point's few facts may; of a whole brief's, one with some of the words beside it."""
    if len(ground.facts) <= _FEW:
        return next(iter(of), None)
    here = _beside(text, amount)
    return next(((fact, known) for fact, known in of if here & _beside(fact.text, known)), None)


def _beside(text: str, amount: Amount) -> frozenset[str]:
    return bearings.bear(text, [(amount.start, amount.end)])[0].words


def _confused(one: Amount, other: Amount) -> bool:
    """8% and 8个百分点: the same number as it is written, and another thing."""
    return {one.kind, other.kind} == {"share", "points"} and _hundredfold(one) == _hundredfold(other)


def _hundredfold(amount: Amount) -> Fraction:
    """The number as it is written: 8 for 8% and for 8个百分点."""
    return amount.value * 100 if amount.kind == "share" else amount.value


def _formula(amount: Amount, ground: Ground, before: str) -> str:
    """Derivations are looked for inside one fact, and across facts where the words before the number speak of one."""
    inner = [known for fact, held in ground.readings for known in _within_another(fact, held)]
    for _, held in ground.readings:
        formula = derivation.derive(amount, held.amounts, before, inner)
        if formula:
            return formula
    return derivation.derive(amount, [known for _, known in ground.amounts], before, inner)


def _within_another(fact: Fact, held: Reading) -> Iterator[Amount]:
    """What stands behind 其中 in a fact is a part of what stands before it."""
    cut = fact.text.find("其中")
    return (known for known in held.amounts if 0 <= cut < known.start)


def _direction(text: str, amount: Amount, holders: Sequence[tuple[Fact, Amount]]) -> Iterator[Gap]:
    """增长 for 下降: the same number with the opposite word beside it."""
    here = trends.beside(text, amount.start, amount.end)
    if not here:
        return
    there = (trends.beside(fact.text, known.start, known.end) for fact, known in holders)
    if all(trend and trend != here for trend in there):
        quote = text[max(0, amount.start - 4) : amount.end]
        yield _gap("G406", "error", amount, f"升降方向与事实相反：{quote}", "", holders[0][0])


def _moved(text: str, read: Reading, ground: Ground) -> Iterator[Gap]:
    """Numbers, and days, that changed places. What stands word for word as in its fact has not."""
    if all(fact.text in text for fact in ground.facts):
        return
    for amount in displacement.moved_amounts(text, read, ground):
        yield _gap("G405", "error", amount, f"数字说的不是事实中的那件事：{amount.text}")
    for day in displacement.moved_days(text, read, ground):
        yield Gap("G402", "error", day.start, day.end, day.text, f"日期与所说的事不符：{day.text}")


def _marks(read: Reading, ground: Ground) -> Iterator[Gap]:
    unheld = [
        mark for mark in read.marks if not (mark.weak or mark.key in ground.mark_keys or mark.text in ground.text)
    ]
    if not unheld:
        return
    said = {mark.key for mark in read.marks}
    unsaid = {mark.shape: (fact, mark) for fact, held in ground.readings for mark in held.marks if mark.key not in said}
    for mark in unheld:
        if mark.shape in unsaid:
            fact, known = unsaid[mark.shape]
            reason, shown = f"编号或次序与事实不符：{mark.text}", f"{fact.id} {fact.text}"
            yield Gap("G405", "error", mark.start, mark.end, mark.text, reason, known.text, shown, fact.id)
        else:
            yield Gap("G401", "error", mark.start, mark.end, mark.text, f"没有事实写明编号或次序 {mark.text}")


def _dates(read: Reading, ground: Ground) -> Iterator[Gap]:
    for mention in read.mentions:
        if not datings.stands(mention, ground):
            yield Gap("G402", "error", mention.start, mention.end, mention.text, f"没有事实写明日期 {mention.text}")


_WORD_FOR = {"title": "文件", "organ": "单位", "place": "地名", "person": "人名"}


def _names(text: str, ground: Ground) -> Iterator[Gap]:
    for name in names_in(text):
        if names.stands_in(name, ground.text):
            if names.of_another_level(name, text, ground.text):
                quote = text[name.start - 1 : name.end]
                yield Gap("G403", "warning", name.start - 1, name.end, quote, f"单位的层级与事实不符：{quote}")
            continue
        weight: Weight = "error" if name.kind == "title" else "warning"
        yield Gap("G403", weight, name.start, name.end, name.text, f"没有事实提到{_WORD_FOR[name.kind]} {name.text}")


def _claims(text: str, ground: Ground) -> Iterator[Gap]:
    for claim in claims.find(text, (*(fact.text for fact in ground.facts), *ground.words), ground.set_phrases):
        yield Gap("G408", "warning", claim.start, claim.end, claim.text, f"没有事实支持的成效或评价：{claim.text}")


def _said_as_done(text: str, ground: Ground) -> Iterator[Gap]:
    for start, end in statuses.finished(text, ground.text):
        if text[start:end] != "全部" or not _counts_agree(ground):
            yield Gap("G409", "error", start, end, text[start:end], f"没有事实写明已经“{text[start:end]}”")
    for start, end in statuses.denials_added(text, ground.stated):
        yield Gap("G406", "error", start, end, text[start:end], f"肯定与否定同事实相反：{text[start:end]}")


def _counts_agree(ground: Ground) -> bool:
    """发现5处，整改5处: two equal counts say 全部 without the word."""
    counted = [known.value for _, known in ground.amounts if known.kind == "count"]
    return len(set(counted)) < len(counted)


# --- what the facts hold


def _missing(fact: Fact, held: Reading, text: str, read: Reading, ground: Ground) -> Iterator[Gap]:
    for amount in held.amounts:
        if amount.weak:
            continue
        if not any(amounts.fits(other, amount) for other in read.amounts):
            if not any(_confused(other, amount) for other in read.amounts):
                yield _lacks("G405", fact, "数字", amount.text)
        elif not trends.told(text, trends.beside(fact.text, amount.start, amount.end)):
            yield Gap(
                "G406",
                "error",
                0,
                0,
                "",
                f"缺少 {fact.id} 中 {amount.text} 的升降方向",
                amount.text,
                fact.text,
                fact.id,
            )
    for mark in held.marks:
        if mark.text not in text and all(mark.key != other.key for other in read.marks):
            yield _lacks("G405", fact, "编号或次序", mark.text)
    for mention in held.mentions:
        if not datings.said(mention, read.mentions, ground):
            yield _lacks("G404", fact, "日期", mention.text)
    for name in names_in(fact.text):
        if not names.stands_in(name, text):
            yield _lacks("G404", fact, "名称", name.text)
    for gap in attribution.changed(text, fact):
        yield replace(gap, end=0, quote="")
    for clause in unsaid_clauses(fact.text, text):
        yield Gap("G404", "error", 0, 0, "", f"{fact.id} 的“{clause}”没有写入", clause, fact.text, fact.id)


_SHARED = re.compile("[各均都全皆双]|分别|同样|相同|100%|百分之百")


def _fewer(text: str, written: Sequence[Amount], ground: Ground) -> Iterator[Gap]:
    """Numbers that the facts hold twice and the text once: 发放告知书4.6万份，签订承诺书4.6万份. 各4.6万份 says both."""
    seen: list[tuple[Fact, Amount]] = []
    for fact, known in ground.amounts:
        twins = [other for _, other in seen if other.text == known.text]
        seen.append((fact, known))
        if twins and not known.weak and known.unit:
            said = sum(amounts.says(amount, known) for amount in written)
            if 0 < said <= len(twins) and not _SHARED.search(text):
                yield _lacks("G405", fact, "数字", f"{known.text}（共{len(twins) + 1}处）")


def _lacks(code: GapCode, fact: Fact, what: str, words: str) -> Gap:
    return Gap(code, "error", 0, 0, "", f"缺少 {fact.id} 的{what} {words}", words, fact.text, fact.id)


def unused(facts: Iterable[Fact], texts: Sequence[str], ground: Ground) -> list[Fact]:
    """The facts that none of the texts takes up: no text holds all their numbers and most of their words."""
    return [fact for fact in facts if not any(attribution.says(fact, text, ground) for text in texts)]


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
