"""Scoring: how many seeded faults each rule finds, how often it speaks where nothing is wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from drafting.documents import read, render
from drafting.report import Report
from evals.checking import Examination, examination, examination_of_brief
from evals.faults import FAULTS, LOOK_ALIKES, Carrier, Clean, Sample
from evals.finding import SEVERITIES, Finding
from evals.rule import REGISTRY, Rule


@dataclass(frozen=True, slots=True)
class Trial:
    """One sample held against its rule: what the rule said of the report itself, and of a file that carried it (None: not carried).

    `ran` is False where the rule lacked something it needs: its silence then says nothing.
    """

    sample: Sample
    named: bool
    named_in_file: bool | None
    findings: tuple[Finding, ...]
    carrier: Carrier | None
    ran: bool = True

    @property
    def right(self) -> bool:
        """Named at the right span, in the report and, where it was carried, in the file."""
        return self.named and self.named_in_file is not False


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a rule said where nothing is wrong; `label` names the look-alike, or the clean report."""

    label: str
    quote: str
    message: str


@dataclass(frozen=True, slots=True)
class Tally:
    """One rule's figures. `found` of `seeded` faults; `alarms` on `spared` look-alikes of `characters` in all.

    `missed` are the labels of the faults that were not found, with where: in the report, or only in the file that carried it.
    """

    code: str
    seeded: int
    found: int
    spared: int
    alarms: int
    characters: int
    missed: tuple[str, ...] = ()
    alarmed: tuple[Alarm, ...] = ()

    @property
    def recall(self) -> float | None:
        """None where nothing was seeded: not measured is not zero."""
        return self.found / self.seeded if self.seeded else None

    @property
    def alarms_per_100k(self) -> float | None:
        return self.alarms * 100_000 / self.characters if self.characters else None


def score(rule: Rule, clean_reports: Sequence[Clean], *, off: bool = False) -> Tally:
    """The rule against every fault and look-alike of its code, seeded in these reports. `off`: as if the rule were switched off."""
    judge = None if off else rule
    seeded = [sample for each in FAULTS if each.code == rule.code for sample in each.samples(clean_reports)]
    spared = [sample for each in LOOK_ALIKES if each.code == rule.code for sample in each.samples(clean_reports)]
    faults = [try_fault(sample, judge, carrier) for sample, carrier in with_carriers(seeded)]
    return tally(rule.code, faults, [try_look_alike(sample, judge) for sample in spared])


def try_fault(sample: Sample, rule: Rule | None, carrier: Carrier | None = None) -> Trial:
    """Does the rule name the fault where it is, at its severity? Without a rule (all rules off) nothing does."""
    examined = _examined(sample, sample.report, rule)
    named = any(_names(finding, sample, rule) and _at(finding, sample) for finding in examined.findings)
    in_file = None
    if carrier is not None:
        carried = _carried(sample, carrier)
        in_file = any(
            _names(finding, sample, rule) and _alike(finding, carried, sample)
            for finding in _examined(sample, carried, rule).findings
        )
    return Trial(sample, named, in_file, examined.findings, carrier, not examined.not_run)


def try_look_alike(sample: Sample, rule: Rule | None) -> Trial:
    """What the rule says of a report in which it has nothing to say."""
    examined = _examined(sample, sample.report, rule)
    return Trial(sample, False, None, examined.findings, None, not examined.not_run)


def tally(code: str, faults: Sequence[Trial], look_alikes: Sequence[Trial]) -> Tally:
    """The figures of one rule. A look-alike on which the rule could not run is not counted among those that it spared."""
    tried = [trial for trial in look_alikes if trial.ran]
    return Tally(
        code=code,
        seeded=len(faults),
        found=sum(trial.right for trial in faults),
        spared=len(tried),
        alarms=sum(len(trial.findings) for trial in tried),
        characters=sum(len(trial.sample.report.text) for trial in tried),
        missed=tuple(_missed(trial) for trial in faults if not trial.right),
        alarmed=tuple(_alarm(trial, finding) for trial in tried for finding in trial.findings),
    )


def with_carriers(samples: Iterable[Sample]) -> list[tuple[Sample, Carrier | None]]:
    """Each sample with one of the files in which its fault survives, turn by turn."""
    turns = []
    for index, sample in enumerate(samples):
        able = sample.change.carriers
        turns.append((sample, able[index % len(able)] if able else None))
    return turns


def _missed(trial: Trial) -> str:
    where = f"（原稿中查出，存成 {trial.carrier} 后漏）" if trial.named else ""
    return f"{trial.sample.label}{where}"


def _alarm(trial: Trial, finding: Finding) -> Alarm:
    return Alarm(trial.sample.label, finding.quote, finding.message)


def _examined(sample: Sample, report: Report, rule: Rule | None) -> Examination:
    """What the sample's rule says of the report, or of its brief; with no rule, an examination from which that rule was left out."""
    profile, brief = (sample.profile, sample.brief) if sample.change.told else (None, None)
    select, ignore = [sample.code], [] if rule else [sample.code]
    if brief is not None and REGISTRY[sample.code].subject == "brief":
        return examination_of_brief(brief, profile=profile, select=select, ignore=ignore)
    return examination(
        report if brief else replace(report, brief=None),
        profile=profile,
        brief=brief,
        against=sample.change.against,
        select=select,
        ignore=ignore,
    )


def _carried(sample: Sample, carrier: Carrier) -> Report:
    """The report as it is read back from a file, told its period, day and organ where a brief tells them, as `check --brief` does."""
    with tempfile.NamedTemporaryFile(suffix=f".{carrier}") as file:
        file.write(render(sample.report, carrier, sample.profile.layout))
        file.flush()
        report = read(Path(file.name)).report
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
