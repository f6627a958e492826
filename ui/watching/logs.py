"""Logs: a line each, plain or as JSON, that never hold a fact, a sentence of a report or a key.

The program's own messages name people, numbers and kinds of errors. What a library says is cut down to its fixed text, without what it filled in;
an exception to its type and the lines it passed, without its message.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from drafting.errors import InputError
from drafting.happenings import REQUEST

FORM, LEVEL = "CHENGWEN_LOG", "CHENGWEN_LOG_LEVEL"
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_OWN = "chengwen"
FIELDS = ("kind", "method", "status", "ms")
"""What a record of ours may bring along beside its message."""


def settle(environ: Mapping[str, str]) -> None:
    """Sets up logging on stderr. Raises InputError for a form or level that is none."""
    form = environ.get(FORM, "").strip().lower() or "text"
    level = environ.get(LEVEL, "").strip().lower() or ("info" if form == "json" else "warning")
    if form not in ("text", "json"):
        raise InputError(f"环境变量 {FORM} 应为 text 或 json，现为“{form[:20]}”")
    if level not in _LEVELS:
        raise InputError(f"环境变量 {LEVEL} 应为 {'、'.join(_LEVELS)} 之一，现为“{level[:20]}”")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson() if form == "json" else AsText())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(logging.WARNING, _LEVELS[level]))
    logging.getLogger(_OWN).setLevel(_LEVELS[level])


class AsText(logging.Formatter):
    """Time, request and message."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created).astimezone().strftime("%Y-%m-%d %H:%M:%S")
        named = f" [{told}]" if (told := REQUEST.get()) else ""
        error = f"\n{_error(record)}" if record.exc_info else ""
        return f"{at}{named} {_message(record)}{''.join(f' {name}={value}' for name, value in _fields(record).items())}{error}"


class AsJson(logging.Formatter):
    """One object a line: time (RFC 3339, UTC), level, logger, message, request, and the fields of the record."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if named := REQUEST.get():
            told["request"] = named
        told |= _fields(record)
        if record.exc_info:
            told["error"] = _error(record)
        return json.dumps(told, ensure_ascii=False)


def _is_own(record: logging.LogRecord) -> bool:
    return record.name == _OWN or record.name.startswith(f"{_OWN}.")


def _message(record: logging.LogRecord) -> str:
    return record.getMessage() if _is_own(record) else str(record.msg)[:200] if record.args else record.name


def _fields(record: logging.LogRecord) -> dict[str, object]:
    return (
        {name: value for name in FIELDS if (value := getattr(record, name, None)) is not None}
        if _is_own(record)
        else {}
    )


def _error(record: logging.LogRecord) -> str:
    """The types of an exception and its causes, each with where it passed; none of what they say."""
    found: BaseException | None = record.exc_info[1] if record.exc_info else None
    parts: list[str] = []
    while found is not None and len(parts) < 5:
        parts.append(f"{type(found).__name__} at {_places(found.__traceback__)}")
        found = found.__cause__ or found.__context__
    return " <- ".join(parts)


def _places(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-12:]
    return ", ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
