"""VERSION on the command line: a document's file, or a version of the workspace by its id or the beginning of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from drafting.documents import read
from drafting.errors import VersionError
from drafting.report import Report

_ID = re.compile(r"[0-9a-fA-F]{4,64}")


@dataclass(frozen=True, slots=True)
class Version:
    """A version as named on the command line.

    `label` is what to call it in what is shown, `notes` what a reader should know of how it was read; `path` is the file, None for a
    version of the workspace.
    """

    report: Report
    label: str
    notes: tuple[str, ...] = ()
    path: Path | None = None


def file_of(reference: str) -> Path | None:
    """The file that is meant, None where it is a version's id. A file of that name counts first. Raises VersionError for what is neither."""
    path = Path(reference)
    if path.exists():
        return path
    if _ID.fullmatch(reference):
        return None
    if not path.suffix:
        raise VersionError(
            f"“{reference[:40]}”既不是文件，也不是版本号（版本号是 4 至 64 位十六进制数，用 chengwen log 查）"
        )
    return path


def version_of(reference: str, workspace: str | None = None) -> Version:
    """The version that is meant. Raises InputError, in one line, for what is none or cannot be read."""
    path = file_of(reference)
    if path is not None:
        reading = read(path)
        return Version(reading.report, path.name, reading.notes, path)
    from drafting.workspace import contents, history, verdicts  # a file alone needs no database
    from ui.cli import store

    with store.workspace(workspace) as opened, opened.reading() as connection:
        found = history.resolve(connection, reference)
        report = verdicts.waived(contents.get(connection, found.hash), verdicts.standing_waivers(connection, found))
        return Version(report, f"{history.document(connection, found.report_id).name} {found.short}")
