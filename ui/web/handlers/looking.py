"""What a working copy looks like to the rules: findings, what stands on which fact, the timeline."""

from __future__ import annotations

from ui.web.calls import Call

CALLS: dict[str, Call] = {}
