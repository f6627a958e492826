"""What a draft was made from, put down beside it, so that the next regeneration finds it up to date and its sections worded."""

from __future__ import annotations

from sqlalchemy import Connection

from drafting.facts import Brief
from drafting.profile import Profile
from drafting.regeneration import drafts, wordings
from drafting.regeneration.keys import Manner
from drafting.regeneration.plan import plan
from drafting.regeneration.wordings import Worded
from drafting.report import Report
from drafting.workspace import history
from drafting.workspace.usage import Spent


def keep(connection: Connection, brief: Brief, profile: Profile, manner: Manner, drafted: Report) -> None:
    """Keeps keys and sections of a draft that has just been taken up, in the caller's write.

    Not where a person locked points of the report: the draft worded them too, and a regeneration would not.
    """
    todo = plan(connection, brief, profile, manner)
    if todo.document is None or todo.made.locked:
        return
    points = {frozenset(point.facts): point for point in drafted.points()}
    for section in todo.sections:
        asked = section.asked.points
        worded = [points[frozenset(one.ids)] for one in asked if frozenset(one.ids) in points]
        if len(worded) == len(asked):
            kept = Worded.of(todo.context, asked, worded, Spent())
            wordings.put(connection, section.made.key, kept)
    drafts.put(connection, history.last_machine_made(connection, todo.document.id).id, todo.made)
