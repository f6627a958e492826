"""Address: an endpoint's URL, what of it may be shown, and whether it is on this machine."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from drafting.errors import ModelSetupError


@dataclass(frozen=True, slots=True)
class Address:
    """`url` is what is called and may hold a password; `shown` never does."""

    url: str
    shown: str
    on_loopback: bool

    @classmethod
    def parse(cls, url: str) -> Address:
        """Raises ModelSetupError for what is no http(s) URL with a host."""
        try:
            parts = urlsplit(url.strip())
            host, port = parts.hostname or "", parts.port
        except ValueError:
            host, port = "", None
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not host:
            raise ModelSetupError("OPENAI_BASE_URL 不是可用的网址：应为 http://主机:端口/v1 的形式")
        bare = f"[{host}]" if ":" in host else host
        netloc = bare if port is None else f"{bare}:{port}"
        return cls(url.strip(), urlunsplit((parts.scheme, netloc, parts.path, "", "")), _is_loopback(host))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
