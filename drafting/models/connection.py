"""Connections: an OpenAI-compatible endpoint through a client of our own, and LangChain's other providers."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from time import time
from urllib.request import getproxies

from drafting import happenings
from drafting.errors import ModelSetupError
from drafting.models import tracing
from drafting.models.address import Address
from drafting.models.limits import Limiter
from drafting.models.spec import ModelSpec

tracing.silence()

import httpx2  # noqa: E402 - tracing is off before any of these is imported
import openai  # noqa: E402
from langchain.chat_models import init_chat_model  # noqa: E402
from langchain_openai import ChatOpenAI  # noqa: E402
from pydantic import SecretStr  # noqa: E402

from drafting.models.chat import Chat  # noqa: E402
from drafting.models.completions import Completions  # noqa: E402
from drafting.models.failures import Failures  # noqa: E402
from drafting.models.lanes import Lanes  # noqa: E402

# The openai client waits as told up to here and gives up beyond; so does everyone else who shares the limiter.
_LONGEST_HOLD = 120.0
_CONNECT = 10.0


@asynccontextmanager
async def to_openai(
    spec: ModelSpec, address: Address, key: str, limiter: Limiter, timeout: float, max_retries: int
) -> AsyncIterator[Chat]:
    """A line to an OpenAI-compatible endpoint; its connections are closed at the end.

    Redirects are not followed: facts go to the endpoint that is shown and nowhere else. A proxy of the environment is
    not used for loopback, for the same reason.
    """
    async with client_of(address, limiter, timeout) as client:
        model = ChatOpenAI(
            model=spec.name,
            base_url=address.url,
            api_key=SecretStr(key),
            http_async_client=client,
            max_retries=max_retries,
            timeout=client.timeout,
            stream_chunk_timeout=timeout,
            stream_usage=True,
            use_responses_api=False,
        )
        model.async_client = Completions(model.root_async_client)
        official = address.url.startswith("https://api.openai.com/")
        limit = "max_completion_tokens" if official else "max_tokens"
        yield Chat(model, Failures(address.shown, str(spec), secrets=(key,)), limit_tokens=limit)


def client_of(address: Address, limiter: Limiter, timeout: float) -> httpx2.AsyncClient:
    """The HTTP client of an endpoint: no redirects, no proxy on loopback, and it keeps to the limiter."""

    async def take_turn(request: httpx2.Request) -> None:
        if named := happenings.REQUEST.get():
            request.headers["x-request-id"] = named
        await limiter.turn()

    async def heed(response: httpx2.Response) -> None:
        if response.status_code in (429, 503):
            happenings.tell(happenings.Slowed(response.status_code))
            await limiter.hold(min(_retry_after(response.headers.get("retry-after", "")), _LONGEST_HOLD))

    return httpx2.AsyncClient(
        timeout=httpx2.Timeout(timeout, connect=min(timeout, _CONNECT)),
        limits=httpx2.Limits(max_connections=None, max_keepalive_connections=100),
        transport=Lanes() if address.on_loopback or not getproxies() else None,
        trust_env=not address.on_loopback,
        follow_redirects=False,
        event_hooks={"request": [take_turn], "response": [heed]},
    )


def to_provider(spec: ModelSpec, limiter: Limiter, timeout: float, max_retries: int) -> Chat:
    """A line to any other provider that LangChain knows. Raises ModelSetupError where it, its package or its key
    is missing.
    """
    try:
        model = init_chat_model(
            spec.name, model_provider=spec.provider, temperature=0, timeout=timeout, max_retries=max_retries
        )
    except ImportError as error:
        named = re.search(r"pip install ([\w\[\],-]+)", str(error))
        package = named[1] if named else f"langchain-{spec.provider.replace('_', '-')}"
        raise ModelSetupError(f"模型 {spec} 需要另装软件包：pip install {package}") from error
    except (ValueError, openai.OpenAIError) as error:
        raise ModelSetupError(f"打不开模型 {spec}：{_first_line(error)}") from error
    secrets = tuple(value for name, value in os.environ.items() if name.endswith(("_API_KEY", "_TOKEN")) and value)
    return Chat(model, Failures(f"{spec.provider} 的服务", str(spec), secrets), limit_tokens=None, before=limiter.turn)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _retry_after(value: str) -> float:
    """Seconds that a Retry-After header asks for: a number, or a date (RFC 9110, 10.2.3); 0 for none or nonsense."""
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time())
    except (TypeError, ValueError):
        return 0.0
