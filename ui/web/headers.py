"""What every answer says to the browser besides its content."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""`no-referrer` would make browsers send `Origin: null` with our own forms, which the door refuses."""

_NOTHING_ELSE = "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
_FORMS = f"default-src 'none'; style-src 'self'; img-src 'self' data:; {_NOTHING_ELSE}"


def dress(headers: MutableHeaders, path: str, nonce: str, *, page: bool) -> None:
    """Puts the security headers on an answer. `page` where Gradio's page is shown, whose own scripts bear the nonce."""
    for name, value in _ALWAYS.items():
        headers[name] = value
    headers["content-security-policy"] = _gradio(nonce) if page else _FORMS
    if "/assets/" in path:
        headers["cache-control"] = "private, max-age=31536000, immutable"  # their names hold a hash of their content
    elif "/static/" not in path:
        headers["cache-control"] = "no-store"


def _gradio(nonce: str) -> str:
    """Gradio compiles its templates ('unsafe-eval') and styles elements in place. An inline handler such as onerror does not run."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'none'",
            _NOTHING_ELSE,
        )
    )
