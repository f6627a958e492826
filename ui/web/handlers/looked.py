"""A look as the desk's page is told of it (docs/design/desk.md, “look”): places by the copy's ids, words in the user's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from drafting.desk.copy import OUTLOOK, Copy, Place
from evals.finding import Finding
from evals.gate import Verdict
from evals.looking import Look, Seen
from evals.rule import REGISTRY, Rule
from evals.standing import PointAt
from ui.web import words
from ui.web.html.coverage import Column, Row, coverage
from ui.web.html.timeline import Mark, timeline
from ui.web.languages import Language

_NOWHERE = Place("", "", 0, 0)


def looked(language: Language, copy: Copy, revision: int, look: Look) -> dict[str, Any]:
    """Plain data of the look at that copy."""
    pieces = {_point(copy, at): found for at, found in look.standing.pieces.items()}
    used = {fact: [_point(copy, at) for at in places] for fact, places in look.standing.used.items()}
    return {
        "revision": revision,
        "counts": look.counts,
        "allowed": look.verdict.allowed,
        "findings": list(_findings(language, copy, look)),
        "not_run": list(_not_run(language, look.verdict)),
        "standing": {
            point: [{"start": one.start, "end": one.end, "facts": list(one.facts)} for one in found]
            for point, found in pieces.items()
        },
        "used": used,
        "timeline": _timeline(language, copy, look),
        "coverage": coverage(language, list(_rows(copy, used)), list(_columns(language, copy, look)), used),
    }


def _point(copy: Copy, at: PointAt) -> str:
    block, point = at
    return copy.blocks[block].points[point].id


def _findings(language: Language, copy: Copy, look: Look) -> Iterator[dict[str, Any]]:
    met: Counter[str] = Counter()
    for one in look.seen:
        told = _finding(language, copy, one)
        met[told["key"]] += 1
        if met[told["key"]] > 1:
            told["key"] += f"|{met[told['key']]}"
        yield told


def _finding(language: Language, copy: Copy, one: Seen) -> dict[str, Any]:
    """Of the brief, `start` and `end` count in the fact's text."""
    found = one.finding
    if one.of_brief:
        place = Place("", "", found.start, found.end)
    else:
        place = copy.place(found.block, found.start, found.end) if found.block >= 0 else _NOWHERE
    whole = place.end - place.start == found.end - found.start
    return {
        "key": "|".join((found.code, place.point or place.block or one.fact, str(place.start), found.quote[:40])),
        "code": found.code,
        "name": _name(language, REGISTRY[found.code]),
        "severity": found.severity,
        "message": _message(language, found),
        "quote": found.quote,
        "expected": found.expected,
        "evidence": found.evidence,
        "block": place.block,
        "point": place.point,
        "start": place.start,
        "end": place.end,
        "fact": one.fact,
        "fix": one.fix if whole else None,
        "waivable": one.waivable,
        "waived": one.waived,
    }


def _message(language: Language, finding: Finding) -> str:
    return finding.message if language == "zh" else finding.message_en


def _name(language: Language, rule: Rule) -> str:
    return rule.name if language == "zh" else rule.name_en


def _not_run(language: Language, verdict: Verdict) -> Iterator[str]:
    for missed in verdict.unchecked:
        lack = missed.lack if language == "zh" else ", ".join(missed.lacking)
        yield words.RULE_LACKS(language, code=missed.rule.code, name=_name(language, missed.rule), lack=lack)
    for off in verdict.off:
        yield words.RULE_OFF(language, code=off.rule.code, name=_name(language, off.rule), place=off.place)


def _timeline(language: Language, copy: Copy, look: Look) -> str:
    marks = []
    for dated in look.dated:
        mention = dated.mention
        place = copy.place(dated.block, mention.start, mention.end)
        wrong = _message(language, dated.verdict) if dated.verdict else ""
        at = (place.block, place.point, place.start, place.end)
        marks.append(Mark(mention.text, mention.first, mention.last, *at, wrong))
    return timeline(language, marks, copy.told.period, copy.told.issued)


def _rows(copy: Copy, used: dict[str, list[str]]) -> Iterator[Row]:
    """The facts that hold words: an empty one is none yet."""
    for section, fact in copy.facts():
        if fact.id in used:
            yield Row(fact.id, fact.text, copy.section(section).heading)


def _columns(language: Language, copy: Copy, look: Look) -> Iterator[Column]:
    headings = {one.id: one.heading for one in copy.sections} | {OUTLOOK: words.OUTLOOK(language)}
    for at, block in enumerate(copy.blocks):
        for number, placed in enumerate(block.points):
            bare = sum(not piece.facts for piece in look.standing.pieces.get((at, number), ()))
            yield Column(placed.id, placed.text, headings.get(block.section, ""), placed.point.facts, bare)
