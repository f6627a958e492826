"""One thing that was looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["ok", "warn", "bad", "skip"]


@dataclass(frozen=True, slots=True)
class Check:
    """`seen` never holds a secret; `todo` says what to do where the state is not ok."""

    name: str
    state: State
    seen: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the doctor was asked to look at. `full` takes longer: the whole audit, every weight's digest, a page set by LibreOffice."""

    environ: Mapping[str, str]
    workspace: str | None
    url: str
    full: bool
    now: datetime


Look = Callable[[Asked], Iterator[Check]]
