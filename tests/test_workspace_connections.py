"""Connections: programs that start at once, forks, files that were moved, and patience with another writer."""

from __future__ import annotations

import multiprocessing
from contextlib import ExitStack
from pathlib import Path

import pytest

from drafting.errors import WorkspaceError
from drafting.workspace import engine as engines
from drafting.workspace import history, saving
from drafting.workspace.integrity import verify
from drafting.workspace.location import Location, at, locate
from drafting.workspace.rows import Version
from drafting.workspace.workspace import Workspace, opened
from tests import writers
from tests.builders import CLEAN, report
from tests.test_workspace_versions import edited


def test_programs_that_make_one_workspace_at_the_same_moment_make_it_once(location: Location) -> None:
    barrier = writers.processes().Barrier(len(writers.PEOPLE))
    with ExitStack() as stack:
        pipes = [
            stack.enter_context(writers.running(writers.creates, location, number, barrier))[1]
            for number in range(len(writers.PEOPLE))
        ]
        made = [list(writers.heard_to_the_end(pipe)) for pipe in pipes]
    assert [len(hashes) for hashes in made] == [1] * len(writers.PEOPLE)
    with opened(location) as workspace, workspace.reading() as connection:
        assert {version.hash for version in history.heads(connection).values()} == {hash for (hash,) in made}
        assert verify(connection).problems == ()


def test_a_fork_writes_through_connections_of_its_own(workspace: Workspace) -> None:
    base = saving.record(workspace, report(CLEAN), "张三", "drafted").version
    child = multiprocessing.get_context("fork").Process(target=_save, args=(workspace, base, "7次"))
    with workspace.reading() as connection:
        child.start()
        child.join()
        assert child.exitcode == 0
        assert len(history.line(connection, base.report_id)) in (1, 2)
    with workspace.reading() as connection:
        head = history.head(connection, base.report_id)
        assert head.number == 2
    _save(workspace, head, "8次")
    with workspace.reading() as connection:
        assert history.head(connection, base.report_id).number == 3
        assert verify(connection).sound


def _save(workspace: Workspace, base: Version, times: str) -> None:
    saving.save(workspace, base, edited(report(CLEAN), "6次", times), "李四")


def test_a_file_taken_away_under_an_open_workspace_is_not_made_anew(tmp_path: Path) -> None:
    with opened(at(tmp_path / ".chengwen"), create=True) as workspace:
        saving.record(workspace, report(CLEAN), "张三", "drafted")
        path = workspace.location.path
        assert path is not None
        for one in path.parent.iterdir():
            one.unlink()
        with pytest.raises(WorkspaceError, match="打不开"), workspace.writing("张三"):
            pytest.fail("written into nothing")
        assert not path.exists()


def test_a_workspace_that_was_moved_away_is_not_written_to(tmp_path: Path) -> None:
    """What is acknowledged has to be where people look for it."""
    place, other = locate(str(tmp_path / "此处"), {}), locate(str(tmp_path / "新的"), {})
    with opened(other, create=True) as new:
        there = saving.record(new, report(CLEAN), "王五", "drafted").version
    with opened(place, create=True) as workspace:
        saving.record(workspace, report(CLEAN), "张三", "drafted")
        (tmp_path / "此处").rename(tmp_path / "旧的")
        (tmp_path / "新的").rename(tmp_path / "此处")
        _save(workspace, there, "7次")
    with opened(place) as workspace, workspace.reading() as connection:
        assert [version.author for version in history.line(connection, 1)] == ["王五", "李四"]
    with opened(locate(str(tmp_path / "旧的"), {})) as old, old.reading() as connection:
        assert [version.author for version in history.line(connection, 1)] == ["张三"]


def test_a_writer_who_waits_too_long_is_told_and_has_written_nothing(
    location: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 0.05)
    monkeypatch.setattr(engines, "_SAFE", "SET LOCAL lock_timeout = '50ms'")
    with opened(location, create=True) as workspace, opened(location) as other:
        base = saving.record(workspace, report(CLEAN), "张三", "drafted").version
        with (
            workspace.writing("张三"),
            pytest.raises(WorkspaceError, match=r"正被别的程序写，等了 30 秒仍未轮到，请稍后再试$"),
        ):
            _save(other, base, "7次")
        with workspace.reading() as connection:
            assert history.head(connection, base.report_id).id == base.id


def test_readers_do_not_wait_for_a_writer(workspace: Workspace) -> None:
    base = saving.record(workspace, report(CLEAN), "张三", "drafted").version
    with workspace.writing("李四") as ledger:
        saving.add(ledger, base.report_id, edited(report(CLEAN), "6次", "7次"), "edited", parent=base)
        with workspace.reading() as connection:
            assert history.head(connection, base.report_id).id == base.id


def test_a_write_that_raises_leaves_nothing(workspace: Workspace) -> None:
    base = saving.record(workspace, report(CLEAN), "张三", "drafted").version

    def write() -> None:
        with workspace.writing("李四") as ledger:
            saving.add(ledger, base.report_id, edited(report(CLEAN), "6次", "7次"), "edited", parent=base)
            raise KeyboardInterrupt

    with workspace.reading() as connection:
        entries = verify(connection).entries
    with pytest.raises(KeyboardInterrupt):
        write()
    with workspace.reading() as connection:
        found = verify(connection)
        assert (found.entries, found.problems) == (entries, ())
        assert history.head(connection, base.report_id).id == base.id
