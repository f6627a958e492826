"""Every call of the pages, by its name."""

from __future__ import annotations

from collections.abc import Mapping

from ui.web.calls import Call
from ui.web.handlers import administration, desk, drafting, exporting, looking, oversight, reviewing, shelf, walking

_MODULES = (desk, drafting, looking, reviewing, exporting, shelf, administration, oversight, walking)

TABLE: Mapping[str, Call] = {name: call for module in _MODULES for name, call in module.CALLS.items()}
