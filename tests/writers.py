"""Writers for tests: real processes that write into one workspace, and acknowledge every write through a pipe.

They are forked from a server that has the libraries in it, so that one starts in milliseconds.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from drafting.changes import reworded
from drafting.comments import Comment, Hand
from drafting.errors import VersionError, WorkspaceError
from drafting.report import Report
from drafting.workspace import contents, history, remarks, saving, verdicts
from drafting.workspace.location import Location
from drafting.workspace.rows import Version
from drafting.workspace.saving import SaveConflict
from drafting.workspace.workspace import opened
from tests.builders import report

PEOPLE = ("张三", "李四", "王五", "赵六", "孙七", "周八", "吴九", "郑十")
_FIELDS = ("矿山", "燃气", "危险化学品", "烟花爆竹", "道路运输", "建筑施工", "消防", "特种设备")
_SHARED = "综合协调"
EVERY = 3
"""Every so many edits, everyone edits the one place that is everyone's, as it stood at first."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """One edit that the workspace took: the text that was handed in, the words it brought, and whether it was told a conflict."""

    handed_in: str
    words: str
    conflict: bool


def draft() -> Report:
    """A report with a paragraph for each of eight people, and one that is everyone's."""
    own = [f"{field}方面由专人负责，逐月调度{field}领域问题隐患整改，建立台账0号。" for field in (*_FIELDS, _SHARED)]
    lines = [
        "市应急管理局关于2024年上半年安全生产工作的专题报告",
        "市人民政府：",
        "2024年上半年，工作有序推进。现将有关情况报告如下：",
    ]
    return report("\n".join([*lines, "一、分领域抓好落实", *own, "市应急管理局", "2024年7月5日"]))


def edited(base: Report, field: str, words: str) -> Report:
    """The report with other words at the end of one field's paragraph."""
    blocks = [
        reworded(block, f"{block.text.partition('建立台账')[0]}建立台账{words}号。")
        if block.text.startswith(field)
        else block
        for block in base.blocks
    ]
    return replace(base, blocks=tuple(blocks))


def edits(location: Location, person: int, times: int, acknowledge: Connection) -> None:
    """Edits one's own paragraph as it stands, and at every third turn the shared one as it stood at first."""
    with opened(location, via="test") as workspace:
        with workspace.reading() as connection:
            first = history.line(connection, 1)[0]
            start = contents.get(connection, first.hash)
        for turn in range(times):
            words = f"{(person + 1) * 1000 + turn}"
            base, text = first, edited(start, _SHARED, words)
            if turn % EVERY != EVERY - 1:
                with workspace.reading() as connection:
                    base = history.head(connection, 1)
                    text = edited(contents.get(connection, base.hash), _FIELDS[person], words)
            acknowledge.send(Acknowledged(text.version, words, _conflicts(workspace, base, text, PEOPLE[person])))


def _conflicts(workspace: Any, base: Version, text: Report, who: str) -> bool:
    try:
        saving.save(workspace, base, text, who)
    except SaveConflict:
        return True
    return False


def writes(location: Location, seed: int, acknowledge: Connection) -> None:
    """Writes of several kinds without end: an edit, then a comment and a waiver in one transaction; each acknowledged by its id and words.

    Odd and even seeds edit different places. What the workspace refuses, as after a restore, is not acknowledged.
    """
    with opened(location, via="test") as workspace:
        for turn in count():
            with suppress(WorkspaceError, VersionError), workspace.reading() as connection:
                base = history.head(connection, 1)
                text = edited(contents.get(connection, base.hash), _FIELDS[turn % 4 * 2 + seed % 2], f"{seed}-{turn}")
            with suppress(WorkspaceError, VersionError):
                version = saving.save(workspace, base, text, "张三")
                acknowledge.send(("versions", version.id, version.hash))
                with workspace.writing("李四") as ledger:
                    said = remarks.add(ledger, version, Comment(f"{seed}的第{turn}条意见", Hand("李四"), 3, 0, 2))
                    verdicts.waive(ledger, version, "B101", f"第{turn}次核实无误")
                acknowledge.send(("comments", said, f"{seed}的第{turn}条意见"))


def creates(location: Location, number: int, barrier: Any, acknowledge: Connection) -> None:
    """Opens a workspace that is not there yet, at the same moment as others, and records a report of its own."""
    barrier.wait()
    with opened(location, create=True, via="test") as workspace:
        made = saving.record(workspace, replace(draft(), topic=f"第{number}项工作"), PEOPLE[number], "drafted")
    acknowledge.send(made.version.hash)


@contextmanager
def running(work: Callable[..., None], *words: Any) -> Iterator[tuple[BaseProcess, Connection]]:
    """A process that does this work, and the end of the pipe where it acknowledges; ended with the block."""
    context = processes()
    heard, acknowledge = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(*words, acknowledge), daemon=True)
    process.start()
    acknowledge.close()
    try:
        yield process, heard
    finally:
        process.kill()
        process.join()
        process.close()
        heard.close()


def processes() -> Any:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        [__name__, "alembic.command", "drafting.workspace.copying", "psycopg", "sqlalchemy.dialects.postgresql"]
    )
    return context


def heard_to_the_end(pipe: Connection) -> Iterator[Any]:
    """What was acknowledged, until the writer is gone; a message that it died in is none."""
    while True:
        try:
            yield pipe.recv()
        except (EOFError, OSError):
            return
