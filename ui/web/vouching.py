"""Whose page a Gradio request speaks for.

Gradio keys a page's events and state by a hash that the page chooses; whoever knows another's hash reads their results. So the first user
who comes with a hash owns it, and nobody else is answered under it.
"""

from __future__ import annotations

import json
import logging
import threading

from starlette.requests import Request

logger = logging.getLogger("chengwen.door")

_MOST_PAGES = 20_000


class Pages:
    """The owners of open pages, by the page's hash; the oldest are forgotten where there are too many."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}
        self._lock = threading.Lock()

    def belongs(self, page: str, name: str) -> bool:
        """Whether the page is that user's; one that nobody had is from now on."""
        with self._lock:
            owner = self._owners.pop(page, name)
            self._owners[page] = owner
            while len(self._owners) > _MOST_PAGES:
                self._owners.pop(next(iter(self._owners)))
        return owner == name

    async def user(self, request: Request) -> str | None:
        """Who is logged in, for Gradio; None, which it answers with 401, where the page is someone else's."""
        name: str = request.state.account.name
        page = await _page(request)
        if page is None or self.belongs(page, name):
            return name
        logger.warning("refused: %r asked under another user's page", name)
        return None


async def _page(request: Request) -> str | None:
    """The hash in the address or, where an event begins, in the body, which stays readable for Gradio."""
    named = request.query_params.get("session_hash") or request.path_params.get("session_hash")
    if named is None and request.url.path.rstrip("/").endswith("/queue/join"):
        try:
            told = json.loads(await request.body())
        except ValueError:
            return None
        named = told.get("session_hash") if isinstance(told, dict) else None
    return str(named) if named is not None else None
