"""Orders and what became of them: a report to bring up to date, and the line about it in the summary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from drafting.facts import Brief
from drafting.profile import Profile
from drafting.workspace.outcome import Gate
from drafting.workspace.usage import Spent

State = Literal["made", "unchanged", "merged", "conflict", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Order:
    """One report to bring up to date. `gate` judges what stands in the end; `name` is the file's that the report would go to, `place` its
    number in the run.
    """

    brief: Brief
    profile: Profile
    name: str
    gate: Gate
    place: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an order.

    made: a new version stands. unchanged: there was nothing to do. merged: a new version, with a person's edits in it. conflict: the
    same, and where both touched one place the person's words stand and a conflict waits. refused: a new version stands, and the gate lets
    no .docx of it leave. failed: nothing new stands, `reason` says why; sections that were worded are kept. `away`:
    because the model stayed away, so that to run again later is all there is to do.
    """

    brief: str
    report: str
    state: State
    worded: int = 0
    reused: int = 0
    version: str = ""
    errors: int = 0
    warnings: int = 0
    codes: Mapping[str, int] | None = None
    reason: str = ""
    away: bool = False
    spent: Spent = field(default_factory=Spent)
    seconds: float = 0.0

    def as_record(self) -> dict[str, Any]:
        """All of it as plain data; `from_record` reads it back."""
        return asdict(replace(self, codes=dict(self.codes) if self.codes is not None else None))

    @classmethod
    def from_record(cls, data: Mapping[str, Any]) -> Result:
        return cls(**{**data, "spent": Spent(**data["spent"])})

    def as_dict(self) -> dict[str, Any]:
        """The result as `regenerate --output json` tells it."""
        return {
            "brief": self.brief,
            "report": self.report,
            "state": self.state,
            "version": self.version,
            "sections": {"worded": self.worded, "reused": self.reused},
            "counts": {"error": self.errors, "warning": self.warnings},
            "reason": self.reason,
        }
