"""Sameness: facts with what is only wording taken away, so that two that speak of one thing are equal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from drafting import amounts
from drafting.amounts import Amount
from drafting.dates import Mention
from drafting.memory import remembered
from drafting.period import Period
from evals.examined import Examined
from evals.factsheet import Held

Span = tuple[date | None, date | None]

_CLAUSE = re.compile(r"(?:[^，。；：！？,;\n]|(?<=\d)[，,](?=\d{3}(?!\d)))+")
_NOT_LETTER = re.compile(r"[\W_]+")
_SELF = r"(?:我|本)(?:市|县|区|局|委|厅|院|校|镇|乡|街道|公司|单位|中心)"
_FILLER = re.compile(rf"{_SELF}|期间|完成|总共|一共|共计|合计|先后|分别|已经|通过|共有|(?:达到?|为|是)$|[了的共已均各]")
# One deed under several verbs. A function of the text alone, so that equal texts stay equal.
_ONE_VERB = (
    (re.compile(r"(?:组织|召开|举行|举办|开展)+"), "开展"),
    (re.compile(r"(?:完成整改|整改完成|整改到位|完成整治)"), "整改"),
    (re.compile(r"下发"), "印发"),
)
_DATED = ("day", "range", "period", "open-start", "open-end", "relative")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a fact: the words from the fact's beginning up to its end, what it counts, and the times that were named so far.

    `words` hold the clauses before it too: 城区检查36家，发现隐患8处 and 乡镇检查20家，发现隐患5处 find different things. Numbers, dates and
    filler are taken out of them. `times` lack the report's own period, which every fact may leave unsaid.
    """

    start: int
    end: int
    words: str
    own: str
    amounts: tuple[Amount, ...]
    times: frozenset[Span]


def clauses(document: Examined, held: Held) -> tuple[Clause, ...]:
    """The clauses of a fact in order."""
    known = _Known(document.organ, document.period, document.reference)
    return _clauses(document.texts[held.block], document.mentions[held.block], known)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the brief tells of whose facts they are, and of when."""

    organ: str
    period: Period | None
    reference: date | None


@remembered(4096)
def _clauses(text: str, mentions: tuple[Mention, ...], known: _Known) -> tuple[Clause, ...]:
    dated = [mention for mention in mentions if _is_a_time(mention)]
    spans = tuple((mention.start, mention.end) for mention in mentions)
    counted = [amount for amount in amounts.find(text, spans) if not amount.weak]
    found: list[Clause] = []
    for match in _CLAUSE.finditer(text):
        here = tuple(amount for amount in counted if match.start() <= amount.start < match.end())
        own = _words(known.organ, text, match.start(), match.end(), dated, counted)
        before = found[-1].words if found else ""
        times = frozenset(span for mention in dated if mention.start < match.end() for span in _time(known, mention))
        if own or here:  # 1至6月， is a time and no more
            found.append(Clause(match.start(), match.end(), f"{before}{own}", own, here, times))
    return tuple(found)


def _is_a_time(mention: Mention) -> bool:
    return mention.kind in _DATED and not mention.comparison


def _time(known: _Known, mention: Mention) -> Iterator[Span]:
    """The days of a mention, unless they are the report's own: 1至6月, 今年以来 and 截至6月底 for 上半年."""
    period = known.period
    span = (mention.first, mention.last)
    if period is None or span not in (
        (period.first, period.last),
        (period.first, None),
        (None, period.last),
        (period.first, known.reference),
    ):
        yield span


def _words(organ: str, text: str, start: int, end: int, dated: list[Mention], counted: list[Amount]) -> str:
    """The letters of a stretch, # for an amount and nothing for a date."""
    spans = sorted(
        [(mention.start, mention.end, "") for mention in dated]
        + [(amount.start, amount.end, "#") for amount in counted]
    )
    kept, at = [], start
    for first, last, sign in spans:
        if first >= at and last <= end:
            kept += [_plain(text[at:first], organ), sign]
            at = last
    return "".join([*kept, _plain(text[at:end], organ)])


def _plain(text: str, organ: str) -> str:
    letters = _NOT_LETTER.sub("", unicodedata.normalize("NFKC", text))
    for pattern, verb in _ONE_VERB:
        letters = pattern.sub(verb, letters)
    return _FILLER.sub("", letters.replace(organ, "") if organ else letters)


def values(of: tuple[Amount, ...]) -> tuple[tuple[str, Fraction], ...]:
    """The amounts by kind and value, whatever they are written as."""
    return tuple((amount.kind, amount.value) for amount in of)


def meaning(clause: Clause) -> tuple[str, tuple[tuple[str, Fraction], ...], frozenset[Span]]:
    """What a clause says by itself; equal where two differ in wording alone."""
    return clause.own, values(clause.amounts), clause.times
