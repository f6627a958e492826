"""VERSION on the command line: a document's file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from drafting.documents import read
from drafting.report import Report


@dataclass(frozen=True, slots=True)
class Version:
    """A version as named on the command line; `label` is what to call it in what is shown, `notes` what a reader should know of how it was read."""

    report: Report
    label: str
    notes: tuple[str, ...] = ()


def version_of(reference: str) -> Version:
    """The version that is meant. Raises InputError, in one line, for what is none or cannot be read."""
    reading = read(Path(reference))
    return Version(reading.report, Path(reference).name, reading.notes)
