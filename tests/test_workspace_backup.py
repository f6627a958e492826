"""Backup and restore: everything at one moment, whole or not at all, while others write; from one kind of database into the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from drafting.errors import ReviewRefused, WorkspaceError
from drafting.workspace import contents, copying, history, saving, users
from drafting.workspace.integrity import verify
from drafting.workspace.location import Location, backup, locate
from drafting.workspace.rows import Version
from drafting.workspace.tables import audit, comments, metadata
from drafting.workspace.workspace import Workspace, opened
from tests import writers
from tests.reviewed import draft, reviewed
from tests.test_workspace_versions import edited
from tests.workspaces import database

LARGE = 1100
"""More rows than are read at once."""


def rows(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    return {
        table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=lambda row: row[0])
        for table in metadata.sorted_tables
    }


def everything(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    with workspace.reading() as connection:
        return rows(connection)


def of_file(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with opened(backup(path)) as found:
        return everything(found)


def much(workspace: Workspace, version: Version) -> None:
    with workspace.writing("王五") as ledger:
        for number in range(LARGE):
            told = {"block": 3, "start": 0, "end": 2, "by": "王五", "settled_by": "", "settled_at": ""}
            text = f"第{number}条意见"
            ledger.add(comments, "comment", version_id=version.id, text=text, at=ledger.at, **told)


def test_a_backup_holds_every_row_and_is_sound(workspace: Workspace, tmp_path: Path) -> None:
    much(workspace, reviewed(workspace))
    found = copying.back_up(workspace, tmp_path / "备份.db")
    assert found.sound
    assert found.entries > LARGE
    assert of_file(tmp_path / "备份.db") == everything(workspace)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["备份.db"]


def test_a_restore_puts_back_exactly_what_was_and_keeps_what_stood_before(workspace: Workspace, tmp_path: Path) -> None:
    version = reviewed(workspace)
    much(workspace, version)
    copying.back_up(workspace, tmp_path / "备份.db")
    then = everything(workspace)
    saving.save(workspace, version, edited(draft(), "95处", "96处"), "李四")
    before = everything(workspace)
    restored = copying.restore(workspace, tmp_path / "备份.db", "张三")
    assert of_file(restored.before) == before
    now = everything(workspace)
    entry = now["audit"][-1]
    assert {**now, "audit": now["audit"][:-1]} == then
    assert entry[2:6] == ("张三", "test", "restore", "workspace")
    with workspace.reading() as connection:
        assert verify(connection, restored.integrity.head).sound


def test_a_backup_goes_into_the_other_kind_of_database_and_back(
    server: str, workspace: Workspace, tmp_path: Path
) -> None:
    reviewed(workspace)
    copying.back_up(workspace, tmp_path / "去.db")
    other = database(server) if workspace.location.path is not None else locate(str(tmp_path / "另一处"), {})
    with opened(other, create=True) as there:
        copying.restore(there, tmp_path / "去.db", "张三")
        assert everything(there)["audit"][:-1] == everything(workspace)["audit"]
        copying.back_up(there, tmp_path / "回.db")
        copying.restore(workspace, tmp_path / "回.db", "张三")
        returned, left = everything(workspace), everything(there)
    assert returned["audit"][:-1] == left["audit"]
    assert {**returned, "audit": []} == {**left, "audit": []} == {**of_file(tmp_path / "去.db"), "audit": []}


def test_what_others_write_during_a_restore_is_in_what_was_kept_or_in_what_stands(
    location: Location, tmp_path: Path
) -> None:
    with opened(location, create=True) as workspace:
        saving.record(workspace, writers.draft(), "操作员", "drafted")
        copying.back_up(workspace, tmp_path / "备份.db")
        with writers.running(writers.writes, location, 1) as one, writers.running(writers.writes, location, 2) as other:
            acknowledged = [pipe.recv() for _, pipe in (one, other, one, other)]
            held = copying.back_up(workspace, tmp_path / "当中.db")
            acknowledged += [one[1].recv(), other[1].recv()]
            restored = copying.restore(workspace, tmp_path / "备份.db", "操作员")
            for process, pipe in (one, other):
                process.kill()
                process.join()
                acknowledged += writers.heard_to_the_end(pipe)
        assert held.sound
        places = [of_file(restored.before), everything(workspace)]
        with workspace.reading() as connection:
            assert verify(connection, restored.integrity.head).sound
    there = {(table, row[0]) for place in places for table in ("versions", "comments") for row in place[table]}
    said = {row[3] for place in places for row in place["versions"]} | {
        row[6] for place in places for row in place["comments"]
    }
    assert [told for told in acknowledged if told[:2] not in there or told[2] not in said] == []
    assert len(acknowledged) >= 6
    # What was acknowledged before the backup began is in it.
    in_backup = of_file(tmp_path / "当中.db")
    assert {told[1] for told in acknowledged[:4] if told[0] == "versions"} <= {row[0] for row in in_backup["versions"]}


def test_a_backup_does_not_overwrite(workspace: Workspace, tmp_path: Path) -> None:
    reviewed(workspace)
    (tmp_path / "备份.db").write_text("别的文件", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"备份\.db 已存在，备份不覆盖文件$"):
        copying.back_up(workspace, tmp_path / "备份.db")
    assert (tmp_path / "备份.db").read_text(encoding="utf-8") == "别的文件"


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def _reworded(path: Path) -> None:
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE waivers SET reason = '无'")
    connection.close()


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _another(path: Path) -> None:
    path.write_text("这不是数据库，是一份说明。" * 100, encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_cut, "损坏"),
        (_reworded, "豁免 1.*被改过"),
        (_emptied, "是空的"),
        (_another, "不是成文"),
        (Path.unlink, "没有备份文件"),
    ],
)
def test_a_damaged_backup_is_refused_and_nothing_changes(
    workspace: Workspace, tmp_path: Path, damage: Callable[[Path], None], said: str
) -> None:
    reviewed(workspace)
    copying.back_up(workspace, tmp_path / "备份.db")
    damage(tmp_path / "备份.db")
    before = everything(workspace)
    with pytest.raises(WorkspaceError, match=rf"(?s)备份.db.*{said}|{said}.*备份.db"):
        copying.restore(workspace, tmp_path / "备份.db", "张三")
    assert everything(workspace) == before


@pytest.mark.parametrize(("who", "error"), [("李四", ReviewRefused), ("外人", ReviewRefused), (" ", WorkspaceError)])
def test_only_an_administrator_restores(workspace: Workspace, tmp_path: Path, who: str, error: type[Exception]) -> None:
    reviewed(workspace)
    copying.back_up(workspace, tmp_path / "备份.db")
    before = everything(workspace)
    with pytest.raises(error):
        copying.restore(workspace, tmp_path / "备份.db", who)
    assert everything(workspace) == before
    assert not list(tmp_path.rglob("*before-restore*"))


def test_a_tampered_workspace_can_be_backed_up_and_restored_over(workspace: Workspace, tmp_path: Path) -> None:
    """It is just then that a restore is wanted, and what was tampered with is evidence."""
    reviewed(workspace)
    copying.back_up(workspace, tmp_path / "好.db")
    with workspace.engine.connect() as connection, connection.execution_options(writes=True).begin():
        connection.exec_driver_sql("UPDATE waivers SET reason = '无'")
    assert not copying.back_up(workspace, tmp_path / "坏.db").sound
    restored = copying.restore(workspace, tmp_path / "好.db", "张三")
    with workspace.reading() as connection:
        assert verify(connection).sound
    assert [row[3] for row in of_file(restored.before)["waivers"]] == ["无"]


def test_a_second_restore_keeps_both_of_what_stood_before(workspace: Workspace, tmp_path: Path) -> None:
    reviewed(workspace)
    copying.back_up(workspace, tmp_path / "备份.db")
    kept = [copying.restore(workspace, tmp_path / "备份.db", "张三").before for _ in range(2)]
    assert len({path.name for path in kept}) == 2
    assert all(path.exists() for path in kept)


def test_the_history_goes_on_after_a_restore(workspace: Workspace, tmp_path: Path) -> None:
    version = reviewed(workspace)
    copying.back_up(workspace, tmp_path / "备份.db")
    copying.restore(workspace, tmp_path / "备份.db", "张三")
    with workspace.reading() as connection:
        text = contents.get(connection, version.hash)
    saving.save(workspace, version, edited(text, "219家", "220家"), "李四")
    with workspace.writing("张三") as ledger:
        users.add(ledger, "赵六", ["drafter"])
    with workspace.reading() as connection:
        assert history.head(connection, version.report_id).number == (version.number or 0) + 1
        assert connection.execute(select(func.count()).select_from(audit)).scalar_one() > 0
        assert verify(connection).sound
