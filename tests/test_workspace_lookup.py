"""What one report needs is found by an index, on both databases, however much else there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from drafting.workspace import contents, history, saving
from drafting.workspace.ledger import Ledger
from drafting.workspace.location import Location
from drafting.workspace.rows import Version
from drafting.workspace.tables import comments
from drafting.workspace.workspace import Workspace, opened
from tests.builders import CLEAN, report
from tests.test_workspace_versions import edited
from tests.workspaces import database

SCANS = ("SCAN", "Seq Scan")


@pytest.fixture
def statements(workspace: Workspace) -> Iterator[list[tuple[str, Any]]]:
    with listened(workspace) as heard:
        yield heard


@contextmanager
def listened(workspace: Workspace) -> Iterator[list[tuple[str, Any]]]:
    """The statements that reading executes."""
    heard: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, sql: str, values: Any, *_: object) -> None:
        if sql.startswith("SELECT"):
            heard.append((sql, values))

    event.listen(workspace.engine, "before_cursor_execute", hear)
    yield heard
    event.remove(workspace.engine, "before_cursor_execute", hear)


@pytest.fixture
def version(workspace: Workspace) -> Version:
    return _filled(workspace)


def _filled(workspace: Workspace) -> Version:
    """The tenth version of a report."""
    version = saving.record(workspace, report(CLEAN), "张三", "drafted").version
    with workspace.writing("张三") as ledger:
        for number in range(10, 20):
            text = edited(report(CLEAN), "6次", f"{number}次")
            version = saving.add(ledger, version.report_id, text, "edited", parent=version)
    return version


READS: dict[str, Callable[[Connection, Version], object]] = {
    "resolve": lambda connection, version: history.resolve(connection, version.hash[:8]),
    "with_hash": lambda connection, version: history.with_hash(connection, version.hash),
    "line": lambda connection, version: history.line(connection, version.report_id),
    "head": lambda connection, version: history.head(connection, version.report_id),
    "proposals": lambda connection, version: history.proposals(connection, version.report_id),
    "version": lambda connection, version: history.version(connection, version.id),
    "contents": lambda connection, version: contents.get(connection, version.hash),
    "document": lambda connection, version: history.document(connection, version.report_id),
}


@pytest.mark.parametrize("name", READS)
def test_reading_one_report_looks_through_no_table(
    workspace: Workspace, version: Version, statements: list[tuple[str, Any]], name: str
) -> None:
    with workspace.reading() as connection:
        READS[name](connection, version)
        assert statements
        assert [plan for sql, values in list(statements) if (plan := _scanned(connection, sql, values))] == []


def _scanned(connection: Connection, sql: str, values: Any) -> str:
    """The plan of a statement that looks through a whole table; PostgreSQL is told to use an index wherever one can be used."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {sql}", values))
    else:
        plan = "\n".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values))
    return plan if any(scan in plan for scan in SCANS) else ""


def test_an_id_is_looked_up_once_in_a_write(workspace: Workspace, version: Version, statements: list[Any]) -> None:
    with workspace.writing("张三") as ledger:
        statements.clear()
        for number in range(5):
            _comment(ledger, version, f"第{number}条意见")
        assert len([sql for sql, _ in statements if "max(comments.id)" in sql]) == 1


def _comment(ledger: Ledger, version: Version, said: str) -> None:
    told = {"block": 0, "start": 0, "end": 0, "by": "张三", "settled_by": "", "settled_at": ""}
    ledger.add(comments, "comment", version_id=version.id, text=said, at=ledger.at, **told)


def test_a_beginning_is_found_in_a_database_of_another_language(server: str) -> None:
    """An upgrade of the system's language tables would spoil an index in that language's order: hashes have none."""
    with opened(_in_chinese(server), create=True) as workspace:
        version = _filled(workspace)
        with listened(workspace) as statements, workspace.reading() as connection:
            for one in history.line(connection, version.report_id):
                for digits in range(5, 12):
                    assert history.resolve(connection, one.hash[:digits]).hash == one.hash
            assert [plan for sql, values in list(statements) if (plan := _scanned(connection, sql, values))] == []
            of_language = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            hashes = f"{of_language} AND character_maximum_length = 64 AND collation_name IS DISTINCT FROM 'C'"
            assert connection.execute(text(hashes)).all() == []


def _in_chinese(server: str) -> Location:
    import psycopg

    found = database(server)
    name = found.shown.rpartition("/")[2]
    with psycopg.connect(f"postgresql://chengwen@/postgres?{server}", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name}")
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans-CN' LOCALE 'C'"
        )
    return found
