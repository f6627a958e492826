"""G: numbers, dates, names and claims of a text against the brief's facts, and the facts against the text.

A point of ours is held against its own facts; what names no facts (a lead, an imported document, a point put in by hand) against all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from drafting import attribution, grounding
from drafting.facts import Brief, Fact
from drafting.grounding import Gap, GapCode, Ground
from drafting.memory import remembered
from drafting.report import BlockType, Point
from evals.examined import Examined
from evals.finding import DOCUMENT, Finding, Severity
from evals.rule import Rule, rule

_PROSE: tuple[BlockType, ...] = ("title", "lead", "heading", "paragraph", "outlook")


def _registered(code: GapCode, name: str, name_en: str, severity: Severity, said: str) -> Rule:
    """The rule of one code: every gap of that code, with `said` as its message in English."""

    def check(document: Examined) -> Iterator[Finding]:
        return _findings(document, made, said)

    made = rule(code=code, name=name, name_en=name_en, severity=severity, basis="practice", needs=("brief",))(check)
    return made


RULES = (
    _registered("G401", "数字没有依据", "number without a fact", "error", "no fact holds this number"),
    _registered(
        "G402", "日期没有依据", "date without a fact", "error", "neither the facts nor the brief hold this date"
    ),
    _registered("G403", "名称没有依据", "name without a fact", "error", "no fact names this"),
    _registered("G404", "事实没有写入", "fact not used", "error", "a fact, or a part of it, is not in the text"),
    _registered("G405", "数字与事实不符", "number altered", "error", "the fact holds another number"),
    _registered("G406", "升降或单位写反", "direction reversed", "error", "rise for fall, or points for per cent"),
    _registered("G408", "成效没有依据", "claim without a fact", "warning", "no fact states this effect or judgement"),
    _registered(
        "G409", "状态被拔高", "status raised", "error", "the fact says planned or under way, the text does not"
    ),
)


def _findings(document: Examined, of: Rule, message_en: str) -> Iterator[Finding]:
    for block, gap in _gaps(document):
        if gap.code != of.code:
            continue
        if block == DOCUMENT:
            yield of.of_document(
                gap.reason, message_en, expected=gap.expected, evidence=gap.evidence, severity=gap.weight
            )
        else:
            yield of.finding(
                document,
                block,
                gap.start,
                gap.end,
                gap.reason,
                f"{message_en}: {gap.quote}" if gap.quote else message_en,
                expected=gap.expected,
                evidence=gap.evidence,
                severity=gap.weight,
            )


@lru_cache(maxsize=4)
def _gaps(document: Examined) -> tuple[tuple[int, Gap], ...]:
    """Every gap with the index of its block; computed once for all the rules of the family."""
    brief = document.brief
    if brief is None:
        return ()
    phrases = document.profile.set_phrases if document.profile else ()
    whole = Ground.of(brief, set_phrases=phrases)
    facts = {fact.id: fact for fact in brief.facts()}
    found = list(_beyond_the_facts(document, brief, whole, facts))
    used = {fact_id for block in document.blocks for point in block.points for fact_id in point.facts}
    every = facts.values()
    left = [fact for fact in every if fact.id not in used]
    if not used:
        raised = list(_raised_in_sentences(document, whole))
        told = {gap.fact for _, gap in raised}
        left = [fact for fact in grounding.unused(every, document.texts, whole) if fact.id not in told]
        found += raised
    return (*found, *((DOCUMENT, _not_written(fact)) for fact in left))


def _beyond_the_facts(
    document: Examined, brief: Brief, whole: Ground, facts: dict[str, Fact]
) -> Iterator[tuple[int, Gap]]:
    ahead_of_all = Ground.of(brief, whole.facts, whole.set_phrases, ahead=True)
    for index, block in document.of_type(*_PROSE):
        ahead = index in document.ahead
        everything = ahead_of_all if ahead else whole
        spans = [(start, end, point) for start, end, point in block.spans() if point.facts]
        loose = _between(spans, len(document.texts[index]))
        yield from (
            (index, gap) for start, end in loose for gap in _of_stretch(document.texts[index], start, end, everything)
        )
        for start, end, point in spans:
            held = [facts[fact_id] for fact_id in point.facts if fact_id in facts]
            ground = Ground.of(brief, held, whole.set_phrases, ahead=ahead)
            yield from ((index, gap) for gap in _of_point(point, start, end, ground))


def _raised_in_sentences(document: Examined, ground: Ground) -> Iterator[tuple[int, Gap]]:
    sentences = [
        sentence
        for index, _ in document.of_type("lead", "paragraph")
        if index not in document.ahead
        for sentence in document.sentences(index)
    ]
    for at, gap in attribution.raised([sentence.text for sentence in sentences], ground):
        where = sentences[at]
        yield where.block, replace(gap, start=where.start, end=where.end)


def _between(spans: Sequence[tuple[int, int, Point]], length: int) -> Iterator[tuple[int, int]]:
    """The stretches of a block that no point with facts covers: all of it, a number, or points that someone put in by hand."""
    at = 0
    for start, end, _ in spans:
        yield at, start
        at = end
    yield at, length


def _of_stretch(text: str, start: int, end: int, ground: Ground) -> Iterator[Gap]:
    if text[start:end].strip():
        for gap in _beyond_all(text[start:end], ground):
            yield replace(gap, start=gap.start + start, end=gap.end + start)


def _of_point(point: Point, start: int, end: int, ground: Ground) -> Iterator[Gap]:
    skip = start + len(point.enumerator)
    text = point.text[len(point.enumerator) :]
    for gap in _beyond(text, ground):
        yield replace(gap, start=gap.start + skip, end=gap.end + skip)
    for gap in _missing(text, ground):
        yield replace(gap, start=start, end=end, quote=point.text)


@remembered(2048)
def _beyond_all(text: str, ground: Ground) -> tuple[Gap, ...]:
    """Apart from the points', for the ground of a whole brief is large."""
    return tuple(grounding.examine(text, ground))


@remembered(4096)
def _beyond(text: str, ground: Ground) -> tuple[Gap, ...]:
    return tuple(grounding.examine(text, ground))


@remembered(4096)
def _missing(text: str, ground: Ground) -> tuple[Gap, ...]:
    return tuple(grounding.missing(text, ground))


def _not_written(fact: Fact) -> Gap:
    return Gap(
        "G404", "error", 0, 0, "", f"{fact.id} 没有写入：{fact.text}", fact.text, f"{fact.id} {fact.text}", fact.id
    )
