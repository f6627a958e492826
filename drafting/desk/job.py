"""One drafting job: how far it is, point by point, in the form in which the page is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from drafting.desk.tasks import Task
from drafting.models import Answer
from drafting.workspace.usage import Spent
from drafting.writer import Progress

State = Literal["running", "done", "failed", "cancelled", "interrupted"]
Step = Literal["waiting", "asking", "again", "worded", "repaired", "composed", "locked"]

_UNDER_WAY: tuple[Step, ...] = ("waiting", "asking", "again")
_SHOWN_PROBLEM = 200


@dataclass(frozen=True, slots=True)
class PointProgress:
    """How far one point is. `attempt` is the one under way or the last; `problem` is what was wrong with the one before."""

    section: str
    facts: tuple[str, ...]
    step: Step = "waiting"
    attempt: int = 0
    problem: str = ""
    text: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {
            "section": self.section,
            "facts": list(self.facts),
            "step": self.step,
            "attempt": self.attempt,
            "problem": self.problem,
            "text": self.text,
        }


@dataclass(slots=True)
class Job:
    """A job of one person on one report. `told` is a line for people: which model words it, then why it failed."""

    id: str
    report_id: int
    who: str
    scope: str
    instruction: str
    model: str
    state: State = "running"
    told: str = ""
    points: dict[tuple[str, ...], PointProgress] = field(default_factory=dict)
    spent: Spent = field(default_factory=Spent)

    def plan(self, task: Task) -> None:
        for section, part in task.parts:
            for point in part.points:
                self.points[point.ids] = PointProgress(section, point.ids)
        for section, facts in task.locked:
            self.points[facts] = PointProgress(section, facts, "locked")

    def asking(self, facts: tuple[str, ...]) -> None:
        """The model is asked about a point."""
        self.points[facts] = replace(self.points[facts], step="asking", attempt=1)

    def stepped(self, progress: Progress) -> None:
        """A step of the writer's. One that is asked again is at the next attempt; why stands beside it."""
        before = self.points[progress.facts]
        again = progress.step == "again"
        self.points[progress.facts] = replace(
            before,
            step=progress.step,
            attempt=progress.attempt + again,
            problem="；".join(progress.problems)[:_SHOWN_PROBLEM],
            text=replace(progress.point, enumerator="").text if progress.point else "",
        )

    def kept(self, facts: tuple[str, ...], step: Step, problem: str = "") -> None:
        """What stood before stays for this point."""
        self.points[facts] = replace(self.points[facts], step=step, problem=problem, text="")

    def answered(self, answer: Answer) -> None:
        spent = Spent(1, answer.prompt_tokens, answer.completion_tokens, round(answer.seconds * 1000))
        self.spent += spent

    def end(self, state: State, told: str = "") -> None:
        """The job is over; points that were not done wait for the next."""
        self.state, self.told = state, told
        for facts, point in self.points.items():
            if point.step in _UNDER_WAY:
                self.points[facts] = replace(point, step="waiting")

    def as_dict(self) -> Mapping[str, Any]:
        done = sum(point.step not in _UNDER_WAY for point in self.points.values())
        return {
            "id": self.id,
            "state": self.state,
            "told": self.told,
            "scope": self.scope,
            "done": done,
            "all": len(self.points),
            "points": [point.as_dict() for point in list(self.points.values())],
        }
