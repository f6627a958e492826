"""The schema's age: old workspaces are migrated whole or not at all, and what is no workspace of ours is left alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from drafting.desk import desks
from drafting.desk.operations import AddFact
from drafting.errors import WorkspaceError
from drafting.workspace import access, copying, history, schema
from drafting.workspace import engine as engines
from drafting.workspace.integrity import verify
from drafting.workspace.location import Location, backup
from drafting.workspace.tables import SCHEMA, metadata
from drafting.workspace.workspace import Workspace, opened
from tests.builders import profile
from tests.reviewed import reviewed
from tests.test_workspace_backup import everything, rows

NEXT = "0008"
_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade():
    op.create_table("seals", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text, nullable=False))
    op.add_column("users", sa.Column("unit", sa.Text, nullable=False, server_default="办公室"))
    op.execute("INSERT INTO seals SELECT id, name FROM users")
    op.create_index("ix_seals_name", "seals", ["name"])
"""
_FAILS = _STEP + '    op.create_table("seals", sa.Column("id", sa.Integer))\n'


@pytest.fixture
def aged(location: Location) -> Location:
    """A workspace of today, in which everything has happened."""
    with opened(location, create=True) as workspace:
        reviewed(workspace)
    return location


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """A program with one more migration."""

    def install(step: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions/0008_next.py").write_text(step, encoding="utf-8")
        monkeypatch.setattr(schema, "MIGRATIONS", str(folder))
        monkeypatch.setattr(schema, "SCHEMA", NEXT)
        monkeypatch.setattr(copying, "SCHEMA", NEXT)

    return install


def migrate(location: Location, target: Path) -> str:
    engine = engines.connect(location)
    try:
        return copying.upgrade(engine, location, target)
    finally:
        engine.dispose()


def state(location: Location) -> tuple[object, ...]:
    """Tables, columns and rows."""
    with seen(location) as connection:
        looked = inspect(connection)
        columns = {name: [column["name"] for column in looked.get_columns(name)] for name in looked.get_table_names()}
        return (
            columns,
            rows(connection),
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one(),
        )


@contextmanager
def seen(location: Location) -> Iterator[Connection]:
    """Read whatever its age."""
    engine = engines.connect(location)
    try:
        with engines.reading(engine, location) as connection:
            yield connection
    finally:
        engine.dispose()


def open_it(location: Location, *, create: bool = False) -> None:
    with opened(location, create=create):
        pass


def test_tables_and_migrations_agree(workspace: Workspace) -> None:
    with workspace.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        assert schema.age(connection, workspace.location) == SCHEMA


def test_an_old_workspace_is_refused_until_it_is_migrated_and_loses_nothing(
    aged: Location, newer: Callable[[str], None], tmp_path: Path
) -> None:
    before = state(aged)
    newer(_STEP)
    with pytest.raises(WorkspaceError, match=rf"是旧格式（{SCHEMA}），请先运行 chengwen workspace upgrade"):
        open_it(aged)
    assert migrate(aged, tmp_path / "升级前.db") == SCHEMA
    with opened(aged) as workspace, workspace.reading() as connection:
        assert verify(connection).sound
        assert rows(connection) == before[1]
        assert connection.execute(text("SELECT name, unit FROM users WHERE id = 2")).one() == ("李四", "办公室")
        assert connection.execute(text("SELECT count(*) FROM seals")).scalar_one() == 4
    assert state(backup(tmp_path / "升级前.db")) == before


def test_a_workspace_of_the_first_age_comes_to_today_with_its_rows_and_gets_a_desk(
    location: Location, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        shutil.copytree(
            schema.MIGRATIONS, tmp_path / "then", ignore=shutil.ignore_patterns("__pycache__", "000[2-9]_*")
        )
        then.setattr(schema, "MIGRATIONS", str(tmp_path / "then"))
        then.setattr(schema, "SCHEMA", "0001")
        with opened(location, create=True) as workspace:
            signed = reviewed(workspace, desk=False)
    before = tables(location)
    assert {"shares", "usage", "desks"}.isdisjoint(before)
    with pytest.raises(WorkspaceError, match=r"是旧格式（0001），请先运行 chengwen workspace upgrade"):
        open_it(location)
    assert migrate(location, tmp_path / "升级前.db") == "0001"
    assert {name: rows for name, rows in tables(location).items() if name in before} == before
    assert tables(backup(tmp_path / "升级前.db")) == before
    with opened(location) as workspace:
        with workspace.writing("张三") as ledger:
            access.share(ledger, history.document(ledger.connection, signed.report_id), "李四")
        desks.edit(workspace, signed.report_id, "李四", [AddFact("s1", "", "开展应急演练12场")], profile())
        with workspace.reading() as connection:
            found = desks.look(connection, signed.report_id, "李四").copy
            assert verify(connection).sound
        assert found.sections[0].facts[0].text == "开展应急演练12场"


def tables(location: Location) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table that there is, whatever its age."""
    with seen(location) as connection:
        names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
        return {
            name: sorted(map(tuple, connection.execute(text(f'SELECT * FROM "{name}"'))), key=repr)  # noqa: S608
            for name in names
        }


def test_a_migration_that_fails_in_the_middle_leaves_everything_as_it_was(
    aged: Location, newer: Callable[[str], None], tmp_path: Path
) -> None:
    before = state(aged)
    newer(_FAILS)
    with pytest.raises(WorkspaceError, match="数据库出错"):
        migrate(aged, tmp_path / "升级前.db")
    assert state(aged) == before
    assert not (tmp_path / "升级前.db").exists()
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".升级前")] == []


def test_an_upgrade_of_todays_workspace_does_nothing(aged: Location, tmp_path: Path) -> None:
    before = state(aged)
    assert migrate(aged, tmp_path / "升级前.db") == SCHEMA
    assert state(aged) == before
    assert not (tmp_path / "升级前.db").exists()


def test_an_upgrade_does_not_overwrite_a_file(aged: Location, newer: Callable[[str], None], tmp_path: Path) -> None:
    before = state(aged)
    newer(_STEP)
    (tmp_path / "升级前.db").write_text("上一次的", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="已存在"):
        migrate(aged, tmp_path / "升级前.db")
    assert state(aged) == before


def test_an_old_backup_is_restored_after_it_was_migrated_itself(
    aged: Location, newer: Callable[[str], None], tmp_path: Path
) -> None:
    with opened(aged) as workspace:
        copying.back_up(workspace, tmp_path / "旧.db")
        before = everything(workspace)
    newer(_STEP)
    migrate(aged, tmp_path / "升级前.db")
    with opened(aged) as workspace:
        with pytest.raises(WorkspaceError, match=rf"备份 .*旧\.db 是旧格式（{SCHEMA}）"):
            copying.restore(workspace, tmp_path / "旧.db", "张三")
        migrate(backup(tmp_path / "旧.db"), tmp_path / "旧的升级前.db")
        copying.restore(workspace, tmp_path / "旧.db", "张三")
        assert everything(workspace)["audit"][:-1] == before["audit"]


def _stamp(age: str) -> Callable[[Connection], None]:
    return lambda connection: connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{age}'")  # type: ignore[return-value] # noqa: S608


def _twice(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")


def _unstamp(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM alembic_version")


@pytest.mark.parametrize(
    ("change", "opening", "upgrading"),
    [
        (_stamp("0099"), rf"由更新的版本写成（格式 0099，此程序只到 {SCHEMA}），请升级成文$", "由更新的版本写成"),
        (_stamp("0000"), r"是旧格式（0000），请先运行", "没有这一格式的升级步骤"),
        (_twice, "不是成文的工作区", "不是成文的工作区"),
        (_unstamp, "不是成文的工作区", "不是成文的工作区"),
    ],
)
def test_an_age_that_is_not_known_is_told_in_a_line_and_nothing_changes(
    aged: Location, tmp_path: Path, change: Callable[[Connection], None], opening: str, upgrading: str
) -> None:
    with opened(aged) as workspace, engines.writing(workspace.engine, aged) as connection:
        change(connection)
        before = rows(connection)
    for work, said in (
        (lambda: open_it(aged), opening),
        (lambda: open_it(aged, create=True), opening),
        (lambda: migrate(aged, tmp_path / "升级前.db"), upgrading),
    ):
        with pytest.raises(WorkspaceError, match=said) as caught:
            work()
        assert "\n" not in str(caught.value)
    with seen(aged) as connection:
        assert rows(connection) == before


@pytest.mark.parametrize("tables", [("orders", "customers"), ("alembic_version", "orders")])
def test_a_database_that_holds_something_else_is_left_alone(location: Location, tables: tuple[str, ...]) -> None:
    engine = engines.connect(location)
    if location.path is not None:
        location.path.parent.mkdir()
        location.path.touch()
    with engines.writing(engine, location) as connection:
        for name in tables:
            connection.exec_driver_sql(f"CREATE TABLE {name} (version_num TEXT)")
            connection.exec_driver_sql(f"INSERT INTO {name} VALUES ('1a2b3c')")  # noqa: S608
    with pytest.raises(WorkspaceError, match=r"里已有别的数据.*不是成文的工作区$"):
        open_it(location, create=True)
    with engines.reading(engine, location) as connection:
        assert sorted(inspect(connection).get_table_names()) == sorted(tables)
    engine.dispose()


@pytest.mark.parametrize(
    ("data", "said"),
    [("这不是数据库，是一份说明。" * 100, "不是成文的工作区$"), ("", "里还没有工作区：先用 chengwen draft")],
)
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, data: str, said: str) -> None:
    path = tmp_path / "workspace.db"
    path.write_text(data, encoding="utf-8")
    place = Location("", path, str(tmp_path))
    with pytest.raises(WorkspaceError, match=said):
        open_it(place)
    assert path.read_text(encoding="utf-8") == data
    assert [found.name for found in tmp_path.iterdir()] == ["workspace.db"]
