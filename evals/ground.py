"""Where a report is checked from: its kind's profile, and the timeline and settings of the folder of its brief, else of the process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from drafting import profiles
from drafting.errors import InputError
from drafting.profile import Profile
from drafting.report import Report
from drafting.workspace.outcome import Gate
from drafting.workspace.rows import Document
from evals import gate, local_timeline
from evals import settings as check_settings
from evals.gate import Verdict
from evals.outcome import gate_of
from evals.settings import Setting
from evals.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Ground:
    """What decides how a report is checked, reviewed and set."""

    profile: Profile
    timeline: Timeline
    settings: tuple[Setting, ...]

    @property
    def gate(self) -> Gate:
        """The same as review asks it."""
        return gate_of(self.profile, self.timeline, self.settings)

    def verdict(self, report: Report) -> Verdict:
        """What the gate says of the report with the waivers that are on it."""
        return gate.may_export(report, self.profile, timeline=self.timeline, settings=self.settings)


def ground_of(report: Report, document: Document, kind: str = "") -> Ground:
    """The ground of a report, of the kind that the caller names or that it tells itself.

    A kind that is a path starts from the folder of the brief, where that is still there. Raises InputError for a report without a kind, or
    of one that cannot be found from here.
    """
    if not (kind or report.kind):
        raise InputError(f"报告“{document.name}”没有记文种，不能核对，也不能导出")
    folder = Path(document.source).parent if document.source and Path(document.source).exists() else Path()
    timeline = local_timeline.with_local(local_timeline.beside(folder, Path()))
    return Ground(profiles.load(kind or report.kind, folder), timeline, check_settings.nearest(folder))
