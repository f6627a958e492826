"""The suite: every case drafted by rule and checked, every rule against its seeded faults, and the same with all rules off."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from drafting.errors import InputError
from evals.checking import Examination, NotRun, examination, examination_of_brief, select_rules
from evals.faults import FAULTS, Clean, clean_reports
from evals.finding import Finding, counts
from evals.rule import REGISTRY, Rule
from evals.scoring import Alarm, Tally, score, try_fault
from evals.thresholds import State, Threshold, threshold

_FEW_RULES = 6
"""Up to so many rules are scored in this process: another takes longer to start."""


@dataclass(frozen=True, slots=True)
class Case:
    """A brief, its draft by rule, and what the rules said of both.

    Clean: no error, no warning, and every rule ran but those that compare with an old text, which a case has not.
    """

    clean: Clean
    findings: tuple[Finding, ...]
    not_run: tuple[NotRun, ...]

    @property
    def name(self) -> str:
        return self.clean.name

    @property
    def is_clean(self) -> bool:
        ran = all(missed.lacking == ("against",) for missed in self.not_run)
        return ran and all(finding.severity == "info" for finding in self.findings)

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "title": self.clean.report.title,
            "clean": self.is_clean,
            "facts": sum(1 for _ in self.clean.brief.facts()),
            "characters": len(self.clean.report.text),
            "counts": counts(self.findings),
            "not_run": [missed.rule.code for missed in self.not_run],
            "findings": [finding.as_dict() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """One rule, its figures over seeded faults, look-alikes and clean reports, and how they stand to its threshold."""

    rule: Rule
    tally: Tally
    threshold: Threshold

    @property
    def state(self) -> State:
        return self.threshold.state(self.tally)

    @property
    def held(self) -> bool:
        return self.state in ("ok", "few")

    def as_dict(self) -> dict[str, Any]:
        tally = self.tally
        return {
            "code": self.rule.code,
            "name": self.rule.name,
            "severity": self.rule.severity,
            "seeded": tally.seeded,
            "found": tally.found,
            "recall": tally.recall,
            "look_alikes": tally.spared,
            "alarms": tally.alarms,
            "characters": tally.characters,
            "alarms_per_100k": tally.alarms_per_100k,
            "threshold": {"recall": self.threshold.recall, "alarms_per_100k": self.threshold.alarms_per_100k},
            "state": self.state,
            "missed": list(tally.missed),
            "false_alarms": [{"label": one.label, "quote": one.quote, "message": one.message} for one in tally.alarmed],
        }


@dataclass(frozen=True, slots=True)
class Off:
    """The baseline: how many of the seeded faults are named when every rule is switched off."""

    seeded: int
    found: int

    def as_dict(self) -> dict[str, Any]:
        return {"seeded": self.seeded, "found": self.found}


@dataclass(frozen=True, slots=True)
class Suite:
    """Everything that was measured without a model."""

    cases: tuple[Case, ...]
    rules: tuple[RuleFigures, ...]
    off: Off

    @property
    def held(self) -> bool:
        """Every case clean, every rule's threshold held, and nothing found with all rules off."""
        return all(case.is_clean for case in self.cases) and all(one.held for one in self.rules) and not self.off.found


def run(cases: Path, select: Sequence[str] = (), *, processes: int | None = None) -> Suite:
    """The suite over the cases of that folder. Faults are seeded in the shipped cases, whatever the folder.

    Raises InputError for a code that no rule has and for a folder without briefs. `processes`: two unless given, where two help.
    """
    rules = select_rules(select)
    return Suite(run_cases(cases, select), run_rules(rules, processes=processes), switched_off(rules))


def run_cases(folder: Path, select: Sequence[str] = ()) -> tuple[Case, ...]:
    """Each *.brief.yaml of the folder drafted by rule and checked."""
    if not folder.is_dir():
        raise InputError(f"没有文件夹 {folder}")
    drafts = clean_reports(folder)
    if not drafts:
        raise InputError(f"{folder} 里没有 *.brief.yaml")
    return tuple(_case(clean, select) for clean in drafts)


def _case(clean: Clean, select: Sequence[str]) -> Case:
    of_brief, of_report = _examinations(clean, select)
    return Case(clean, (*of_brief.findings, *of_report.findings), (*of_brief.not_run, *of_report.not_run))


def _examinations(clean: Clean, select: Sequence[str]) -> tuple[Examination, Examination]:
    """The brief by the rules on briefs, the report by the others."""
    of_brief = examination_of_brief(clean.brief, profile=clean.profile, select=select)
    return of_brief, examination(clean.report, profile=clean.profile, select=select)


def run_rules(
    rules: Sequence[Rule], *, off: Collection[str] = (), processes: int | None = None
) -> tuple[RuleFigures, ...]:
    """The figures of each rule; those whose codes are in `off` as if they were switched off."""
    work = [(rule.code, rule.code in off) for rule in rules]
    most = min(2, os.cpu_count() or 1) if processes is None else processes
    if most < 2 or len(rules) <= _FEW_RULES:
        tallies = [_score(each) for each in work]
    else:
        # Spawned, not forked: whoever calls may have threads.
        with ProcessPoolExecutor(most, multiprocessing.get_context("spawn")) as pool:
            tallies = list(pool.map(_score, work))
    clean = clean_reports()
    alarms = _alarms(clean, [rule.code for rule in rules if rule.code not in off])
    characters = sum(len(each.report.text) for each in clean)
    return tuple(
        RuleFigures(rule, _with(tally, alarms.get(rule.code, ()), characters), threshold(rule.code))
        for rule, tally in zip(rules, tallies, strict=True)
    )


def _score(work: tuple[str, bool]) -> Tally:
    code, off = work
    return score(REGISTRY[code], clean_reports(), off=off)


def _with(tally: Tally, alarms: Sequence[Alarm], characters: int) -> Tally:
    """The tally with what the rule said of the clean reports themselves."""
    return replace(
        tally,
        alarms=tally.alarms + len(alarms),
        alarmed=(*tally.alarmed, *alarms),
        characters=tally.characters + characters,
    )


def _alarms(clean: Sequence[Clean], codes: Sequence[str]) -> Mapping[str, Sequence[Alarm]]:
    """What these rules say of clean reports, by code. A note (info) accuses nobody."""
    alarms: dict[str, list[Alarm]] = {}
    for each in clean if codes else ():
        for examined in _examinations(each, codes):
            for finding in examined.findings:
                if finding.severity == "info":
                    continue
                alarms.setdefault(finding.code, []).append(Alarm(each.name, finding.quote, finding.message))
    return alarms


def switched_off(rules: Sequence[Rule]) -> Off:
    """The seeded faults of these rules, examined with all rules off."""
    codes = {rule.code for rule in rules}
    drafts = clean_reports()
    samples = [sample for each in FAULTS if each.code in codes for sample in each.samples(drafts)]
    return Off(len(samples), sum(try_fault(sample, None).right for sample in samples))
