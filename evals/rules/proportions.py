"""Proportions: percentages against the counts beside them, and more mended than was found (N502)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from drafting import amounts
from drafting.amounts import Amount
from evals.by_block import by_block
from evals.examined import Examined
from evals.finding import Finding
from evals.nearby import ends_at, starting_in
from evals.rule import rule
from evals.written import decimals, in_digits, per_cent, slack

_SENTENCE = re.compile(r"[^。！？\n]+")
_WORTH_READING = re.compile(
    r"率(?:均|已|就)?(?:达到?|为|是)?\d|占[总全]|(?:到|至|为)[\d.]+[^，。；]{0,6}[，（(][^，。；\d]{1,6}\d|发现|查出|查摆|受理|收到|接到|排查|梳理|反馈|交办|登记"
)
_FOUND = re.compile(r"(?:发现|查出|排查出|检查出|查摆出?|梳理出?|反馈|交办)[^，。；\d]{0,12}$")
_PAUSE = r"^[^，。；\d]{0,12}[，；](?:目前|现|截至目前)?，?(?:已|现已|均|全部|共|累计)*(?:完成)?"
_MENDED = re.compile(_PAUSE + r"(?:整改|整治|治理|消除|销号|解决|办结)(?:到位|完成|完毕|销号|问题|隐患)*$")
_RECEIVED = re.compile(r"(?:受理|收到|接到|登记)[^，。；\d]{0,12}$")
_ANSWERED = re.compile(_PAUSE + r"(?:办结|办理|答复|回复|处理|处置|解决|调解|化解){1,2}(?:完毕|完成)*$")
_CARRIED_OVER = re.compile(r"结转|往年|上年|去年|历年|存量|此前|遗留|滚动|含|包括")
_RATE = re.compile(
    r"(?P<done>满意|整改|整治|办结|完成|合格|达标|销号|结案|回访|答复|签约|参训|覆盖|就业|化解|回收)(?:成功|完成)?率(?:均|已|就)?(?:达到?|为|是)?$"
)
_HAN = re.compile(r"[一-鿿]+")
_MOST_WHOLES = 40
_SAID_BEFORE = 1_000
_SHARE = re.compile(r"^[^，。；\d]{0,8}[，（(]?占(?:总数|总量|总人数|总额|全部)的?$")
_COURSE = re.compile(r"[由从][^，。；\d]{0,10}$")
_ARRIVAL = re.compile(
    r"^(?:增加|增长|提高|提升|上升|扩大|下降|降低|减少|压减|缩短|增|升|降|减|提)?(?:到|至|为)(?:\d{4}年的|今年的|目前的|现在的)?$"
)
_CHANGE = re.compile(
    r"^[，（(](?:同比|环比)?(?:增加|增长|提高|提升|上升|增幅|下降|降低|减少|降幅|压减)(?:了|达到?|为)?$"
)


@rule(
    code="N502",
    name="比例与数量不符",
    name_en="a percentage does not fit its counts",
    severity="warning",
    basis="arithmetic",
)
@by_block("lead", "paragraph", "outlook", "heading")
def wrong_share(document: Examined, index: int) -> Iterator[Finding]:
    """发现N，整改M with M > N; and 整改率, 占总数的, 由A增加到B，增长 against the two counts that they are reckoned from."""
    text = document.texts[index]
    if not _WORTH_READING.search(text):
        return
    dates = tuple((mention.start, mention.end) for mention in document.mentions[index])
    found = amounts.find(text, dates)
    for match in _SENTENCE.finditer(text):
        here = starting_in(found, match.start(), match.end())
        if len(here) > 1:
            yield from _more_done(document, index, text, here)
            yield from _rates(document, index, match, here)
            yield from _changes(document, index, text, here)


def _pairs(here: Sequence[Amount]) -> Iterator[tuple[Amount, Amount]]:
    """Neighbours that count the same thing exactly."""
    for one, other in pairwise(here):
        if _alike(one, other):
            yield one, other


def _alike(one: Amount, other: Amount) -> bool:
    return one.kind == other.kind == "count" and one.unit == other.unit != "" and _exact(one) and _exact(other)


def _exact(amount: Amount) -> bool:
    return amount.precision == "exact" and in_digits(amount)


def _more_done(document: Examined, block: int, text: str, here: Sequence[Amount]) -> Iterator[Finding]:
    for found, done in _pairs(here):
        if done.value <= found.value:
            continue
        before, between = text[max(found.start - 20, 0) : found.start], text[found.end : done.start]
        mended = _FOUND.search(before) and _MENDED.match(between)
        answered = _RECEIVED.search(before) and _ANSWERED.match(between)
        if (mended or answered) and not _CARRIED_OVER.search(before + between + text[done.end : done.end + 16]):
            yield _finding(
                document,
                block,
                done,
                f"“{done.text}”多于前面的“{found.text}”：办完的通常不多于{'发现的' if mended else '收到的'}",
                f"{done.text} > {found.text}",
            )


def _rates(document: Examined, block: int, match: re.Match[str], here: Sequence[Amount]) -> Iterator[Finding]:
    """A rate after exactly two counts of one unit, the second of them named as what the rate is of."""
    for place, share in enumerate(here):
        if share.kind != "share" or place < 2:
            continue
        whole, part = here[place - 2], here[place - 1]
        if not _alike(whole, part) or part.value > whole.value:
            continue
        between = match.string[part.end : share.start]
        rate = _RATE.search(between)
        named = rate and rate["done"] in match.string[max(part.start - 8, whole.end) : part.start]
        named = named and _of_the_whole(
            between[: rate.start()] if rate else "", match.string[max(0, whole.start - _SAID_BEFORE) : whole.start]
        )
        wholes = [one for one in here[: place - 1][-_MOST_WHOLES:] if (one.kind, one.unit) == (part.kind, part.unit)]
        if (named or _SHARE.match(between)) and not any(_quotient_fits(part, one, share) for one in wholes):
            yield _wrong(document, block, share, part.value / whole.value, f"{part.text} ÷ {whole.text}")


def _of_the_whole(subject: str, before: str) -> bool:
    """重点人群签约率 is a rate of those, not of all who signed: what the rate is of must stand before the whole, or go unsaid."""
    words = _HAN.findall(subject)
    return all(word in before for word in words)


def _changes(document: Examined, block: int, text: str, here: Sequence[Amount]) -> Iterator[Finding]:
    """由A增加到B，增长C: C is a share of A, or percentage points between two shares."""
    for old, new, change in zip(here, here[1:], here[2:], strict=False):
        if old.kind != new.kind or old.unit != new.unit or not (_exact(old) and _exact(new)) or old.value <= 0:
            continue
        if not (ends_at(_COURSE, text, old.start, 12) and _ARRIVAL.match(text[old.end : new.start])):
            continue
        if not _CHANGE.match(text[new.end : change.start]):
            continue
        difference = abs(new.value - old.value)
        if change.kind == "share" and old.kind == "count" and not _growth_fits(old, new, change):
            formula = f"（{new.text} − {old.text}）÷ {old.text}"
            yield _wrong(document, block, change, difference / old.value, formula)
        elif change.kind == "points" and old.kind == "share" and not _points_fit(old, new, change):
            yield _wrong_points(document, block, (old, new, change))


def _points_fit(old: Amount, new: Amount, change: Amount) -> bool:
    room = slack(old) + slack(new) if decimals(old) != decimals(new) else Fraction(0)
    return abs(abs(new.value - old.value) * 100 - change.value) <= 100 * room


def _wrong_points(document: Examined, block: int, course: tuple[Amount, Amount, Amount]) -> Finding:
    old, new, change = course
    shown = f"{float(abs(new.value - old.value) * 100):g}个百分点"
    return _finding(
        document,
        block,
        change,
        f"从“{old.text}”到“{new.text}”相差{shown}，这里写“{change.text}”",
        f"{new.text} − {old.text} = {shown}",
        expected=shown,
    )


def _quotient_fits(part: Amount, whole: Amount, share: Amount) -> bool:
    least = (part.value - slack(part)) / (whole.value + slack(whole))
    most = (part.value + slack(part)) / max(whole.value - slack(whole), Fraction(1))
    return _meets(least, most, share)


def _growth_fits(old: Amount, new: Amount, change: Amount) -> bool:
    ends = [
        abs(now - before) / before
        for before in (old.value - slack(old), old.value + slack(old))
        for now in (new.value - slack(new), new.value + slack(new))
        if before > 0
    ]
    return _meets(min(ends), max(ends), change)


def _meets(least: Fraction, most: Fraction, share: Amount) -> bool:
    """Does the written share, as far as it is rounded, lie between the two? 超过98% and 近98% bound it on one side only."""
    room = slack(share)
    match share.precision:
        case "over":
            return most >= share.value
        case "under":
            return least <= share.value
        case "about":
            room += abs(share.value) / 20
    return least - room <= abs(share.value) <= most + room


def _wrong(document: Examined, block: int, share: Amount, due: Fraction, formula: str) -> Finding:
    shown = per_cent(due, decimals(share))
    return _finding(
        document,
        block,
        share,
        f"“{share.text}”与数量不符：{formula}约为{shown}",
        f"{formula} ≈ {shown}",
        expected=shown,
    )


def _finding(
    document: Examined, block: int, amount: Amount, message: str, evidence: str, *, expected: str = ""
) -> Finding:
    return wrong_share.finding(
        document,
        block,
        amount.start,
        amount.end,
        message,
        f"the numbers do not fit: {evidence}",
        expected=expected,
        evidence=evidence,
    )
