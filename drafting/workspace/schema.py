"""The schema's age: made where there is none, migrated on demand, never touched where a newer program wrote it."""

from __future__ import annotations

from importlib.resources import files

from sqlalchemy import Connection, inspect, text

from drafting.errors import WorkspaceError
from drafting.workspace.location import Location
from drafting.workspace.tables import SCHEMA


def age(connection: Connection) -> str | None:
    """The migration that the workspace is at; None where there are no tables yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or "") or None


def require(connection: Connection, location: Location) -> bool:
    """Whether there are tables. Raises WorkspaceError for a workspace of another age, or a database that holds something else."""
    at = age(connection)
    if at is None:
        strangers = inspect(connection).get_table_names()
        if strangers:
            raise WorkspaceError(
                f"工作区 {location} 里已有别的数据（{'、'.join(sorted(strangers)[:3])}），不是成文的工作区"
            )
        return False
    if at > SCHEMA:
        raise WorkspaceError(f"工作区 {location} 由更新的版本写成（格式 {at}，此程序只到 {SCHEMA}），请升级成文")
    if at < SCHEMA:
        raise WorkspaceError(f"工作区 {location} 是旧格式（{at}），请先运行 chengwen workspace upgrade（会先自动备份）")
    return True


def upgrade(connection: Connection) -> None:
    """Brings the tables to today's schema, inside the caller's transaction: all of it or nothing."""
    from alembic import command  # takes longer to import than most commands to run
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("drafting.workspace") / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
