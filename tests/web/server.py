"""The door as a process of its own, for tests: `python -m tests.web.server WORKSPACE CLOCK ROUTES [PORT [URL]]`.

CLOCK is a file with the seconds by which this server's time runs ahead; ROUTES is where it writes every route that it has, Gradio's too.
URL is the address that people type where a proxy stands before it.
Prints the port that it listens on. A process of its own keeps Gradio's warnings and event loops out of the tests'.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn

from drafting.workspace.location import at
from drafting.workspace.workspace import opened
from ui.web.login.logins import from_environment
from ui.web.settings import Settings

KEY = b"k" * 32


def main(place: str, ahead: str, routes: str, wanted: str = "0", url: str = "") -> None:
    os.environ.setdefault("CHENGWEN_MODEL", "composer")  # whatever weights this machine has: no test waits for them

    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(Path(ahead).read_text()))

    with opened(at(Path(place))) as workspace, socket.create_server(("127.0.0.1", int(wanted))) as listener:
        port = listener.getsockname()[1]
        from ui.web.app import application  # with it comes Gradio, which the tests' own process does without

        settings = Settings(port=port, url=url)
        login = from_environment(os.environ, settings)
        door = application(workspace, settings, key=KEY, clock=clock, login=login)
        Path(routes).write_text(json.dumps(_routes(door._app._app._app, "")))
        sys.stdout.write(f"{port}\n")
        sys.stdout.flush()
        config = uvicorn.Config(
            door,
            log_level="error",
            ws="none",
            timeout_graceful_shutdown=1,
            proxy_headers=bool(url),
            server_header=False,
        )
        uvicorn.Server(config).run(sockets=[listener])


def _routes(app: Any, prefix: str) -> list[tuple[str, str]]:
    """Every method and path."""
    found: list[tuple[str, str]] = []
    for route in app.routes:
        inner = getattr(route, "app", None)
        inner = getattr(inner, "_app", inner)
        if hasattr(inner, "routes"):
            found += _routes(inner, prefix + route.path)
        elif hasattr(route, "original_router"):
            found += _routes(route.original_router, prefix)
        else:
            found += [(method, prefix + route.path) for method in sorted(route.methods or ())]
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
