"""An upgrade undone: the workspace is the one that it was, table for table and row for row, for the program that was there before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from drafting.errors import WorkspaceError
from drafting.workspace import copying
from drafting.workspace import engine as engines
from drafting.workspace.location import Location
from drafting.workspace.tables import SCHEMA
from drafting.workspace.workspace import opened
from tests.builders import CLEAN
from tests.test_workspace_upgrade import _STEP, aged, migrate, newer, state

__all__ = ["aged", "newer"]


def revert(location: Location, source: Path) -> copying.Reverted:
    engine = engines.connect(location)
    try:
        return copying.revert(engine, location, source)
    finally:
        engine.dispose()


def test_what_was_upgraded_is_again_what_it_was(aged: Location, newer: Callable[[str], None], tmp_path: Path) -> None:
    before = state(aged)
    newer(_STEP)
    migrate(aged, tmp_path / "升级前.db")
    after = state(aged)
    assert after != before
    done = revert(aged, tmp_path / "升级前.db")
    assert state(aged) == before
    assert done.age == SCHEMA
    revert(aged, done.before)
    assert state(aged) == after


def test_a_backup_of_the_old_program_leads_back_too(
    aged: Location, newer: Callable[[str], None], tmp_path: Path
) -> None:
    before = state(aged)
    with opened(aged) as workspace:
        assert copying.back_up(workspace, tmp_path / "备份.db").sound
    newer(_STEP)
    migrate(aged, tmp_path / "升级前.db")
    revert(aged, tmp_path / "备份.db")
    assert state(aged) == before


def test_what_is_no_backup_changes_nothing(aged: Location, tmp_path: Path) -> None:
    before = state(aged)
    (tmp_path / "报告.db").write_text(CLEAN, encoding="utf-8")
    for file, said in ((tmp_path / "报告.db", "不是"), (tmp_path / "无.db", "没有备份文件")):
        with pytest.raises(WorkspaceError, match=said):
            revert(aged, file)
    assert state(aged) == before
