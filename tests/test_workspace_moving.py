"""Export and import: plain files that anyone can read and check, and from which the very same workspace comes back, in either database."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Table, event, inspect, select

from drafting import brief as briefs
from drafting import report as reports
from drafting.canonical import canonical
from drafting.errors import WorkspaceError
from drafting.workspace import contents, exporting, history, importing, lines, saving, tables
from drafting.workspace import engine as engines
from drafting.workspace.integrity import verify
from drafting.workspace.location import Location, locate
from drafting.workspace.manifest import Manifest
from drafting.workspace.tables import AUDITED, LargeBinary, audit
from drafting.workspace.workspace import Workspace, opened
from tests import writers
from tests.builders import CLEAN, brief, report
from tests.command import chengwen_here
from tests.reviewed import UNSAVED, draft, reviewed
from tests.test_workspace_backup import everything
from tests.test_workspace_bad_ground import disk as disk
from tests.test_workspace_versions import edited
from tests.workspaces import Clock, database

DAMAGED = "没有复制完整|被改动过"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which everything has happened, and its export."""
    folder = tmp_path_factory.mktemp("moving")
    with opened(locate(str(folder / "原处"), {}), create=True, clock=Clock(), via="test") as workspace:
        reviewed(workspace)
        exporting.export(workspace, folder / "导出")
    return folder


@pytest.fixture
def exported(made: Path, tmp_path: Path) -> Path:
    """Both of them, the test's own."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "导出"


def state(location: Location) -> tuple[str, str, dict[str, Any]]:
    """The digest, the chain's head and every row that the chain vouches for."""
    with opened(location) as workspace:
        with workspace.reading() as connection:
            found = verify(connection)
            assert found.sound
            digest = lines.digest(connection)
        kept = everything(workspace)
    return digest, found.head, {table.name: kept[table.name] for table in (*AUDITED, audit, contents.contents)}


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def nothing_at(location: Location) -> bool:
    if location.path is not None:
        return not location.path.parent.exists()
    engine = engines.connect(location)
    try:
        with engines.reading(engine, location) as connection:
            return not inspect(connection).get_table_names()
    finally:
        engine.dispose()


def signed_again(folder: Path) -> None:
    """The export's own sums over what stands in it now, as somebody makes them who knows how."""
    told = json.loads((folder / "manifest.json").read_bytes())
    tallies = {}
    for name in told["tables"]:
        data = (folder / f"tables/{name}.jsonl").read_bytes()
        tallies[name] = lines.Tally(data.count(b"\n"), hashlib.sha256(data).hexdigest())
    (folder / "manifest.json").write_bytes(Manifest(tallies, told["head"], told["files"]).dumps())
    summed(folder)


def summed(folder: Path) -> None:
    paths = [line[66:] for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]
    sums = [f"{hashlib.sha256((folder / path).read_bytes()).hexdigest()}  {path}\n" for path in paths]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


# --- what comes back


def test_sqlite_to_postgresql_to_sqlite_is_the_same_workspace_and_the_same_bytes(
    server: str, exported: Path, tmp_path: Path
) -> None:
    there, back = database(server), locate(str(tmp_path / "回来"), {})
    then = state(locate(str(tmp_path / "原处"), {}))
    importing.take(exported, there)
    assert state(there) == then
    with opened(there) as workspace:
        exporting.export(workspace, tmp_path / "再导出")
    done = importing.take(tmp_path / "再导出", back)
    assert state(back) == then
    assert (done.digest, done.integrity.head) == then[:2]
    assert tree(tmp_path / "再导出") == tree(exported)


def at_work(location: Location) -> None:
    """Rows of what no audit vouches for, as runs and desks leave them; their keys sort in another order in every language."""
    names = ("b", "A", "a", "B", "张三", "王五", "_", "Ａ")
    data, moment = zlib.compress(canonical({"词": "数据", "数": 0.1}), 1), "2024-07-05T08:01:00.000000+00:00"
    hashes = ["0" * 63 + sign for sign in "0123456789abcdef"]
    told = {"at": moment, "who": "操作员", "model": "composer", "terms": "{}", "spent": 7, "cost": 0.3, "stopped": ""}
    batch = {
        "batch": "",
        "endpoint": "http://模型",
        "model": "qwen3",
        "data": data,
        "by": "操作员",
        "at": moment,
        "ended": "",
    }
    rows: dict[Table, list[dict[str, Any]]] = {
        tables.wordings: [{"key": one, "context": one, "data": data} for one in hashes],
        tables.answers: [{"question": one, "section": one, "data": data} for one in hashes],
        tables.drafts: [{"version_id": 1, "key": hashes[0], "data": data}],
        tables.paces: [{"endpoint": name, "next": 1720166400.1234567, "held": 0.0} for name in names],
        tables.runs: [{"id": 1, **told, "dearest": 3, "dearest_cost": 1.0}],
        tables.orders: [{"run_id": 1, "place": 2, "path": "提纲/一.yaml", "data": data, "under_way": 0, "result": ""}],
        tables.batches: [{"tag": one, **batch} for one in hashes],
        tables.desks: [
            {"report_id": 1, "who": name, "base_id": 1, "revision": 1, "copy": data, "undo": b"\x00\xff", "at": moment}
            for name in names
        ],
    }
    with opened(location) as workspace, engines.writing(workspace.engine, location) as connection:
        for table, some in rows.items():
            connection.execute(table.insert(), some)


def test_what_is_under_way_comes_along_whatever_the_servers_language_is(
    server: str, exported: Path, tmp_path: Path
) -> None:
    home, back = (locate(str(tmp_path / name), {}) for name in ("原处", "回来"))
    there = database(server, "LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans-CN' TEMPLATE template0")
    at_work(home)
    with opened(home) as workspace:
        exporting.export(workspace, tmp_path / "去")
    importing.take(tmp_path / "去", there)
    with opened(there) as workspace:
        exporting.export(workspace, tmp_path / "回")
    importing.take(tmp_path / "回", back)
    assert tree(tmp_path / "去") == tree(tmp_path / "回")
    assert state(home) == state(there) == state(back)


def test_work_goes_on_in_what_was_imported(exported: Path, location: Location) -> None:
    importing.take(exported, location)
    with opened(location) as workspace:
        with workspace.reading() as connection:
            head = history.head(connection, 1)
            text = contents.get(connection, head.hash)
        saving.save(workspace, head, edited(text, "219家", "220家"), "李四")
        with workspace.reading() as connection:
            assert history.head(connection, 1).number == (head.number or 0) + 1
            assert verify(connection).sound


def test_an_imported_file_is_as_open_to_others_as_a_new_one_and_an_export_to_its_owner_alone(
    exported: Path, tmp_path: Path
) -> None:
    importing.take(exported, locate(str(tmp_path / "新处"), {}))
    modes = [(tmp_path / name / "workspace.db").stat().st_mode for name in ("原处", "新处")]
    assert modes[0] == modes[1]
    assert exported.stat().st_mode & 0o777 == 0o700


def test_an_empty_workspace_takes_an_import(exported: Path, location: Location, tmp_path: Path) -> None:
    with opened(location, create=True):
        pass
    importing.take(exported, location)
    assert state(location) == state(locate(str(tmp_path / "原处"), {}))


def test_what_is_on_a_desk_and_no_version_yet_comes_along(exported: Path) -> None:
    assert UNSAVED in (exported / "tables/desks.jsonl").read_text(encoding="utf-8")


def test_one_word_changed_in_any_table_makes_another_digest(workspace: Workspace) -> None:
    reviewed(workspace)
    changed, digests = set(), set()
    for table in lines.TABLES:
        with engines.writing(workspace.engine, workspace.location) as connection:
            digests.add(lines.digest(connection))
            first = select(table).order_by(*table.primary_key).limit(1)
            texts = [column for column in table.columns if str(column.type) == "TEXT" and not column.primary_key]
            row = connection.execute(first).mappings().first()
            if row is not None and texts:
                key = [column == row[column.name] for column in table.primary_key]
                connection.execute(table.update().where(*key).values({texts[0]: "别的"}))
                changed.add(table.name)
    with workspace.reading() as connection:
        digests.add(lines.digest(connection))
    assert changed == {table.name for table in AUDITED} | {"audit", "desks"}
    assert len(digests) == len(changed) + 1


def test_every_line_is_its_row(workspace: Workspace) -> None:
    reviewed(workspace)
    for table in lines.TABLES:
        told: list[bytes] = []
        with workspace.reading() as connection:
            lines.tally(connection, table, told.append)
            rows = list(connection.execute(select(table)).mappings())
        plain = [column.name for column in table.columns if not isinstance(column.type, LargeBinary)]
        read = [{name: lines.read(table, line)[name] for name in plain} for line in told]
        assert sorted(map(repr, read)) == sorted(repr({name: row[name] for name in plain}) for row in rows)


# --- what people find in it


def test_people_find_their_reports_by_organ_and_period_and_read_them_without_the_program(exported: Path) -> None:
    folder = exported / "报告/市应急管理局/2024年上半年/1 安全生产工作"
    assert sorted(path.name for path in folder.iterdir() if not path.name.startswith("待定")) == [
        *("提纲.brief.yaml", "第1版.txt", "第2版.txt", "第3版.txt", "第4版.report.json", "第4版.txt")
    ]
    assert "218家" in (folder / "第1版.txt").read_text(encoding="utf-8")
    assert "219家" in (folder / "第4版.txt").read_text(encoding="utf-8")
    assert briefs.load(folder / "提纲.brief.yaml").brief == brief(
        "召开安全工作调度会6次", "检查企业218家次，查出问题95处，已整改90处"
    )
    head = reports.loads((folder / "第4版.report.json").read_bytes())
    steps = [json.loads(line) for line in (exported / "tables/steps.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {step["hash"] for step in steps} == {head.version}


def test_sha256sum_checks_the_export(exported: Path) -> None:
    said = subprocess.run(["sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS"], cwd=exported, capture_output=True)
    assert (said.returncode, said.stdout, said.stderr) == (0, b"", b"")
    listed = {line[66:] for line in (exported / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
    assert listed == tree(exported).keys() - {"SHA256SUMS"}


@pytest.mark.parametrize("organ", ["../../外面", "/etc", "", "某\\县:水利局*", "局" * 300, "..", "con\u2028局"])
def test_an_organ_of_any_name_stays_inside_the_export(tmp_path: Path, organ: str) -> None:
    with opened(locate(str(tmp_path / "原处"), {}), create=True) as workspace:
        for topic in ("安全生产工作", "防汛工作"):
            saving.record(workspace, replace(report(CLEAN), organ=organ, topic=topic), "张三", "drafted")
        exporting.export(workspace, tmp_path / "导出")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["原处", "导出"]
    assert len(list((tmp_path / "导出/报告").glob("*/*/*/第1版.txt"))) == 2
    importing.take(tmp_path / "导出", locate(str(tmp_path / "新处"), {}))


# --- what is refused, with nothing half-done


def test_one_byte_changed_in_any_file_is_told(exported: Path, tmp_path: Path) -> None:
    target = locate(str(tmp_path / "新处"), {})
    for name, data in tree(exported).items():
        for at in {0, len(data) // 2, len(data) - 1} if data else ():
            (exported / name).write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            with pytest.raises(WorkspaceError, match=f"{DAMAGED}|更新的版本|旧格式") as caught:
                importing.take(exported, target)
            assert "\n" not in str(caught.value)
        (exported / name).write_bytes(data)
    assert nothing_at(target)
    importing.take(exported, target)


def test_every_file_that_is_missing_or_cut_short_is_told(exported: Path, tmp_path: Path) -> None:
    target = locate(str(tmp_path / "新处"), {})
    for name, data in tree(exported).items():
        cuts = [None, *([data[:-1], data[: data.rfind(b"\n", 0, -1) + 1]] if data else [])]
        for cut in cuts:
            (exported / name).unlink()
            if cut is not None:
                (exported / name).write_bytes(cut)
            with pytest.raises(WorkspaceError, match=f"{DAMAGED}"):
                importing.take(exported, target)
            (exported / name).write_bytes(data)
    assert nothing_at(target)


def _reworded(folder: Path) -> None:
    path = folder / "tables/waivers.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("上级文件原文如此", "无"), encoding="utf-8")


def _link_taken_out(folder: Path) -> None:
    path = folder / "tables/audit.jsonl"
    entries = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(entries[:5] + entries[6:]))


def _cut_chain(folder: Path) -> None:
    """The last entries with the rows that they tell of: only the head shows it."""
    for name in ("audit", "steps"):
        path = folder / f"tables/{name}.jsonl"
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def _no_json(folder: Path) -> None:
    (folder / "tables/briefs.jsonl").write_text("不是 JSON\n", encoding="utf-8")


def _another_table(folder: Path) -> None:
    (folder / "tables/waivers.jsonl").write_bytes((folder / "tables/steps.jsonl").read_bytes())


def _row_twice(folder: Path) -> None:
    path = folder / "tables/users.jsonl"
    path.write_bytes(path.read_bytes() * 2)


def _no_parent(folder: Path) -> None:
    (folder / "tables/reports.jsonl").write_bytes(b"")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_reworded, r"不完好，没有导入：豁免 1.*被改过.*（共 1 处）$"),
        (_link_taken_out, r"不完好，没有导入：审计缺第 6 条（共 \d+ 处）$"),
        (_cut_chain, r"与它的 manifest\.json 不符，没有导入$|不完好"),
        (_no_json, r"briefs\.jsonl 第 1 行读不出，导出被改动过$"),
        (_another_table, r"waivers\.jsonl 第 1 行读不出，导出被改动过$"),
        (_row_twice, "数据库出错"),
        (_no_parent, "数据库出错|不完好"),
    ],
)
def test_an_export_that_was_forged_and_summed_again_is_refused_whole(
    exported: Path, location: Location, change: Callable[[Path], None], said: str
) -> None:
    change(exported)
    signed_again(exported)
    with pytest.raises(WorkspaceError, match=said) as caught:
        importing.take(exported, location)
    assert "\n" not in str(caught.value)
    assert nothing_at(location)


@pytest.mark.parametrize(
    ("schema", "said"), [("0001", "是旧格式（0001）的导出"), ("0099", "由更新的版本导出（格式 0099")]
)
def test_an_export_of_another_age_is_told(exported: Path, tmp_path: Path, schema: str, said: str) -> None:
    path = exported / "manifest.json"
    path.write_bytes(
        path.read_bytes().replace(f'"schema": "{lines.SCHEMA}"'.encode(), f'"schema": "{schema}"'.encode())
    )
    summed(exported)
    target = locate(str(tmp_path / "新处"), {})
    with pytest.raises(WorkspaceError, match=said):
        importing.take(exported, target)
    assert nothing_at(target)


def test_a_workspace_that_holds_something_is_left_as_it_is(exported: Path, workspace: Workspace) -> None:
    saving.record(workspace, draft(), "李四", "drafted")
    before = everything(workspace)
    with pytest.raises(WorkspaceError, match=r"里已有内容，导入只进空的工作区$"):
        importing.take(exported, workspace.location)
    assert everything(workspace) == before


def test_a_workspace_with_working_copies_only_is_not_empty(exported: Path, workspace: Workspace) -> None:
    with engines.writing(workspace.engine, workspace.location) as connection:
        paces = next(table for table in lines.TABLES if table.name == "paces")
        connection.execute(paces.insert(), {"endpoint": "http://模型", "next": 0.5, "held": 0.0})
    with pytest.raises(WorkspaceError, match="里已有内容"):
        importing.take(exported, workspace.location)


def test_another_programs_file_is_left_as_it_is(exported: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "台账.db")) as connection:
        connection.execute("CREATE TABLE orders (id INTEGER)")
    (tmp_path / "说明.db").write_text("不是数据库，是一份说明。" * 100, encoding="utf-8")
    for name in ("台账.db", "说明.db"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(WorkspaceError, match="不是成文的工作区"):
            importing.take(exported, locate(str(tmp_path / name), {}))
        assert (tmp_path / name).read_bytes() == before


def test_a_folder_that_is_no_export_is_told(tmp_path: Path) -> None:
    (tmp_path / "别的").mkdir()
    (tmp_path / "说明.txt").write_text("不是导出", encoding="utf-8")
    for name, said in (("无", "没有导出的文件夹"), ("别的", "不是成文的导出"), ("说明.txt", "没有导出的文件夹")):
        with pytest.raises(WorkspaceError, match=said):
            importing.take(tmp_path / name, locate(str(tmp_path / "新处"), {}))
    assert not (tmp_path / "新处").exists()


def test_a_tampered_workspace_is_not_exported(workspace: Workspace, tmp_path: Path) -> None:
    reviewed(workspace)
    with engines.writing(workspace.engine, workspace.location) as connection:
        connection.exec_driver_sql("UPDATE waivers SET reason = '无'")
    with pytest.raises(WorkspaceError, match=r"不完好，没有导出：豁免 1.*（共 1 处）$"):
        exporting.export(workspace, tmp_path / "导出")
    assert not [path for path in tmp_path.iterdir() if "导出" in path.name]


def test_an_export_overwrites_nothing(exported: Path, tmp_path: Path) -> None:
    before = tree(exported)
    with (
        opened(locate(str(tmp_path / "原处"), {})) as workspace,
        pytest.raises(WorkspaceError, match=r"导出 已存在，导出不覆盖文件$"),
    ):
        exporting.export(workspace, exported)
    assert tree(exported) == before


def test_a_full_disk_leaves_nothing_of_an_export_or_an_import(disk: Path, exported: Path, tmp_path: Path) -> None:
    (disk / "占用").write_bytes(bytes(980_000))
    with opened(locate(str(tmp_path / "原处"), {})) as workspace, pytest.raises(OSError, match="space") as caught:
        exporting.export(workspace, disk / "导出")
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(disk / "导出"))
    with pytest.raises(WorkspaceError, match=r"所在的磁盘已满，没有写下$"):
        importing.take(exported, locate(str(disk / "新处"), {}))
    assert [path.name for path in disk.iterdir()] == ["占用"]


def killed_at(statement: int, folder: Path, location: Location, pipe: Connection) -> None:
    """Imports, and is killed before that statement."""
    counted = count(1)

    def look(*_: object) -> None:
        if next(counted) == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", look)
    importing.take(folder, location)
    pipe.send("done")


@pytest.mark.parametrize("statement", [1, 60, 120])
def test_an_import_that_was_killed_left_nothing_and_is_simply_run_again(
    exported: Path, location: Location, tmp_path: Path, statement: int
) -> None:
    """It makes some 150 statements: tables, rows, then the proof."""
    with writers.running(killed_at, statement, exported, location) as (process, pipe):
        assert list(writers.heard_to_the_end(pipe)) == []
        process.join()
        assert process.exitcode == -signal.SIGKILL
    if location.path is not None:
        assert not location.path.exists()
    else:
        assert nothing_at(location)
    importing.take(exported, location)
    assert state(location) == state(locate(str(tmp_path / "原处"), {}))


# --- the commands


def test_the_commands_say_in_a_line_what_they_did_and_what_not(exported: Path, tmp_path: Path) -> None:
    home, other = tmp_path / "原处", tmp_path / "新处"
    digest = chengwen_here("workspace", "digest", "--workspace", home).stdout
    assert len(digest) == 65
    moved = chengwen_here("workspace", "import", exported, "--workspace", other)
    assert (moved.returncode, moved.stderr) == (0, "")
    assert moved.stdout.endswith(f"完好，与导出时一致；内容摘要 {digest}")
    assert chengwen_here("workspace", "digest", "--workspace", other).stdout == digest
    out = chengwen_here("workspace", "export", tmp_path / "再导出", "--workspace", other)
    assert out.stdout.endswith(f"内容摘要 {digest}")
    again = chengwen_here("workspace", "import", exported, "--workspace", other)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == f"工作区 {other} 里已有内容，导入只进空的工作区\n"
