"""What someone sees while weights are fetched: a bar on a terminal, a plain line for every tenth when piped."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from drafting.models.weights import Listener


@contextmanager
def watching(size: int) -> Iterator[Listener]:
    """A listener for a fetch of `size` bytes; everything goes to standard error."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if not console.is_terminal:
        yield Tenths(size)
        return
    columns = (TextColumn("下载"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield _Bar(bar, bar.add_task("", total=size))


class _Bar:
    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar = bar
        self._task = task

    def say(self, line: str) -> None:
        self._bar.console.print(escape(line))

    def at(self, done: int) -> None:
        self._bar.update(self._task, completed=done)


class Tenths:
    """Plain lines, one for each tenth of `size` that is reached; a resumed fetch starts at its own tenth."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._told = 0

    def say(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    def at(self, done: int) -> None:
        tenth = done * 10 // self._size
        if tenth != self._told:
            self._told = tenth
            self.say(f"{done / 1e6:,.0f} / {self._size / 1e6:,.0f} MB（{tenth * 10}%）")
