"""What the gate said of a version, and which of its errors a reviewer let stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select

from drafting.canonical import canonical
from drafting.comments import Hand
from drafting.errors import WorkspaceError
from drafting.report import Report, Waiver
from drafting.workspace.ledger import Ledger, read_stamp
from drafting.workspace.outcome import Outcome
from drafting.workspace.rows import Check, StandingWaiver, Version
from drafting.workspace.tables import checks, versions, waivers


def keep(ledger: Ledger, version: Version, outcome: Outcome) -> int:
    """Keeps what the gate said."""
    return ledger.add(
        checks,
        "check",
        version_id=version.id,
        allowed=outcome.allowed,
        errors=outcome.errors,
        warnings=outcome.warnings,
        findings=canonical(list(outcome.findings)).decode(),
        by=ledger.who,
        at=ledger.at,
    )


def last_check(connection: Connection, version: Version) -> Check | None:
    """What the gate said last of this version's text."""
    found = select(checks).join(versions, versions.c.id == checks.c.version_id).where(versions.c.hash == version.hash)
    row = connection.execute(found.order_by(checks.c.id.desc()).limit(1)).first()
    return _check(row) if row else None


def last_checks(connection: Connection) -> dict[str, Check]:
    """What the gate said last of each text, by the version's hash."""
    told = select(checks, versions.c.hash).join(versions, versions.c.id == checks.c.version_id)
    return {row.hash: _check(row) for row in connection.execute(told.order_by(checks.c.id))}


def waive(ledger: Ledger, version: Version, code: str, reason: str) -> int:
    """Lets an error stand in this version. Raises WorkspaceError for an empty reason."""
    if not reason.strip():
        raise WorkspaceError(f"豁免 {code} 须写明理由")
    told = {"code": code, "reason": reason.strip(), "by": ledger.who, "at": ledger.at}
    return ledger.add(waivers, "waive", version_id=version.id, **told)


def standing_waivers(connection: Connection, version: Version) -> list[StandingWaiver]:
    """The waivers of this version's text, oldest first; a code waived again counts as last told."""
    found = select(waivers).join(versions, versions.c.id == waivers.c.version_id).where(versions.c.hash == version.hash)
    rows = connection.execute(found.order_by(waivers.c.id))
    return list({row.code: _waiver(row) for row in rows}.values())


def waived(report: Report, standing: Sequence[StandingWaiver]) -> Report:
    """The report with its waivers on it, as the gate and the evidence copy read them."""
    own = {waiver.code: waiver for waiver in report.standing_waivers()}
    own |= {one.code: Waiver(one.code, f"{one.reason}（{one.by.name}）", report.version) for one in standing}
    return replace(report, waivers=tuple(own.values()))


def _check(row: Row[Any]) -> Check:
    found = tuple(json.loads(row.findings))
    return Check(row.id, row.version_id, row.allowed, row.errors, row.warnings, found, Hand(row.by, read_stamp(row.at)))


def _waiver(row: Row[Any]) -> StandingWaiver:
    return StandingWaiver(row.id, row.version_id, row.code, row.reason, Hand(row.by, read_stamp(row.at)))
