"""No telemetry: LangSmith is switched off in this process before LangChain is imported."""

from __future__ import annotations

import os

_SWITCHES = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
_ROUTES = ("LANGSMITH_GATEWAY", "LANGSMITH_GATEWAY_API_KEY", "LANGSMITH_OTEL_ENABLED", "LANGSMITH_RUNS_ENDPOINTS")


def silence() -> None:
    """Prompts hold facts of an institution: none leaves for a tracing service, whatever the environment of the
    shell says.
    """
    for name in _SWITCHES:
        os.environ[name] = "false"
    for name in _ROUTES:
        os.environ.pop(name, None)
