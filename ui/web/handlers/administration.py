"""Administration: users, the model, usage, the audit, backups."""

from __future__ import annotations

from ui.web.calls import Call

CALLS: dict[str, Call] = {}
