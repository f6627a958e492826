"""What `regenerate --queue` and `chengwen runs` do: hand a run to a team's workers, follow it, look at it, call it off."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from time import perf_counter, sleep

from sqlalchemy import Connection

from drafting.errors import Complaint, InputError
from drafting.regeneration import runs
from drafting.regeneration.order import Result
from drafting.regeneration.runs import CANCELLED, Progress, Run, Terms
from drafting.workspace import engine
from drafting.workspace.workspace import Workspace
from evals import parcel
from ui.cli import page_file, regenerated, store
from ui.cli.progress import say
from ui.cli.tasks import Task
from ui.cli.working import require_queue

_LOOK = 1.0
"""Seconds between two looks at what workers did."""


def hand_in(opened: Workspace, who: str, model: str, terms: Terms, tasks: Sequence[Task]) -> int:
    """Puts a run into the queue, all of it or nothing; its number. Raises WorkspaceError for a workspace of one machine."""
    require_queue(opened)
    from drafting.regeneration import queue

    parcels = [parcel.packed(one.brief, one.profile, one.stem, one.timeline, one.settings) for one in tasks]
    with engine.writing(opened.engine, opened.location) as connection:
        run = runs.add(connection, opened.clock().isoformat(timespec="seconds"), who, model, terms, parcels)
        queue.defer(connection, run, range(1, len(parcels) + 1))
    say(f"已交给队列，第 {run} 次运行，{len(parcels)} 份；由各台机器上的 chengwen worker 来做")
    return run


def follow(
    opened: Workspace, run: int, complaints: Sequence[Complaint], output: str, report: Path | None = None
) -> int:
    """Tells of each report as it is done, until all are: the status of `regenerate`. Ctrl-C leaves the run going on."""
    started = perf_counter()
    known: dict[int, Result] = {}
    with opened.reading() as connection:
        reports = _progress(connection, run).reports
    try:
        with regenerated.watching(reports) as watch:
            while len(known) < reports:
                with opened.reading() as connection:
                    fresh = runs.results(connection, run, tuple(known))
                for result in fresh.values():
                    watch(result)
                known |= fresh
                if not fresh:
                    sleep(_LOOK)
    except KeyboardInterrupt:
        say(f"第 {run} 次运行仍在进行：chengwen runs {run} --follow 继续看，chengwen runs {run} --cancel 取消")
        raise
    with opened.reading() as connection:
        stopped = runs.get(connection, run).stopped
    ordered = [known[place] for place in sorted(known)]
    summary = regenerated.Summary(ordered, complaints, perf_counter() - started, stopped)
    regenerated.tell(summary, output)
    page_file.write(report, opened, summary)
    return summary.status


def look(
    run: int | None,
    *,
    following: bool,
    cancel: bool,
    output: str,
    report: Path | None,
    who: str | None,
    workspace: str | None,
) -> int:
    """Lists the runs, or shows, follows or calls off one. Raises InputError where there is no such run."""
    store.one_of(output, ("text", "json"), "--output")
    if report is not None:
        page_file.require_place(report)
    with store.workspace(workspace) as opened:
        if run is None:
            if following or cancel or report is not None:
                raise InputError("请写明是第几次运行，如 chengwen runs 3 --cancel")
            return _list(opened, output)
        with opened.reading() as connection:
            runs.get(connection, run)
        if cancel:
            name = store.founded(opened, store.actor(who), "drafter", "administrator").name
            with engine.writing(opened.engine, opened.location) as connection:
                runs.stop(connection, run, f"{CANCELLED}（{name}）")
            say(f"第 {run} 次运行不再开始新的；进行中的做完为止")
        if following:
            return follow(opened, run, (), output, report)
        return 0 if cancel else _show(opened, run, output, report)


def _list(opened: Workspace, output: str) -> int:
    with opened.reading() as connection:
        found = runs.progress(connection)
    if output == "json":
        print(json.dumps({"version": 1, "runs": [_told(one) for one in found]}, ensure_ascii=False, indent=1))
        return 0
    for one in found:
        run = one.run
        print(f"{run.id}  {run.at}  {run.who}  {run.model}  {one.done}/{one.reports} 份  {run.stopped}".rstrip())
    if not found:
        say("队列里还没有运行过什么；chengwen regenerate … --queue 交一次")
    return 0


def _show(opened: Workspace, run: int, output: str, report: Path | None) -> int:
    with opened.reading() as connection:
        told = _progress(connection, run)
        results = runs.results(connection, run)
    page_file.write(report, opened, regenerated.Summary(tuple(results.values()), (), 0.0, told.run.stopped))
    if output == "json":
        reports = [one.as_dict() for one in results.values()]
        print(json.dumps({"version": 1, **_told(told), "results": reports}, ensure_ascii=False, indent=1))
        return 0
    for result in results.values():
        print(regenerated.line(result))
    print(f"第 {run} 次运行：{told.done}/{told.reports} 份{f'；{told.run.stopped}' if told.run.stopped else ''}")
    return 0


def _progress(connection: Connection, run: int) -> Progress:
    return next(one for one in runs.progress(connection, run=run))


def _told(one: Progress) -> dict[str, object]:
    run: Run = one.run
    told = asdict(run)
    return {**told, "reports": one.reports, "done": one.done}
