"""Everything as plain files: to look at, to keep for longer than any program, to take into another workspace (`importing.py`).

`tables/` holds every row as JSON Lines and is what an import reads; `报告/` holds the same reports for people. SHA256SUMS lists every file
with its digest. The same workspace gives the same bytes, whichever database it is in.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from drafting.errors import WorkspaceError
from drafting.workspace import shelves
from drafting.workspace.integrity import Integrity, verify
from drafting.workspace.lines import TABLES, tally
from drafting.workspace.manifest import MANIFEST, Manifest
from drafting.workspace.sums import listed
from drafting.workspace.whole import new_folder, require_free
from drafting.workspace.workspace import Workspace

NOTES = "说明.txt"
_WHAT = "导出"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written out, and the digest of it."""

    integrity: Integrity
    digest: str
    files: int


def export(workspace: Workspace, target: Path) -> Exported:
    """Writes everything into a new folder, as it stood at one moment, whole or not at all.

    Raises WorkspaceError where the folder is there already, or the workspace does not prove sound; an OSError of the disk passes.
    """
    require_free(target, _WHAT)
    with workspace.reading() as connection:
        found = verify(connection)
        if not found.sound:
            first, more = found.problems[0], len(found.problems)
            raise WorkspaceError(f"{workspace.location.named} 不完好，没有导出：{first}（共 {more} 处）")
        with new_folder(target, _WHAT) as folder, listed(folder) as sums:
            sums.put(NOTES, _NOTES.encode())
            tallies = {}
            for table in TABLES:
                with sums.stream(f"tables/{table.name}.jsonl") as write:
                    tallies[table.name] = tally(connection, table, write)
            for path, data in shelves.files(connection):
                sums.put(path, data)
            manifest = Manifest(tallies, found.head, sums.files)
            sums.put(MANIFEST, manifest.dumps())
    return Exported(found, manifest.digest, sums.files)


_NOTES = """\
成文工作区的全部内容，都是普通文件。

报告/　　　　　按机关、报告期分的文件夹，一份报告一个：各版本的正文（.txt），现行版本的提纲（.brief.yaml）和报告文件（.report.json）。
tables/　　　　每张表一个文件，一行一条，UTF-8 的 JSON：reports 报告，briefs 提纲，versions 版本，contents 提纲和各版本的内容（按 SHA-256 取名），
　　　　　　　checks 校核，steps 审核，audit 审计链，等等。users 里有口令的摘要，请像工作区一样保管。
manifest.json　每张表的行数和摘要，整个工作区的摘要（digest），审计链末端（head）。
SHA256SUMS　　 每个文件的 SHA-256，用 sha256sum -c SHA256SUMS 即可核对。

读回一个空的工作区（文件夹或 PostgreSQL）：chengwen workspace import 本文件夹 --workspace 新工作区
"""
