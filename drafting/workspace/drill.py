"""A restore rehearsed: a backup put back into a workspace of its own, which is proved and then thrown away.

That a file is there proves nothing; that it was read back, row for row, into what it says it holds, does.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from drafting.workspace import copying, lines, statement
from drafting.workspace.integrity import Integrity, verify
from drafting.workspace.location import at
from drafting.workspace.workspace import opened


@dataclass(frozen=True, slots=True)
class Drilled:
    """What stood in the workspace that was put back. `problem` says why the drill failed, in a line; empty where it passed."""

    integrity: Integrity
    digest: str
    problem: str


def drill(file: Path) -> Drilled:
    """Puts a backup back where temporary files go (TMPDIR) and holds it against its audit chain and its own statement.

    Raises WorkspaceError for a file that is no backup or cannot be read or put back; nothing is left of the attempt.
    """
    with copying.backup_opened(file) as copy:
        found = verify(copy)
        if not found.sound:
            return Drilled(found, "", _unsound("备份", found))
        said = statement.read(copy)
        with (
            tempfile.TemporaryDirectory(prefix="chengwen-drill-") as room,
            opened(at(Path(room)), create=True) as workspace,
        ):
            copying.put_back(copy, workspace)
            with workspace.reading() as connection:
                found, digest = verify(connection), lines.digest(connection)
    return Drilled(found, digest, _unsound("恢复出来的", found) or _another(digest, said))


def _unsound(what: str, found: Integrity) -> str:
    return "" if found.sound else f"{what}不完好：{found.problems[0]}（共 {len(found.problems)} 处）"


def _another(digest: str, said: statement.Statement | None) -> str:
    if said is None:
        return "备份里没有记下内容摘要，无从比对（由旧版本写成，或不是 workspace backup 写的）"
    return "" if digest == said.digest else f"恢复出来的内容摘要 {digest[:12]} 与备份所记 {said.digest[:12]} 不符"
