"""One server for all tests of the door. It skips, and says so, where the `ui` extra is not installed."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import httpx2
import pytest

from drafting.workspace import saving, users
from drafting.workspace.location import at
from drafting.workspace.workspace import Workspace, opened
from tests.builders import CLEAN, report
from tests.reviewed import reviewed
from tests.web.hostile import hostile
from tests.web.server import KEY
from tests.workspaces import Clock
from ui.web import accounts, cookies
from ui.web.sessions import Sessions
from ui.web.settings import Settings

_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Nothing here is https: a client of its own certificates takes longer to make than to ask."""

ROOT = Path(__file__).parents[2]
PASSWORD = "安全-password-1"
ACCOUNTS = {
    "张三": ["administrator", "drafter"],
    "李四": ["drafter"],
    "王五": ["reviewer:3"],
    "赵六": ["drafter"],
    "孙七": ["drafter"],
    "周八": [],
}


@dataclass
class Served:
    """A running server: `workspace` is the one it has open, `routes` every method and path that it knows."""

    url: str
    workspace: Workspace
    routes: list[tuple[str, str]]
    ahead: Path

    def later(self, **span: float) -> None:
        """Moves the server's time on."""
        moved = float(self.ahead.read_text()) + span.get("seconds", 0) + 60 * span.get("minutes", 0)
        self.ahead.write_text(str(moved + 3600 * span.get("hours", 0)))

    @property
    def cookie(self) -> str:
        return cookies.session_name(Settings())

    def client(self, **headers: str) -> httpx2.Client:
        """A client that behaves like our own page, without a session."""
        return httpx2.Client(base_url=self.url, headers={"origin": self.url, **headers}, verify=_NO_TLS)

    def log_in(self, name: str, password: str = PASSWORD) -> httpx2.Response:
        with self.client() as client:
            return client.post("/login", data={"name": name, "password": password})

    @contextmanager
    def logged_in(self, name: str = "张三") -> Iterator[httpx2.Client]:
        """A client with a session of that user, signed with the server's key: no password has to be hashed for it."""
        with self.client() as client:
            client.cookies.set(self.cookie, self.token(name))
            yield client

    def token(self, name: str) -> str:
        """A session as the server would have begun it now."""
        sessions = Sessions(KEY, str(self.workspace.location), Settings(), self._now)
        with self.workspace.reading() as connection:
            account = users.user(connection, name)
        assert account is not None
        return sessions.token(sessions.begin(account))

    def _now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self.ahead.read_text()))


@pytest.fixture(scope="session")
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not find_spec("gradio"):
        pytest.skip("the ui extra is not installed: the browser's door is not tested")
    folder = tmp_path_factory.mktemp("web")
    ahead, routes = folder / "ahead", folder / "routes.json"
    ahead.write_text("0")
    with opened(at(folder / "ws"), create=True, clock=Clock(), via="test") as workspace:
        _fill(workspace)
        command = [sys.executable, "-m", "tests.web.server", str(folder / "ws"), str(ahead), str(routes)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            try:
                assert port, "the server did not start"
                _wait(f"http://127.0.0.1:{port}/health")
                known = [(method, path) for method, path in json.loads(routes.read_text())]
                yield Served(f"http://127.0.0.1:{port}", workspace, known, ahead)
            finally:
                process.terminate()


@pytest.fixture
def served(_served: Served) -> Served:
    """The server, an hour after the test before: what was counted against an address then is forgotten."""
    _served.later(hours=1)
    return _served


def _fill(workspace: Workspace) -> None:
    reviewed(workspace)
    saving.record(workspace, hostile(), "李四", "drafted")
    other = report(
        CLEAN.replace("市应急管理局", "区教育局"), organ="区教育局", topic="校园安全工作", kind="special-report"
    )
    saving.record(workspace, other, "李四", "drafted")
    with workspace.writing("张三") as ledger:
        for name, roles in ACCOUNTS.items():
            users.add(ledger, name, roles)
    for name in ACCOUNTS:
        accounts.set_password(workspace, name, PASSWORD, by="张三")


def _wait(url: str) -> None:
    """The socket listens already: the first answer comes when the application is up."""
    assert httpx2.get(url, timeout=30).status_code == 200
