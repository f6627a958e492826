"""Fixtures that every test may ask for."""

from tests.endpoint import endpoint

__all__ = ["endpoint"]
