"""What `chengwen eval --style` does: learn from the exemplars, draft the cases without and with it, lay the figures side by side."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from rich.console import Console
from rich.table import Table

from drafting.errors import InputError
from drafting.facts import Brief
from drafting.learning.learned import Learned
from drafting.models import ModelSpec, open_model
from drafting.models.call_settings import CallSettings
from drafting.outbound import check_outbound, sent
from evals import learned
from evals.faults.clean import CASES
from evals.style_comparison import Closer, closer, fitting
from ui.cli import store

_NAMES = {
    "sentence": "每句字数",
    "enumerated": "用序词的部分",
    "gist": "概括语字数",
    "points": "每部分要点",
    "section": "每部分字数",
    "two_part": "两段式标题",
    "connectives": "每千字承接词",
}


def run(exemplars: Sequence[Path], models: Sequence[str], cases: Path | None, output: str) -> None:
    """Prints the figures and the distance to the exemplars, for each model."""
    store.one_of(output, ("text", "json"), "--output")
    specs = [ModelSpec.parse(text) for text in dict.fromkeys(models)]
    found = learned.learn(exemplars)
    briefs = fitting(cases or CASES, found.base.kind)
    if not briefs:
        raise InputError(f"{cases or CASES}: 没有文种是{found.base.name}的用例")
    compared = asyncio.run(_all(found, briefs, specs))
    if output == "json":
        told = {"version": 1, "cases": len(briefs), "style": [one.as_dict() for one in compared]}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for one in compared:
        Console().print(_table(one, len(briefs)))


async def _all(found: Learned, briefs: Sequence[Brief], specs: Sequence[ModelSpec]) -> list[Closer]:
    compared = []
    for spec in specs:
        async with AsyncExitStack() as stack:
            model = None
            if not spec.is_composer:
                calls = CallSettings.of(os.environ)
                opened = open_model(spec, environ=os.environ, timeout=calls.timeout, max_retries=calls.retries)
                model = await stack.enter_async_context(opened)
                for brief in briefs:
                    check_outbound(sent(brief), model.endpoint, allowed=model.on_loopback)
            compared.append(await closer(found, briefs, str(spec), model))
    return compared


def _table(one: Closer, cases: int) -> Table:
    table = Table("", "范文", "不学", "学了", title=f"{one.model}，{cases} 个用例")
    wanted, without, with_it = one.wanted.as_dict(), one.without.as_dict(), one.learned.as_dict()
    for key, name in _NAMES.items():
        table.add_row(name, *(f"{figures[key]:.2f}" for figures in (wanted, without, with_it)))
    before, after = one.distances
    table.add_row("与范文的距离", "", f"{before:.3f}", f"{after:.3f}", style="bold")
    return table
