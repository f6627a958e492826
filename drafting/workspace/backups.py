"""Backups in a folder, named by their time: made, found again, and the old ones taken away.

Only files that bear such a name are ever looked at or deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from drafting.errors import WorkspaceError
from drafting.workspace import copying
from drafting.workspace.integrity import Integrity
from drafting.workspace.location import Location
from drafting.workspace.retention import Retention
from drafting.workspace.workspace import Workspace

_NAME = "%Y%m%d-%H%M%S.db"
_FOLDER = "backups"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup and when it was made, by its name."""

    path: Path
    at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """A new backup, what it holds, and the older ones that went for it."""

    path: Path
    integrity: Integrity
    deleted: tuple[Path, ...]


def folder(location: Location) -> Path:
    """Beside the workspace's file, or, for a team's database, where the program was started."""
    return (location.path.parent if location.path is not None else Path.cwd()) / _FOLDER


def found(folder: Path) -> list[Backup]:
    """The backups of a folder, the newest first; none where there is no folder."""
    there = [Backup(path, at) for path in folder.glob("*.db") if (at := _time(path)) is not None and path.is_file()]
    return sorted(there, key=lambda one: one.at, reverse=True)


def newest(folder: Path) -> Backup:
    """Raises WorkspaceError where there is none."""
    there = found(folder)
    if not there:
        raise WorkspaceError(f"{folder} 里没有备份")
    return there[0]


def make(workspace: Workspace, folder: Path, at: datetime, keep: Retention | None = None) -> Made:
    """A backup with the name of this time, and of the older ones those that `keep` asks for.

    None is deleted for a backup that does not prove sound: what stood before the damage may be all that is left. Backups of a time to come
    (the clock was set back) are kept. Raises WorkspaceError as `copying.back_up` does; an OSError of the folder passes.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / at.astimezone(UTC).strftime(_NAME)
    integrity = copying.back_up(workspace, target)
    deleted = _thinned(folder, target, keep) if keep is not None and integrity.sound else ()
    return Made(target, integrity, deleted)


def _thinned(folder: Path, made: Path, keep: Retention) -> tuple[Path, ...]:
    this = _time(made)
    past = [one for one in found(folder) if this is not None and one.at <= this]
    kept = keep.kept(one.at for one in past)
    gone = tuple(one.path for one in past if one.at not in kept)
    for path in gone:
        path.unlink()
    return gone


def _time(path: Path) -> datetime | None:
    try:
        at = datetime.strptime(path.name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None
    return at if at.strftime(_NAME) == path.name else None
