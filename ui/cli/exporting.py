"""What `chengwen export` does: read a version, record waivers in it, pass the gate, write the .docx."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from drafting import files, profiles, textfile
from drafting import report as reports
from drafting.complaints import Complaints
from drafting.documents import evidence as evidence_copy
from drafting.documents import render
from drafting.documents.reading import LIMIT
from drafting.errors import DocumentError, InputError
from evals import gate, local_timeline, settings
from ui.cli import waivers
from ui.cli.progress import say


def export_report(path: Path, out: Path, *, evidence: bool, kind: str | None, waive: Sequence[str]) -> None:
    """Writes `out`. A waiver is recorded in the report's own file first. Raises ExportRefused with nothing written."""
    if out.suffix.lower() != ".docx":
        raise InputError(f"{out}: 只导出 .docx，请改扩展名")
    pairs = waivers.parse(waive)
    stored = reports.loads(textfile.read_bytes(path, Complaints(str(path), DocumentError), LIMIT), str(path))
    if not stored.kind and kind is None:
        raise InputError(f"{path}: 报告没有记文种，请写 --profile")
    profile = profiles.load(kind or stored.kind, path.parent)
    report = waivers.apply(stored, pairs)
    own = local_timeline.with_local(local_timeline.beside(path.parent, Path()))
    verdict = gate.may_export(report, profile, timeline=own, settings=settings.nearest(path.parent))
    for off in verdict.off:
        say(gate.told_off(off))
    gate.refuse(verdict)
    if pairs:
        files.write(path, report.dumps())
    files.write(out, evidence_copy(report, profile.layout) if evidence else render(report, "docx", profile.layout))
    for finding, waiver in verdict.waived:
        say(f"已豁免 {finding.code} {finding.message}：{waiver.reason}")
    say(f"→ {out}")
