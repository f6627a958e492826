"""Uploads: POST /upload/{language}/{purpose}?name=…&…, the file as it is, a JSON object out.

The file is read into a folder of its own that only this account can read and that is gone with the answer. The name is what people call the
file: nothing is opened or written under it, and only its ending, where it is one that the purpose takes, decides how the file is read.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from drafting.errors import ChengwenError, InputError
from drafting.textfile import forbidden_character
from drafting.workspace.users import User
from ui.web import words
from ui.web.calls import Answer, status_of
from ui.web.english import said
from ui.web.handlers import arriving
from ui.web.handlers.arriving import PURPOSES, Arrival
from ui.web.languages import Language, known
from ui.web.services import Services

logger = logging.getLogger("chengwen.door")

PATH = "/upload/"
LARGEST = 20 * 1024 * 1024
"""Bytes of a file."""

_AT_ONCE = 2
"""Files that are read at one time: each may unpack to many times its size."""
_LONGEST_NAME = 120
_LONGEST_VALUE = 600


def uploads(services: Services) -> APIRouter:
    """The route of all uploads."""
    router = APIRouter()
    reading: list[CapacityLimiter] = []

    @router.post("/upload/{language}/{purpose}")
    async def upload(request: Request, language: str, purpose: str) -> Response:
        user: User = request.state.account
        spoken, wanted = known(language), PURPOSES.get(purpose)
        if spoken is None or wanted is None:
            return JSONResponse({"detail": "not found"}, 404)
        if not user.may(*wanted.roles):
            return _refused(user, purpose, 403, words.NOT_YOUR_ROLE(spoken))
        if request.headers.get("content-type", "").partition(";")[0] != "application/octet-stream":
            return _refused(user, purpose, 415, words.UNREADABLE(spoken))
        told = dict(request.query_params)
        if any(len(value) > _LONGEST_VALUE for value in told.values()):
            return _refused(user, purpose, 400, words.UNREADABLE(spoken))
        name = label(told.pop("name", ""))
        suffix = Path(name).suffix.lower()
        if suffix not in wanted.suffixes:
            return _refused(user, purpose, 400, words.WRONG_FILE(spoken, name=name, kinds="、".join(wanted.suffixes)))
        if not reading:
            reading.append(CapacityLimiter(_AT_ONCE))  # made where the event loop runs
        with tempfile.TemporaryDirectory(prefix="chengwen-") as folder:
            path = Path(folder) / f"file{suffix}"
            problem = await _receive(request, path, spoken)
            if problem:
                return _refused(user, purpose, 413, problem)
            file = Arrival(services.workspace, user, path, name, told)
            return await to_thread.run_sync(_answered, file, purpose, spoken, limiter=reading[0])

    return router


def label(name: str) -> str:
    """What people call the file: its last part, in characters that print, at a length that can be shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(char for char in last if not forbidden_character(char) and char.isprintable()).strip()
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:10]}" if dot else plain[:_LONGEST_NAME]


async def _receive(request: Request, path: Path, language: Language) -> str:
    """Writes the body to `path`; what is wrong with it where it is too large, empty or breaks off."""
    size = 0
    with path.open("xb") as out:
        try:
            async for chunk in request.stream():
                size += len(chunk)
                if size > LARGEST:
                    return words.TOO_LARGE(language, most=LARGEST >> 20)
                out.write(chunk)
        except ClientDisconnect:
            return words.BROKEN_OFF(language)
    return "" if size else words.EMPTY_FILE(language)


def _answered(file: Arrival, purpose: str, language: Language) -> Response:
    try:
        answer: Answer = PURPOSES[purpose].answer(file)
        return JSONResponse(answer)
    except InputError as error:
        return _refused(file.user, purpose, status_of(error), said(language, arriving.refused(error, file)))
    except ChengwenError as error:
        return _refused(file.user, purpose, status_of(error), said(language, error))
    except MemoryError:
        return _refused(file.user, purpose, 413, words.TOO_LARGE(language, most=LARGEST >> 20))


def _refused(user: User, purpose: str, status: int, why: str) -> Response:
    logger.warning("refused: %r uploaded for %r: %s", user.name, purpose, status)
    return JSONResponse({"detail": why}, status)
