"""What the handlers work with: everything that lives as long as the server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drafting.desk.jobs import Jobs
from drafting.record import Record
from drafting.workspace.users import User
from drafting.workspace.workspace import Clock, Workspace
from ui.web.languages import Language
from ui.web.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """One server's open workspace, settings, environment and drafting jobs."""

    workspace: Workspace
    settings: Settings
    clock: Clock
    environ: Mapping[str, str]
    jobs: Jobs


@dataclass(frozen=True, slots=True)
class Asked:
    """One call of a page: who asks, in which language, and what they sent, which may be anything."""

    services: Services
    user: User
    language: Language
    sent: Record

    @property
    def workspace(self) -> Workspace:
        return self.services.workspace
