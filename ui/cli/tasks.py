"""From files on the command line to reports to draft: brief files, and spreadsheets of which each yields several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from drafting import brief as brief_file
from drafting import profiles
from drafting.brief import Loaded
from drafting.errors import Complaint, InputError
from drafting.facts import Brief
from drafting.profile import Profile
from evals import local_timeline
from evals.settings import Off, Setting, choose, nearest, of_profile
from evals.timeline import Timeline
from ui.cli.progress import say

_SHEETS = (".xlsx", ".csv")
_BRIEFS = (".brief.yaml", ".brief.yml", *_SHEETS)
_LONGEST_NAME = 180
"""Bytes. File systems take 255, of which endings and the temporary name need some."""


@dataclass(frozen=True, slots=True)
class Task:
    """One report to draft: its brief, its profile, the name that its files share, and the timeline and settings of its folder."""

    brief: Brief
    profile: Profile
    stem: str
    timeline: Timeline
    settings: tuple[Setting, ...]

    def left_unchecked(self) -> tuple[Off, ...]:
        """The rules at error level that settings keep from it."""
        return choose((*self.settings, *of_profile(self.profile))).off


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


def folder(path: Path) -> list[Path]:
    """The briefs and spreadsheets in a folder and those below it, hidden ones left out, in the order of their names.

    Raises InputError where there is none.
    """
    found = [
        one
        for one in sorted(path.rglob("*"))
        if one.name.endswith(_BRIEFS) and not any(part.startswith(".") for part in one.relative_to(path).parts)
    ]
    if not found:
        raise InputError(f"{path}: 文件夹里没有提纲（*.brief.yaml）和表格（.xlsx、.csv）")
    return found


def collect(paths: Sequence[Path]) -> tuple[list[Task], list[Complaint]]:
    """All reports of files and folders that can be read, and what is wrong with the others, which are left out.

    Two that are about the same thing, or would share a name, are both left out: nobody knows which is meant.
    """
    tasks: list[Task] = []
    complaints: list[Complaint] = []
    for path in paths:
        try:
            files = folder(path) if path.is_dir() else [path]
        except InputError as error:
            complaints += error.complaints
            continue
        for file in files:
            try:
                tasks += _tasks(file)
            except InputError as error:
                complaints += error.complaints
    twice = _doubled(tasks)
    return [one for one in tasks if id(one) not in twice], complaints + list(twice.values())


def _doubled(tasks: Sequence[Task]) -> dict[int, Complaint]:
    first: dict[str, Task] = {}
    found: dict[int, Complaint] = {}
    for task in tasks:
        for key in (task.brief.identity, task.stem):
            other = first.setdefault(key, task)
            if other is not task:
                told = f"与 {other.brief.path} 是同一份报告" if key != task.stem else f"会写成同名文件 {task.stem}"
                found[id(task)] = Complaint(task.brief.path, 0, 0, f"{told}，两处都没有做，请留一处")
                found.setdefault(
                    id(other),
                    Complaint(other.brief.path, 0, 0, f"与 {task.brief.path} 是同一份报告，两处都没有做，请留一处"),
                )
    return found


def _tasks(path: Path) -> Iterator[Task]:
    timeline = local_timeline.with_local(local_timeline.beside(path.parent, Path()))
    here = nearest(path.parent)
    for loaded, stem in _briefs(path):
        for note in loaded.notes:
            say(f"{path}: {note}")
        yield Task(loaded.brief, profiles.load(loaded.brief.kind, path.parent), stem, timeline, here)


def _briefs(path: Path) -> Iterator[tuple[Loaded, str]]:
    """The briefs of a file, each with the name that its reports shall bear."""
    if path.suffix.lower() in _SHEETS:
        from drafting import spreadsheet  # openpyxl takes longer to import than a brief to be drafted without a model

        for loaded in spreadsheet.load(path):
            yield loaded, _name(loaded.brief)
    else:
        yield brief_file.load(path), re.sub(r"(\.brief)?\.ya?ml$", "", path.name)


def _name(brief: Brief) -> str:
    """A file name from what sets one brief of a spreadsheet apart from the others."""
    parts = (brief.organ, str(brief.period), brief.topic, brief.kind)
    name = "-".join(re.sub(r"[^\w.]+", "_", part) for part in parts if part)
    encoded = name.encode()
    if len(encoded) <= _LONGEST_NAME:
        return name
    return f"{encoded[:_LONGEST_NAME].decode(errors='ignore')}-{sha256(encoded).hexdigest()[:8]}"


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
