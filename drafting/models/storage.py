"""Where weights are kept: the folder that an administrator shares, and the user's cache of this platform."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from drafting.models.catalog import Entry

SHARED = "CHENGWEN_MODELS"
"""A folder with weights that everybody here uses; it is only read. What it lacks is fetched into the user's own cache."""


def folder(environ: Mapping[str, str]) -> Path:
    """`$XDG_CACHE_HOME/chengwen/models` where that is set, else the platform's own place for caches."""
    named = environ.get("XDG_CACHE_HOME", "")
    if named and Path(named).is_absolute():  # the specification: a relative path is to be ignored
        cache = Path(named)
    elif sys.platform == "darwin":
        cache = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        cache = Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        cache = Path.home() / ".cache"
    return cache / "chengwen" / "models"


def path(entry: Entry, environ: Mapping[str, str]) -> Path:
    """The shared file where there is one of the right size, else the place in the user's cache, filled or not."""
    shared = environ.get(SHARED, "").strip()
    if shared and _whole(found := Path(shared) / entry.file_name, entry):
        return found
    return folder(environ) / entry.file_name


def is_fetched(entry: Entry, environ: Mapping[str, str]) -> bool:
    """A file gets its name only after its digest was verified, so that its size is enough to ask for."""
    return _whole(path(entry, environ), entry)


def _whole(weights: Path, entry: Entry) -> bool:
    return weights.is_file() and weights.stat().st_size == entry.size
