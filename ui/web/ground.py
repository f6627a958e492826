"""What the gate says of versions, kept for the table of reports."""

from __future__ import annotations

from drafting.workspace import contents, verdicts
from drafting.workspace.rows import Document, Version
from drafting.workspace.workspace import Workspace
from evals.gate import Verdict
from evals.ground import Ground, ground_of
from evals.outcome import outcome


def keep_verdict(workspace: Workspace, version: Version, verdict: Verdict, who: str) -> None:
    """Keeps what the gate said of the version, unless that is what it said last: the table of reports shows it."""
    told = outcome(verdict)
    with workspace.reading() as connection:
        last = verdicts.last_check(connection, version)
    if last and (last.allowed, last.errors, last.warnings) == (told.allowed, told.errors, told.warnings):
        return
    with workspace.writing(who) as ledger:
        verdicts.keep(ledger, version, told)


def ground_of_version(workspace: Workspace, document: Document, version: Version) -> Ground:
    """The ground of a version's text. Raises InputError as `ground_of` does."""
    with workspace.reading() as connection:
        return ground_of(contents.get(connection, version.hash), document)


def keep_check(workspace: Workspace, document: Document, version: Version, who: str) -> None:
    """Asks the gate of a version and keeps what it says; nothing where the report names no kind."""
    with workspace.reading() as connection:
        text = contents.get(connection, version.hash)
    if text.kind:
        keep_verdict(workspace, version, ground_of(text, document).verdict(text), who)
