"""Backups named by their time, the old ones thinned, and the drill that proves that one can be restored."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from drafting.errors import WorkspaceError
from drafting.workspace import backups, copying, lines, statement
from drafting.workspace import engine as engines
from drafting.workspace.drill import drill
from drafting.workspace.location import backup, locate
from drafting.workspace.retention import Retention
from drafting.workspace.workspace import Workspace, opened
from tests.command import chengwen_here
from tests.reviewed import reviewed
from tests.test_workspace_backup import everything
from tests.test_workspace_bad_ground import disk as disk
from tests.workspaces import START, Clock, database


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where drills take place; nothing may stay there."""
    folder = tmp_path / "临时"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which everything has happened, and its backup."""
    folder = tmp_path_factory.mktemp("drill")
    with opened(locate(str(folder / "工作区"), {}), create=True, clock=Clock(), via="test") as workspace:
        reviewed(workspace)
        backups.make(workspace, folder / "备份", START)
    return folder


@pytest.fixture
def kept(made: Path, tmp_path: Path, room: Path) -> Path:
    """Both of them, the test's own: the backup."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return backups.newest(tmp_path / "备份").path


def sql(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


# --- backups by time


def test_a_backup_is_named_by_its_time_and_the_old_ones_are_thinned(workspace: Workspace, tmp_path: Path) -> None:
    reviewed(workspace)
    folder = tmp_path / "备份"
    for day in range(6):
        made = backups.make(workspace, folder, START + timedelta(days=day), Retention.parse("1,3d"))
        assert made.integrity.sound
    assert [path.name for path in made.deleted] == ["20240707-080000.db"]
    assert [one.path.name for one in backups.found(folder)] == [f"202407{day:02}-080000.db" for day in (10, 9, 8)]
    assert backups.newest(folder).at == START + timedelta(days=5)


def test_only_what_bears_such_a_name_is_deleted(workspace: Workspace, tmp_path: Path) -> None:
    reviewed(workspace)
    folder = tmp_path / "备份"
    folder.mkdir()
    others = [
        "年终.db",
        "20240101-000000.db.old",
        "20241399-000000.db",
        "20240101-0000.db",
        "2024011-0000000.db",
        "说明.txt",
    ]
    for name in others:
        (folder / name).write_text("别的", encoding="utf-8")
    for day in range(3):
        backups.make(workspace, folder, START + timedelta(days=day), Retention())
    assert sorted(path.name for path in folder.iterdir()) == sorted([*others, "20240707-080000.db"])


def test_backups_of_a_time_to_come_are_left_where_the_clock_was_set_back(workspace: Workspace, tmp_path: Path) -> None:
    reviewed(workspace)
    for day in (9, 5, 0):
        made = backups.make(workspace, tmp_path / "备份", START + timedelta(days=day), Retention())
    assert made.deleted == ()
    assert len(backups.found(tmp_path / "备份")) == 3


def test_nothing_is_deleted_for_a_backup_that_is_not_sound(workspace: Workspace, tmp_path: Path) -> None:
    reviewed(workspace)
    backups.make(workspace, tmp_path / "备份", START)
    with engines.writing(workspace.engine, workspace.location) as connection:
        connection.exec_driver_sql("UPDATE waivers SET reason = '无'")
    made = backups.make(workspace, tmp_path / "备份", START + timedelta(days=1), Retention())
    assert not made.integrity.sound
    assert len(backups.found(tmp_path / "备份")) == 2


def test_nothing_is_deleted_where_the_disk_is_full(disk: Path, tmp_path: Path) -> None:
    with opened(locate(str(tmp_path / "工作区"), {}), create=True) as workspace:
        reviewed(workspace)
        backups.make(workspace, disk, START)
        (disk / "占用").write_bytes(bytes(600_000))
        before = sorted(path.name for path in disk.iterdir())
        with pytest.raises(WorkspaceError, match="所在的磁盘已满，没有写下"):
            backups.make(workspace, disk, START + timedelta(days=1), Retention())
    assert sorted(path.name for path in disk.iterdir()) == before


# --- what a backup says, and the drill


def test_a_backup_states_the_digest_of_the_workspace_and_a_drill_comes_to_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    reviewed(workspace)
    made = backups.make(workspace, tmp_path / "备份", START)
    before = everything(workspace)
    with workspace.reading() as connection:
        digest = lines.digest(connection)
    with copying.backup_opened(made.path) as copy:
        assert statement.read(copy) == statement.Statement(digest, made.integrity.head)
    done = drill(made.path)
    assert (done.problem, done.digest, done.integrity) == ("", digest, made.integrity)
    assert everything(workspace) == before


def test_a_restored_workspace_is_as_the_drill_said_but_for_its_own_entry(server: str, kept: Path) -> None:
    with opened(database(server), create=True) as workspace:
        copying.restore(workspace, kept, "张三")
        with engines.writing(workspace.engine, workspace.location) as connection:
            connection.exec_driver_sql("DELETE FROM audit WHERE action = 'restore'")
            assert lines.digest(connection) == drill(kept).digest


def _reworded(path: Path) -> None:
    sql(path, "UPDATE waivers SET reason = '无'")


def _desk_gone(path: Path) -> None:
    """What no audit vouches for."""
    sql(path, "DELETE FROM desks")


def _stated_otherwise(path: Path) -> None:
    sql(path, f"UPDATE backup SET digest = '{'0' * 64}'")  # noqa: S608


def _silent(path: Path) -> None:
    sql(path, "DROP TABLE backup")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_reworded, "备份不完好：豁免 1.*被改过"),
        (_desk_gone, "恢复出来的内容摘要 .* 与备份所记 .* 不符"),
        (_stated_otherwise, "与备份所记 000000000000 不符"),
        (_silent, "没有记下内容摘要，无从比对"),
    ],
)
def test_a_drill_finds_what_is_wrong(kept: Path, damage: Callable[[Path], None], said: str) -> None:
    damage(kept)
    shown = chengwen_here("workspace", "drill", "--folder", kept.parent)
    assert shown.returncode == 1
    assert shown.stderr == ""
    assert shown.stdout.count("\n") == 1
    assert re.search(f"演练没有通过：.*{said}", shown.stdout)


@pytest.mark.parametrize("left", [0, 5_000, 100_000])
def test_a_backup_that_was_cut_short_fails_its_drill_in_a_line(kept: Path, left: int) -> None:
    kept.write_bytes(kept.read_bytes()[:left])
    shown = chengwen_here("workspace", "drill", kept)
    assert (shown.returncode, shown.stderr) == (1, "")
    assert "演练没有通过：" in shown.stdout
    assert shown.stdout.count("\n") == 1


def test_a_drill_with_no_room_says_so(disk: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (disk / "占用").write_bytes(bytes(950_000))
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    shown = chengwen_here("workspace", "drill", kept)
    assert shown.returncode == 1
    assert "磁盘已满" in shown.stdout
    assert [path.name for path in disk.iterdir()] == ["占用"]


def test_a_team_whose_queue_is_in_the_database_can_back_up_drill_and_restore(server: str, tmp_path: Path) -> None:
    import procrastinate

    place = database(server)
    app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=place.url.replace("+psycopg", "")))
    with opened(place, create=True, clock=Clock(), via="test") as workspace:
        reviewed(workspace)
        with app.open():
            app.schema_manager.apply_schema()
        made = backups.make(workspace, tmp_path / "备份", START)
        assert drill(made.path).problem == ""
        assert copying.restore(workspace, made.path, "张三").before.exists()


def test_a_statement_that_came_along_in_the_file_is_not_the_next_backups(kept: Path, tmp_path: Path) -> None:
    """A backup that was moved into the place of the workspace, and worked in."""
    with opened(backup(kept)) as workspace:
        with workspace.writing("李四") as ledger:
            ledger.note("note", {"话": "接着用"})
        made = backups.make(workspace, tmp_path / "再备份", START)
    assert drill(made.path).problem == ""


# --- the commands


def test_the_commands_back_up_thin_and_drill(kept: Path, tmp_path: Path) -> None:
    home = tmp_path / "工作区"
    made = chengwen_here("workspace", "backup", "--keep", "1", "--folder", kept.parent, "--workspace", home)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.endswith("删去旧备份 1 份，留 1 份\n")
    assert not kept.exists()
    drilled = chengwen_here("workspace", "drill", "--folder", kept.parent, "--workspace", home)
    digest = chengwen_here("workspace", "digest", "--workspace", home).stdout.strip()
    assert (drilled.returncode, drilled.stderr) == (0, "")
    assert drilled.stdout.startswith(str(backups.newest(kept.parent).path))
    assert drilled.stdout.endswith(f"内容摘要 {digest}，与备份所记一致\n")


def test_without_a_folder_backups_stand_beside_the_workspace_for_their_owner_alone(kept: Path, tmp_path: Path) -> None:
    home = tmp_path / "工作区"
    assert chengwen_here("workspace", "backup", "--workspace", home).returncode == 0
    assert (home / "backups").stat().st_mode & 0o777 == 0o700
    assert chengwen_here("workspace", "drill", "--workspace", home).stdout.startswith(str(home / "backups"))


def test_a_backup_that_is_not_sound_is_made_and_makes_the_status_1(kept: Path, tmp_path: Path) -> None:
    sql(tmp_path / "工作区/workspace.db", "UPDATE waivers SET reason = '无'")
    shown = chengwen_here(
        "workspace", "backup", "--keep", "1", "--folder", kept.parent, "--workspace", tmp_path / "工作区"
    )
    assert shown.returncode == 1
    assert "不符 1 处" in shown.stdout
    assert "不完好，旧备份都留着" in shown.stdout
    assert len(backups.found(kept.parent)) == 2


def test_what_cannot_be_meant_is_told_in_a_line(kept: Path, tmp_path: Path) -> None:
    home = ("--workspace", tmp_path / "工作区")
    for words, said in (
        (("backup", "一.db", "--keep", "3", *home), "不能再写 --folder 或 --keep"),
        (("backup", "--keep", "三份", *home), "--keep 三份 看不懂"),
        (("drill", "没有.db"), "没有备份文件 没有.db"),
        (("drill", kept, "--folder", kept.parent), "只能写一个"),
        (("drill", "--folder", tmp_path / "临时"), "里没有备份"),
    ):
        shown = chengwen_here("workspace", *words)
        assert (shown.returncode, shown.stdout, shown.stderr.count("\n")) == (2, "", 1), words
        assert said in shown.stderr


def test_the_timer_of_the_documentation_is_one_that_systemd_takes() -> None:
    page = (Path(__file__).parents[1] / "docs/keeping.md").read_text(encoding="utf-8")
    calendars = [line.split("=", 1)[1] for line in page.splitlines() if line.startswith("OnCalendar=")]
    assert calendars
    for calendar in calendars:
        try:
            said = subprocess.run(["systemd-analyze", "calendar", calendar], capture_output=True, text=True)
        except FileNotFoundError:
            pytest.skip("systemd is not installed: the timers of docs/keeping.md are not tested")
        assert said.returncode == 0, said.stderr
