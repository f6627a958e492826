"""Fixtures that every test may ask for."""

from hypothesis import HealthCheck, settings

from tests.endpoint import endpoint
from tests.workspaces import location, own_workspace, server, workspace

__all__ = ["endpoint", "location", "own_workspace", "server", "workspace"]

settings.register_profile("chengwen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("chengwen")
# How fast a property is tried is a matter of the machine and of what else runs on it, not of the property.
