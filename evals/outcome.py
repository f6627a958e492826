"""The gate as the workspace asks for it: a report in, its answer out, findings as they are kept with the version."""

from __future__ import annotations

from collections.abc import Sequence

from drafting.errors import ExportRefused
from drafting.profile import Profile
from drafting.workspace.outcome import Gate, Outcome
from evals import gate
from evals.finding import counts
from evals.gate import Verdict
from evals.settings import Setting
from evals.timeline import Timeline


def gate_of(profile: Profile | None, timeline: Timeline | None = None, settings: Sequence[Setting] = ()) -> Gate:
    """The gate for reports of that kind, with the timeline and the settings of the place it is asked from."""
    return lambda report: outcome(gate.may_export(report, profile, timeline=timeline, settings=settings))


def outcome(verdict: Verdict) -> Outcome:
    """The verdict as the workspace keeps it; `errors` are those that stop the export, what could not be checked among them."""
    return Outcome(
        verdict.allowed,
        open_errors(verdict),
        counts(verdict.findings)["warning"],
        tuple(finding.as_dict() for finding in verdict.findings),
        _refusal(verdict),
    )


def open_errors(verdict: Verdict) -> int:
    """What stops the export: errors that nobody has waived, and rules at error level that could not be run."""
    return len(verdict.open) + len(verdict.unchecked)


def _refusal(verdict: Verdict) -> str:
    try:
        gate.refuse(verdict)
    except ExportRefused as refusal:
        return str(refusal)
    return ""
