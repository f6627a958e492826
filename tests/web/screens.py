"""Pictures of every page: `python -m tests.web.screens FOLDER`. Each at 1280×800 and 1920×1080, in both languages, empty, typical and overfull.

For people to look at; the README's pictures are made of these.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx2
from playwright.sync_api import Browser, sync_playwright

from drafting.workspace import users
from drafting.workspace.location import at
from drafting.workspace.workspace import Workspace, opened
from tests.web.furnished import STAFF, Furnished, furnished, staffed
from tests.web.server import KEY
from ui.web.sessions import Sessions
from ui.web.settings import Settings

SIZES = ((1280, 800), (1920, 1080))
_CHROMIUM = "/usr/bin/chromium"
_QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def pages(found: Furnished | None) -> dict[str, tuple[str, str]]:
    """Whose page, and at what address, by the picture's name."""
    if found is None:
        return {"reports-empty": ("管理员", ""), "desk-empty": ("管理员", "desk")}
    return {
        "reports": ("张三", ""),
        "desk": ("张三", f"desk?report={found.typical}"),
        "desk-overfull": ("张三", f"desk?report={found.overfull}"),
        "desk-none": ("张三", "desk"),
        "review": ("王五", f"review?report={found.typical}"),
        "review-submitted": ("王五", f"review?report={found.submitted}"),
        "review-overfull": ("王五", f"review?report={found.overfull}"),
        "export": ("张三", f"export?report={found.typical}"),
        "export-allowed": ("张三", f"export?report={found.submitted}"),
        "administration": ("管理员", "administration"),
        "administration-model": ("管理员", "administration#model"),
        "administration-usage": ("管理员", "administration#usage"),
        "administration-audit": ("管理员", "administration#audit"),
        "administration-backups": ("管理员", "administration#backups"),
    }


def main(folder: str) -> None:
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for filled in (False, True):
        with serving(filled=filled) as (url, workspace, found), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_QUIET)
            _take(browser, url, workspace, found, target)
            browser.close()


def _take(browser: Browser, url: str, workspace: Workspace, found: Furnished | None, target: Path) -> None:
    for name, (who, path) in pages(found).items():
        for width, height in SIZES:
            for language in ("zh", "en"):
                context = browser.new_context(viewport={"width": width, "height": height})
                context.add_cookies([{"name": "chengwen", "value": token(workspace, who), "url": url}])
                page = context.new_page()
                page.on("console", lambda message: _say(f"{message.text}  {message.page and message.page.url}"))
                page.on("pageerror", lambda error: _say(str(error)))
                page.goto(f"{url}/{language}/{path}")
                page.wait_for_selector(".top")
                page.wait_for_load_state("load")
                page.wait_for_timeout(1500)
                page.screenshot(path=str(target / f"{name}-{width}-{language}.png"))
                context.close()


@contextmanager
def serving(*, filled: bool) -> Iterator[tuple[str, Workspace, Furnished | None]]:
    with tempfile.TemporaryDirectory() as place, opened(at(Path(place) / "ws"), create=True, via="test") as workspace:
        found = furnished(workspace) if filled else None
        staffed(workspace)
        with workspace.writing("管理员") as ledger:
            for name in STAFF:
                users.set_password(ledger, name, "x")  # no session without one
        ahead = Path(place) / "ahead"
        ahead.write_text("0")
        command = [sys.executable, "-m", "tests.web.server", f"{place}/ws", str(ahead), f"{place}/routes"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            url = f"http://127.0.0.1:{process.stdout.readline().strip()}"
            httpx2.get(f"{url}/health", timeout=60).raise_for_status()
            try:
                yield url, workspace, found
            finally:
                process.terminate()


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def token(workspace: Workspace, name: str) -> str:
    sessions = Sessions(KEY, str(workspace.location), Settings(), lambda: datetime.now(UTC))
    with workspace.reading() as connection:
        account = users.user(connection, name)
    assert account is not None
    return sessions.token(sessions.begin(account))


if __name__ == "__main__":
    main(sys.argv[1])
