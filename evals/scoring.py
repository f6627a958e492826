"""Scoring: how many seeded faults each rule finds, how often it speaks where nothing is wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from drafting.documents import read, render
from drafting.report import Report
from evals.checking import examination
from evals.faults import Carrier, Sample
from evals.finding import SEVERITIES, Finding
from evals.rule import Rule


@dataclass(frozen=True, slots=True)
class Trial:
    """One sample held against its rule: what the rule said of the report itself, and of a file that carried it (None: not carried)."""

    sample: Sample
    named: bool
    named_in_file: bool | None
    findings: tuple[Finding, ...]
    carrier: Carrier | None

    @property
    def right(self) -> bool:
        """Named at the right span, in the report and, where it was carried, in the file."""
        return self.named and self.named_in_file is not False


@dataclass(frozen=True, slots=True)
class Tally:
    """One rule's figures. `found` of `seeded` faults; `alarms` on `spared` look-alikes of `characters` in all."""

    code: str
    seeded: int
    found: int
    spared: int
    alarms: int
    characters: int

    @property
    def recall(self) -> float | None:
        """None where nothing was seeded: not measured is not zero."""
        return self.found / self.seeded if self.seeded else None

    @property
    def alarms_per_100k(self) -> float | None:
        return self.alarms * 100_000 / self.characters if self.characters else None


def try_fault(sample: Sample, rule: Rule | None, carrier: Carrier | None = None) -> Trial:
    """Does the rule name the fault where it is, at its severity? Without a rule (all rules off) nothing does."""
    findings = _findings(sample, sample.report, rule)
    named = any(_names(finding, sample, rule) and _at(finding, sample) for finding in findings)
    in_file = None
    if carrier is not None:
        carried = _carried(sample, carrier)
        in_file = any(
            _names(finding, sample, rule) and _alike(finding, carried, sample)
            for finding in _findings(sample, carried, rule)
        )
    return Trial(sample, named, in_file, findings, carrier)


def try_look_alike(sample: Sample, rule: Rule | None) -> Trial:
    """What the rule says of a report in which it has nothing to say."""
    return Trial(sample, False, None, _findings(sample, sample.report, rule), None)


def tally(code: str, faults: Sequence[Trial], look_alikes: Sequence[Trial]) -> Tally:
    return Tally(
        code=code,
        seeded=len(faults),
        found=sum(trial.right for trial in faults),
        spared=len(look_alikes),
        alarms=sum(len(trial.findings) for trial in look_alikes),
        characters=sum(len(trial.sample.report.text) for trial in look_alikes),
    )


def with_carriers(samples: Iterable[Sample]) -> list[tuple[Sample, Carrier | None]]:
    """Each sample with one of the files in which its fault survives, turn by turn."""
    turns = []
    for index, sample in enumerate(samples):
        able = sample.change.carriers
        turns.append((sample, able[index % len(able)] if able else None))
    return turns


def _findings(sample: Sample, report: Report, rule: Rule | None) -> tuple[Finding, ...]:
    if rule is None:
        return ()
    told = sample.change.told
    return examination(
        report if told else replace(report, brief=None),
        profile=sample.profile if told else None,
        brief=sample.brief if told else None,
        select=[rule.code],
    ).findings


def _carried(sample: Sample, carrier: Carrier) -> Report:
    """The report as it is read back from a file, told its period, day and organ where a brief tells them, as `check --brief` does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"报告.{carrier}"
        path.write_bytes(render(sample.report, carrier, sample.profile.layout))
        report = read(path).report
    brief = sample.brief
    if not sample.change.told or brief is None:
        return report
    return replace(report, period=brief.period, issued=brief.issued, organ=brief.organ, topic=brief.topic)


def _names(finding: Finding, sample: Sample, rule: Rule | None) -> bool:
    least = sample.change.severity or (rule.severity if rule else "error")
    return finding.code == sample.code and SEVERITIES.index(finding.severity) <= SEVERITIES.index(least)


def _at(finding: Finding, sample: Sample) -> bool:
    return (finding.block, finding.start, finding.end) == (sample.block, sample.start, sample.end)


def _alike(finding: Finding, carried: Report, sample: Sample) -> bool:
    """The same stretch of a block with the same text: a file may count its blocks otherwise."""
    if sample.block < 0 or finding.block < 0:
        return finding.block == sample.block
    same_text = carried.blocks[finding.block].text == sample.report.blocks[sample.block].text
    return same_text and (finding.start, finding.end) == (sample.start, sample.end)
