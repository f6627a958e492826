"""The key that signs sessions: from the environment, or from a file beside the workspace that only its owner may read."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from drafting.errors import InputError, WorkspaceError
from drafting.workspace.location import Location

VARIABLE = "CHENGWEN_SECRET"
_SHORTEST = 32
_FILE = "session.key"


def signing_key(location: Location, environ: Mapping[str, str]) -> bytes | None:
    """The key of a workspace; None for a database without CHENGWEN_SECRET, where sessions can only last as long as the process.

    Raises InputError for a secret that is too short, WorkspaceError for a key file that others can read.
    """
    given = environ.get(VARIABLE, "").strip()
    if given:
        if len(given) < _SHORTEST:
            raise InputError(f"环境变量 {VARIABLE} 太短，至少 {_SHORTEST} 个字符（可用 openssl rand -hex 32 生成）")
        return given.encode()
    return _of_file(location.path.with_name(_FILE)) if location.path is not None else None


def _of_file(path: Path) -> bytes:
    """Reads the key, or makes it: written beside and linked into place, so that of two programs that start at once both take the first one's."""
    beside = path.with_name(f"{_FILE}.{secrets.token_hex(8)}")
    if not path.exists():
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        try:
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(beside)
        finally:
            beside.unlink()
    if path.stat().st_mode & 0o077:
        raise WorkspaceError(f"{path}: 会话密钥别人也能读，请 chmod 600，或删去后重新启动（所有人须重新登录）")
    key = path.read_bytes().strip()
    if len(key) < _SHORTEST:
        raise WorkspaceError(f"{path}: 会话密钥不完整，请删去后重新启动（所有人须重新登录）")
    return key
