"""`regenerate --via batch-api`: what is out of date is asked for as batches first, and the operator is told how they stand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from drafting.errors import ModelSetupError, ModelUnreachable
from drafting.models import ModelSpec, open_batches
from drafting.models.batch_api import BatchApi, Look
from drafting.models.call_settings import CallSettings
from drafting.outbound import check_outbound, sent
from drafting.regeneration.batches import Batch
from drafting.regeneration.bringing import Courier, Watch
from drafting.regeneration.keys import Manner
from drafting.regeneration.order import Order
from drafting.workspace.usage import Spent
from drafting.workspace.workspace import Workspace
from ui.cli.progress import say

POLL = "CHENGWEN_BATCH_POLL"
_USUAL, _LONGEST = 10.0, 3600.0
_GO_ON = "批处理还在端点上进行，再运行同一条命令即接着等，不会重复提交"
_STATES: Mapping[str, str] = {
    "validating": "校验中",
    "in_progress": "进行中",
    "finalizing": "收尾中",
    "cancelling": "取消中",
    "completed": "已完成",
    "failed": "失败",
    "expired": "已过期",
    "cancelled": "已取消",
    "gone": "端点上已经没有了",
}


async def bring(
    workspace: Workspace,
    who: str,
    spec: ModelSpec,
    orders: Iterable[Order],
    *,
    environ: Mapping[str, str],
    allow_secrets: bool = False,
    rate: float | None = None,
) -> Spent:
    """Answers to what the orders will ask first, put into the workspace, and what they cost. Ctrl-C stops waiting and loses nothing."""
    calls, every = CallSettings.of(environ), interval(environ)
    opened = open_batches(spec, environ=environ, rate=rate, timeout=calls.timeout, max_retries=calls.retries)
    async with opened as api:
        screen = partial(_screen, api, allow_secrets)
        courier = Courier(workspace, who, Manner(spec, "section"), api, screen, watch(api.endpoint), every)
        try:
            await courier.bring(orders)
        except asyncio.CancelledError:
            say(f"不再等待。{_GO_ON}")
            raise
        except ModelUnreachable as error:
            raise ModelUnreachable(f"{error}。已提交的批处理不丢，再运行同一条命令即接着等") from error
    return courier.spent


def interval(environ: Mapping[str, str]) -> float:
    """Seconds between two looks at a batch. Raises ModelSetupError for what is no number in range."""
    text = environ.get(POLL, "").strip()
    try:
        seconds = float(text) if text else _USUAL
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST:
        raise ModelSetupError(f"环境变量 {POLL} 应为 0–{_LONGEST:.0f} 秒，现为“{text}”")
    return seconds


def watch(endpoint: str) -> Watch:
    """Says on standard error how batches stand, each state once."""

    def declined(why: str) -> None:
        say(f"端点 {endpoint} {why}，改为逐次调用")

    def was_sent(batch: Batch) -> None:
        say(f"批处理 {batch.batch}  已提交 {len(batch.sections)} 节；中断后再运行同一条命令即接着等")

    def resumed(batch: Batch) -> None:
        say(f"批处理 {batch.batch}  上次已提交 {len(batch.sections)} 节，接着等")

    def taken(batch: Batch, look: Look, brought: int) -> None:
        missing = len(batch.sections) - brought
        why = f"（{look.reason}）" if look.reason else ""
        rest = f"，其余 {missing} 节逐次调用" if missing else ""
        say(f"批处理 {batch.batch}  {_STATES.get(look.status, look.status)}{why}：取回 {brought} 节{rest}")

    return Watch(declined, was_sent, resumed, _changes(), taken)


def _changes() -> Callable[[Look], None]:
    told: dict[str, tuple[str, int]] = {}

    def looked(look: Look) -> None:
        state = (look.status, look.done)
        if not look.ended and told.get(look.batch) != state:
            told[look.batch] = state
            say(f"批处理 {look.batch}  {_STATES.get(look.status, look.status)}  {look.done}/{look.total}")

    return looked


def _screen(api: BatchApi, allowed: bool, order: Order) -> None:
    check_outbound(sent(order.brief), api.endpoint, allowed=allowed or api.on_loopback)
