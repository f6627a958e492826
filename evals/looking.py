"""Looking: what the rules say of a text while it is typed. The gate's own answer, with what a desk needs beside each finding; nothing is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from drafting import dates
from drafting.dates import Mention
from drafting.facts import Brief
from drafting.profile import Profile
from drafting.report import Report
from evals.factsheet import ExaminedBrief, facts_of
from evals.finding import SEVERITIES, Finding
from evals.gate import Verdict, may_export, stops, told_off
from evals.mending import mends
from evals.settings import Setting
from evals.standing import Standing, standing
from evals.timeline import Timeline

_OPENING_ID = re.compile(r"(\S+) ")


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding as the desk shows it. Where it is one of the brief its block is no block of the report: it stands at its `fact`.

    `fix` takes the place of the whole quote, None where nothing certain does; `waived` is the reason, empty where it stands open.
    """

    finding: Finding
    of_brief: bool
    fact: str
    fix: str | None
    waivable: bool
    waived: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A date mention of a block, and what the rules on time say of it: the gravest, None where they say nothing."""

    block: int
    mention: Mention
    verdict: Finding | None


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that is shown beside the paper. `not_run` are lines about rules at error level that did not speak."""

    verdict: Verdict
    seen: tuple[Seen, ...]
    not_run: tuple[str, ...]
    standing: Standing
    dated: tuple[Dated, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings stand open, of each severity."""
        return {
            severity: sum(one.finding.severity == severity and not one.waived for one in self.seen)
            for severity in SEVERITIES
        }


def look(
    report: Report,
    profile: Profile | None,
    *,
    timeline: Timeline | None = None,
    settings: Sequence[Setting] = (),
) -> Look:
    """The gate's findings on report and brief in the order of the text, those about the whole first, the brief's last."""
    verdict = may_export(report, profile, timeline=timeline, settings=settings)
    waived = {finding: waiver.reason for finding, waiver in verdict.waived}
    fixes = mends(report, verdict.findings, profile, timeline)
    seen = (
        *(_seen(one, _fact_of(one, report.brief), fixes.get(one), waived) for one in verdict.findings),
        *_of_brief(verdict, report.brief, profile, waived),
    )
    unchecked = (f"{one.rule.code} {one.rule.name}：没有检查，缺{one.lack}" for one in verdict.unchecked)
    return Look(
        verdict,
        seen,
        (*unchecked, *map(told_off, verdict.off)),
        standing(report),
        tuple(_dated(report, verdict.findings)),
    )


def _seen(finding: Finding, fact: str, fix: str | None, waived: dict[Finding, str]) -> Seen:
    return Seen(finding, False, fact, fix, stops(finding), waived.get(finding, ""))


def _of_brief(
    verdict: Verdict, brief: Brief | None, profile: Profile | None, waived: dict[Finding, str]
) -> Iterator[Seen]:
    if brief is None or not verdict.of_brief:
        return
    by_block = {held.block: held.fact.id for held in facts_of(ExaminedBrief(brief, profile=profile))}
    for one in verdict.of_brief:
        yield Seen(one, True, by_block.get(one.block, ""), one.fix, stops(one), waived.get(one, ""))


def _fact_of(finding: Finding, brief: Brief | None) -> str:
    """The fact that the finding speaks of: its evidence begins with the id, or is the fact's text and the message names the id."""
    if brief is None or not finding.evidence:
        return ""
    opening = _OPENING_ID.match(finding.evidence)
    for fact in brief.facts():
        if opening and fact.id == opening[1] and finding.evidence.startswith(f"{fact.id} {fact.text}"):
            return fact.id
        if finding.evidence == fact.text and re.search(rf"(?<!\w){re.escape(fact.id)}(?!\w)", finding.message):
            return fact.id
    return ""


def _dated(report: Report, findings: Sequence[Finding]) -> Iterator[Dated]:
    """Every date of the text, resolved as the rules resolve it."""
    reference: date | None = report.issued or (report.period.last if report.period else None)
    if reference is None:
        return
    on_time: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.code.startswith("D") and finding.severity != "info":
            on_time.setdefault(finding.block, []).append(finding)
    for at, block in enumerate(report.blocks):
        for mention in dates.find(block.text, reference, report.period):
            over = [one for one in on_time.get(at, ()) if one.start < mention.end and mention.start < one.end]
            over.sort(key=lambda one: SEVERITIES.index(one.severity))
            yield Dated(at, mention, over[0] if over else None)
