"""Where a version of the workspace is checked from: its kind's profile, and the timeline and settings of the folder of its brief."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from drafting import profiles
from drafting.errors import InputError
from drafting.profile import Profile
from drafting.report import Report
from drafting.workspace.outcome import Gate
from drafting.workspace.rows import Document
from evals import local_timeline, settings
from evals.outcome import gate_of


@dataclass(frozen=True, slots=True)
class Ground:
    """What decides how a report is checked, reviewed and set."""

    profile: Profile
    gate: Gate


def ground_of(report: Report, document: Document, kind: str | None = None) -> Ground:
    """The ground of a report. A kind that is a path starts from the folder of the brief, where that is still there.

    Raises InputError where neither the report nor the caller names a kind.
    """
    folder = Path(document.source).parent if document.source and Path(document.source).exists() else Path()
    if not (kind or report.kind):
        raise InputError(f"{document.name}: 报告没有记文种，请写 --profile")
    profile = profiles.load(kind or report.kind, folder)
    timeline = local_timeline.with_local(local_timeline.beside(folder, Path()))
    return Ground(profile, gate_of(profile, timeline, settings.nearest(folder)))
