"""Where weights are kept: the folder that CHENGWEN_MODELS names, else the user's cache of this platform."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from drafting.models.catalog import Entry


def folder(environ: Mapping[str, str]) -> Path:
    """CHENGWEN_MODELS, `$XDG_CACHE_HOME/chengwen/models` where that is set, else the platform's own place for caches."""
    own = environ.get("CHENGWEN_MODELS", "").strip()
    if own:
        return Path(own)
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
    return folder(environ) / entry.file_name


def is_fetched(entry: Entry, environ: Mapping[str, str]) -> bool:
    """A file gets its name only after its digest was verified, so that its size is enough to ask for."""
    weights = path(entry, environ)
    return weights.is_file() and weights.stat().st_size == entry.size
