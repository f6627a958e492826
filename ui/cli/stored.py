"""A version that must be in the workspace: by its id, or as the report file that holds the same content."""

from __future__ import annotations

from sqlalchemy import Connection

from drafting.documents import read
from drafting.errors import VersionError
from drafting.workspace import history
from drafting.workspace.rows import Version
from ui.cli.versions import file_of


def stored_version(connection: Connection, reference: str) -> Version:
    """The version that is meant. Raises VersionError for one that the workspace does not have."""
    path = file_of(reference)
    if path is None:
        return history.resolve(connection, reference)
    hash = read(path).report.version
    found = history.with_hash(connection, hash)
    if found is None:
        raise VersionError(
            f"{reference}: 工作区里没有这个版本（{hash[:12]}），改过的文件先用 chengwen import --onto 收进来"
        )
    return found


def stored_version_if_any(connection: Connection, reference: str) -> Version | None:
    """The version that is meant; None for a file whose content the workspace does not have."""
    path = file_of(reference)
    if path is None:
        return history.resolve(connection, reference)
    return history.with_hash(connection, read(path).report.version)
