"""From files on the command line to reports to draft: brief files, and spreadsheets of which each yields several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from drafting import brief as brief_file
from drafting import profiles, spreadsheet
from drafting.errors import Complaint, InputError
from drafting.facts import Brief
from drafting.profile import Profile
from ui.cli.progress import say

_SHEETS = (".xlsx", ".csv")


@dataclass(frozen=True, slots=True)
class Task:
    """One report to draft: its brief, its profile, and the name that its files share."""

    brief: Brief
    profile: Profile
    stem: str


def load_tasks(paths: Sequence[Path]) -> list[Task]:
    """All reports of all files. Raises InputError with everything that is wrong in any of them, and where two would share a name."""
    tasks: list[Task] = []
    complaints: list[Complaint] = []
    for path in paths:
        try:
            tasks += _tasks(path)
        except InputError as error:
            complaints += error.complaints
    complaints += _clashes(tasks)
    if complaints:
        raise InputError(complaints=complaints)
    return tasks


def _tasks(path: Path) -> Iterator[Task]:
    if path.suffix.lower() in _SHEETS:
        for loaded in spreadsheet.load(path):
            yield _task(loaded.brief, loaded.notes, _name(loaded.brief))
    else:
        loaded = brief_file.load(path)
        yield _task(loaded.brief, loaded.notes, re.sub(r"(\.brief)?\.ya?ml$", "", path.name))


def _task(brief: Brief, notes: Sequence[str], stem: str) -> Task:
    for note in notes:
        say(f"{brief.path}: {note}")
    base = Path(brief.path).parent if brief.path else None
    return Task(brief, profiles.load(brief.kind, base), stem)


def _name(brief: Brief) -> str:
    """A file name from what sets one brief of a spreadsheet apart from the others."""
    parts = (brief.organ, str(brief.period), brief.topic, brief.kind)
    return "-".join(re.sub(r"[^\w.]+", "_", part) for part in parts if part)


def _clashes(tasks: Sequence[Task]) -> list[Complaint]:
    first: dict[str, str] = {}
    clashes = []
    for task in tasks:
        if task.stem in first:
            clashes.append(
                Complaint(task.brief.path, 0, 0, f"与 {first[task.stem]} 会写成同名文件 {task.stem}，请改名")
            )
        first.setdefault(task.stem, task.brief.path)
    return clashes
