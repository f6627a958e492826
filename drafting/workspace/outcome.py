"""The gate's answer in the workspace's terms. The gate itself is passed in by those who know it: this layer knows no check suite."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from drafting.report import Report


@dataclass(frozen=True, slots=True)
class Outcome:
    """`findings` are JSON objects as `chengwen check` prints them; `refusal` holds a line for each thing that stops the export."""

    allowed: bool
    errors: int
    warnings: int
    findings: tuple[dict[str, object], ...]
    refusal: str = ""


Gate = Callable[[Report], Outcome]
