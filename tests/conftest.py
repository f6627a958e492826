"""Fixtures that every test may ask for."""

from tests.endpoint import endpoint
from tests.workspaces import location, own_workspace, server, workspace

__all__ = ["endpoint", "location", "own_workspace", "server", "workspace"]
