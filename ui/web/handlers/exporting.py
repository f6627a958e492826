"""Export: what stands in the way, the pages, the files."""

from __future__ import annotations

from ui.web.calls import Call

CALLS: dict[str, Call] = {}
