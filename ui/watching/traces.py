"""Traces for an OpenTelemetry collector that the operator names: requests, and the questions to a model that they brought about.

Spans bear kinds, models, outcomes, counts and times. The provider is this module's own and not the process's: no library adds spans to it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from drafting.errors import InputError
from drafting.happenings import Called, Happening

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")

Noted = Callable[[int], None]
"""Told the status of the answer."""


class Traces:
    """Where a collector is named, spans; else nothing at all."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Raises InputError where a collector is named and the extra for it is not installed."""
        self._provider: TracerProvider | None = None
        wanted = any(environ.get(name, "").strip() for name in _ENDPOINTS)
        if not wanted or environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
            return
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError:
            raise InputError(
                "设了 OTEL_EXPORTER_OTLP_ENDPOINT，须先安装 otel 扩展：pip install 'chengwen[otel]'"
            ) from None
        named = environ.get("OTEL_SERVICE_NAME", "").strip() or "chengwen"
        self._provider = TracerProvider(resource=Resource.create({"service.name": named}))
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))

    def request(self, kind: str, method: str, named: str) -> AbstractContextManager[Noted]:
        """A span around a request; what is told to it is the status."""
        return self._request(self._provider, kind, method, named) if self._provider else _nothing()

    def heard(self, happening: Happening) -> None:
        """A span for a question that was answered, under the request that brought it about; the listener of drafting.happenings."""
        if self._provider is None or not isinstance(happening, Called):
            return
        ended = time.time_ns()
        told: dict[str, str | int] = {
            "chengwen.model": happening.model,
            "chengwen.outcome": happening.outcome,
            "chengwen.tokens.prompt": happening.prompt_tokens,
            "chengwen.tokens.completion": happening.completion_tokens,
        }
        began = ended - round(happening.seconds * 1e9)
        span = self._provider.get_tracer("chengwen").start_span("model", start_time=began, attributes=told)
        span.end(ended)

    def close(self) -> None:
        """Sends what is left."""
        if self._provider is not None:
            self._provider.shutdown()

    @contextmanager
    def _request(self, provider: TracerProvider, kind: str, method: str, named: str) -> Iterator[Noted]:
        told = {"chengwen.kind": kind, "http.request.method": method, "chengwen.request": named}
        with provider.get_tracer("chengwen").start_as_current_span(
            f"{method} {kind}", attributes=told, record_exception=False, set_status_on_exception=False
        ) as span:
            yield lambda status: span.set_attribute("http.response.status_code", status)


@contextmanager
def _nothing() -> Iterator[Noted]:
    yield lambda _: None
