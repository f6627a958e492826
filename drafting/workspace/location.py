"""Where a workspace is: a folder with a SQLite file, or a PostgreSQL database by its URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from drafting.errors import WorkspaceError

VARIABLE = "CHENGWEN_WORKSPACE"
FOLDER = ".chengwen"
_FILE = "workspace.db"
_POSTGRES = ("postgresql", "postgres")


@dataclass(frozen=True, slots=True)
class Location:
    """`url` is SQLAlchemy's, for PostgreSQL; `path` is the SQLite file, None for PostgreSQL. Printed, it shows no password.

    `what` is what people call the thing there: a backup is opened in the same way.
    """

    url: str
    path: Path | None
    shown: str
    what: str = "工作区"

    @property
    def named(self) -> str:
        """What and where, as messages begin."""
        return f"{self.what} {self.shown}"

    def __str__(self) -> str:
        return self.shown


def locate(given: str | None, environ: Mapping[str, str]) -> Location:
    """The workspace that is meant: the option, else CHENGWEN_WORKSPACE, else .chengwen here. Raises WorkspaceError for a URL of another kind."""
    text = (given or environ.get(VARIABLE, "") or FOLDER).strip()
    scheme, colon, rest = text.partition("://")
    if not colon:
        return at(Path(text))
    if scheme.lower() not in _POSTGRES:
        raise WorkspaceError(f"工作区 {scheme}://… 不认识，应是文件夹，或 postgresql://用户@主机/库名")
    try:
        parts = urlsplit(text)
        shown = f"postgresql://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"
    except ValueError:
        raise WorkspaceError("工作区的 postgresql:// 地址写法有误，应为 postgresql://用户@主机:端口/库名") from None
    return Location(f"postgresql+psycopg://{rest}", None, shown)


def at(path: Path) -> Location:
    """The workspace in a folder, or of a .db file."""
    file = path if path.suffix == ".db" else path / _FILE
    return Location("", file, str(path))


def backup(path: Path, shown: Path | None = None) -> Location:
    """A backup's file, whatever its name; `shown` where it is still being written under another."""
    return Location("", path, str(shown or path), "备份")
