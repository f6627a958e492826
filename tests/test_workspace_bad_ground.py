"""Bad ground: a full or read-only disk, a place where no workspace can be. One line says so, and nothing is half written."""

from __future__ import annotations

import errno
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from drafting.errors import InputError, WorkspaceError
from drafting.report import Report
from drafting.workspace import copying, history, saving
from drafting.workspace.engine import told
from drafting.workspace.integrity import verify
from drafting.workspace.location import Location, locate
from drafting.workspace.rows import Version
from drafting.workspace.workspace import Workspace, opened
from tests.builders import CLEAN, report
from tests.test_workspace_versions import edited

_TOO_MANY = 2000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "小盘"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("no file system can be mounted here: a full and a read-only disk are only simulated")
    yield folder
    subprocess.run(["umount", folder], check=True)


def draft() -> Report:
    return report(CLEAN)


def fill(workspace: Workspace, base: Version) -> list[str]:
    """Versions until the disk is full; the hashes of those that were taken."""
    taken = [base.hash]

    def write(stands: Version) -> None:
        for number in range(_TOO_MANY):
            stands = saving.save(workspace, stands, edited(draft(), "6次", f"{number + 10}次"), "张三")
            taken.append(stands.hash)

    with pytest.raises(WorkspaceError, match=r"所在的磁盘已满，没有写下$"):
        write(base)
    return taken


def line(workspace: Workspace) -> list[str]:
    with workspace.reading() as connection:
        assert verify(connection).problems == ()
        return [version.hash for version in history.line(connection, 1)]


def test_a_full_disk_is_told_and_every_version_that_was_taken_is_there(disk: Path) -> None:
    with opened(locate(str(disk / "工作区"), {}), create=True) as workspace:
        taken = fill(workspace, saving.record(workspace, draft(), "张三", "drafted").version)
        assert line(workspace) == taken


def test_a_backup_onto_a_full_disk_leaves_nothing_there(disk: Path, tmp_path: Path) -> None:
    with opened(locate(str(tmp_path / "工作区"), {}), create=True) as workspace:
        saving.record(workspace, draft(), "张三", "drafted")
        (disk / "占用").write_bytes(bytes(990_000))
        with pytest.raises(WorkspaceError, match=r"^备份 .*备份\.db：所在的磁盘已满，没有写下$"):
            copying.back_up(workspace, disk / "备份.db")
        assert [path.name for path in disk.iterdir()] == ["占用"]


def test_a_file_that_may_not_grow_is_told_and_every_version_that_was_taken_is_there(tmp_path: Path) -> None:
    with opened(locate(str(tmp_path), {}), create=True) as workspace:
        base = saving.record(workspace, draft(), "张三", "drafted").version
        workspace.engine.dispose()
        event.listen(workspace.engine, "connect", lambda opened, _: opened.execute("PRAGMA max_page_count = 90"))
        taken = fill(workspace, base)
        assert line(workspace) == taken


def test_a_disk_that_becomes_read_only_is_told_and_nothing_is_half_written(disk: Path, tmp_path: Path) -> None:
    here, elsewhere = locate(str(disk), {}), locate(str(tmp_path / "别处"), {})
    with opened(here, create=True) as workspace, opened(elsewhere, create=True) as other:
        base = saving.record(workspace, draft(), "张三", "drafted").version
        workspace.engine.dispose()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        try:
            with pytest.raises(
                WorkspaceError, match=r"^工作区 .*：(打不开，请看文件夹在不在、能不能写|只读，无法写入)$"
            ):
                saving.save(workspace, base, edited(draft(), "6次", "7次"), "张三")
            with pytest.raises(OSError, match="Read-only") as caught:
                copying.back_up(other, disk / "备份.db")
            assert caught.value.errno == errno.EROFS
        finally:
            subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        assert line(workspace) == [base.hash]


def test_a_file_that_may_only_be_read_is_told(tmp_path: Path) -> None:
    with opened(locate(str(tmp_path), {}), create=True) as workspace:
        base = saving.record(workspace, draft(), "张三", "drafted").version
        with (
            workspace.reading() as connection,
            pytest.raises(WorkspaceError, match=r"只读，无法写入$"),
            told(workspace.location),
        ):
            connection.exec_driver_sql("DELETE FROM versions")
        assert line(workspace) == [base.hash]


def test_where_there_is_no_workspace_nothing_is_made(tmp_path: Path) -> None:
    with (
        pytest.raises(WorkspaceError, match=r"^没有工作区 .*先用 chengwen draft"),
        opened(locate(str(tmp_path / "无"), {})),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("不是文件夹", encoding="utf-8")
    with pytest.raises(OSError, match=r"说明.txt"), opened(locate(str(tmp_path / "说明.txt"), {}), create=True):
        pass


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "workspace.db").mkdir()
    with (
        pytest.raises(WorkspaceError, match=r"打不开，请看文件夹在不在、能不能写$"),
        opened(locate(str(tmp_path), {}), create=True),
    ):
        pass


@pytest.mark.parametrize("name", ["有 空格", "a?b=c", "100%41", "甲#乙", "file:x", "引'号"])
def test_a_folder_of_any_name_holds_the_workspace(tmp_path: Path, name: str) -> None:
    with opened(locate(str(tmp_path / name), {}), create=True) as workspace:
        saving.record(workspace, draft(), "张三", "drafted")
        copying.back_up(workspace, tmp_path / name / "备份.db")
        assert sorted(path.name for path in (tmp_path / name).glob("*.db")) == ["workspace.db", "备份.db"]
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("text", ["含\0的字", "半个\ud800字"])
def test_text_that_no_file_could_hold_is_refused_by_both_databases(workspace: Workspace, text: str) -> None:
    with pytest.raises(InputError, match=r"含有不是文字的字符，存不了$"):
        saving.record(workspace, draft(), "张三", "drafted", note=text)
    with pytest.raises(InputError, match=r"含有不是文字的字符，存不了$"):
        saving.record(workspace, draft(), text, "drafted")
    with workspace.reading() as connection:
        assert history.documents(connection) == []
        assert verify(connection).sound


@pytest.mark.parametrize("given", ["mysql://主机/库", "http://主机/库", "sqlite://x"])
def test_a_url_of_another_kind_is_told(given: str) -> None:
    with pytest.raises(WorkspaceError, match="不认识，应是文件夹，或 postgresql://"):
        locate(given, {})


def test_a_location_shows_no_password() -> None:
    found = locate("postgresql://张三:secret@db.example.cn:5433/报告?password=secret&sslmode=require", {})
    assert isinstance(found, Location)
    assert "secret" not in str(found)
    assert "secret" not in found.named
