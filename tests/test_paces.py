"""The shared pace: moments that two processes ask a workspace for lie one after another, and what one is told holds for both."""

from __future__ import annotations

import asyncio
import time

import pytest

from drafting.workspace.location import Location
from drafting.workspace.paces import SharedPace
from drafting.workspace.workspace import Workspace, opened

ENDPOINT = "http://127.0.0.1:9/v1"


def test_two_who_reserve_get_moments_one_after_another(workspace: Workspace, location: Location) -> None:
    with opened(location) as other:
        asked = time.monotonic()
        first = asyncio.run(SharedPace(workspace, ENDPOINT).reserve(5, 20.0))
        answered = time.monotonic()
        second = asyncio.run(SharedPace(other, ENDPOINT).reserve(1, 20.0))
    assert asked <= first <= answered
    assert second - first == pytest.approx(100, abs=1)


def test_each_endpoint_has_a_pace_of_its_own(workspace: Workspace) -> None:
    asyncio.run(SharedPace(workspace, ENDPOINT).reserve(5, 20.0))
    assert asyncio.run(SharedPace(workspace, "http://127.0.0.1:10/v1").reserve(1, 20.0)) <= time.monotonic()


def test_a_hold_is_seen_by_the_other_and_a_shorter_one_does_not_shorten_it(
    workspace: Workspace, location: Location
) -> None:
    with opened(location) as other:
        asyncio.run(SharedPace(workspace, ENDPOINT).hold(60))
        asyncio.run(SharedPace(other, ENDPOINT).hold(5))
        assert asyncio.run(SharedPace(other, ENDPOINT).held()) == pytest.approx(60, abs=20)
        assert asyncio.run(SharedPace(other, ENDPOINT).reserve(1, 1.0)) > time.monotonic() + 30


def test_an_endpoint_nobody_was_told_about_is_not_held(workspace: Workspace) -> None:
    assert asyncio.run(SharedPace(workspace, ENDPOINT).held()) == 0.0
