"""What a file says of the report that would begin with it: the form beside it is filled with that, and the drafter corrects it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from drafting import brief as brief_file
from drafting import profiles
from drafting.brief import Loaded
from drafting.documents import read
from drafting.errors import PeriodError
from drafting.facts import Brief
from drafting.report import Report
from ui.web.handlers import beginning

HEAD = ("kind", "organ", "topic", "period", "issued", "recipient")
"""What a form of a new report tells, each a text."""

SHEETS = (".xlsx", ".xlsm", ".csv")
BRIEFS = (".yaml", ".yml")


def briefs(path: Path) -> list[Loaded]:
    """The briefs of a table, or the one of a brief's file. Raises InputError, naming the place."""
    if path.suffix not in SHEETS:
        return [brief_file.load(path, profiles.identify_shipped)]
    from drafting import spreadsheet as sheet  # openpyxl takes 0.2 s to import

    return sheet.load(path, profiles.identify_shipped)


def recognised(path: Path) -> list[dict[str, str]]:
    """The particulars of each report that would begin with the file; of last period's report, those of the next period's."""
    if path.suffix in (*SHEETS, *BRIEFS):
        return [_of_brief(one.brief) for one in briefs(path)]
    return [_of_next(read(path).report)]


def corrected(brief: Brief, told: Mapping[str, str]) -> Brief:
    """The brief with what the form says of it, where it says anything. Raises InputError for particulars that cannot be."""
    if not any(name in told for name in HEAD):
        return brief
    said = {**_of_brief(brief), **{name: told[name] for name in HEAD if name in told}}
    head = beginning.head(**said)
    return replace(
        brief,
        kind=head.kind,
        organ=head.organ,
        topic=head.topic,
        period=head.period,
        issued=head.issued,
        recipient=head.recipient,
    )


def _of_brief(brief: Brief) -> dict[str, str]:
    told = (brief.kind, brief.organ, brief.topic, str(brief.period), brief.issued.isoformat(), brief.recipient)
    return dict(zip(HEAD, told, strict=True))


def _of_next(last: Report) -> dict[str, str]:
    """Nobody knows yet when the next one will be issued."""
    kind = last.kind if last.kind in profiles.known() else ""
    return dict(zip(HEAD, (kind, last.organ, last.topic, _next(last), "", beginning.recipient(last)), strict=True))


def _next(last: Report) -> str:
    try:
        return str(last.period.next()) if last.period else ""
    except PeriodError:
        return ""
