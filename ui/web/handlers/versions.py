"""The history of one report, and two of its versions compared."""

from __future__ import annotations

from drafting.changes import compare
from drafting.changes.summary import summarise
from drafting.report import Report
from drafting.workspace import contents, deciding, history, remarks, reviewing
from drafting.workspace.rows import Remark
from drafting.workspace.workspace import Workspace
from ui.web.handlers import asking
from ui.web.handlers.reports import levels
from ui.web.shown import Compared, Entry, History


def told(workspace: Workspace, who: str, report: object) -> History:
    """The history of the report of that id. Raises ReviewRefused for who may not read, VersionError where there is none."""
    with workspace.reading() as connection:
        document = asking.asked_report(connection, asking.reader(connection, who), report)
        kind, through = levels()(document)
        line = history.line(connection, document.id)
        head = history.head(connection, document.id)
        proposed = {one.id for one in history.proposals(connection, document.id)}
        said = remarks.of_report(connection, document.id)
        entries = []
        for version in sorted((*line, *history.beside(connection, document.id)), key=lambda one: one.id, reverse=True):
            own = [one for one in said if one.version_id == version.id]
            text = contents.get(connection, version.hash) if own else None
            entries.append(
                Entry(
                    version,
                    reviewing.standing(connection, version, through).steps,
                    tuple((one, _quote(one, text)) for one in own),
                    len(deciding.pending(connection, version)) if version.id in proposed else None,
                )
            )
        conflicts = len(deciding.open_conflicts(connection, document.id))
        standing = reviewing.standing(connection, head, through)
    return History(document, kind, standing, tuple(entries), conflicts, (line[-2:][0].id, head.id))


def compared(workspace: Workspace, who: str, report: object, old: object, new: object) -> Compared:
    """Two versions of one report. Raises ReviewRefused for who may not read, VersionError for ids that are not of this report."""
    with workspace.reading() as connection:
        document = asking.asked_report(connection, asking.reader(connection, who), report)
        versions = tuple(asking.asked_version(connection, document, one) for one in (old, new))
        texts = tuple(contents.get(connection, one.hash) for one in versions)
    comparison = compare(*texts)
    return Compared(versions[0], versions[1], comparison, summarise(comparison))


def _quote(remark: Remark, text: Report | None) -> str:
    """The words that a comment is about; nothing where it is about the whole."""
    said = remark.comment
    if text is None or not 0 <= said.block < len(text.blocks):
        return ""
    return text.blocks[said.block].text[said.start : said.end]
