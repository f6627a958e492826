"""Whether a request comes from our own pages. The cookie alone does not say: the browser sends it along with a foreign page's request."""

from __future__ import annotations

from starlette.requests import Request

from ui.web.settings import Settings

_READING = ("GET", "HEAD", "OPTIONS")


def is_foreign(request: Request, settings: Settings) -> bool:
    """Whether another site's page made the request, or it changes something and does not say where it comes from.

    An Origin must be ours. Without one, Sec-Fetch-Site speaks: it is `same-site` for a page on another port of this machine, whose
    requests SameSite cookies go along with. To come by a link from elsewhere is no foreign request.
    """
    origin = request.headers.get("origin")
    if origin is not None:
        return origin != own(request, settings)
    site = request.headers.get("sec-fetch-site", "")
    if request.method not in _READING:
        return site != "same-origin"
    by_link = (
        request.headers.get("sec-fetch-mode") == "navigate" and request.headers.get("sec-fetch-dest") == "document"
    )
    return site in ("same-site", "cross-site") and not by_link


def own(request: Request, settings: Settings) -> str:
    """Our own origin, as the browser writes it."""
    return settings.origin or f"{request.url.scheme}://{request.headers.get('host', '')}"
