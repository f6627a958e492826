"""What `chengwen diff` does: read two versions, compare them, show or write what changed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from drafting import files
from drafting.changes import compare
from drafting.changes.summary import summarise
from drafting.errors import InputError
from ui.cli.versions import Version, version_of
from ui.differences.data import as_json
from ui.differences.page import as_page
from ui.differences.text import as_text

_BY_SUFFIX = {".html": "html", ".htm": "html", ".json": "json"}


def run(old: str, new: str, output: str | None, out: Path | None, workspace: str | None = None) -> None:
    """Prints, or writes to `out` and says so. Raises InputError for what cannot be read; an OSError of writing passes."""
    form = output or (_BY_SUFFIX.get(out.suffix.lower(), "text") if out else "text")
    if form not in ("text", "html", "json"):
        raise InputError(f"--output 只能是 text、html 或 json，不能是 {form}")
    versions = version_of(old, workspace), version_of(new, workspace)
    for version in versions:
        _tell_notes(version)
    shown = _shown(versions, form, colours=out is None and in_colour())
    if out is None:
        print(shown)
        return
    files.write(out, f"{shown}\n".encode())
    print(f"→ {out}", file=sys.stderr)


def _shown(versions: tuple[Version, Version], form: str, *, colours: bool) -> str:
    comparison = compare(versions[0].report, versions[1].report)
    summary = summarise(comparison)
    labels = versions[0].label, versions[1].label
    match form:
        case "json":
            return as_json(comparison, summary, labels)
        case "html":
            return as_page(comparison, summary, labels)
        case _:
            return as_text(comparison, summary, labels, colours=colours)


def _tell_notes(version: Version) -> None:
    for note in version.notes:
        print(f"{version.label}: {note}", file=sys.stderr)


def in_colour() -> bool:
    """On a terminal, unless NO_COLOR says otherwise (no-color.org: set and not empty)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
