"""What is exported: a version, its file or its place in the workspace or both, its kind, and whether it is signed off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from drafting import files, profiles, textfile
from drafting import report as reports
from drafting.complaints import Complaints
from drafting.documents.reading import LIMIT
from drafting.errors import DocumentError, InputError
from drafting.profile import Profile
from drafting.report import Report
from drafting.workspace import contents, history, reviewing, verdicts
from drafting.workspace.rows import Version
from drafting.workspace.workspace import Workspace
from ui.cli import waivers
from ui.cli.reviewing import keep_waivers
from ui.cli.stored import stored_version
from ui.cli.versions import file_of


@dataclass(frozen=True, slots=True)
class Source:
    """`report` bears the waivers of its file and of the workspace. `folder` is where its kind, timeline and settings are looked up."""

    report: Report
    path: Path | None
    stored: Version | None
    profile: Profile
    folder: Path
    signed: bool


def source_of(reference: str, opened: Workspace | None, kind: str | None) -> Source:
    """A report's file, known to the workspace or not; else a version of the workspace. Raises InputError for what is neither."""
    path = file_of(reference)
    if path is not None:
        return _of_file(path, opened, kind)
    assert opened is not None  # noqa: S101 — the caller opened it for a reference that is no file
    with opened.reading() as connection:
        stored = stored_version(connection, reference)
        document = history.document(connection, stored.report_id)
        report = contents.get(connection, stored.hash)
    folder = Path(document.source).parent if Path(document.source).is_file() else Path()
    return _settled(report, None, stored, _profile(report, kind, folder, document.name), folder, opened)


def record_waivers(source: Source, opened: Workspace | None, pairs: Sequence[tuple[str, str]], who: str) -> None:
    """Keeps waivers where the version is kept: in the workspace, in its file, or both. Raises ReviewRefused for who may not."""
    if pairs and source.stored and opened is not None:
        keep_waivers(opened, source.stored, pairs, who)
    if pairs and source.path:
        files.write(source.path, waivers.apply(source.report, pairs).dumps())


def _of_file(path: Path, opened: Workspace | None, kind: str | None) -> Source:
    report = reports.loads(textfile.read_bytes(path, Complaints(str(path), DocumentError), LIMIT), str(path))
    stored = None
    if opened is not None:
        with opened.reading() as connection:
            stored = history.with_hash(connection, report.version)
    return _settled(report, path, stored, _profile(report, kind, path.parent, str(path)), path.parent, opened)


def _settled(
    report: Report, path: Path | None, stored: Version | None, profile: Profile, folder: Path, opened: Workspace | None
) -> Source:
    """With what the workspace says of the version."""
    if stored is None or opened is None:
        return Source(report, path, None, profile, folder, signed=False)
    with opened.reading() as connection:
        report = verdicts.waived(report, verdicts.standing_waivers(connection, stored))
        signed = reviewing.signature(connection, stored, profile.review_levels) is not None
    return Source(report, path, stored, profile, folder, signed)


def _profile(report: Report, kind: str | None, folder: Path, name: str) -> Profile:
    if not (kind or report.kind):
        raise InputError(f"{name}: 报告没有记文种，请写 --profile")
    return profiles.load(kind or report.kind, folder)
