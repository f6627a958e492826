"""What `chengwen doctor` does."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime

from ui.cli import store
from ui.doctor.check import Asked, Check
from ui.doctor.examination import examine

_SIGNS = {"ok": "✓", "warn": "!", "bad": "✗", "skip": "–"}


def run(*, full: bool, url: str, output: str, workspace: str | None) -> bool:
    """Prints each check as it is made; whether none is bad. Raises InputError for an output of another kind."""
    as_json = store.one_of(output, ("text", "json"), "--output") == "json"
    asked = Asked(os.environ, workspace, url, full, datetime.now(UTC))
    found: list[Check] = []
    for check in examine(asked):
        found.append(check)
        if not as_json:
            print(_line(check), flush=True)
    bad, warned = (sum(check.state == state for check in found) for state in ("bad", "warn"))
    if as_json:
        print(json.dumps({"version": 1, "checks": [asdict(check) for check in found]}, ensure_ascii=False, indent=2))
    else:
        print(f"看了 {len(found)} 项：{bad} 项有毛病，{warned} 项请留意")
    return not bad


def _line(check: Check) -> str:
    todo = f"\n    怎么办：{check.todo}" if check.todo and check.state != "ok" else ""
    return f"{_SIGNS[check.state]} {check.name}：{check.seen}{todo}"
