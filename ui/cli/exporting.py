"""What `chengwen export` does: a version through the gate into a .docx: final where it is signed off, else marked 送审稿."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from drafting import files
from drafting.changes import compare
from drafting.comments import Hand
from drafting.documents import evidence as evidence_copy
from drafting.documents import render
from drafting.errors import ExportRefused, InputError, ReviewRefused
from drafting.report import Report
from drafting.workspace import redlining
from drafting.workspace.redlining import Redline
from drafting.workspace.workspace import Workspace
from evals import gate, local_timeline, settings
from evals.gate import Verdict
from evals.outcome import open_errors
from ui.cli import store, waivers
from ui.cli.exported import Source, record_waivers, source_of
from ui.cli.progress import say
from ui.cli.stored import stored_version_if_any
from ui.cli.versions import file_of, version_of
from ui.marks import draft_mark


@dataclass(frozen=True, slots=True)
class Options:
    """The command's options as given."""

    reference: str
    out: Path
    evidence: bool
    redline_from: str | None
    kind: str | None
    waive: tuple[str, ...]
    final: bool
    with_errors: bool
    who: str | None
    workspace: str | None


def export_report(options: Options) -> None:
    """Writes the .docx. Waivers are recorded first. Raises ExportRefused or ReviewRefused with nothing written."""
    if options.out.suffix.lower() != ".docx":
        raise InputError(f"{options.out}: 只导出 .docx，请改扩展名")
    if options.evidence and options.redline_from:
        raise InputError("--evidence 与 --redline-from 请分两次导出，不能同时用")
    pairs = waivers.parse(options.waive)
    with store.workspace_if_any(options.workspace, needed=file_of(options.reference) is None) as opened:
        source = source_of(options.reference, opened, options.kind)
        report = waivers.apply(source.report, pairs)
        verdict = _passed(report, source, bearing=options.with_errors and not (options.final or source.signed))
        if options.final and not source.signed:
            raise ReviewRefused(
                f"版本 {report.version[:12]} 没有签发，不能导出正式稿；先 chengwen submit 送审，经审核签发"
            )
        record_waivers(source, opened, pairs, store.actor(options.who))
        mark = "" if source.signed else draft_mark(report.version, open_errors(verdict))
        data = _document(report, source, opened, options, mark)
    files.write(options.out, data)
    for finding, waiver in verdict.waived:
        say(f"已豁免 {finding.code} {finding.message}：{waiver.reason}")
    say(f"→ {options.out}{'' if source.signed else '（未签发，每页有送审稿标记）'}")


def _passed(report: Report, source: Source, *, bearing: bool) -> Verdict:
    """The gate's verdict. Raises ExportRefused for open errors, unless a copy for review may bear them."""
    own = local_timeline.with_local(local_timeline.beside(source.folder, Path()))
    verdict = gate.may_export(report, source.profile, timeline=own, settings=settings.nearest(source.folder))
    for off in verdict.off:
        say(gate.told_off(off))
    try:
        gate.refuse(verdict)
    except ExportRefused as refusal:
        if not bearing:
            raise
        say(str(refusal))
    return verdict


def _document(report: Report, source: Source, opened: Workspace | None, options: Options, mark: str) -> bytes:
    layout = source.profile.layout
    if options.redline_from:
        from drafting.documents.redline import redline_bytes  # python-docx takes 0.1 s to import

        made = _redline(options.redline_from, report, source, opened, options)
        return redline_bytes(made.comparison, layout, by=made.by, comments=made.comments, mark=mark)
    if options.evidence:
        return evidence_copy(report, layout, mark=mark)
    return render(report, "docx", layout, mark=mark)


def _redline(old: str, report: Report, source: Source, opened: Workspace | None, options: Options) -> Redline:
    """From the record where the workspace has both versions; else every change is whoever exports it, at no known time."""
    if opened is not None and source.stored is not None:
        with opened.reading() as connection:
            before = stored_version_if_any(connection, old)
            if before is not None:
                return redlining.redline(connection, before, source.stored)
    named = version_of(old, options.workspace)
    for note in named.notes:
        say(f"{named.label}: {note}")
    hand = Hand(store.actor(options.who))
    return Redline(compare(named.report, report), lambda change: hand, ())
