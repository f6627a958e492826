"""Jobs: drafting that goes on in the server's process, whether or not a page waits for it.

All jobs run on one event loop in a thread of its own and share one open model, so that its limit holds for everybody. What was worded is
written into the drafter's working copy point by point. Whoever follows a report is woken through `notices`.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from drafting.desk import closing, tasks
from drafting.desk.copy import OUTLOOK
from drafting.desk.job import Job, State
from drafting.desk.notices import Notices
from drafting.desk.recording import Recording
from drafting.desk.shared_model import SharedModel
from drafting.desk.tasks import Task
from drafting.desk.worktable import Unfinished, Worktable
from drafting.errors import ChengwenError, EditConflict, InputError, ModelSetupError
from drafting.happenings import Ended, tell
from drafting.models import Choice, Model, ModelSpec, choose
from drafting.outbound import check_outbound
from drafting.together import together
from drafting.workspace import usage
from drafting.workspace.paces import SharedPace
from drafting.workspace.workspace import Workspace
from drafting.writer import Part, Progress, Writer

logger = logging.getLogger("chengwen.jobs")

_STOPPED = "服务停止时拟稿没有做完，再次拟稿只写还缺的要点"
_UNEXPECTED = "拟稿出了意外的错，已写好的要点都在；请管理员看服务器的日志"


@dataclass(slots=True)
class _Run:
    """One job under way: what it words with which model. `work` is its task on the jobs' loop; `stopped` says that it is to end."""

    job: Job
    task: Task
    spec: ModelSpec
    work: asyncio.Task[None] | None = None
    stopped: bool = False

    def stop(self) -> None:
        """Cancels the work, once: a second time would cut off the writing of what is done."""
        if not self.stopped:
            self.stopped = True
            if self.work is not None:
                self.work.cancel()


class Jobs:
    """The drafting jobs of one server. `environ` says which model they ask and how. Methods may be called from any thread."""

    def __init__(self, workspace: Workspace, environ: Mapping[str, str], notices: Notices | None = None) -> None:
        self.notices = notices or Notices()
        self._workspace = workspace
        self._environ = environ
        self._table = Worktable(workspace)
        self._model = SharedModel(environ, partial(SharedPace, workspace))
        self._lock = threading.Lock()
        self._jobs: dict[tuple[int, str], Job] = {}
        self._running: dict[tuple[int, str], _Run | None] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._closing = False

    @property
    def has_model(self) -> bool:
        """Whether a model words what is drafted. Without one the composer does, by rule, and takes no wishes."""
        try:
            return not choose(None, self._environ).spec.is_composer
        except ModelSetupError:
            return False  # told when somebody drafts

    @property
    def running(self) -> int:
        """Jobs under way."""
        return len(self._running)

    def start(self, report_id: int, who: str, scope: str, instruction: str = "") -> None:
        """Begins to word `scope` (all, a section, a point) into the person's working copy, and does not wait for it.

        Raises EditConflict while their last job on this report runs, InputError where there is nothing to word, ModelSetupError where no
        model can be chosen.
        """
        wish = tasks.instruction(instruction)
        choice = choose(None, self._environ)
        if wish and choice.spec.is_composer:
            raise InputError("现在按规则成文，没有模型，不能照要求改写；请去掉要求，或请管理员设置模型")
        self._reserve(report_id, who)
        try:
            run = self._prepared(report_id, who, scope, wish, choice)
        except BaseException:
            with self._lock:
                del self._running[report_id, who]
            raise
        with self._lock:
            if self._closing:
                return  # the copy says what was asked for: it is told as interrupted
            self._jobs[report_id, who] = run.job
            self._running[report_id, who] = run
            asyncio.run_coroutine_threadsafe(self._run(run), self._begun())
        self.notices.tell(report_id)

    def _reserve(self, report_id: int, who: str) -> None:
        """Takes the place of the person's one job on the report, before the copy is read: nobody waits for anyone else's."""
        with self._lock:
            if self._closing:
                raise EditConflict("服务正在停止，请稍后再拟稿")
            if (report_id, who) in self._running:
                raise EditConflict("这份报告正在拟稿，请等它完成或先取消")
            self._running[report_id, who] = None

    def _prepared(self, report_id: int, who: str, scope: str, wish: str, choice: Choice) -> _Run:
        begun = Unfinished(scope, wish)
        resumed = self._table.unfinished(report_id, who) == begun
        task = tasks.task(self._table.bench(report_id, who), scope, wish, resumed=resumed)
        self._table.mark(report_id, who, begun)
        job = Job(secrets.token_hex(6), report_id, who, scope, wish, str(choice.spec), told=choice.reason)
        job.plan(task)
        return _Run(job, task, choice.spec)

    def cancel(self, report_id: int, who: str) -> None:
        """Stops the person's job, the call in flight too; what was worded stays. Nothing where none runs."""
        with self._lock:
            run = self._running.get((report_id, who))
            if run is not None:
                self._begun().call_soon_threadsafe(run.stop)

    def of(self, report_id: int, who: str) -> Mapping[str, Any] | None:
        """The person's last job on the report, as the page is told. None where there was none.

        A job that ended with an earlier server is there as interrupted, until the next is started.
        """
        job = self._jobs.get((report_id, who))
        if job is not None:
            return job.as_dict()
        left = self._table.unfinished(report_id, who)
        if left is None:
            return None
        return Job("", report_id, who, left.scope, left.instruction, "", "interrupted", _STOPPED).as_dict()

    def close(self) -> None:
        """Stops all jobs and waits until they have stopped. After the next start they are told as interrupted."""
        with self._lock:
            self._closing = True
            loop, thread = self._loop, self._thread
            self._thread = None
        if loop is not None and thread is not None:
            asyncio.run_coroutine_threadsafe(self._settle(), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    def _begun(self) -> asyncio.AbstractEventLoop:
        """The jobs' loop, in a thread that is made with the first job."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._loop.run_forever, name="jobs", daemon=True)
            self._thread.start()
        return self._loop

    # --- on the jobs' loop

    async def _settle(self) -> None:
        """Stops the jobs, waits until their ends are written, then closes the model."""
        for run in list(self._running.values()):
            if run is not None:
                run.stop()
        if left := asyncio.all_tasks() - self._model.keepers - {asyncio.current_task()}:
            await asyncio.wait(left)
        await self._model.close()
        await asyncio.get_running_loop().shutdown_default_executor()

    async def _run(self, run: _Run) -> None:
        run.work = asyncio.create_task(self._work(run))
        if run.stopped:
            run.work.cancel()
        state, told = await self._outcome(run, run.work)
        await asyncio.to_thread(self._end, run.job, state, told)

    async def _outcome(self, run: _Run, work: asyncio.Task[None]) -> tuple[State, str]:
        try:
            await work
        except asyncio.CancelledError:
            return ("interrupted", _STOPPED) if self._closing else ("cancelled", "")
        except ChengwenError as error:
            return "failed", str(error)
        except Exception:  # the edge of a thread: nobody else would ever hear of it
            logger.exception("job %s of report %s", run.job.id, run.job.report_id)
            return "failed", _UNEXPECTED
        return "done", ""

    def _end(self, job: Job, state: State, told: str) -> None:
        key = (job.report_id, job.who)
        try:
            with self._workspace.writing(job.who) as ledger:
                usage.record(ledger, job.report_id, job.model, job.spent)
            if state != "interrupted":
                self._table.mark(*key, None)
        except ChengwenError as error:
            logger.exception("job %s of report %s", job.id, job.report_id)
            state, told = "failed", str(error)
        finally:
            with self._lock:
                job.end(state, told)
                del self._running[key]
            tell(Ended(state))
            self.notices.tell(job.report_id)

    async def _work(self, run: _Run) -> None:
        if run.spec.is_composer:
            await self._word(run, None)
            return
        async with self._model.using(run.spec) as model:
            check_outbound(run.task.sent(), model.endpoint, allowed=model.on_loopback)
            await self._word(run, model)

    async def _word(self, run: _Run, model: Model | None) -> None:
        """All parts side by side; each point is written as it comes. However the wording ends, what was worded is written."""
        record = Recording(self._table, self.notices, run.job)
        writing = asyncio.create_task(record.write())
        try:
            await together(self._part(run, model, *part, record) for part in run.task.parts)
        finally:
            record.end()
            await writing

    async def _part(self, run: _Run, model: Model | None, section: str, part: Part, record: Recording) -> None:
        for point in part.points:
            run.job.asking(point.ids)
        self.notices.tell(run.job.report_id)
        task = run.task
        watch = record.watching(reworded=part.wish is not None and model is not None)
        if section == OUTLOOK:
            watch, profile = _closed(task, watch), closing.wording_profile(task.profile)
            points = await Writer(profile, model, watch, stream=True, meter=run.job.answered).word(task.brief, part)
            record.finished([closing.paragraph(task.brief, task.profile, point) for point in points])
        else:
            writer = Writer(task.profile, model, watch, stream=True, meter=run.job.answered)
            record.finished(await writer.word(task.brief, part))


def _closed(task: Task, watch: Callable[[Progress], None]) -> Callable[[Progress], None]:
    """Tells the outlook's point as the paragraph that it becomes."""

    def told(progress: Progress) -> None:
        point = progress.point and closing.paragraph(task.brief, task.profile, progress.point)
        watch(replace(progress, point=point))

    return told
