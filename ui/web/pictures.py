"""Pages as pictures: a .docx through LibreOffice and poppler, where both are installed. One at a time: the caller sees to that.

Each run has a profile of its own, for two on one profile collide, and LibreOffice ends with 0 where it could not read its input: only the
PDF says that there is one.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections import OrderedDict
from pathlib import Path

logger = logging.getLogger("chengwen.pages")

_OFFICE, _PAINTER = "soffice", "pdftoppm"
_PATIENCE = 90
"""Seconds for one document; a report of twenty pages takes three."""
_MOST_KEPT = 24
_MOST_PAGES = 200
_DOTS = 96
"""Per inch: a page is 794 pixels wide."""
_KEY = re.compile(r"[0-9a-z-]{1,100}")


def available() -> bool:
    """Whether both programs are installed."""
    return bool(shutil.which(_OFFICE) and shutil.which(_PAINTER))


class Pictures:
    """The pages of documents by a key of the caller's; the last ones drawn are kept, in a private folder that goes with the process."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._kept: OrderedDict[str, Path] = OrderedDict()

    def draw(self, key: str, docx: bytes) -> int:
        """How many pages the document has, drawn now or before; 0 where the programs made none of it. A key is letters, digits and hyphens."""
        if not _KEY.fullmatch(key):
            raise ValueError(f"no key for pages: {key[:20]!r}")
        kept = self._kept.pop(key, None) or self._drawn(key, docx)
        if kept is None:
            return 0
        self._kept[key] = kept
        while len(self._kept) > _MOST_KEPT:
            shutil.rmtree(self._kept.popitem(last=False)[1], ignore_errors=True)
        return len(_pages(kept))

    def page(self, key: str, number: int) -> bytes | None:
        """A page as PNG, counted from 1; None where there is none, or it was drawn too long ago."""
        kept = self._kept.get(key)
        pages = _pages(kept) if kept else []
        return pages[number - 1].read_bytes() if 0 < number <= len(pages) else None

    def _drawn(self, key: str, docx: bytes) -> Path | None:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="chengwen-pages-")
        place = Path(self._folder.name) / key
        with tempfile.TemporaryDirectory(prefix="chengwen-office-") as work:
            room = Path(work)
            (room / "report.docx").write_bytes(docx)
            profile = f"-env:UserInstallation={(room / 'profile').as_uri()}"
            office = [_OFFICE, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", work]
            painter = [_PAINTER, "-png", "-r", str(_DOTS), "-l", str(_MOST_PAGES), "report.pdf", "page"]
            done = _run([*office, "report.docx"], room) and (room / "report.pdf").is_file() and _run(painter, room)
            drawn = _pages(room)
            if not done or not drawn:
                logger.warning("no pages: %s did not make any of %s", _OFFICE, key)
                return None
            place.mkdir(mode=0o700, exist_ok=True)
            for page in drawn:
                shutil.move(page, place / page.name)
        return place


def _pages(folder: Path) -> list[Path]:
    """In their order: pdftoppm fills their numbers up with zeros."""
    return sorted(folder.glob("page-*.png"))


def _run(command: list[str], room: Path) -> bool:
    """Whether the program ended by itself and said that all was well. One that goes on is killed with all that it started."""
    none = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 — fixed programs, no shell
        command, cwd=room, start_new_session=True, stdin=none, stdout=none, stderr=none
    ) as process:
        try:
            return process.wait(_PATIENCE) == 0
        except subprocess.TimeoutExpired:
            logger.warning("no pages: %s took longer than %s s", command[0], _PATIENCE)
            os.killpg(process.pid, signal.SIGKILL)
            return False
