"""Copied from the old text: a number, date or name of the exemplar or the last report that no fact holds (R602)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from drafting import amounts, bearings, grounding, names
from drafting.amounts import Amount
from drafting.dates import Mention
from drafting.ground import Ground, names_in
from drafting.grounding import Gap
from drafting.report import BlockType
from evals.examined import Examined, OldText
from evals.finding import Finding
from evals.rule import rule

_PROSE: tuple[BlockType, ...] = ("title", "lead", "heading", "paragraph", "outlook")
_CODES = frozenset(("G401", "G402", "G403", "G405"))
_STRIKING = 100
"""A count from here on hardly comes twice by chance, unless it is round; a smaller one is a copy only beside the same words."""
_LAW = re.compile(r"(?:(?<!办)法|条例|党章)》$")
_DAYS = ("day", "range", "period", "open-start", "open-end")
_NUMERAL = re.compile("[0-9０-９〇零一二三四五六七八九十]")
_NUMBERED = re.compile("号$")
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]?")
_SHOWN = 60


@dataclass(frozen=True)
class _Old:
    """An old text, read for what it holds as of its own day and period."""

    name: str
    text: str
    reference: date
    ground: Ground

    @classmethod
    def of(cls, old: OldText, ground: Ground) -> _Old:
        """Where it tells no day of its own, it is read as of ours."""
        report = old.report
        reference = report.issued or (report.period.last if report.period else ground.reference)
        read = Ground((), reference, report.period or ground.period)
        return cls(old.name, report.text, reference, read)

    @cached_property
    def amounts(self) -> list[tuple[Amount, frozenset[str]]]:
        """Every amount with the pairs of characters that stand beside it."""
        found = [amount for amount in self.ground.amounts_of(self.text) if not amount.weak]
        borne = bearings.bear(self.text, [(amount.start, amount.end) for amount in found])
        return [(amount, beside.words) for amount, beside in zip(found, borne, strict=True)]

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        return self.ground.mentions_of(self.text)

    def sentence(self, at: int) -> str:
        """The sentence that holds that character, shortened."""
        start = max(self.text.rfind(mark, 0, at) for mark in "。！？；\n") + 1
        match = _SENTENCE.match(self.text, start)
        said = match.group().strip() if match else ""
        return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"


@rule(
    code="R602",
    name="旧稿内容残留",
    name_en="copied from the old text",
    severity="error",
    basis="practice",
    needs=("brief", "against"),
)
def copied(document: Examined) -> Iterator[Finding]:
    """What grounding finds in no fact and the old text holds too: 检查企业218家 of last year, its 3月10日, its 李家村.

    Small counts, 100 %, laws, the report's own period and day, ordinals and list numbers are no residue; a two-digit number is one only
    beside the same words.
    """
    brief = document.brief
    if brief is None:
        return
    phrases = document.profile.set_phrases if document.profile else ()
    whole = Ground.of(brief, set_phrases=phrases)
    ahead = Ground.of(brief, set_phrases=phrases, ahead=True)
    olds = [_Old.of(old, whole) for old in document.against]
    for index, _ in document.of_type(*_PROSE):
        ground = ahead if index in document.ahead else whole
        told: set[tuple[int, int]] = set()
        for gap in grounding.examine(document.texts[index], ground):
            span = (gap.start, gap.end)
            if gap.code in _CODES and gap.weight != "info" and span not in told:
                source = next(
                    ((old, at) for old in olds if (at := _stands_in(old, document, index, gap, ground)) >= 0), None
                )
                if source:
                    told.add(span)
                    yield _finding(document, index, gap, *source)


def _stands_in(old: _Old, document: Examined, index: int, gap: Gap, ground: Ground) -> int:
    """Where the old text holds what no fact does; −1 where it does not, or where a fact does."""
    text = document.texts[index]
    if gap.code == "G402":
        return _date_in(old, text, gap, ground)
    if gap.code == "G403":
        return _name_in(old, text, gap)
    number = next((one for one in ground.amounts_of(text) if (one.start, one.end) == (gap.start, gap.end)), None)
    if number is None:  # 〔2023〕12号
        return old.text.find(gap.quote) if _NUMBERED.search(gap.quote) else -1
    if any(amounts.fits(number, known) for _, known in ground.amounts):
        return -1
    return _amount_in(old, text, number)


def _amount_in(old: _Old, text: str, number: Amount) -> int:
    if number.value <= 10 if number.kind == "count" else number.value == 1:
        return -1
    beside = bearings.bear(text, [(number.start, number.end)])[0].words
    for known, words in old.amounts:
        same = known.kind == number.kind and known.value == number.value and amounts.same_unit(known.unit, number.unit)
        if same and (words & beside or _is_striking(number)):
            return known.start
    return -1


def _is_striking(number: Amount) -> bool:
    digits = re.sub(r"\D", "", number.text).rstrip("0")
    return number.kind == "count" and number.value >= _STRIKING and len(digits) > 2


def _date_in(old: _Old, text: str, gap: Gap, ground: Ground) -> int:
    mention = next((one for one in ground.mentions_of(text) if (one.start, one.end) == (gap.start, gap.end)), None)
    if mention is None or mention.kind not in _DAYS or not _NUMERAL.search(mention.text):
        return -1
    span = (mention.first, mention.last)
    if span in ground.days:
        return -1
    for known in old.mentions:
        if known.text == mention.text or (known.kind in _DAYS and (known.first, known.last) == span):
            return known.start
    return -1


def _name_in(old: _Old, text: str, gap: Gap) -> int:
    name = next((one for one in names_in(text) if one.start >= gap.start and one.end == gap.end), None)
    if name is None or _LAW.search(name.text) or not names.stands_in(name, old.text):
        return -1
    return max(old.text.find(name.text), old.text.find(name.key), 0)


def _finding(document: Examined, index: int, gap: Gap, old: _Old, at: int) -> Finding:
    return copied.finding(
        document,
        index,
        gap.start,
        gap.end,
        f"“{gap.quote}”没有事实依据，旧稿里有：像是从旧稿抄来的",
        f"{gap.quote} stands in the old text and in no fact",
        expected=gap.expected,
        evidence=f"{old.name}：{old.sentence(at)}",
    )
