"""What leaves: a version of a report as a file, past the gate as on the command line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from sqlalchemy import Connection

from drafting import brief as brief_file
from drafting.documents import evidence, render
from drafting.errors import ReviewRefused, VersionError
from drafting.report import Report
from drafting.workspace import contents, redlining, reviewing, verdicts
from drafting.workspace.redlining import Redline
from drafting.workspace.rows import Document, Version
from drafting.workspace.users import REVIEWERS, User
from drafting.workspace.workspace import Workspace
from evals import gate
from evals.gate import Verdict
from evals.ground import Ground, ground_of
from evals.outcome import open_errors
from ui.marks import draft_mark
from ui.web.ground import keep_verdict
from ui.web.handlers import asking

Kind = Literal["docx", "redline", "evidence", "preview", "md", "txt", "json", "yaml"]
BEARING = (*REVIEWERS, "administrator")
"""Who may take a copy along in which errors still stand: it says so on every page."""

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MEDIA: Mapping[Kind, str] = {
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
    "yaml": "application/yaml",
}
_ENDINGS: Mapping[Kind, str] = {"json": "report.json", "yaml": "brief.yaml", "md": "md", "txt": "txt"}
_TITLES: Mapping[Kind, str] = {"redline": "-修订", "evidence": "-留痕"}


@dataclass(frozen=True, slots=True)
class Leaving:
    """A version that somebody may read, with all that its export depends on. `report` bears the waivers of the workspace."""

    document: Document
    version: Version
    report: Report
    ground: Ground
    signed: bool

    def mark(self, verdict: Verdict) -> str:
        """The lines at the head of every page of a copy that nobody has signed off."""
        return "" if self.signed else draft_mark(self.version.hash, open_errors(verdict))


@dataclass(frozen=True, slots=True)
class File:
    """A file that leaves: its name as people see it, its media type and its bytes."""

    name: str
    media: str
    data: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def leaving(connection: Connection, user: User, report: object, version: object) -> Leaving:
    """The version of that report. Raises VersionError or ReviewRefused for ids that are none, or not the user's to read."""
    document = asking.asked_report(connection, user, report)
    found = asking.asked_version(connection, document, version)
    text = verdicts.waived(contents.get(connection, found.hash), verdicts.standing_waivers(connection, found))
    ground = ground_of(text, document)
    signed = reviewing.signature(connection, found, ground.profile.review_levels) is not None
    return Leaving(document, found, text, ground, signed)


def require_reader(workspace: Workspace, user: User, report: object, version: object) -> None:
    """Raises VersionError or ReviewRefused for ids that are none, or not the user's to read."""
    with workspace.reading() as connection:
        asking.asked_version(connection, asking.asked_report(connection, user, report), version)


def file(
    workspace: Workspace,
    user: User,
    report: object,
    version: object,
    kind: str,
    *,
    against: object = "",
    errors: bool = False,
) -> File:
    """The file of that kind. Raises ExportRefused for a .docx of a text in which errors stand, unless a reviewer asks for it with them.

    A preview shows how far the text is: it bears the mark with the errors, whoever looks.
    """
    if kind not in get_args(Kind):
        raise VersionError(f"没有“{kind[:20]}”这种文件")
    wanted = cast(Kind, kind)
    if errors and not user.may(*BEARING):
        raise ReviewRefused("只有审核人和管理员可以导出尚有错误的送审稿")
    with workspace.reading() as connection:
        found = leaving(connection, user, report, version)
        redline = _redline(connection, found, against) if wanted == "redline" else None
    return File(_name(found, wanted), _MEDIA.get(wanted, _WORD), _data(workspace, user, found, wanted, redline, errors))


def _data(workspace: Workspace, user: User, found: Leaving, kind: Kind, redline: Redline | None, errors: bool) -> bytes:
    report, layout = found.report, found.ground.profile.layout
    match kind:
        case "md" | "txt" | "json":
            return render(report, kind, layout)
        case "yaml":
            if report.brief is None:
                raise VersionError(f"报告“{found.document.name}”没有提纲")
            return brief_file.dumps(report.brief).encode()
    verdict = found.ground.verdict(report)
    keep_verdict(workspace, found.version, verdict, user.name)
    if kind != "preview" and not (errors and not found.signed):
        gate.refuse(verdict)
    mark = found.mark(verdict)
    if redline is not None:
        from drafting.documents.redline import redline_bytes  # python-docx takes 0.1 s to import

        return redline_bytes(redline.comparison, layout, by=redline.by, comments=redline.comments, mark=mark)
    return evidence(report, layout, mark=mark) if kind == "evidence" else render(report, "docx", layout, mark=mark)


def _redline(connection: Connection, found: Leaving, against: object) -> Redline:
    return redlining.redline(connection, asking.asked_version(connection, found.document, against), found.version)


def _name(found: Leaving, kind: Kind) -> str:
    number = f"第{found.version.number}版" if found.version.number else found.version.short
    mark = "" if kind in _MEDIA or found.signed else "-送审稿"
    return f"{found.document.name}-{number}{_TITLES.get(kind, '')}{mark}.{_ENDINGS.get(kind, 'docx')}"
