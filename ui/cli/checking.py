"""What `chengwen check` does: read each document, examine it, show what was found."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from drafting import profiles
from drafting.brief import load as load_brief
from drafting.documents import Reading, read
from drafting.errors import InputError
from drafting.facts import Brief
from drafting.period import Period
from drafting.profile import Profile
from drafting.report import Report
from evals import local_timeline
from evals.checking import Examination, NotRun, examination, select_rules
from evals.finding import SEVERITIES, Finding, counts
from evals.fixing import can_fix, mend
from ui.cli.quoting import quoted

_SEVERITY_NAMES = {"error": "错误", "warning": "警告", "info": "提示"}
_HOW_TO_TELL = {
    "period": "没有认出报告期，用 --period 指定",
    "issued": "没有认出成文日期，用 --issued 指定",
    "profile": "没有指定文种，用 --profile 指定",
    "brief": "没有提纲，用 --brief 指定",
}


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
    fix: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """One document: as read, and what the rules say about it."""

    path: Path
    report: Report
    examined: Examination


@dataclass(frozen=True, slots=True)
class Context:
    """What the options say about every document."""

    brief: Brief | None
    beside: Path | None
    profile: Profile | None
    period: Period | None
    issued: date | None

    def settle(self, report: Report) -> Report:
        """The report with what its author was told: options before the brief, the brief before what the text shows."""
        if self.brief:
            told = self.brief
            report = replace(report, period=told.period, issued=told.issued, organ=told.organ, topic=told.topic)
        return replace(report, period=self.period or report.period, issued=self.issued or report.issued)

    def profile_of(self, report: Report) -> Profile | None:
        """The profile that was asked for, else the brief's (a path in it starts from the brief's folder), else the report's own."""
        if self.profile or not (self.brief or report.kind):
            return self.profile
        return profiles.load(self.brief.kind, self.beside) if self.brief else profiles.load(report.kind)


def run(options: Options) -> int:
    """0 without errors, 1 with findings at error level, 2 when a document could not be read."""
    if options.output not in ("text", "json"):
        raise InputError(f"--output 只能是 text 或 json，不能是 {options.output}")
    select_rules(options.select, options.ignore)
    context = _context(options)
    checked = []
    for path in options.files:
        try:
            checked.append(_check(path, context, options))
        except InputError as error:
            print(error, file=sys.stderr)
    _tell_not_run(checked)
    if options.output == "json":
        print(json.dumps(_as_dict(checked), ensure_ascii=False, indent=1))
    elif checked:
        _show(checked, on_terminal=sys.stdout.isatty())
    if len(checked) < len(options.files):
        return 2
    return 1 if any(finding.severity == "error" for one in checked for finding in one.examined.findings) else 0


def _context(options: Options) -> Context:
    try:
        issued = date.fromisoformat(options.issued) if options.issued else None
    except ValueError as error:
        raise InputError(f"--issued 须写成 2024-07-05，不能是 {options.issued}") from error
    loaded = load_brief(options.brief) if options.brief else None
    for note in loaded.notes if loaded else ():
        print(f"{options.brief}: {note}", file=sys.stderr)
    return Context(
        brief=loaded.brief if loaded else None,
        beside=options.brief.parent if options.brief else None,
        profile=profiles.load(options.profile) if options.profile else None,
        period=Period.parse(options.period) if options.period else None,
        issued=issued,
    )


def _check(path: Path, context: Context, options: Options) -> Checked:
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
        select=options.select,
        ignore=options.ignore,
    )
    return report, examined


def _tell_not_run(checked: Sequence[Checked]) -> None:
    """One line for each thing that was lacking: 未检查 D302、D303（没有认出报告期，用 --period 指定）; once where it is the same."""
    lacking: dict[str, list[Path]] = {}
    for one in checked:
        for line in _not_run(one.examined.not_run):
            lacking.setdefault(line, []).append(one.path)
    for line, paths in lacking.items():
        print(f"{paths[0]}: {line}" if len(paths) == 1 else f"{len(paths)} 份文件{line}", file=sys.stderr)


def _not_run(missed: Sequence[NotRun]) -> list[str]:
    lines = []
    for need, how in _HOW_TO_TELL.items():
        codes = [one.rule.code for one in missed if need in one.lacking]
        if codes:
            lines.append(f"未检查 {'、'.join(codes)}（{how}）")
    return lines


def _show(checked: Sequence[Checked], *, on_terminal: bool) -> None:
    for one in checked:
        for finding in one.examined.findings:
            print(_line(one.path, finding))
            if on_terminal and finding.block >= 0:
                print("\n".join(quoted(one.report.blocks[finding.block].text, finding.start, finding.end)))
    total = counts([finding for one in checked for finding in one.examined.findings])
    sums = "，".join(f"{total[severity]} {_SEVERITY_NAMES[severity]}" for severity in SEVERITIES)
    print(f"检查 {len(checked)} 份文件：{sums}")


def _line(path: Path, finding: Finding) -> str:
    place = f"{path}:{finding.line}:{finding.column}" if finding.line else str(path)
    expected = f"（应为 {finding.expected}）" if finding.expected else ""
    return f"{place}: {finding.code} {finding.severity} {finding.message}{expected}"


def _as_dict(checked: Sequence[Checked]) -> dict[str, object]:
    return {
        "version": 1,
        "documents": [
            {
                "path": str(one.path),
                "period": str(one.report.period) if one.report.period else None,
                "findings": [finding.as_dict() for finding in one.examined.findings],
                "counts": counts(one.examined.findings),
            }
            for one in checked
        ],
    }
