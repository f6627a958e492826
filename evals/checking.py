"""Checking: every rule over one report, or over one brief, findings in the order of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import evals.rules  # noqa: F401 — registers the rules
from drafting.facts import Brief
from drafting.profile import Profile
from drafting.report import Report
from evals.examined import Examined, Need, OldText, Place
from evals.factsheet import ExaminedBrief
from evals.finding import Finding
from evals.rule import Rule, Subject
from evals.settings import Chosen, Off, Setting, choose, of_profile
from evals.timeline import Timeline

_NEEDS: dict[Need, str] = {
    "period": "报告期",
    "issued": "成文日期",
    "organ": "发文机关",
    "profile": "文种",
    "brief": "拟稿要点",
    "against": "旧稿",
}


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
    """What the rules found, which of those selected could not run, and which at error level settings have switched off."""

    findings: tuple[Finding, ...]
    not_run: tuple[NotRun, ...]
    off: tuple[Off, ...] = ()


def select_rules(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules whose codes start with one of `select` (all where it is empty) and with none of `ignore`, the longer one counting.

    Raises InputError for a prefix that no code starts with: a misspelt code must not pass for a clean text.
    """
    return choose((), select, ignore).rules


def examination(
    report: Report,
    *,
    profile: Profile | None = None,
    brief: Brief | None = None,
    places: Sequence[Place] = (),
    timeline: Timeline | None = None,
    against: Sequence[OldText] = (),
    settings: Sequence[Setting] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Examination:
    """Runs the selected rules over the report. `places` are the lines and columns of its blocks in the file it was read from.

    `timeline` is ours where no other is given; `against` are texts that the report may have been copied from; `settings` are those of
    files, to which the profile's own are added. The rules on briefs do not run here: `examination_of_brief` asks them, and where there
    is no brief at all they are told as not run.
    """
    document = Examined(report, profile=profile, brief=brief, places=places, timeline=timeline, against=against)
    chosen = choose((*settings, *of_profile(profile)), select, ignore)
    examined = _run(chosen, "report", document)
    if document.brief is not None:
        return examined
    unasked = (NotRun(rule, ("brief",)) for rule in chosen.rules if rule.subject == "brief")
    return replace(examined, not_run=(*unasked, *examined.not_run))


def examination_of_brief(
    brief: Brief,
    *,
    profile: Profile | None = None,
    timeline: Timeline | None = None,
    settings: Sequence[Setting] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Examination:
    """Runs the selected rules on briefs over one, before a word is drafted.

    A finding's block is that of `evals.factsheet.factsheet`, its offsets those of the fact's text, its line and column the fact's.
    """
    chosen = choose((*settings, *of_profile(profile)), select, ignore)
    return _run(chosen, "brief", ExaminedBrief(brief, profile=profile, timeline=timeline))


def _run(chosen: Chosen, subject: Subject, document: Examined) -> Examination:
    findings: list[Finding] = []
    not_run = []
    for rule in chosen.rules:
        if rule.subject != subject:
            continue
        lacking = rule.missing(document)
        if lacking:
            not_run.append(NotRun(rule, lacking))
        else:
            findings += rule.check(document)
    off = tuple(one for one in chosen.off if one.rule.subject == subject)
    return Examination(tuple(sorted(findings, key=_place)), tuple(not_run), off)


def examine(
    report: Report,
    *,
    profile: Profile | None = None,
    brief: Brief | None = None,
    places: Sequence[Place] = (),
    timeline: Timeline | None = None,
    against: Sequence[OldText] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> list[Finding]:
    """The findings alone, sorted by place; those about the whole document come first."""
    whole = examination(
        report,
        profile=profile,
        brief=brief,
        places=places,
        timeline=timeline,
        against=against,
        select=select,
        ignore=ignore,
    )
    return list(whole.findings)


def _place(finding: Finding) -> tuple[int, int, str, int]:
    return finding.block, finding.start, finding.code, finding.end
