"""The gate: may this version be exported? One answer for the command line, the browser and the batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drafting.errors import ExportRefused
from drafting.facts import Brief
from drafting.happenings import Judged, listened, tell
from drafting.memory import remembered
from drafting.profile import Profile
from drafting.report import Report, Waiver
from evals.checking import Examination, NotRun, examination, examination_of_brief
from evals.examined import Need
from evals.finding import Finding
from evals.rule import REGISTRY
from evals.settings import Off, Setting
from evals.timeline import Timeline

_TOLD_BY_A_BRIEF: frozenset[Need] = frozenset(("period", "issued", "organ", "profile", "brief"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """`open` are the errors that stop the export, `waived` those let stand by a waiver of this very version.

    Errors of the brief that the report was drafted from are among both; `findings` are the report's own, `of_brief` all of the brief's.
    `unchecked` are rules at error level that lacked something they need, for a report that was drafted here: not run is not passed. A
    document from outside, which has no brief, is not held to what its brief would have told, nor any report to an old text that nobody
    named. `off` are the rules at error level that settings have switched off: the verdict does not speak of them, and says so.
    """

    open: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...]
    findings: tuple[Finding, ...]
    unchecked: tuple[NotRun, ...] = ()
    off: tuple[Off, ...] = ()
    of_brief: tuple[Finding, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.open and not self.unchecked


def may_export(
    report: Report,
    profile: Profile | None,
    *,
    brief: Brief | None = None,
    timeline: Timeline | None = None,
    settings: Sequence[Setting] = (),
) -> Verdict:
    """Checks the report, and the brief that it stands on, with every rule and weighs its waivers.

    A waiver lets all errors of its code stand. `settings` are those of the files beside the report; the profile's are added.
    """
    examined = examination(report, profile=profile, brief=brief, timeline=timeline, settings=settings)
    told = brief or report.brief
    errors = [finding for finding in examined.findings if finding.severity == "error"]
    off = examined.off
    brief_findings: tuple[Finding, ...] = ()
    if told is not None:
        lines = tuple((fact.line, fact.column) for fact in told.facts())
        path = profile.path if profile else ""
        of_brief = _of_brief(told, lines, profile, path, timeline, tuple(settings))
        brief_findings = of_brief.findings
        errors = [*(one for one in brief_findings if stops(one)), *errors]
        off = (*of_brief.off, *off)
    waivers = {waiver.code: waiver for waiver in report.standing_waivers()}
    verdict = Verdict(
        open=tuple(error for error in errors if error.code not in waivers),
        waived=tuple((error, waivers[error.code]) for error in errors if error.code in waivers),
        findings=examined.findings,
        unchecked=tuple(
            missed for missed in examined.not_run if told and _holds(missed) and missed.rule.code not in waivers
        ),
        off=off,
        of_brief=brief_findings,
    )
    if listened():
        found = tuple((finding.code, finding.severity) for finding in verdict.findings)
        tell(Judged(verdict.allowed, found))
    return verdict


@remembered(128)
def _of_brief(
    brief: Brief,
    _lines: tuple[tuple[int, int], ...],
    profile: Profile | None,
    _path: str,
    timeline: Timeline | None,
    settings: tuple[Setting, ...],
) -> Examination:
    """While the text is typed the brief stays. Where its facts stand in a file is no part of it, nor a profile's path of the profile."""
    return examination_of_brief(brief, profile=profile, timeline=timeline, settings=settings)


def stops(finding: Finding) -> bool:
    """Is it an error that keeps the report from being exported unless somebody waives it?"""
    return finding.severity == "error" and REGISTRY[finding.code].gated


def _holds(missed: NotRun) -> bool:
    """Is it an error-level rule that lacks what a brief tells?"""
    return missed.rule.severity == "error" and _TOLD_BY_A_BRIEF.issuperset(missed.lacking)


def refuse(verdict: Verdict) -> None:
    """Raises ExportRefused unless the verdict allows the export: one line for each open error, code, place and message."""
    if verdict.allowed:
        return
    lines = [_line(finding) for finding in verdict.open]
    lines += [f"{missed.rule.code} {missed.rule.name}：没有检查，缺{missed.lack}" for missed in verdict.unchecked]
    raise ExportRefused("\n".join(lines))


def told_off(off: Off) -> str:
    """One line about a rule that a setting has switched off."""
    return f"{off.rule.code} {off.rule.name}：没有检查，{off.place} 关闭了它"


def _line(finding: Finding) -> str:
    if REGISTRY[finding.code].subject == "brief":
        return f"{finding.code} 提纲：{finding.message}"
    place = f"第{finding.block + 1}段第{finding.start + 1}字" if finding.block >= 0 else "全文"
    expected = f"（应为 {finding.expected}）" if finding.expected else ""
    return f"{finding.code} {place}：{finding.message}{expected}"
