"""A team's PostgreSQL: what goes wrong with the server is one line without a password, and its settings cannot weaken a write."""

from __future__ import annotations

from urllib.parse import parse_qs

import psycopg
import pytest
from sqlalchemy import Connection, text

from drafting.errors import WorkspaceError
from drafting.workspace import history, saving, schema
from drafting.workspace.integrity import verify
from drafting.workspace.ledger import Ledger
from drafting.workspace.location import Location, locate
from drafting.workspace.rows import Version
from drafting.workspace.workspace import Workspace, opened
from tests.builders import CLEAN, report
from tests.postgres import GUARDED
from tests.test_workspace_versions import edited
from tests.workspaces import database

SECRET = "口令8821"


@pytest.fixture
def location(server: str) -> Location:
    return database(server)


def administer(location: Location, *commands: str) -> None:
    """Done by the server's owner."""
    host = parse_qs(location.url.partition("?")[2])["host"][0]
    with psycopg.connect(f"postgresql://chengwen@/{_name(location)}?host={host}", autocommit=True) as connection:
        for command in commands:
            connection.execute(command)


def _name(location: Location) -> str:
    return location.shown.rpartition("/")[2]


def guarded(location: Location, password: str) -> Location:
    """The same database as somebody who has to give a password."""
    query = location.url.partition("?")[2]
    administer(
        location,
        f"DO $$ BEGIN CREATE ROLE {GUARDED} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
        f"ALTER ROLE {GUARDED} PASSWORD '{SECRET}'",
    )
    return locate(f"postgresql://{GUARDED}:{password}@/{_name(location)}?{query}", {})


def refused(location: Location) -> str:
    with pytest.raises(WorkspaceError) as caught, opened(location, create=True):
        pass
    told = str(caught.value)
    assert "\n" not in told
    assert SECRET not in told
    return told


def test_a_server_that_is_not_there_is_told() -> None:
    assert "连不上 PostgreSQL" in refused(locate(f"postgresql://u:{SECRET}@127.0.0.1:1/w", {}))
    assert "连不上 PostgreSQL" in refused(locate(f"postgresql://u:{SECRET}@/w?host=/nonexistent", {}))
    assert "连不上 PostgreSQL" in refused(locate(f"postgresql://u:{SECRET}@no-such-host.invalid/w", {}))


def test_a_wrong_password_is_told_and_the_right_one_opens(location: Location) -> None:
    assert refused(guarded(location, f"{SECRET}x")).endswith("用户名或密码不对")
    administer(location, f"GRANT ALL ON SCHEMA public TO {GUARDED}")
    with opened(guarded(location, SECRET), create=True) as workspace:
        saving.record(workspace, report(CLEAN), "张三", "drafted")


def test_an_unknown_role_database_or_right_is_told(location: Location, server: str) -> None:
    assert "用户名或密码不对" in refused(locate(f"postgresql://nobody@/{_name(location)}?{server}", {}))
    assert "没有这个数据库" in refused(locate(f"postgresql://chengwen@/nothing?{server}", {}))
    assert "没有权限" in refused(guarded(location, SECRET))


@pytest.mark.parametrize("given", ["postgresql://u@h:端口/w", "postgresql://u@h/w?nonsense=1"])
def test_a_url_that_cannot_be_read_is_told(given: str) -> None:
    with pytest.raises(WorkspaceError) as caught, opened(locate(given, {})):
        pass
    assert "\n" not in str(caught.value)


def cut(location: Location, ledger: Ledger) -> None:
    """Ends a writer's connection at the server."""
    pid = ledger.connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    administer(location, f"SELECT pg_terminate_backend({pid}, 5000)")


def written_and_cut(workspace: Workspace, base: Version, after: int) -> None:
    """Two versions in one write; the connection goes after so many of them."""
    with workspace.writing("李四") as ledger:
        for number in range(3):
            if number == after:
                cut(workspace.location, ledger)
            draft = edited(report(CLEAN), "6次", f"{number + 7}次")
            if number < 2:
                saving.add(ledger, base.report_id, draft, "edited", parent=base)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_connection_cut_in_the_middle_of_a_write_leaves_nothing_of_it(location: Location, after: int) -> None:
    with opened(location, create=True) as workspace:
        base = saving.record(workspace, report(CLEAN), "张三", "drafted").version
        with pytest.raises(WorkspaceError, match=r"没有写完的不留下，请再试$"):
            written_and_cut(workspace, base, after)
        with workspace.reading() as connection:
            assert [version.id for version in history.line(connection, base.report_id)] == [base.id]
            assert verify(connection).sound
        assert saving.save(workspace, base, edited(report(CLEAN), "6次", "7次"), "李四").number == 2


def test_a_writer_that_was_cut_off_holds_up_nobody(location: Location) -> None:
    def write(workspace: Workspace, other: Workspace) -> None:
        with workspace.writing("李四") as ledger:
            cut(location, ledger)
            assert saving.record(other, report(CLEAN), "张三", "drafted").made

    with opened(location, create=True) as workspace, opened(location) as other:
        with pytest.raises(WorkspaceError):
            write(workspace, other)
        with other.reading() as connection:
            assert len(history.documents(connection)) == 1


def test_the_servers_defaults_do_not_weaken_a_write(location: Location) -> None:
    name = _name(location)
    administer(
        location,
        f"ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'",
        f"ALTER DATABASE {name} SET default_transaction_read_only = on",
        f"ALTER DATABASE {name} SET synchronous_commit = off",
    )
    with opened(location, create=True) as workspace, workspace.writing("张三") as ledger:
        shown = {name: _shown(ledger.connection, name) for name in _SETTINGS}
    assert shown == _SETTINGS


_SETTINGS = {
    "transaction_isolation": "read committed",
    "transaction_read_only": "off",
    "synchronous_commit": "on",
    "lock_timeout": "30s",
    "idle_in_transaction_session_timeout": "1min",
}


def _shown(connection: Connection, name: str) -> str:
    return str(connection.execute(text(f"SHOW {name}")).scalar_one())


def test_a_reader_sees_one_state_while_others_write(location: Location) -> None:
    with opened(location, create=True) as workspace:
        base = saving.record(workspace, report(CLEAN), "张三", "drafted").version
        with workspace.reading() as connection:
            assert len(history.line(connection, base.report_id)) == 1
            saving.save(workspace, base, edited(report(CLEAN), "6次", "7次"), "李四")
            assert len(history.line(connection, base.report_id)) == 1


def test_a_read_cannot_write(location: Location) -> None:
    with opened(location, create=True) as workspace:
        with pytest.raises(WorkspaceError, match=r"只读，无法写入$"), workspace.reading() as connection:
            connection.execute(text("DELETE FROM audit"))
        with workspace.reading() as connection:
            assert schema.age(connection, location) is not None
