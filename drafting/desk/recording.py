"""Recording: what a writer tells of its points goes into the working copy, and into the job that the page is told of, in the order of telling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from drafting.desk.job import Job
from drafting.desk.notices import Notices
from drafting.desk.worktable import Worktable
from drafting.report import Point
from drafting.writer import Progress

_NOT_AS_WISHED = "没有写出合格的改写，原文不动"
_GONE = "事实已被删去，没有写入"


@dataclass(slots=True)
class Recording:
    """The points of one job, each written in a thread while others are still worded."""

    table: Worktable
    notices: Notices
    job: Job
    _told: asyncio.Queue[Callable[[], None] | None] = field(default_factory=asyncio.Queue)

    def watching(self, *, reworded: bool) -> Callable[[Progress], None]:
        """What a writer tells its steps to.

        Where a text is `reworded` and the model fails, the text stays: the composer's words would be none of what was asked for.
        """

        def watch(progress: Progress) -> None:
            if progress.point is None:
                self._told.put_nowait(lambda: self.job.stepped(progress))
            elif reworded and progress.step == "composed":
                self._told.put_nowait(lambda: self.job.kept(progress.facts, "composed", _NOT_AS_WISHED))
            else:
                self._told.put_nowait(lambda: self._done(progress))

        return watch

    def finished(self, points: Sequence[Point]) -> None:
        """Points that are all done, by now with their tokens: those that stand as they were worded are told these."""
        self._told.put_nowait(lambda: self.table.account(self.job.report_id, self.job.who, points))

    def end(self) -> None:
        """Nothing more will be told."""
        self._told.put_nowait(None)

    async def write(self) -> None:
        """Writes what was told until the end. Raises WorkspaceError where it cannot be written."""
        while (step := await self._told.get()) is not None:
            await asyncio.to_thread(step)
            self.notices.tell(self.job.report_id)

    def _done(self, progress: Progress) -> None:
        assert progress.point is not None  # noqa: S101 — told with its point
        job = self.job
        taken = self.table.put(job.report_id, job.who, progress.point, job.instruction)
        if taken == "locked":
            job.kept(progress.facts, "locked")
        elif taken == "gone":
            job.kept(progress.facts, progress.step, _GONE)
        else:
            job.stepped(progress)
