"""What `chengwen draft` does: load the briefs, open the model once, draft side by side, pass the gate, write whole files."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import get_args

from drafting import files, outline
from drafting.documents import Format, evidence, render
from drafting.errors import ExportRefused, InputError, WorkspaceError
from drafting.models import Model, ModelSpec, choose, open_model
from drafting.models.call_settings import CallSettings
from drafting.outbound import check_outbound, sent
from drafting.regeneration.keys import Manner
from drafting.together import together
from drafting.workspace.paces import SharedPace
from drafting.workspace.workspace import Workspace
from drafting.writer import Writer
from evals import gate
from evals.checking import examination_of_brief
from evals.gate import Verdict
from ui.cli import language, store, waivers
from ui.cli.progress import Watch, report_line, say, watching
from ui.cli.reviewing import WAIVING
from ui.cli.showing import line
from ui.cli.taking_up import TakenUp, keep_verdict, take_up
from ui.cli.tasks import Task, load_tasks
from ui.marks import draft_mark


@dataclass(frozen=True, slots=True)
class Options:
    """The command's options as given."""

    briefs: tuple[Path, ...]
    out: Path
    model: str | None
    formats: tuple[str, ...]
    jobs: int | None
    evidence: bool
    each_point: bool
    waivers: tuple[str, ...]
    allow_secrets: bool
    who: str | None = None
    workspace: str | None = None


def run(options: Options) -> int:
    """Drafts every brief: 0 when all were written, 1 when the gate kept a .docx back. Other errors pass through typed."""
    _check_formats(options.formats)
    pairs = waivers.parse(options.waivers)
    tasks = load_tasks(options.briefs)
    _tell_of_briefs(tasks)
    choice = choose(options.model, os.environ)
    say(choice.reason)
    with store.workspace(options.workspace, create=True) as opened:
        who = store.founded(opened, store.actor(options.who), "drafter").name
        if pairs:
            store.founded(opened, who, *WAIVING)
        refusals = asyncio.run(_draft(_Run(tasks, pairs, options, opened, who), choice.spec))
    for refusal in refusals:
        say(str(refusal))
    return 1 if refusals else 0


def _tell_of_briefs(tasks: Sequence[Task]) -> None:
    """What is wrong with the facts, and what settings leave unchecked, told before a word is drafted; it is the gate that refuses."""
    speech = language.chosen(None, os.environ)
    for off in dict.fromkeys(off for task in tasks for off in task.left_unchecked()):
        say(gate.told_off(off))
    for task in tasks:
        examined = examination_of_brief(
            task.brief, profile=task.profile, timeline=task.timeline, settings=task.settings
        )
        for finding in examined.findings:
            say(line(task.brief.path or task.stem, finding, speech))


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of the command: what is drafted, with which waivers, into which workspace, by whom."""

    tasks: Sequence[Task]
    waivers: Sequence[tuple[str, str]]
    options: Options
    workspace: Workspace
    who: str


async def _draft(job: _Run, spec: ModelSpec) -> list[ExportRefused]:
    tasks, options = job.tasks, job.options
    points = sum(len(section.points) for task in tasks for section in outline.plan(task.brief, task.profile).sections)
    with watching(points, each=options.each_point) as watch:
        if spec.is_composer:
            return await _draft_all(job, Manner(spec, "section"), None, watch)
        calls = CallSettings.of(os.environ)
        opened = open_model(
            spec,
            environ=os.environ,
            in_flight=options.jobs,
            rate=calls.rate,
            timeout=calls.timeout,
            max_retries=calls.retries,
            pace=partial(SharedPace, job.workspace),
        )
        async with opened as model:
            say(f"端点 {model.endpoint}")
            for task in tasks:
                check_outbound(sent(task.brief), model.endpoint, allowed=options.allow_secrets or model.on_loopback)
            return await _draft_all(job, Manner(spec, model.unit), model, watch)


async def _draft_all(job: _Run, manner: Manner, model: Model | None, watch: Watch) -> list[ExportRefused]:
    """Every report, side by side under the model's own limit; the first error that is not the gate's stops the others."""
    outcomes = await together(_draft_one(job, task, manner, model, watch) for task in job.tasks)
    return [refusal for refusal in outcomes if refusal is not None]


async def _draft_one(job: _Run, task: Task, manner: Manner, model: Model | None, watch: Watch) -> ExportRefused | None:
    started = perf_counter()
    drafted = await Writer(task.profile, model, watch).draft(task.brief)
    try:
        taken = take_up(job.workspace, drafted, task, job.who, manner, job.waivers)
    except WorkspaceError:
        kept = job.options.out / f"{task.stem}.{_SUFFIX['json']}"
        files.write(kept, drafted.dumps())
        say(f"工作区没有收下，拟好的稿子在 {kept}")
        raise
    verdict = gate.may_export(
        taken.report, task.profile, brief=task.brief, timeline=task.timeline, settings=task.settings
    )
    keep_verdict(job.workspace, taken.saved.version, verdict, job.who)
    refusal = _refusal(verdict)
    written = _write(taken, task, job.options, docx=refusal is None)
    say(report_line(taken.report, written, perf_counter() - started))
    say(f"  工作区 {job.workspace.location}：{taken.line()}")
    return refusal


def _refusal(verdict: Verdict) -> ExportRefused | None:
    try:
        gate.refuse(verdict)
    except ExportRefused as refusal:
        return refusal
    return None


def _write(taken: TakenUp, task: Task, options: Options, *, docx: bool) -> list[str]:
    """The report's files. The .docx and the evidence copy only where the gate let them; what it kept back can be mended from the rest."""
    layout, report = task.profile.layout, taken.report
    mark = "" if taken.signed else draft_mark(report.version)
    made = {
        f"{task.stem}.{_SUFFIX[form]}": render(report, form, layout, mark=mark)
        for form in _formats(options.formats, docx=docx)
    }
    if options.evidence and docx:
        made[f"{task.stem}.evidence.docx"] = evidence(report, layout, mark=mark)
    for name, data in made.items():
        files.write(options.out / name, data)
    return [str(options.out / name) for name in made]


_SUFFIX: dict[Format, str] = {"docx": "docx", "md": "md", "txt": "txt", "json": "report.json"}


def _check_formats(formats: Sequence[str]) -> None:
    unknown = [form for form in formats if form not in get_args(Format)]
    if unknown or not formats:
        raise InputError(f"没有格式“{','.join(unknown)}”，可选 {','.join(get_args(Format))}")


def _formats(formats: Sequence[str], *, docx: bool) -> list[Format]:
    return [form for form in get_args(Format) if form in formats and (docx or form != "docx")]
