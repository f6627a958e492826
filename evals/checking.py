"""Checking: every rule over one report, findings in the order of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import evals.rules  # noqa: F401 — registers the rules
from drafting.errors import InputError
from drafting.facts import Brief
from drafting.profile import Profile
from drafting.report import Report
from evals.examined import Examined, Need, Place
from evals.finding import Finding
from evals.rule import REGISTRY, Rule
from evals.timeline import Timeline

_NEEDS: dict[Need, str] = {"period": "报告期", "issued": "成文日期", "profile": "文种", "brief": "拟稿要点"}


@dataclass(frozen=True, slots=True)
class NotRun:
    """A rule that did not run, and what it lacked: not run is not passed."""

    rule: Rule
    lacking: tuple[Need, ...]

    @property
    def lack(self) -> str:
        """What was lacking, in the user's language: 报告期、文种."""
        return "、".join(_NEEDS[need] for need in self.lacking)


@dataclass(frozen=True, slots=True)
class Examination:
    """What the rules found, and which of those selected could not run."""

    findings: tuple[Finding, ...]
    not_run: tuple[NotRun, ...]


def select_rules(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules whose codes start with one of `select` (all where it is empty) and with none of `ignore`.

    Raises InputError for a prefix that no code starts with: a misspelt code must not pass for a clean text.
    """
    for prefix in (*select, *ignore):
        if not any(rule.code.startswith(prefix) for rule in REGISTRY):
            raise InputError(f"没有代码以“{prefix}”开头的规则，用 chengwen rules 查看全部")
    return tuple(
        rule
        for rule in REGISTRY
        if (not select or rule.code.startswith(tuple(select))) and not (ignore and rule.code.startswith(tuple(ignore)))
    )


def examination(
    report: Report,
    *,
    profile: Profile | None = None,
    brief: Brief | None = None,
    places: Sequence[Place] = (),
    timeline: Timeline | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Examination:
    """Runs the selected rules over the report. `places` are the lines and columns of its blocks in the file it was read from.

    `timeline` is ours where no other is given.
    """
    document = Examined(report, profile=profile, brief=brief, places=places, timeline=timeline)
    findings: list[Finding] = []
    not_run = []
    for rule in select_rules(select, ignore):
        lacking = rule.missing(document)
        if lacking:
            not_run.append(NotRun(rule, lacking))
        else:
            findings += rule.check(document)
    return Examination(tuple(sorted(findings, key=_place)), tuple(not_run))


def examine(
    report: Report,
    *,
    profile: Profile | None = None,
    brief: Brief | None = None,
    places: Sequence[Place] = (),
    timeline: Timeline | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> list[Finding]:
    """The findings alone, sorted by place; those about the whole document come first."""
    whole = examination(
        report, profile=profile, brief=brief, places=places, timeline=timeline, select=select, ignore=ignore
    )
    return list(whole.findings)


def _place(finding: Finding) -> tuple[int, int, str, int]:
    return finding.block, finding.start, finding.code, finding.end
