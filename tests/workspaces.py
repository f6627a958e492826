"""Workspaces for tests: each test that asks for one runs on SQLite and on PostgreSQL, in a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from drafting.workspace.location import Location, locate
from drafting.workspace.workspace import Workspace, opened
from tests import postgres

_NUMBERS = count(1)
START = datetime(2024, 7, 5, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_workspace(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Commands of a test find a workspace of that test alone, and none in the folder they run in."""
    monkeypatch.setenv("CHENGWEN_WORKSPACE", str(tmp_path_factory.mktemp("store") / ".chengwen"))


class Clock:
    """A minute more at each look."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    bin = postgres.programs()
    if bin is None:
        pytest.skip(postgres.ABSENT)
    with postgres.cluster(bin) as query:
        yield query


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    """Where an empty workspace is to be."""
    if request.param == "sqlite":
        return locate(str(tmp_path / ".chengwen"), {})
    return database(request.getfixturevalue("server"))


def database(query: str, made: str = "") -> Location:
    """A new database of the tests' server; `made` says how, in PostgreSQL's words."""
    import psycopg

    name = f"w{next(_NUMBERS)}"
    with psycopg.connect(f"postgresql://chengwen@/postgres?{query}", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {made}")
    return locate(f"postgresql://chengwen@/{name}?{query}", {})


@pytest.fixture
def workspace(location: Location) -> Iterator[Workspace]:
    """An open workspace whose clock starts on 2024-07-05."""
    with opened(location, create=True, clock=Clock(), via="test") as found:
        yield found
