"""Nothing lost: many people write at once, machines stop in the middle, and every word that was taken is there."""

from __future__ import annotations

from contextlib import ExitStack
from random import Random
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import select

from drafting.workspace import contents, history, saving
from drafting.workspace.integrity import verify
from drafting.workspace.location import Location
from drafting.workspace.tables import comments, conflicts, versions, waivers
from drafting.workspace.workspace import opened
from tests import writers
from tests.writers import EVERY, PEOPLE, Acknowledged

EDITS = 15
MOMENTS = 20


@pytest.fixture
def drafted(location: Location) -> Location:
    """A workspace with one report."""
    with opened(location, create=True) as workspace:
        saving.record(workspace, writers.draft(), "操作员", "drafted")
    return location


def test_eight_people_who_edit_one_report_at_once_lose_nothing(drafted: Location) -> None:
    with ExitStack() as stack:
        pipes = [
            stack.enter_context(writers.running(writers.edits, drafted, person, EDITS))[1]
            for person in range(len(PEOPLE))
        ]
        told: list[list[Acknowledged]] = [list(writers.heard_to_the_end(pipe)) for pipe in pipes]
    assert [len(edits) for edits in told] == [EDITS] * len(PEOPLE)
    everything = [edit for edits in told for edit in edits]
    shared = len(PEOPLE) * (EDITS // EVERY)
    with opened(drafted) as workspace, workspace.reading() as connection:
        kept = {row.hash for row in connection.execute(select(versions.c.hash))}
        assert [edit for edit in everything if edit.handed_in not in kept] == []
        # Of the edits of the one place, made of the first version, one could stand.
        assert sum(edit.conflict for edit in everything) == shared - 1
        assert len(history.proposals(connection, 1)) == shared - 1
        line = history.line(connection, 1)
        assert [version.number for version in line] == list(range(1, len(everything) - shared + 3))
        stands = contents.get(connection, line[-1].hash).text
        last = [[edit.words for edit in edits if not edit.conflict][-1] for edits in told]
        assert [words for words in last if words not in stands] == []
        assert verify(connection).problems == ()
        assert connection.execute(select(conflicts)).first() is None


def test_a_writer_that_is_killed_at_any_moment_leaves_everything_that_it_acknowledged(drafted: Location) -> None:
    chance = Random(20240705)  # noqa: S311 — moments, not secrets
    acknowledged: list[tuple[str, int, str]] = []
    for moment in range(MOMENTS):
        with writers.running(writers.writes, drafted, moment) as (process, pipe):
            acknowledged += [pipe.recv() for _ in range(chance.randint(1, 6))]
            _spin(chance.random() * 0.006)
            process.kill()
            process.join()
            acknowledged += writers.heard_to_the_end(pipe)
        with opened(drafted) as workspace, workspace.reading() as connection:
            assert verify(connection).problems == ()
            assert [told for told in acknowledged if not _is_there(connection, *told)] == []
            # A comment and a waiver went in together.
            assert _count(connection, comments) == _count(connection, waivers)
    assert len(acknowledged) >= MOMENTS


def _spin(seconds: float) -> None:
    until = perf_counter() + seconds
    while perf_counter() < until:
        pass


def _is_there(connection: Any, table: str, id: int, said: str) -> bool:
    if table == "comments":
        return bool(connection.execute(select(comments.c.text).where(comments.c.id == id)).scalar_one_or_none() == said)
    return history.version(connection, id).hash == said and contents.get(connection, said).version == said


def _count(connection: Any, table: Any) -> int:
    return len(connection.execute(select(table.c.id)).all())
