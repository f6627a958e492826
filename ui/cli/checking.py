"""What `chengwen check` does: read each document or brief, examine it, show what was found."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from drafting import profiles
from drafting.brief import Loaded
from drafting.brief import load as load_brief
from drafting.documents import Reading, read
from drafting.errors import InputError
from drafting.facts import Brief
from drafting.period import Period
from drafting.profile import Profile
from drafting.report import Report
from evals import local_timeline, settings
from evals.checking import Examination, examination, examination_of_brief, select_rules
from evals.examined import OldText
from evals.factsheet import factsheet
from evals.fixing import can_fix, mend
from ui.cli import language
from ui.cli.showing import Checked, as_json, show, tell_not_run

_BRIEF = re.compile(r"\.ya?ml$", re.IGNORECASE)
_SHEET = re.compile(r"\.(?:xlsx|csv)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Options:
    """The command's options as given."""

    files: tuple[Path, ...]
    brief: Path | None
    profile: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    output: str
    period: str | None
    issued: str | None
    organ: str | None = None
    against: tuple[Path, ...] = ()
    language: str | None = None
    fix: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What the options say about every document."""

    brief: Brief | None
    beside: Path | None
    profile: Profile | None
    period: Period | None
    issued: date | None
    organ: str | None
    against: tuple[OldText, ...]

    def settle(self, report: Report) -> Report:
        """The report with what its author was told: options before the brief, the brief before what the text shows."""
        if self.brief:
            told = self.brief
            report = replace(report, period=told.period, issued=told.issued, organ=told.organ, topic=told.topic)
        return replace(
            report,
            period=self.period or report.period,
            issued=self.issued or report.issued,
            organ=self.organ or report.organ,
        )

    def profile_of(self, report: Report) -> Profile | None:
        """The profile that was asked for, else the brief's (a path in it starts from the brief's folder), else the report's own."""
        if self.profile or not (self.brief or report.kind):
            return self.profile
        return profiles.load(self.brief.kind, self.beside) if self.brief else profiles.load(report.kind)


def run(options: Options) -> int:
    """0 without errors, 1 with findings at error level, 2 when a document could not be read."""
    if options.output not in ("text", "json"):
        raise InputError(f"--output 只能是 text 或 json，不能是 {options.output}")
    speech = language.chosen(options.language, os.environ)
    select_rules(options.select, options.ignore)
    context = _context(options)
    checked: list[Checked] = []
    unread = 0
    for path in options.files:
        try:
            checked += _check(path, context, options)
        except InputError as error:
            unread += 1
            print(error, file=sys.stderr)
    if options.brief and context.brief and options.brief not in options.files:
        checked.append(_check_brief(options.brief, context.brief, options))
    tell_not_run(checked, speech)
    if options.output == "json":
        print(as_json(checked, speech))
    elif checked:
        show(checked, speech, on_terminal=sys.stdout.isatty())
    if unread:
        return 2
    return 1 if any(finding.severity == "error" for one in checked for finding in one.examined.findings) else 0


def _context(options: Options) -> Context:
    try:
        issued = date.fromisoformat(options.issued) if options.issued else None
    except ValueError as error:
        raise InputError(f"--issued 须写成 2024-07-05，不能是 {options.issued}") from error
    loaded = load_brief(options.brief) if options.brief else None
    if options.brief and loaded:
        _tell_notes(options.brief, loaded)
    return Context(
        brief=loaded.brief if loaded else None,
        beside=options.brief.parent if options.brief else None,
        profile=profiles.load(options.profile) if options.profile else None,
        period=Period.parse(options.period) if options.period else None,
        issued=issued,
        organ=options.organ,
        against=tuple(OldText(path.name, read(path).report) for path in options.against),
    )


def _check(path: Path, context: Context, options: Options) -> Iterator[Checked]:
    """A document; the briefs of a brief's file or of a spreadsheet; and behind a report of ours the brief that it holds."""
    if _BRIEF.search(path.name) or _SHEET.search(path.name):
        if options.fix:
            print(f"{path}: --fix 不改写提纲", file=sys.stderr)
        for loaded in _briefs(path):
            _tell_notes(path, loaded)
            yield _check_brief(path, loaded.brief, options)
        return
    checked = _check_document(path, context, options)
    yield checked
    if checked.report.brief and context.brief is None:
        yield _check_brief(path, checked.report.brief, options)


def _briefs(path: Path) -> list[Loaded]:
    if not _SHEET.search(path.name):
        return [load_brief(path)]
    from drafting import spreadsheet  # openpyxl takes as long to import as all the rules

    return spreadsheet.load(path)


def _tell_notes(path: Path, loaded: Loaded) -> None:
    for note in loaded.notes:
        print(f"{path}: {note}", file=sys.stderr)


def _check_brief(path: Path, brief: Brief, options: Options) -> Checked:
    examined = examination_of_brief(
        brief,
        profile=profiles.load(brief.kind, path.parent),
        timeline=local_timeline.with_local(local_timeline.beside(path.parent, Path())),
        settings=settings.nearest(path.parent),
        select=options.select,
        ignore=options.ignore,
    )
    return Checked(path, factsheet(brief), examined, "brief")


def _check_document(path: Path, context: Context, options: Options) -> Checked:
    reading: Reading = read(path)
    for note in reading.notes:
        print(f"{path}: {note}", file=sys.stderr)
    if options.fix:
        _fix(path, reading, context, options)
        reading = read(path)
    report, examined = _examine(path, reading, context, options)
    return Checked(path, report, examined)


def _fix(path: Path, reading: Reading, context: Context, options: Options) -> None:
    """Mends the file in place and says on stderr how much, or why not."""
    if not can_fix(reading):
        print(f"{path}: --fix 不改写 .docx，请在 Word 里按提示改", file=sys.stderr)
        return
    outcome = mend(path, lambda again: _examine(path, again, context, options)[1].findings)
    if outcome.done:
        print(f"{path}: 已改正 {outcome.done} 处", file=sys.stderr)
    if outcome.left:
        print(f"{path}: {outcome.left} 处无法在原文定位，没有改", file=sys.stderr)


def _examine(path: Path, reading: Reading, context: Context, options: Options) -> tuple[Report, Examination]:
    report = context.settle(reading.report)
    examined = examination(
        report,
        profile=context.profile_of(report),
        brief=context.brief,
        places=reading.places,
        timeline=local_timeline.with_local(local_timeline.beside(path.parent, Path())),
        against=context.against,
        settings=settings.nearest(path.parent),
        select=options.select,
        ignore=options.ignore,
    )
    return report, examined
