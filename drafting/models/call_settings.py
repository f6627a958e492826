"""What the environment sets for calls to a model: CHENGWEN_RETRIES, CHENGWEN_TIMEOUT, CHENGWEN_RATE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drafting.errors import ModelSetupError

_LEAST_RATE = 0.001


@dataclass(frozen=True)
class CallSettings:
    """`retries` of a call that met 429, 5xx or a lost connection, `timeout` in seconds without a byte, `rate` in requests a minute."""

    retries: int = 6
    timeout: float = 120.0
    rate: float | None = None

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> CallSettings:
        """The settings of an environment. Raises ModelSetupError for a value that is no number in range."""
        return cls(
            retries=round(_number(environ, "CHENGWEN_RETRIES", cls.retries, 0, 20)),
            timeout=_number(environ, "CHENGWEN_TIMEOUT", cls.timeout, 1, 3600),
            rate=_number(environ, "CHENGWEN_RATE", 0, _LEAST_RATE, 1e6)
            if environ.get("CHENGWEN_RATE", "").strip()
            else None,
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
