"""A draft taken up into the workspace: what stands then is what is checked and written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drafting.regeneration import drafted as made_from
from drafting.regeneration.keys import Manner
from drafting.report import Report
from drafting.workspace import contents, engine, reviewing, saving, verdicts
from drafting.workspace.rows import Version
from drafting.workspace.saving import Saved
from drafting.workspace.workspace import Workspace
from evals.gate import Verdict
from evals.outcome import outcome
from ui.cli import waivers
from ui.cli.reviewing import keep_waivers
from ui.cli.tasks import Task


@dataclass(frozen=True, slots=True)
class TakenUp:
    """`report` is the version that stands, its waivers on it: the draft, or what a merge made of it and people's edits."""

    report: Report
    saved: Saved
    signed: bool

    def line(self) -> str:
        """What the workspace made of it, in a few words; a line more for each place where a person's words stand against the draft's."""
        version = self.saved.version
        if not self.saved.made:
            return f"{version.short}（第 {version.number} 版，没有变化）"
        merged = "，与人工修改合并" if self.saved.merged else ""
        clashes = [
            f"\n  {clash.heading or '（篇首）'}：保留人工所写“{clash.mine}”，新拟为“{clash.theirs}”（{self.saved.proposal.short}）"
            for clash in self.saved.conflicts
            if self.saved.proposal
        ]
        return f"{version.short}（第 {version.number} 版{merged}）" + "".join(clashes)


def take_up(
    opened: Workspace, drafted: Report, task: Task, who: str, manner: Manner, pairs: Sequence[tuple[str, str]]
) -> TakenUp:
    """Records the draft, what it was made from, and its waivers with it."""
    saved = saving.record(opened, drafted, who, "drafted", source=task.brief.path)
    with engine.writing(opened.engine, opened.location) as connection:
        made_from.keep(connection, task.brief, task.profile, manner, drafted)
    keep_waivers(opened, saved.version, pairs, who)
    with opened.reading() as connection:
        stands = contents.get(connection, saved.version.hash)
        kept = verdicts.standing_waivers(connection, saved.version)
        signed = reviewing.signature(connection, saved.version, task.profile.review_levels) is not None
    return TakenUp(waivers.apply(stands, [(one.code, one.reason) for one in kept]), saved, signed)


def keep_verdict(opened: Workspace, version: Version, verdict: Verdict, who: str) -> None:
    """Records what the gate said of the version."""
    with opened.writing(who) as ledger:
        verdicts.keep(ledger, version, outcome(verdict))
