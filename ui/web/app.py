"""The browser's application: the door, its own pages, and Gradio's behind it."""

from __future__ import annotations

import os
import secrets
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path, PurePosixPath

from anyio import to_thread
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp

from drafting import happenings
from drafting.desk.jobs import Jobs
from drafting.errors import ChengwenError, WorkspaceError
from drafting.workspace import schema
from drafting.workspace.workspace import Clock, Workspace
from ui import garbage
from ui.differences.style import STYLE
from ui.watching import work
from ui.watching.metrics import Metrics
from ui.watching.traces import Traces
from ui.web.approach import Approach
from ui.web.calls import calls
from ui.web.door import Door
from ui.web.downloads import downloads
from ui.web.entrance import entrance, spoken
from ui.web.handlers.table import TABLE
from ui.web.languages import LANGUAGES
from ui.web.login.logins import Logins, LoginSettings
from ui.web.login.pending import Pendings
from ui.web.services import Services
from ui.web.sessions import Sessions
from ui.web.settings import Settings
from ui.web.shell import Shell
from ui.web.sign_on import sign_on
from ui.web.uploads import uploads
from ui.web.vouching import Pages
from ui.web.watcher import TOKEN, Watcher

_KINDS = {".css": "text/css", ".js": "text/javascript"}
_STATIC = Path(__file__).parent / "static"
_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_SSR_MODE": "False",
    "GRADIO_MCP_SERVER": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}
"""Read by Gradio and its libraries as they are imported: nothing of theirs leaves this machine."""

_LARGEST_FILE = 20 * 1024 * 1024


def application(
    workspace: Workspace,
    settings: Settings,
    *,
    key: bytes | None = None,
    clock: Clock | None = None,
    login: LoginSettings | None = None,
) -> ASGIApp:
    """The ASGI application of an open workspace, which the caller closes. Without a `key`, sessions end with the process."""
    clock = clock or workspace.clock
    key, scope = key or secrets.token_bytes(32), str(workspace.location)
    sessions = Sessions(key, scope, settings, clock)
    logins = Logins(login or LoginSettings(), workspace, clock)
    jobs = Jobs(workspace, os.environ)
    traces = Traces(os.environ)
    metrics = Metrics(lambda: work.by_state(workspace, jobs))

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        garbage.resume()
        with happenings.listening(metrics.heard), happenings.listening(traces.heard):
            yield
        await to_thread.run_sync(jobs.close)
        await to_thread.run_sync(traces.close)

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=living)
    app.include_router(entrance(workspace, sessions, settings, clock, logins))
    app.include_router(sign_on(workspace, logins, sessions, settings, Pendings(key, scope, clock)))
    _state_of_health(app, workspace)
    _files(app)

    @app.get("/")
    async def first(request: Request) -> Response:
        return RedirectResponse(f"/{spoken(request)}/", 303)

    @app.exception_handler(ChengwenError)
    async def told(_: Request, error: Exception) -> Response:
        return JSONResponse({"detail": str(error)}, 503 if isinstance(error, WorkspaceError) else 400)

    services = Services(workspace, settings, clock, os.environ, jobs)
    app.include_router(calls(services, TABLE))
    app.include_router(uploads(services))
    app.include_router(downloads(services))
    _mount_pages(app, services)
    door = Approach(Door(app, workspace, sessions, settings, logins), settings.base)
    token = os.environ.get(TOKEN, "").strip()
    return Watcher(door, metrics, traces, base=settings.base, token=token, trusts=bool(settings.url), calls=TABLE)


def _state_of_health(app: FastAPI, workspace: Workspace) -> None:
    @app.get("/health")
    async def health() -> Response:
        """The process answers."""
        return JSONResponse({"status": "up"})

    @app.get("/ready")
    async def ready() -> Response:
        """The workspace opens, and is of this program's age. Why not, is for those who run the server: it stands in its log."""
        try:
            there = await to_thread.run_sync(_opens, workspace)
        except WorkspaceError:
            there = False
        return JSONResponse({"status": "ready"}) if there else JSONResponse({"status": "workspace unavailable"}, 503)


def _opens(workspace: Workspace) -> bool:
    with workspace.reading() as connection:
        return schema.require(connection, workspace.location)


def _files(app: FastAPI) -> None:
    """The pages' own style and script."""
    served = (path for path in _STATIC.rglob("*.*") if path.suffix in _KINDS)
    files = {path.relative_to(_STATIC).as_posix(): path.read_text("utf-8") for path in served}
    files["desk.css"] += STYLE

    @app.get("/static/{name:path}")
    async def file(name: str) -> Response:
        kind = _KINDS.get(PurePosixPath(name).suffix)
        if name not in files or kind is None:
            return JSONResponse({"detail": "not found"}, 404)
        return Response(files[name], media_type=kind, headers={"cache-control": "no-cache"})


def _mount_pages(app: FastAPI, services: Services) -> None:
    """A Gradio app for each language: Gradio's own choice of words knows neither a switch nor zh-HK."""
    os.environ.update(_QUIET)
    import gradio as gr  # 3 s; and only now does it read what was just set

    from ui.web.pages.site import site
    from ui.web.theme import desk

    pages = Pages()
    warnings.filterwarnings("ignore", "SSR mode is not supported", UserWarning)  # asked for or not, it says so
    for language in LANGUAGES:
        blocks = site(services, language)
        gr.mount_gradio_app(
            app,
            blocks,
            f"/{language}",
            auth_dependency=pages.user,
            theme=desk(),
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            mcp_server=False,
            show_error=False,
            enable_monitoring=False,
            pwa=False,
            max_file_size=_LARGEST_FILE,
            app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        )
        mounted = app.router.routes[-1]
        mounted.app = Shell(mounted.app, language, services.settings.base)  # type: ignore[attr-defined]
