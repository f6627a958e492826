"""The schema's age: made where there is none, migrated on demand, never touched where a newer program wrote it."""

from __future__ import annotations

from importlib.resources import files

from sqlalchemy import Connection, inspect, text

from drafting.errors import WorkspaceError
from drafting.workspace.location import Location
from drafting.workspace.tables import SCHEMA

MIGRATIONS = str(files("drafting.workspace") / "migrations")
_OURS = {"alembic_version", "audit", "contents"}
"""Tables of every age. Another program's database may have its own alembic_version."""


def age(connection: Connection, location: Location) -> str | None:
    """The migration that the workspace is at; None where there are no tables yet. Raises WorkspaceError where there are others only."""
    tables = set(inspect(connection).get_table_names())
    if tables >= _OURS:
        ages = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
        if len(ages) == 1:
            return str(ages[0])
    if tables:
        shown = "、".join(sorted(tables)[:3])
        raise WorkspaceError(f"{location.named} 里已有别的数据（{shown}），不是成文的工作区")
    return None


def require(connection: Connection, location: Location) -> bool:
    """Whether there are tables. Raises WorkspaceError for a workspace of another age, or a database that holds something else."""
    at = age(connection, location)
    if at is None:
        return False
    if at > SCHEMA:
        raise WorkspaceError(f"{location.named} 由更新的版本写成（格式 {at}，此程序只到 {SCHEMA}），请升级成文")
    if at < SCHEMA:
        raise WorkspaceError(f"{location.named} 是旧格式（{at}），请先运行 chengwen workspace upgrade（会先自动备份）")
    return True


def upgrade(connection: Connection, age: str = "head") -> None:
    """Brings the tables to today's schema, or to that of an earlier age, inside the caller's transaction: all of it or nothing.

    Raises WorkspaceError for an age of which no migration is known.
    """
    from alembic import command  # takes longer to import than most commands to run
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", MIGRATIONS.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, age)
    except CommandError as error:
        raise WorkspaceError(f"工作区的格式升级不了，没有这一格式的升级步骤（{error}）") from error
