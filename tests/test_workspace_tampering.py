"""Whatever is changed behind the program's back is found, and named."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, func, select, text

from drafting.canonical import canonical
from drafting.errors import WorkspaceError
from drafting.workspace.contents import get
from drafting.workspace.integrity import Integrity, verify
from drafting.workspace.ledger import START, chained, digest
from drafting.workspace.location import locate
from drafting.workspace.tables import AUDITED, audit, contents, steps, versions
from drafting.workspace.workspace import Workspace, opened
from tests.reviewed import reviewed
from tests.workspaces import Clock, database


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def workspace(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One for all: what a test does to it is taken back."""
    here = request.param == "sqlite"
    place = (
        locate(str(tmp_path_factory.mktemp("tampered")), {}) if here else database(request.getfixturevalue("server"))
    )
    with opened(place, create=True, clock=Clock(), via="test") as found:
        reviewed(found)
        yield found


def checked(workspace: Workspace, expected_head: str = "") -> Integrity:
    with workspace.reading() as connection:
        return verify(connection, expected_head)


@contextmanager
def tampered(workspace: Workspace, work: Callable[[Connection], object]) -> Iterator[Connection]:
    """Done with the database's own means, its foreign keys off; looked at inside the transaction, and taken back."""
    with workspace.engine.connect() as connection:
        if workspace.location.path is not None:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
        with connection.execution_options(writes=True).begin() as transaction:
            if workspace.location.path is None:
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            work(connection)
            yield connection
            transaction.rollback()
        connection.invalidate()


def run(sql: str) -> Callable[[Connection], object]:
    return lambda connection: connection.execute(text(sql))


def test_a_workspace_in_which_everything_happened_is_sound(workspace: Workspace) -> None:
    found = checked(workspace)
    assert found.problems == ()
    with workspace.reading() as connection:
        assert [table.name for table in AUDITED if not connection.execute(select(table)).first()] == []
    assert checked(workspace, found.head[:12]).sound


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE versions SET author = '王五' WHERE number = 2", r"^版本 \w{12}（市应急管理局.*第 2 版，王五）被改过"),
        ("UPDATE versions SET at = '2020-01-01T00:00:00.000000+00:00' WHERE number = 3", r"第 3 版.*被改过"),
        ("UPDATE versions SET parent_id = 1 WHERE number = 4", r"第 4 版.*被改过"),
        ("UPDATE versions SET note = '已经领导同意' WHERE number = 1", r"第 1 版，张三）被改过"),
        ("UPDATE versions SET number = NULL WHERE number = 2", r"第 – 版，李四）被改过"),
        (
            "UPDATE versions SET hash = (SELECT hash FROM versions WHERE number = 1) WHERE number = 2",
            r"第 2 版.*被改过",
        ),
        ("UPDATE waivers SET reason = '无'", r"^豁免 1（B103，王五，版本 \w{12}）被改过"),
        ("UPDATE steps SET \"by\" = '张三' WHERE action = 'sign'", r"^签发 2（张三，版本 \w{12}）被改过"),
        (
            "UPDATE steps SET hash = (SELECT hash FROM versions WHERE number = 1) WHERE action = 'sign'",
            r"^签发 2.*被改过",
        ),
        ("UPDATE comments SET text = '同意' WHERE id = 1", r"^批注 1（王五，版本 \w{12}）被改过"),
        ("UPDATE comments SET settled_by = '' WHERE id = 1", r"^批注 1.*被改过"),
        ("UPDATE decisions SET accepted = NOT accepted WHERE id = 1", r"^取舍 1（李四，版本 \w{12}）被改过"),
        ("UPDATE proposed SET \"by\" = '张三' WHERE id = 1", r"^修改人 1（张三，版本 \w{12}）被改过"),
        ("UPDATE checks SET errors = 3 WHERE id = 1", r"^校核记录 1（李四，版本 \w{12}）被改过"),
        ("UPDATE conflicts SET theirs = '无' WHERE id = 1", r"^冲突 1（版本 \w{12}）被改过"),
        ("UPDATE shares SET name = '王五'", r"^同稿人 1（.*）被改过"),
        ("DELETE FROM shares", r"^同稿人 1 不见了"),
        ("UPDATE usage SET prompt_tokens = 9", r"^模型用量 1（.*）被改过"),
        ("DELETE FROM usage", r"^模型用量 1 不见了"),
        ("UPDATE users SET roles = '[\"administrator\"]' WHERE name = '李四'", r"^用户 2（李四）被改过"),
        ("UPDATE reports SET name = '别的报告'", r"^报告 1（别的报告）被改过"),
        ("UPDATE briefs SET author = '王五'", r"^提纲 \w{12}（.*第 1 版）被改过"),
        ("UPDATE audit SET who = '王五' WHERE number = 5", r"^审计第 5 条（.* 王五 .*）被改过"),
        ("UPDATE audit SET digest = previous WHERE number = 5", r"^审计第 5 条.*被改过"),
        ("UPDATE audit SET subject = '别的' WHERE number = 5", r"^审计第 5 条（.*别的）说的不是工作区里的东西"),
        ("DELETE FROM audit WHERE number = 5", r"^审计缺第 5 条$"),
        ("DELETE FROM audit WHERE number IN (5, 6, 7)", r"^审计缺第 5 条至第 7 条$"),
        ("DELETE FROM waivers", r"^豁免 1 不见了，审计第 \d+ 条（.* 王五 waive 豁免）有它"),
        ("DELETE FROM steps WHERE action = 'sign'", r"^审核记录 2 不见了，审计第 \d+ 条（.* 王五 sign 审核记录）有它"),
        ("DELETE FROM users WHERE id = 1", r"^用户 1 不见了"),
        ("DELETE FROM versions WHERE number = 1", r"^版本 \d 不见了"),
        (
            "INSERT INTO waivers (id, version_id, code, reason, \"by\", at) VALUES (2, 1, 'B101', '同意', '王五', '')",
            r"^豁免 2（B101，王五，版本 \w{12}）没有审计记录，是绕过程序加进来的",
        ),
        (
            "INSERT INTO users (id, name, roles, password, sessions, created_at, disabled_at) VALUES (0, '钱', '[]', '', 0, '', '')",
            r"^用户 0（钱）没有审计记录",
        ),
        (
            "DELETE FROM contents WHERE hash = (SELECT hash FROM versions WHERE number = 2)",
            r"第 2 版，李四）的内容不见了",
        ),
        ("DELETE FROM contents WHERE hash = (SELECT hash FROM briefs)", r"^提纲 \w{12}（.*第 1 版）的内容不见了"),
        ("DELETE FROM contents WHERE hash = (SELECT hash FROM briefs)", r"第 1 版，张三）的内容缺提纲"),
        ("UPDATE contents SET brief = NULL", r"第 1 版，张三）的内容与编号不符"),
        (
            "UPDATE contents SET data = (SELECT data FROM contents c JOIN versions v ON v.hash = c.hash WHERE v.number = 1)"
            " WHERE hash = (SELECT hash FROM versions WHERE number = 2)",
            r"第 2 版，李四）的内容与编号不符",
        ),
        (
            "INSERT INTO contents (hash, data) SELECT 'aaaaaaaaaaaa' || substr(hash, 13), data FROM contents LIMIT 1",
            r"^内容 aaaaaaaaaaaa 不属于任何版本",
        ),
    ],
)
def test_a_row_that_was_changed_added_or_taken_away_is_named(workspace: Workspace, sql: str, named: str) -> None:
    with tampered(workspace, run(sql)) as connection:
        _named(verify(connection), named)


def _named(found: Integrity, named: str) -> None:
    assert any(re.search(named, problem) for problem in found.problems), found.problems
    assert not any("\n" in problem for problem in found.problems)


@dataclass(frozen=True)
class Rewrite:
    """Another packed content in the place of one."""

    of: str
    make: Callable[[bytes], bytes]

    def __call__(self, connection: Connection) -> None:
        wanted = select(contents).where(contents.c.hash == text(f"({self.of})"))
        row = connection.execute(wanted).mappings().one()
        made = contents.update().where(contents.c.hash == row["hash"]).values(data=self.make(row["data"]))
        connection.execute(made)


def reworded(data: bytes) -> bytes:
    whole = zlib.decompress(data).decode()
    assert "9" in whole
    return zlib.compress(whole.replace("9", "8").encode(), 6)


def respaced(data: bytes) -> bytes:
    return zlib.compress(json.dumps(json.loads(zlib.decompress(data))).encode(), 6)


VERSION, BRIEF = "SELECT hash FROM versions WHERE number = 1", "SELECT hash FROM briefs WHERE id = 1"


@pytest.mark.parametrize(
    ("of", "make", "named"),
    [
        (VERSION, reworded, r"^版本 \w{12}（.*第 1 版，张三）的内容与编号不符，被改动过"),
        (VERSION, respaced, r"第 1 版，张三）的内容与编号不符"),
        (VERSION, lambda data: data[:-9], r"第 1 版，张三）的内容读不出，已损坏"),
        (VERSION, lambda data: b"", r"第 1 版，张三）的内容读不出"),
        (VERSION, lambda data: zlib.compress("空".encode()), r"第 1 版，张三）的内容与编号不符"),
        (BRIEF, lambda data: zlib.compress(canonical({"facts": []})), r"^提纲 \w{12}的内容与编号不符"),
        (BRIEF, lambda data: data[5:], r"^提纲 \w{12}的内容读不出"),
        (BRIEF, reworded, r"第 1 版，张三）的内容与编号不符"),
    ],
)
def test_a_text_that_was_changed_or_damaged_is_named(
    workspace: Workspace, of: str, make: Callable[[bytes], bytes], named: str
) -> None:
    with tampered(workspace, Rewrite(of, make)) as connection:
        _named(verify(connection), named)
        first = connection.execute(select(versions.c.hash).where(versions.c.number == 1)).scalar_one()
        with pytest.raises(WorkspaceError, match=first[:12]):
            get(connection, first)


def test_entries_that_changed_places_are_named(workspace: Workspace) -> None:
    def swap(connection: Connection) -> None:
        for sql in (
            "UPDATE audit SET number = 0 WHERE number = 5",
            "UPDATE audit SET number = 5 WHERE number = 6",
            "UPDATE audit SET number = 6 WHERE number = 0",
        ):
            connection.execute(text(sql))

    with tampered(workspace, swap) as connection:
        _named(verify(connection), "^审计第 5 条.*接不上前一条")
        _named(verify(connection), "^审计第 6 条.*被改过")


def test_entries_cut_off_at_the_end_with_their_rows_are_found_by_a_head_written_down(workspace: Workspace) -> None:
    before = checked(workspace).head

    def cut(connection: Connection) -> None:
        last = connection.execute(select(func.max(audit.c.number))).scalar_one()
        entry = connection.execute(select(audit).where(audit.c.number == last)).mappings().one()
        assert (entry["subject"], entry["action"]) == ("steps", "sign")
        connection.execute(steps.delete().where(steps.c.id == entry["subject_id"]))
        connection.execute(audit.delete().where(audit.c.number == last))

    with tampered(workspace, cut) as connection:
        assert verify(connection).sound
        assert verify(connection, before).problems == (f"审计链里没有 {before[:12]}…：末尾被截去，或整条链被换过",)


def test_a_chain_computed_anew_is_found_by_a_head_written_down(workspace: Workspace) -> None:
    before = checked(workspace).head

    def forge(connection: Connection) -> None:
        connection.execute(text("UPDATE waivers SET reason = '无'"))
        row = connection.execute(text("SELECT * FROM waivers")).mappings().one()
        previous = START
        for found in connection.execute(select(audit).order_by(audit.c.number)).mappings().all():
            entry = {**found, "previous": previous}
            if found["subject"] == "waivers":
                entry["digest"] = digest(dict(row))
            previous = entry["hash"] = chained(entry)
            connection.execute(audit.update().where(audit.c.number == entry["number"]).values(**entry))

    with tampered(workspace, forge) as connection:
        assert verify(connection).sound
        assert not verify(connection, before).sound


@pytest.mark.parametrize("head", ["abc", "没有", "A" * 64, "f" * 65])
def test_a_head_that_proves_nothing_is_refused(workspace: Workspace, head: str) -> None:
    with pytest.raises(WorkspaceError, match="审计链末端"):
        checked(workspace, head)


@pytest.mark.parametrize("workspace", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE comments SET text = x'00ff' WHERE id = 1", r"^批注 1.*被改过"),
        ("UPDATE comments SET block = '四' WHERE id = 1", r"^批注 1.*被改过"),
        ("UPDATE comments SET text = CAST(x'ff' AS TEXT) WHERE id = 1", r"读不出"),
        ("UPDATE audit SET who = x'00' WHERE number = 5", r"^审计第 5 条.*被改过"),
        ("UPDATE audit SET subject_id = '五' WHERE number = 5", r"^审计第 5 条.*被改过"),
        ("UPDATE contents SET data = 'abc' WHERE hash = (SELECT hash FROM briefs)", r"^提纲 \w{12}的内容读不出"),
        ("UPDATE versions SET hash = x'00' WHERE number = 1", r"第 1 版，张三）被改过"),
    ],
)
def test_values_of_kinds_that_sqlite_takes_but_nobody_wrote_are_named(
    workspace: Workspace, sql: str, named: str
) -> None:
    with tampered(workspace, run(sql)) as connection:
        _named(verify(connection), named)
