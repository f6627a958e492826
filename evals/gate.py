"""The gate: may this version be exported? One answer for the command line, the browser and the batch."""

from __future__ import annotations

from dataclasses import dataclass

from drafting.errors import ExportRefused
from drafting.facts import Brief
from drafting.profile import Profile
from drafting.report import Report, Waiver
from evals.checking import NotRun, examination
from evals.finding import Finding
from evals.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Verdict:
    """`open` are the errors that stop the export, `waived` those let stand by a waiver of this very version.

    `unchecked` are rules at error level that lacked something they need, for a report that was drafted here: not run is not passed.
    A document from outside, which has no brief, is not held to what its brief would have told.
    """

    open: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...]
    findings: tuple[Finding, ...]
    unchecked: tuple[NotRun, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.open and not self.unchecked


def may_export(
    report: Report, profile: Profile | None, *, brief: Brief | None = None, timeline: Timeline | None = None
) -> Verdict:
    """Checks the report with every rule and weighs its waivers. A waiver lets all errors of its code stand."""
    examined = examination(report, profile=profile, brief=brief, timeline=timeline)
    waivers = {waiver.code: waiver for waiver in report.standing_waivers()}
    errors = [finding for finding in examined.findings if finding.severity == "error"]
    drafted_here = (brief or report.brief) is not None
    return Verdict(
        open=tuple(error for error in errors if error.code not in waivers),
        waived=tuple((error, waivers[error.code]) for error in errors if error.code in waivers),
        findings=examined.findings,
        unchecked=tuple(
            missed
            for missed in examined.not_run
            if drafted_here and missed.rule.severity == "error" and missed.rule.code not in waivers
        ),
    )


def refuse(verdict: Verdict) -> None:
    """Raises ExportRefused unless the verdict allows the export: one line for each open error, code, place and message."""
    if verdict.allowed:
        return
    lines = [_line(finding) for finding in verdict.open]
    lines += [f"{missed.rule.code} {missed.rule.name}：没有检查，缺{missed.lack}" for missed in verdict.unchecked]
    raise ExportRefused("\n".join(lines))


def _line(finding: Finding) -> str:
    place = f"第{finding.block + 1}段第{finding.start + 1}字" if finding.block >= 0 else "全文"
    expected = f"（应为 {finding.expected}）" if finding.expected else ""
    return f"{finding.code} {place}：{finding.message}{expected}"
