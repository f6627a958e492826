"""Reviewing: changes accepted and rejected, comments, the steps to the sign-off."""

from __future__ import annotations

from ui.web.calls import Call

CALLS: dict[str, Call] = {}
