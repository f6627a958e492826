"""Grounding: the numbers, dates, names, statuses and claims of a text held against the facts it may stand on.

Two questions, asked in opposite directions: `examine` — does the text say anything that no fact holds? — and `missing` — do the
facts hold anything that the text does not say? Both compare values, not strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from drafting import amounts, bearings, claims, derivation, names, statuses, trends
from drafting.amounts import Amount
from drafting.clauses import unsaid_clauses
from drafting.dates import Mention
from drafting.facts import Fact
from drafting.ground import Gap, GapCode, Ground, Reading, Weight, names_in

__all__ = ["Gap", "GapCode", "Ground", "Weight", "examine", "missing", "unsaid_clauses", "unused"]

_BEFORE = 12
_SMALL = 10


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
    for amount in written:
        holders = [(fact, known) for fact, known in ground.amounts if amounts.fits(amount, known)]
        if any(amounts.says(amount, known) for _, known in holders):
            yield from _direction(text, amount, holders)
        elif amount.weak or any(amounts.fits(amount, known) for known in ground.spoken_amounts):
            continue
        elif holders:
            fact, known = holders[0]
            yield _gap("G405", "error", amount, f"计量单位与事实不符：{amount.text}", known.text, fact)
        else:
            yield _unheld(text, amount, written, ground)


def _unheld(text: str, amount: Amount, written: Sequence[Amount], ground: Ground) -> Gap:
    for fact, known in ground.amounts:
        if {known.kind, amount.kind} == {"share", "points"} and _hundredfold(known) == _hundredfold(amount):
            return _gap("G406", "error", amount, f"百分比与百分点混用：{amount.text}", known.text, fact)
    formula = _formula(amount, ground, text[max(0, amount.start - _BEFORE) : amount.start])
    if formula:
        return _gap("G401", "info", amount, f"{amount.text} 由事实推算而来", evidence=formula)
    for fact, known in ground.amounts:
        unsaid = not any(amounts.fits(other, known) for other in written)
        if unsaid and known.kind == amount.kind and amounts.same_unit(known.unit, amount.unit):
            return _gap("G405", "error", amount, f"数字与事实不符：{amount.text}", known.text, fact)
    small = amount.kind == "count" and amount.value.denominator == 1 and 0 <= amount.value <= _SMALL
    return _gap("G401", "warning" if small else "error", amount, f"没有事实写明 {amount.text}")


def _hundredfold(amount: Amount) -> Fraction:
    """The number as it is written: 8 for 8% and for 8个百分点."""
    return amount.value * 100 if amount.kind == "share" else amount.value


def _formula(amount: Amount, ground: Ground, before: str) -> str:
    """Derivations are looked for inside one fact, and across facts where the words before the number speak of one."""
    for _, held in ground.readings:
        formula = derivation.spoken(amount, held.amounts, before)
        if formula:
            return formula
    return derivation.spoken(amount, [known for _, known in ground.amounts], before)


def _direction(text: str, amount: Amount, holders: Sequence[tuple[Fact, Amount]]) -> Iterator[Gap]:
    """增长 for 下降: the same number with the opposite word beside it."""
    here = trends.beside(text, amount.start, amount.end)
    if not here:
        return
    there = {trends.beside(fact.text, known.start, known.end) for fact, known in holders}
    if all(trend and trend != here for trend in there):
        quote = text[max(0, amount.start - 4) : amount.end]
        yield _gap("G406", "error", amount, f"升降方向与事实相反：{quote}", "", holders[0][0])


def _moved(text: str, read: Reading, ground: Ground) -> Iterator[Gap]:
    """Numbers, and days, that changed places among themselves. What stands word for word as in its fact has not."""
    if all(fact.text in text for fact in ground.facts):
        return
    written = [amount for amount in read.amounts if not amount.weak]
    for kind in ("count", "share", "points"):
        here = [amount for amount in written if amount.kind == kind]
        if len({amount.value for amount in here}) > 1:
            yield from _moved_amounts(text, here, read, ground)
    days = [mention for mention in read.mentions if mention.first or mention.last]
    if len({(day.first, day.last) for day in days}) > 1:
        borne = bearings.bear(text, [(day.start, day.end) for day in days])
        known: list[tuple[Mention, bearings.Borne]] = []
        for fact, held in ground.readings:
            there = [mention for mention in held.mentions if mention.first or mention.last]
            known += zip(there, bearings.bear(fact.text, [(day.start, day.end) for day in there]), strict=True)
        for day, _ in bearings.moved(list(zip(days, borne, strict=True)), known, _same_days):
            yield Gap("G402", "error", day.start, day.end, day.text, f"日期与所说的事不符：{day.text}")


def _moved_amounts(text: str, here: Sequence[Amount], read: Reading, ground: Ground) -> Iterator[Gap]:
    every = [(amount.start, amount.end) for amount in read.amounts]
    borne = dict(zip(every, bearings.bear(text, every), strict=True))
    known: list[tuple[Amount, bearings.Borne]] = []
    for fact, held in ground.readings:
        beside = bearings.bear(fact.text, [(amount.start, amount.end) for amount in held.amounts])
        known += zip(held.amounts, beside, strict=True)
    known = [pair for pair in known if pair[0].kind == here[0].kind and not pair[0].weak]
    for unit in dict.fromkeys(amount.unit for amount in here):
        group = [(amount, borne[amount.start, amount.end]) for amount in here if amounts.same_unit(amount.unit, unit)]
        alike = [pair for pair in known if amounts.same_unit(pair[0].unit, unit)]
        if gone := bearings.moved(group, alike, amounts.says):
            for amount, _ in gone:
                yield _gap("G405", "error", amount, f"数字说的不是事实中的那件事：{amount.text}")
            return


def _same_days(one: Mention, other: Mention) -> bool:
    return (one.first, one.last) == (other.first, other.last)


def _marks(read: Reading, ground: Ground) -> Iterator[Gap]:
    for mark in read.marks:
        if mark.key not in ground.mark_keys and mark.text not in ground.text:
            yield Gap("G401", "error", mark.start, mark.end, mark.text, f"没有事实写明编号或次序 {mark.text}")


def _dates(read: Reading, ground: Ground) -> Iterator[Gap]:
    spoken = ground.text
    for mention in read.mentions:
        span = (mention.first, mention.last)
        if mention.text in spoken or span in ground.days or (mention.comparison and "同比" in spoken):
            continue
        if _of_the_period(mention, ground) or _coarser(mention, ground):
            continue
        yield Gap("G402", "error", mention.start, mention.end, mention.text, f"没有事实写明日期 {mention.text}")


def _of_the_period(mention: Mention, ground: Ground) -> bool:
    """今年以来, 截至6月底 and 年初 say no more than the report's period does."""
    period = ground.period
    ends: tuple[date | None, date | None] = (mention.first, mention.last)
    return ends in ((period.first, None), (None, period.last), (period.first, ground.reference))


def _coarser(mention: Mention, ground: Ground) -> bool:
    """May a text say 5月 where the fact says 5月20日? Yes: a span inside the period that holds a known day."""
    first, last = mention.first, mention.last
    if first is None or last is None or first < ground.period.first or last > ground.period.last:
        return False
    return any(a and b and first <= a and b <= last for a, b in ground.days)


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
    for claim in claims.find(text, (ground.stated, *ground.words), ground.set_phrases):
        yield Gap("G408", "warning", claim.start, claim.end, claim.text, f"没有事实支持的成效或评价：{claim.text}")


def _said_as_done(text: str, ground: Ground) -> Iterator[Gap]:
    counted = [known.value for _, known in ground.amounts if known.kind == "count"]
    all_done = len(set(counted)) < len(counted)
    for start, end in statuses.finished(text, ground.text, all_done=all_done):
        yield Gap("G409", "error", start, end, text[start:end], f"没有事实写明已经“{text[start:end]}”")
    for start, end in statuses.denials_added(text, ground.stated):
        yield Gap("G406", "error", start, end, text[start:end], f"肯定与否定同事实相反：{text[start:end]}")


# --- what the facts hold


def _missing(fact: Fact, held: Reading, text: str, read: Reading, ground: Ground) -> Iterator[Gap]:
    for amount in held.amounts:
        if amount.weak:
            continue
        if not any(amounts.fits(other, amount) for other in read.amounts):
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
        if mark.text not in text and mark.key not in {other.key for other in read.marks}:
            yield _lacks("G405", fact, "编号或次序", mark.text)
    said = {(mention.first, mention.last) for mention in read.mentions}
    for mention in held.mentions:
        span = (mention.first, mention.last)
        implied = span in said or mention.text in text or span == (ground.period.first, ground.period.last)
        if not implied and not _of_the_period(mention, ground):
            yield _lacks("G404", fact, "日期", mention.text)
    for name in names_in(fact.text):
        if not names.stands_in(name, text):
            yield _lacks("G404", fact, "名称", name.text)
    for status in statuses.raised(fact.text, text):
        reason = f"{fact.id} 写的是“{status}”，不能写成已经完成"
        yield Gap("G409", "error", 0, 0, "", reason, status, fact.text, fact.id)
    for denial in statuses.denials_lost(fact.text, text):
        yield Gap("G406", "error", 0, 0, "", f"{fact.id} 写的是“{denial}”，不能写反", denial, fact.text, fact.id)
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
