"""Taking in: what came back from Word becomes a version, or a proposal whose changes wait, and its comments are kept with it."""

from __future__ import annotations

from dataclasses import dataclass

from drafting.changes.carrying import carry, on_the_whole
from drafting.documents.evidence_copy import AUTHOR
from drafting.documents.incoming import Incoming
from drafting.workspace import contents, redlining, remarks, saving
from drafting.workspace.rows import Version
from drafting.workspace.saving import SaveConflict
from drafting.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The version that stands now, or the proposal; and how many comments were new."""

    version: Version
    comments: int


def take_in(workspace: Workspace, base: Version, made: Incoming, who: str, *, note: str) -> TakenIn:
    """Keeps what a file made of `base`. Raises SaveConflict where someone changed the same place meanwhile: text and comments wait then."""
    try:
        kept = _keep(workspace, base, made, who, note)
    except SaveConflict as clash:
        _keep_comments(workspace, clash.proposal, made, who)
        raise
    return TakenIn(kept, _keep_comments(workspace, kept, made, who))


def _keep(workspace: Workspace, base: Version, made: Incoming, who: str, note: str) -> Version:
    stands = base
    if made.report.version != base.hash:
        stands = saving.save(workspace, base, made.report, who, "imported", note)
    if made.proposal is None or made.proposal.version == made.report.version:
        return stands
    if stands.id == base.id or stands.hash == made.report.version:
        return saving.propose(workspace, stands, made.proposal, who, "imported", note=note, hands=made.hands)
    # Others' edits were merged in meanwhile: the changes are proposed on the text that was read, and merged when they are taken.
    read_as = saving.propose(workspace, base, made.report, who, "imported", note=note)
    return saving.propose(workspace, read_as, made.proposal, who, "imported", note=note, hands=made.hands)


def _keep_comments(workspace: Workspace, kept: Version, made: Incoming, who: str) -> int:
    """The file's comments on the version that was kept; those that went out with an export are there already."""
    text, comments = (
        (made.proposal, made.proposal_comments) if made.proposal is not None else (made.report, made.comments)
    )
    with workspace.reading() as connection:
        stands = contents.get(connection, kept.hash)
        there = {(one.text, one.by.name) for one in redlining.open_comments(connection, kept)}
    placed, lost = carry(comments, text, stands)
    new = [*placed, *(on_the_whole(comment, text) for comment in lost)]
    new = [one for one in new if one.by.name != AUTHOR and (one.text, one.by.name) not in there and one.text.strip()]
    if new:
        with workspace.writing(who) as ledger:
            for comment in new:
                remarks.add(ledger, kept, comment)
    return len(new)
