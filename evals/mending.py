"""Mending in one click: a finding whose `expected` is what should stand in place of the quote, held to it by asking the rule again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafting.profile import Profile
from drafting.report import Report
from evals.examined import Examined
from evals.finding import Finding
from evals.fixing import mend_report
from evals.rule import REGISTRY
from evals.rules.grounding import RULES as GROUNDING
from evals.timeline import Timeline

_PLAIN = frozenset("D303 D304 D305 D309 D312 D313 D314 D315 G405 N501 N502 S116 Y702 Y703 Y705".split())
"""Rules that may expect the very words that belong there. Others expect a description, a place or a length."""
_CHOICE = (" 或 ", "；", "…")
_LONGER = 12
"""Characters that a mend may be longer than what it replaces: a number, a name or a day, not a sentence."""
_MOST = 24
"""Findings of one report that are tried: a text with more is not mended click by click."""


def mends(
    report: Report, findings: Sequence[Finding], profile: Profile | None, timeline: Timeline | None = None
) -> dict[Finding, str]:
    """What may be put in place of each quote: a rule's own fix, and what it expects where that silences it and no fact speaks against it.

    Errors are tried first, at most two dozen findings of a report.
    """
    found = {finding: finding.fix for finding in findings if finding.fix is not None and finding.block >= 0}
    candidates = [finding for finding in findings if finding not in found and _plain(finding, report)]
    candidates.sort(key=lambda finding: finding.severity != "error")
    if not candidates:
        return found
    before = Examined(report, profile=profile, timeline=timeline)
    ungrounded = _ungrounded(before)
    for finding in candidates[:_MOST]:
        if _silences(finding, before) and _ungrounded(_mended(finding, before)) <= ungrounded:
            found[finding] = finding.expected
    return found


def _plain(finding: Finding, report: Report) -> bool:
    if finding.code not in _PLAIN or not finding.expected or not finding.quote or finding.expected == finding.quote:
        return False
    if any(mark in finding.expected for mark in _CHOICE) or "\n" in finding.expected:
        return False
    return len(finding.expected) <= len(finding.quote) + _LONGER and not _of_a_whole_point(finding, report)


def _of_a_whole_point(finding: Finding, report: Report) -> bool:
    """What a point lacks is told of all of it: its words are not to go."""
    block = report.blocks[finding.block]
    return any((start, end) == (finding.start, finding.end) for start, end, point in block.spans() if point.facts)


def _mended(finding: Finding, before: Examined) -> Examined:
    """The report with the words in it; as it was where they cannot be put in, over two parts of a point."""
    mended, _ = mend_report(before.report, [replace(finding, fix=finding.expected)])
    return Examined(mended, profile=before.profile, timeline=before.timeline)


def _silences(finding: Finding, before: Examined) -> bool:
    """Does the rule say one thing less once the words stand there, and nothing of that place?"""
    after = _mended(finding, before)
    rule = REGISTRY[finding.code]
    last = finding.start + len(finding.expected)
    left = list(rule.check(after))
    at_the_place = any(
        one.block == finding.block and one.start < last and finding.start < max(one.end, one.start + 1) for one in left
    )
    return not at_the_place and len(left) < len(list(rule.check(before)))


def _ungrounded(document: Examined) -> int:
    """How often text and facts part; 0 where there is no brief to hold the text against."""
    return sum(1 for rule in GROUNDING if not rule.missing(document) for _ in rule.check(document))
