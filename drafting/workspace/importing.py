"""An export read back into an empty workspace, which then is the one that was exported: proved before anything is written, and again before
it is committed. Nothing is noted in the audit chain, or it would be another workspace."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Table, insert, select

from drafting.errors import WorkspaceError
from drafting.workspace import engine as engines
from drafting.workspace import lines, manifest, schema
from drafting.workspace.integrity import Integrity, verify
from drafting.workspace.location import Location
from drafting.workspace.manifest import MANIFEST, Manifest
from drafting.workspace.sums import SUMS, proved
from drafting.workspace.whole import new_file

_ROWS = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """What stands in the workspace now, and its digest, which is the export's."""

    integrity: Integrity
    digest: str


def take(folder: Path, location: Location) -> Imported:
    """Reads an export into a workspace that holds nothing or is not there yet: all of it or nothing.

    Raises WorkspaceError for a folder that is no export, is not whole, was changed or is of another age, and for a workspace with content.
    """
    told = _proved(folder)
    if location.path is None or location.path.exists():
        _require_ours(location)
        engines.prepare(location)
        return _into(location, folder, told)
    with new_file(location.path, "导入") as path:
        path.unlink()
        path.touch()  # as open to others as a new workspace is
        done = _into(Location("", path, location.shown), folder, told)
    engines.prepare(location)
    return done


def _require_ours(location: Location) -> None:
    """Raises WorkspaceError for another program's database, before anything about it is changed."""
    engine = engines.connect(location)
    try:
        with engines.reading(engine, location) as connection:
            schema.require(connection, location)
    finally:
        engine.dispose()


def _proved(folder: Path) -> Manifest:
    """What the export says of itself, after every file was held against its sum."""
    if not folder.is_dir():
        raise WorkspaceError(f"没有导出的文件夹 {folder}")
    told = manifest.read(folder)
    files, tables = 0, {}
    for path, sha256 in proved(folder):
        files += 1
        if path.startswith("tables/"):
            tables[path] = sha256
    expected = {f"tables/{name}.jsonl": one.sha256 for name, one in told.tables.items()}
    if tables != expected or files != told.files + 1:  # the manifest itself is on the list too
        raise WorkspaceError(f"{folder / SUMS} 与 {MANIFEST} 不符，导出没有复制完整或被改动过")
    return told


def _into(location: Location, folder: Path, told: Manifest) -> Imported:
    engine = engines.connect(location)
    try:
        with engines.writing(engine, location) as connection:
            if not schema.require(connection, location):
                schema.upgrade(connection)
            _require_empty(connection, location)
            for table in lines.TABLES:
                _fill(connection, table, folder / f"tables/{table.name}.jsonl")
            return _held(connection, folder, told)
    finally:
        engine.dispose()


def _require_empty(connection: Connection, location: Location) -> None:
    for table in lines.TABLES:
        if connection.execute(select(table.primary_key.columns[0]).limit(1)).first() is not None:
            raise WorkspaceError(f"{location.named} 里已有内容，导入只进空的工作区")


def _fill(connection: Connection, table: Table, path: Path) -> None:
    number = 0
    with path.open("rb") as file:
        while some := list(islice(file, _ROWS)):
            rows = []
            for line in some:
                number += 1
                try:
                    rows.append(lines.read(table, line))
                except ValueError as error:
                    raise WorkspaceError(f"{path} 第 {number} 行读不出，导出被改动过") from error
            connection.execute(insert(table), rows)


def _held(connection: Connection, folder: Path, told: Manifest) -> Imported:
    """The workspace as it now is, held against its own chain and against the export."""
    found = verify(connection)
    if not found.sound:
        raise WorkspaceError(f"{folder} 不完好，没有导入：{found.problems[0]}（共 {len(found.problems)} 处）")
    digest = lines.digest(connection)
    if (digest, found.head) != (told.digest, told.head):
        raise WorkspaceError(f"{folder} 的内容与它的 {MANIFEST} 不符，没有导入")
    return Imported(found, digest)
