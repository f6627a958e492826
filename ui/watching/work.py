"""How much work there is: drafting jobs of the browser, and the sections of a team's queue."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import inspect, text

from drafting.desk.jobs import Jobs
from drafting.errors import WorkspaceError
from drafting.workspace.workspace import Workspace

_QUEUE = "procrastinate_jobs"


def by_state(workspace: Workspace, jobs: Jobs) -> Mapping[str, int]:
    """Counts by state; without those of the queue where there is none, or the database is away."""
    found = {"drafting": jobs.running}
    if workspace.location.path is not None:
        return found
    try:
        with workspace.reading() as connection:
            if inspect(connection).has_table(_QUEUE):
                told = text(f"SELECT status::text, count(*) FROM {_QUEUE} WHERE status IN ('todo', 'doing') GROUP BY 1")  # noqa: S608
                found |= {f"queue_{state}": count for state, count in connection.execute(told)}
    except WorkspaceError:
        pass  # /ready tells of that
    return found
