"""The shelf of reports: new ones, from a profile, a spreadsheet, a .docx; who writes together."""

from __future__ import annotations

from ui.web.calls import Call

CALLS: dict[str, Call] = {}
