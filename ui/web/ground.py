"""Where a version is checked from: its kind's profile, and the timeline and settings of the folder of its brief, else of the server's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from drafting import profiles
from drafting.errors import InputError
from drafting.profile import Profile
from drafting.report import Report
from drafting.workspace import contents, verdicts
from drafting.workspace.outcome import Gate
from drafting.workspace.rows import Document, Version
from drafting.workspace.workspace import Workspace
from evals import gate, local_timeline
from evals import settings as check_settings
from evals.gate import Verdict
from evals.outcome import gate_of, outcome
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


def ground_of(report: Report, document: Document) -> Ground:
    """Raises InputError for a report that names no kind, or one that cannot be found from here."""
    if not report.kind:
        raise InputError(f"报告“{document.name}”没有记文种，不能核对，也不能导出")
    folder = Path(document.source).parent if document.source and Path(document.source).exists() else Path()
    timeline = local_timeline.with_local(local_timeline.beside(folder, Path()))
    return Ground(profiles.load(report.kind, folder), timeline, check_settings.nearest(folder))


def keep_verdict(workspace: Workspace, version: Version, verdict: Verdict, who: str) -> None:
    """Keeps what the gate said of the version, unless that is what it said last: the table of reports shows it."""
    told = outcome(verdict)
    with workspace.reading() as connection:
        last = verdicts.last_check(connection, version)
    if last and (last.allowed, last.errors, last.warnings) == (told.allowed, told.errors, told.warnings):
        return
    with workspace.writing(who) as ledger:
        verdicts.keep(ledger, version, told)


def ground_of_version(workspace: Workspace, document: Document, version: Version) -> Ground:
    """The ground of a version's text. Raises InputError as `ground_of` does."""
    with workspace.reading() as connection:
        return ground_of(contents.get(connection, version.hash), document)


def keep_check(workspace: Workspace, document: Document, version: Version, who: str) -> None:
    """Asks the gate of a version and keeps what it says; nothing where the report names no kind."""
    with workspace.reading() as connection:
        text = contents.get(connection, version.hash)
    if text.kind:
        keep_verdict(workspace, version, ground_of(text, document).verdict(text), who)
