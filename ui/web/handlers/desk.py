"""The desk: a working copy opened, edited, kept as a version or thrown away."""

from __future__ import annotations

from ui.web.calls import Call

CALLS: dict[str, Call] = {}
