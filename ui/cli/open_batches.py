"""What `chengwen batches` does: list what is waited for, from the workspace alone; call a batch off, at its endpoint."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Sequence

from drafting.errors import InputError
from drafting.models import ModelSpec, open_batches
from drafting.models.call_settings import CallSettings
from drafting.regeneration import batches
from drafting.regeneration.batches import Listed
from drafting.workspace.workspace import Workspace
from ui.cli import store
from ui.cli.progress import say


def look(name: str | None, *, cancel: bool, output: str, who: str | None, workspace: str | None) -> None:
    """Lists the batches, or that one alone, or calls it off. Raises InputError where it is not waited for, and what its endpoint raises."""
    store.one_of(output, ("text", "json"), "--output")
    with store.workspace(workspace) as opened:
        found = batches.waited_for(opened)
        if name is None and cancel:
            raise InputError("请写明是哪一批，如 chengwen batches batch_abc --cancel；chengwen batches 列出所有")
        if name is not None:
            found = [one for one in found if one.batch.batch == name]
            if not found:
                raise InputError(f"工作区没有在等批处理 {name}；chengwen batches 列出在等的")
        if cancel:
            by = store.founded(opened, store.actor(who), "drafter", "administrator").name
            asyncio.run(_cancel(opened, by, found[0]))
        else:
            _tell(found, output)


async def _cancel(opened: Workspace, who: str, one: Listed) -> None:
    from drafting.models.batch_api import Gone, NoBatches

    calls, name = CallSettings.of(os.environ), one.batch.batch
    model = ModelSpec.parse(one.model)
    async with open_batches(model, environ=os.environ, timeout=calls.timeout, max_retries=calls.retries) as api:
        if api.endpoint != one.endpoint:
            raise InputError(
                f"批处理 {name} 在 {one.endpoint}，现在的端点是 {api.endpoint}：请把 OPENAI_BASE_URL 设成那里"
            )
        try:
            await api.cancel(name)
        except Gone:
            with opened.writing(who) as ledger:
                batches.end(ledger, one.batch.tag, "gone")
            say(f"批处理 {name}  端点上已经没有了，不再等它")
        except NoBatches as error:
            raise InputError(f"批处理 {name} 取消不了：{error}；再运行 regenerate --via batch-api 即取回") from error
        else:
            say(f"批处理 {name}  已取消；已答的在下次 regenerate --via batch-api 时取回")


def _tell(found: Sequence[Listed], output: str) -> None:
    if output == "json":
        print(json.dumps({"version": 1, "batches": [_told(one) for one in found]}, ensure_ascii=False, indent=1))
        return
    for one in found:
        name = one.batch.batch or "（还没有名字）"
        print(f"{name}  {one.at}  {one.by}  {one.model}  {len(one.batch.sections)} 节  {one.endpoint}")
    if not found:
        say("没有在等的批处理")


def _told(one: Listed) -> dict[str, object]:
    sections = len(one.batch.sections)
    return {
        "batch": one.batch.batch,
        "at": one.at,
        "by": one.by,
        "model": one.model,
        "sections": sections,
        "endpoint": one.endpoint,
    }
