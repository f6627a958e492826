"""Fixtures that every test may ask for."""

from tests.endpoint import endpoint
from tests.workspaces import location, server, workspace

__all__ = ["endpoint", "location", "server", "workspace"]
