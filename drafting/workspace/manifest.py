"""manifest.json of an export: what it holds, of which age, and the digest of the workspace that it was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drafting.canonical import readable
from drafting.errors import WorkspaceError
from drafting.workspace.lines import TABLES, Tally, named
from drafting.workspace.tables import SCHEMA

MANIFEST = "manifest.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """`head` is the audit chain's last hash, `files` how many there are beside this one and SHA256SUMS."""

    tables: Mapping[str, Tally]
    head: str
    files: int

    @property
    def digest(self) -> str:
        return named(self.tables)

    def dumps(self) -> bytes:
        tables = {name: {"rows": one.rows, "sha256": one.sha256} for name, one in self.tables.items()}
        told = {"format": _FORMAT, "schema": SCHEMA, "digest": self.digest, "head": self.head, "files": self.files}
        return readable({**told, "tables": tables})


def read(folder: Path) -> Manifest:
    """The manifest of an export. Raises WorkspaceError for a folder that is none, and for one of another age."""
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_bytes())
        _require_age(path, told)
        tables = {name: Tally(int(one["rows"]), str(one["sha256"])) for name, one in told["tables"].items()}
        found = Manifest(tables, str(told["head"]), int(told["files"]))
        whole = tables.keys() == {table.name for table in TABLES} and found.digest == told["digest"]
    except (FileNotFoundError, NotADirectoryError):
        raise WorkspaceError(f"{folder} 缺 {MANIFEST}，不是成文的导出，或没有复制完整") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        whole = False
    if not whole:
        raise WorkspaceError(f"{path} 损坏，导出没有复制完整或被改动过")
    return found


def _require_age(path: Path, told: dict[str, Any]) -> None:
    """An export is read by the program of its age; what is older is upgraded as a workspace."""
    if told["format"] > _FORMAT or told["schema"] > SCHEMA:
        raise WorkspaceError(
            f"{path.parent} 由更新的版本导出（格式 {told['schema']}，此程序只到 {SCHEMA}），请升级成文"
        )
    if told["schema"] < SCHEMA:
        raise WorkspaceError(
            f"{path.parent} 是旧格式（{told['schema']}）的导出，请用当时的版本导入，再运行 chengwen workspace upgrade"
        )
