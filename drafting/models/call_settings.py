"""What the environment sets for calls to a model: CHENGWEN_RETRIES, CHENGWEN_TIMEOUT."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drafting.errors import ModelSetupError


@dataclass(frozen=True)
class CallSettings:
    """`retries` of a call that met 429, 5xx or a lost connection, and `timeout` in seconds without a byte."""

    retries: int = 6
    timeout: float = 120.0

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> CallSettings:
        """The settings of an environment. Raises ModelSetupError for a value that is no number in range."""
        return cls(
            retries=round(_number(environ, "CHENGWEN_RETRIES", cls.retries, 0, 20)),
            timeout=_number(environ, "CHENGWEN_TIMEOUT", cls.timeout, 1, 3600),
        )


def _number(environ: Mapping[str, str], name: str, usual: float, least: float, most: float) -> float:
    text = environ.get(name, "").strip()
    try:
        value = float(text) if text else usual
    except ValueError:
        value = least - 1
    if not least <= value <= most:
        raise ModelSetupError(f"环境变量 {name} 应为 {least}–{most} 的数，现为“{text}”")
    return value
