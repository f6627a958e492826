"""Drafting from the desk: a section, a point or the whole, as a job that goes on without the page."""

from __future__ import annotations

from ui.web.calls import Call

CALLS: dict[str, Call] = {}
