"""Arithmetic: parts, remainders and sums against the totals that the text states (N501)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from drafting import amounts
from drafting.amounts import Amount
from evals.by_block import by_block
from evals.examined import Examined
from evals.finding import Finding
from evals.nearby import starting_in
from evals.rule import rule
from evals.written import in_digits, like, slack

_SENTENCE = re.compile(r"[^。！？\n]+")
_TELLING = re.compile(r"其余|剩余|余下|尚有|仍有|其中|合计|总计|共计")
_TOTAL = re.compile(
    r"(?:发现|查出|排查出?|排查整治|梳理|受理|收到|接到|反馈|登记|认定|交办|转办|下达|承担|列入|确定|实施|签订|报名|应(?![急当用对届])[一-鿿]{1,2}|抽检|抽查|检查|总数|共|累计|合计|总计)[^，；]*$"
)
_DONE = re.compile(
    r"(?:整改|完成|办结|办理|答复|解决|调解|化解|结案|销号|治理|消除|关停|拆除|达标|合格|通过|回收|拨付|建成|开工|竣工|验收|处置|整治|实到|到账|落实)[^，；\d]{0,6}$"
)
_REMAINDER = re.compile(r"(?:其余|剩余|余下|尚有|仍有)(?:的)?$")
_SUM = re.compile(r"(?:合计|总计|共计|两项合计|三项合计)(?:为|是)?$")
_END_OF_PARTS = re.compile(r"[；;]|其中|[，,](?:目前|截至|现)?(?:已|均|全部|其余|剩余|余下|尚有|仍有|完成|整改)")
_AMONG = re.compile(r"其中")
_COURSE = re.compile(r"增加到|增长到|增至|提高到|降到|降至|减少到|年均|平均|人均|[每由从]")
_SHIFT = re.compile(r"年均|平均|人均|每|新增|净增|增加|减少|增长|下降|同比|比上年|比去年|较|余额|累计|达到?$|提高")
_MOST_PARTS = 6
_MOST_COUNTS = 60
"""Of one sentence. More of them are a table in words, whose sums nobody could tell."""
_REACH = 80


@rule(code="N501", name="分项与总数不符", name_en="parts do not add up", severity="error", basis="arithmetic")
@by_block("lead", "paragraph", "outlook", "heading")
def wrong_total(document: Examined, index: int) -> Iterator[Finding]:
    """Three sums only: 发现N，整改M，其余R; a list and its 合计; and a part under 其中 against its whole.

    其中 need not name every part, so only a part greater than the whole is an error; parts that together exceed it may overlap and
    are a warning.
    """
    text = document.texts[index]
    if not _TELLING.search(text):
        return
    dates = tuple((mention.start, mention.end) for mention in document.mentions[index])
    counted = [amount for amount in amounts.find(text, dates) if _exact_count(amount)]
    for match in _SENTENCE.finditer(text):
        here = starting_in(counted, match.start(), match.end())
        if 1 < len(here) <= _MOST_COUNTS and _TELLING.search(match.group()):
            yield from _remainders(document, index, match, here)
            yield from _sums(document, index, match, here)
            yield from _parts(document, index, match, here)


def _exact_count(amount: Amount) -> bool:
    return (
        amount.kind == "count" and amount.precision == "exact" and in_digits(amount) and amount.unit not in ("", "年")
    )


def _before(match: re.Match[str], amount: Amount) -> str:
    """What stands in the sentence before that amount."""
    return match.string[match.start() : amount.start]


def _near(match: re.Match[str], amount: Amount) -> str:
    """As much of that as its verb stands in."""
    return match.string[max(match.start(), amount.start - _REACH) : amount.start]


def _alike(one: Amount, other: Amount) -> bool:
    return one.unit == other.unit


def _remainders(document: Examined, block: int, match: re.Match[str], here: Sequence[Amount]) -> Iterator[Finding]:
    summed = [one for one in here if _TOTAL.search(_near(match, one))]
    finished = [one for one in here if _DONE.search(_near(match, one))]
    for rest in here:
        if not _REMAINDER.search(_near(match, rest)):
            continue
        chain = [amount for amount in here if _alike(amount, rest) and amount.start < rest.start]
        totals = [one for one in chain if one in summed]
        if not totals or len(_after(chain, totals[0])) > _MOST_PARTS:
            continue
        if any(_fits(one, _after(chain, one), rest, chain) for one in totals):
            continue
        # 排查143处，发现隐患58处，整改55处: the nearest total before what was done, and no total that is itself what was done.
        done = [one for one in chain if one in finished]
        total = next((one for one in reversed(totals) if one not in done and _after(done, one)), None)
        if total is None:
            continue
        due = total.value - done[-1].value
        if due < 0:
            continue  # more done than found is N502's
        yield _finding(
            document,
            block,
            rest,
            f"“{total.text}”减去“{done[-1].text}”是“{like(rest, due)}”，这里写“{rest.text}”",
            f"{total.text} − {done[-1].text} = {like(rest, due)}",
            expected=like(rest, due),
        )


def _after(chain: Sequence[Amount], one: Amount) -> list[Amount]:
    return [other for other in chain if other.start > one.start]


def _fits(total: Amount, parts: Sequence[Amount], rest: Amount, chain: Sequence[Amount]) -> bool:
    """Is there any reading by which it adds up: some of the parts leave the remainder, or several totals share it?"""
    for size in range(1, len(parts) + 1):
        for some in combinations(parts, size):
            left = total.value - sum(one.value for one in some)
            if abs(left - rest.value) <= _rounding([*some, rest], total):
                return True
    whole = [one.value for one in (*chain, rest)]
    return any(sum(whole[:cut]) == sum(whole[cut:]) for cut in range(1, len(whole)))


def _sums(document: Examined, block: int, match: re.Match[str], here: Sequence[Amount]) -> Iterator[Finding]:
    for place, total in enumerate(here):
        if not _SUM.search(_near(match, total)):
            continue
        items = [one for one in here[:place] if _alike(one, total)]
        before = _before(match, total)
        if len(items) < 2 or len(items) != place or _AMONG.search(before) or _COURSE.search(before):
            continue
        added = sum((one.value for one in items), Fraction(0))
        if abs(added - total.value) <= _rounding(items, total) or max(one.value for one in items) == total.value:
            continue
        yield _finding(
            document,
            block,
            total,
            f"各项相加是“{like(total, added)}”，这里写“{total.text}”",
            f"{' + '.join(one.text for one in items)} = {like(total, added)}",
            expected=like(total, added),
        )


def _parts(document: Examined, block: int, match: re.Match[str], here: Sequence[Amount]) -> Iterator[Finding]:
    for among in _AMONG.finditer(match.string, match.start(), match.end()):
        stop = _END_OF_PARTS.search(match.string, among.end(), match.end())
        end = stop.start() if stop else match.end()
        clause = match.string[among.end() : end]
        parts = [one for one in here if among.start() < one.start < end]
        if not parts or _SHIFT.search(clause):
            continue
        wholes = [one for one in here if one.end <= among.start() and _alike(one, parts[0])]
        parts = [one for one in parts if _alike(one, parts[0])]
        if not wholes or _SHIFT.search(match.string[match.start() : among.start()]):
            continue
        whole = max(wholes, key=lambda one: one.value)
        yield from _beyond(document, block, whole, parts)


def _beyond(document: Examined, block: int, whole: Amount, parts: Sequence[Amount]) -> Iterator[Finding]:
    for part in parts:
        if part.value > whole.value:
            yield _finding(
                document,
                block,
                part,
                f"“其中”的“{part.text}”大于总数“{whole.text}”",
                f"{part.text} > {whole.text}",
            )
            return
    added = sum((part.value for part in parts), Fraction(0))
    if added > whole.value + _rounding(parts, whole):
        sum_of_parts = like(whole, added)
        yield wrong_total.finding(
            document,
            block,
            parts[0].start,
            parts[-1].end,
            f"“其中”各项相加是“{sum_of_parts}”，大于总数“{whole.text}”，除非各项有重叠",
            f"the parts add up to {sum_of_parts}, more than {whole.text}",
            evidence=f"{' + '.join(part.text for part in parts)} = {sum_of_parts} > {whole.text}",
            severity="warning",
        )


def _rounding(items: Sequence[Amount], total: Amount) -> Fraction:
    """How far rounded numbers may miss their sum: half of the last written place for each, none where all are whole."""
    return sum((slack(one) for one in (*items, total)), Fraction(0))


def _finding(
    document: Examined, block: int, amount: Amount, message: str, evidence: str, *, expected: str = ""
) -> Finding:
    return wrong_total.finding(
        document,
        block,
        amount.start,
        amount.end,
        message,
        f"the numbers do not add up: {evidence}",
        expected=expected,
        evidence=evidence,
    )
