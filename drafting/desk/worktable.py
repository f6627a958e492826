"""The worktable: a drafter's working copy as a drafting job reads and writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from drafting.desk import desks, wording_in
from drafting.desk.copy import OUTLOOK, Copy
from drafting.desk.kinds import profile_of
from drafting.desk.tasks import Bench, Standing
from drafting.desk.wording_in import Taken
from drafting.errors import InputError
from drafting.profile import Profile
from drafting.report import BlockType, Point
from drafting.workspace import history
from drafting.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What a job was asked for that has not come to its end."""

    scope: str
    instruction: str


@dataclass(frozen=True, slots=True)
class Worktable:
    """The working copies of a workspace, each of one report and person."""

    workspace: Workspace

    def bench(self, report_id: int, who: str) -> Bench:
        """The copy as it is. Raises InputError for a document without facts."""
        profile = self._profile(report_id)
        return bench(desks.open(self.workspace, report_id, who, profile).copy, profile)

    def put(self, report_id: int, who: str, point: Point, instruction: str) -> Taken:
        """Writes a worded point into the copy."""
        profile = self._profile(report_id)
        taken: Taken = "gone"

        def change(copy: Copy) -> Copy:
            nonlocal taken
            copy, taken = wording_in.put(copy, point, profile, instruction)
            return copy

        desks.put(self.workspace, report_id, who, change, profile)
        return taken

    def account(self, report_id: int, who: str, points: Sequence[Point]) -> None:
        """Tells points that stand as they were worded what they cost."""

        def change(copy: Copy) -> Copy:
            for point in points:
                copy = wording_in.accounted(copy, point)
            return copy

        desks.put(self.workspace, report_id, who, change, self._profile(report_id))

    def unfinished(self, report_id: int, who: str) -> Unfinished | None:
        """The person's job that has begun and not come to its end."""
        with self.workspace.reading() as connection:
            told = desks.look(connection, report_id, who).copy.drafting
        return Unfinished(told.get("scope", ""), told.get("instruction", "")) if told else None

    def mark(self, report_id: int, who: str, unfinished: Unfinished | None) -> None:
        """Keeps that a job has begun, or that it has come to its end."""
        told = {"scope": unfinished.scope, "instruction": unfinished.instruction} if unfinished else {}
        desks.put(self.workspace, report_id, who, lambda copy: replace(copy, drafting=told), self._profile(report_id))

    def _profile(self, report_id: int) -> Profile:
        with self.workspace.reading() as connection:
            return profile_of(history.document(connection, report_id))


def bench(copy: Copy, profile: Profile) -> Bench:
    """A copy as a job sees it. Raises InputError for a document without a brief."""
    brief = copy.brief()
    if brief is None:
        raise InputError("这份文稿还没有事实，先填写要点事实再拟稿")
    named = [one for one in copy.sections if one.heading.strip() or any(fact.text.strip() for fact in one.facts)]
    standing = {one.id: tuple(_standing(copy, one.id, "paragraph")) for one in named}
    return Bench(brief, profile, tuple(standing.items()), next(iter(_standing(copy, OUTLOOK, "outlook")), None))


def _standing(copy: Copy, section: str, type: BlockType) -> Iterator[Standing]:
    for block, one in copy.points():
        if block.section == section and block.frame.type == type:
            point = one.point
            yield Standing(one.id, point.facts, point.gist, one.text, point.locked, one.proposal is not None)
