"""A comparison as JSON, version 1; docs/design/diff.md tells every key."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from drafting.changes.comparison import Change, Comparison
from drafting.changes.summary import Summary, is_renumbering
from drafting.report import Report


def as_json(comparison: Comparison, summary: Summary, labels: tuple[str, str]) -> str:
    """`labels` are what the old and the new version are called."""
    told = {
        "version": 1,
        "old": _version(comparison.old, labels[0]),
        "new": _version(comparison.new, labels[1]),
        "summary": _summary(summary),
        "changes": [_change(comparison, change) for change in comparison.changes],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _version(report: Report, label: str) -> dict[str, Any]:
    return {"label": label, "version": report.version, "title": report.title, "blocks": len(report.blocks)}


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "changes": summary.changes,
        "kinds": dict(summary.kinds),
        "renumbered": summary.renumbered,
        "kept": round(summary.kept, 4),
        "strangers": summary.strangers,
        "sections": [asdict(section) for section in summary.sections],
        "moves": [
            {
                "heading": group.heading,
                "rows": len(group.rows),
                "behind_old": group.behind_old,
                "behind_new": group.behind_new,
            }
            for group in summary.moves
        ],
        "numbers": [asdict(number) for number in summary.numbers],
        "dates": [asdict(day) for day in summary.dates],
        "facts": [asdict(fact) for fact in summary.facts],
        "particulars": [asdict(particular) for particular in summary.particulars],
    }


def _change(comparison: Comparison, change: Change) -> dict[str, Any]:
    row = comparison.rows[change.row] if change.row >= 0 else None
    return {
        "id": change.id,
        "kind": change.kind,
        "heading": change.heading,
        "old": change.old,
        "new": change.new,
        "block": row.new[0] if row and row.new else None,
        "old_block": row.old[0] if row and row.old else None,
        "old_start": change.old_start,
        "old_end": change.old_end,
        "new_start": change.new_start,
        "new_end": change.new_end,
        "renumbering": is_renumbering(comparison, change),
    }
