"""open_model: from a spec to a Model that can be asked, and everything closed again at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafting.errors import ModelSetupError
from drafting.models.address import Address
from drafting.models.conversation import Terms
from drafting.models.limits import Limiter, Pace
from drafting.models.model import Model
from drafting.models.spec import ModelSpec

if TYPE_CHECKING:
    from drafting.models.batch_api import BatchApi

OPENAI_URL = "https://api.openai.com/v1"
IN_FLIGHT = 8
# A local server wants no key, the client wants one.
NO_KEY = "no-key"


@dataclass(frozen=True, slots=True)
class _Limits:
    """What was asked for, until the endpoint is known."""

    in_flight: int
    rate: float | None
    pace: Callable[[str], Pace] | None

    def of(self, endpoint: str) -> Limiter:
        return Limiter(self.in_flight, self.rate, self.pace(endpoint) if self.pace else None)


@asynccontextmanager
async def open_model(
    spec: ModelSpec,
    *,
    environ: Mapping[str, str],
    in_flight: int | None = None,
    rate: float | None = None,
    timeout: float = 120,
    max_retries: int = 6,
    pace: Callable[[str], Pace] | None = None,
) -> AsyncIterator[Model]:
    """The model that `spec` names, open until the block ends.

    `in_flight` calls at once (8 unless given; always 1 for the embedded model), `rate` requests a minute (no limit),
    `timeout` seconds without a byte, `max_retries` of the client for 429, 5xx and lost connections; `pace` gives that
    of an endpoint, by its URL, where other processes keep it too. Raises
    ModelSetupError where the model cannot be opened: `composer` is no model, a key or package is missing, weights
    were not fetched.
    """
    if spec.is_composer:
        raise ModelSetupError("composer 不是模型：按规则成文，无须打开")
    if spec.is_embedded:
        opened = _embedded(spec, environ, rate, max_retries)
    elif spec.provider == "openai":
        opened = _openai(spec, environ, _Limits(in_flight or IN_FLIGHT, rate, pace), timeout, max_retries)
    else:
        opened = _provider(spec, Limiter(in_flight or IN_FLIGHT, rate), timeout, max_retries)
    async with opened as model:
        yield model


@asynccontextmanager
async def _embedded(
    spec: ModelSpec, environ: Mapping[str, str], rate: float | None, max_retries: int
) -> AsyncIterator[Model]:
    from drafting.models import connection, embedded

    async with embedded.serving(spec.name, environ) as server:
        # One slot: a second call at once would only wait inside the server, on the clock of its time-out.
        limiter = Limiter(1, rate)
        address = Address.parse(server.base_url)
        line = connection.to_openai(spec, address, server.api_key, limiter, embedded.PATIENCE, max_retries)
        async with line as chat:
            yield Model(spec, address.shown, True, "point", chat, limiter)


@asynccontextmanager
async def _openai(
    spec: ModelSpec, environ: Mapping[str, str], limits: _Limits, timeout: float, max_retries: int
) -> AsyncIterator[Model]:
    from drafting.models import connection

    address = Address.parse(environ.get("OPENAI_BASE_URL") or OPENAI_URL)
    limiter = limits.of(address.shown)
    line = connection.to_openai(spec, address, _key(environ, address), limiter, timeout, max_retries)
    async with line as chat:
        yield Model(spec, address.shown, address.on_loopback, "section", chat, limiter)


@asynccontextmanager
async def open_batches(
    spec: ModelSpec,
    *,
    environ: Mapping[str, str],
    rate: float | None = None,
    timeout: float = 120,
    max_retries: int = 6,
) -> AsyncIterator[BatchApi]:
    """The batch interface of the endpoint that `openai:` models are asked at, open until the block ends; whether it has one, `probe` tells.

    Raises ModelSetupError for any other provider, and where the key is missing.
    """
    if spec.provider != "openai":
        raise ModelSetupError(f"批处理只用于 openai: 的模型，{spec} 不行：请去掉 --via batch-api")
    from drafting.models import batch_api

    address = Address.parse(environ.get("OPENAI_BASE_URL") or OPENAI_URL)
    limiter = Limiter(1, rate)
    async with batch_api.to_batches(spec, address, _key(environ, address), limiter, timeout, max_retries) as api:
        yield api


@asynccontextmanager
async def _provider(spec: ModelSpec, limiter: Limiter, timeout: float, max_retries: int) -> AsyncIterator[Model]:
    from drafting.models import connection

    chat = connection.to_provider(spec, limiter, timeout, max_retries)
    yield Model(spec, chat.failures.endpoint, False, "section", chat, limiter, Terms("text"))


def _key(environ: Mapping[str, str], address: Address) -> str:
    key = environ.get("OPENAI_API_KEY", "").strip()
    if not key and address.url == OPENAI_URL:
        raise ModelSetupError(
            "没有设置 OPENAI_API_KEY；用别处的服务请设置 OPENAI_BASE_URL，不用模型请写 --model composer"
        )
    return key or NO_KEY
