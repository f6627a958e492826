"""What `chengwen eval` does: the suite, then the models, then the judge; results shown, kept, and held against earlier ones."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drafting import files
from drafting.errors import ChengwenError, InputError
from drafting.models import Model, ModelSpec, open_model
from drafting.models.call_settings import CallSettings
from drafting.outbound import check_outbound
from evals import comparison, results, suite
from evals.checking import select_rules
from evals.comparison import Compared
from evals.faults import Clean
from evals.faults.clean import CASES
from evals.judge import Judgement, judge
from evals.junit import junit
from ui.cli import eval_tables, model_tables
from ui.cli.progress import say


@dataclass(frozen=True, slots=True)
class Options:
    """The command's options as given."""

    models: tuple[str, ...]
    cases: Path | None
    baseline: Path | None
    save: Path | None
    output: str
    junit: Path | None
    select: tuple[str, ...]
    judge: str | None


@dataclass(slots=True)
class Answers:
    """What was asked of models so far: kept where a later call fails."""

    compared: list[tuple[ModelSpec, list[Compared]]] = field(default_factory=list)
    judged: list[tuple[str, str, Judgement]] = field(default_factory=list)

    @property
    def held(self) -> bool:
        """Every case of every model drafted without a flaw."""
        return all(case.drafted.quality.flawless for _, cases in self.compared for case in cases)


def run(options: Options) -> int:
    """0 when every threshold was held and nothing fell behind the baseline, 1 otherwise. Other errors pass through typed."""
    if options.output not in ("text", "json"):
        raise InputError(f"--output 只能是 text 或 json，不能是 {options.output}")
    select_rules(options.select)
    before = results.load(options.baseline) if options.baseline else None
    specs = [ModelSpec.parse(text) for text in dict.fromkeys(options.models)]
    judge_spec = ModelSpec.parse(options.judge) if options.judge else None
    if judge_spec and judge_spec.is_composer:
        raise InputError("--judge 须是模型：composer 只会按规则成文，不能评审")
    _check_places(options.save, options.junit)
    measured = suite.run(options.cases or CASES, options.select)
    answers = Answers()
    failure = _asked(measured, specs, judge_spec, answers)
    told = _results(measured, answers, judge_spec)
    fallen = results.regressions(before, told, selected=bool(options.select)) if before else []
    if before is not None:
        told["regressions"] = [one.as_dict() for one in fallen]
    _keep(options, told, fallen)
    if options.output == "json":
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _show(told, fallen, compared_to_baseline=before is not None)
    if failure is not None:
        raise failure
    return 0 if measured.held and answers.held and not fallen else 1


def _check_places(*paths: Path | None) -> None:
    """A place that cannot be written is told before an hour of asking, not after."""
    for path in paths:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise InputError(f"{path} 是文件夹，请写文件名")


def _asked(
    measured: suite.Suite, specs: Sequence[ModelSpec], judge_spec: ModelSpec | None, answers: Answers
) -> ChengwenError | None:
    """Fills `answers`; the error that stopped it is handed back, so that what was done before is shown and kept."""
    if not specs and judge_spec is None:
        return None
    clean = [case.clean for case in measured.cases]
    try:
        asyncio.run(_ask(clean, specs, judge_spec, answers))
    except ChengwenError as error:
        return error
    return None


async def _ask(
    clean: Sequence[Clean], specs: Sequence[ModelSpec], judge_spec: ModelSpec | None, answers: Answers
) -> None:
    for spec in specs:
        done: list[Compared] = []
        answers.compared.append((spec, done))
        async with _opened(spec, clean) as model:
            async for case in comparison.compare(model, clean):
                done.append(case)
                say(model_tables.progress_line(spec, case))
    if judge_spec is None:
        return
    drafts = [(str(spec), case) for spec, cases in answers.compared for case in cases]
    if not drafts:
        drafts = [("composer", case) async for case in comparison.compare(None, clean)]
    async with _opened(judge_spec, clean) as model:
        assert model is not None  # noqa: S101 — the composer was refused as a judge
        for author, case in drafts:
            answers.judged.append((author, case.case, await judge(model, case.drafted.report, case.brief)))
            say(f"评审 {author}  {case.case}")


@asynccontextmanager
async def _opened(spec: ModelSpec, clean: Sequence[Clean]) -> AsyncIterator[Model | None]:
    """The model, once nothing of the cases forbids to send them there; None for the composer."""
    if spec.is_composer:
        yield None
        return
    calls = CallSettings.of(os.environ)
    async with open_model(spec, environ=os.environ, timeout=calls.timeout, max_retries=calls.retries) as model:
        for case in clean:
            check_outbound(comparison.sent(case.brief), model.endpoint, allowed=model.on_loopback)
        yield model


def _results(measured: suite.Suite, answers: Answers, judge_spec: ModelSpec | None) -> dict[str, Any]:
    judged = [{"model": author, "case": case, **one.as_dict()} for author, case, one in answers.judged]
    return {
        "version": results.VERSION,
        "cases": [case.as_dict() for case in measured.cases],
        "rules": [rule.as_dict() for rule in measured.rules],
        "baseline_off": measured.off.as_dict(),
        "models": [
            {"model": str(spec), "wanted": len(measured.cases), "cases": [case.as_dict() for case in cases]}
            for spec, cases in answers.compared
        ],
        "judge": {"model": str(judge_spec), "reports": judged} if judge_spec else None,
    }


def _keep(options: Options, told: results.Figures, fallen: Sequence[results.Regression]) -> None:
    if options.save:
        files.write(options.save, json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n")
    if options.junit:
        files.write(options.junit, junit(told, fallen))


def _show(told: results.Figures, fallen: Sequence[results.Regression], *, compared_to_baseline: bool) -> None:
    print("\n".join(eval_tables.suite_lines(told)))
    for model in told["models"]:
        print("\n".join(["", *model_tables.model_lines(model)]))
    print("\n".join(model_tables.judge_lines(told["judge"])))
    if compared_to_baseline:
        print("\n".join(eval_tables.regression_lines(fallen)))
