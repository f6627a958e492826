"""How the browser's door is set: where it listens, by which address people come, how long a session lasts."""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from drafting.errors import InputError

URL = "CHENGWEN_URL"
LOGIN_HOURS = "CHENGWEN_LOGIN_HOURS"


@dataclass(frozen=True, slots=True)
class Settings:
    """`url` is the address that people type where a proxy stands before the door, such as https://reports.example; else empty.

    A session ends after `idle` without a request, and after `lifetime` in any case; after `vouched`, where a directory vouched for the log-in.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    url: str = ""
    idle: timedelta = timedelta(hours=2)
    lifetime: timedelta = timedelta(hours=12)
    vouched: timedelta = timedelta(hours=8)

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the door."""
        return is_loopback(self.host)

    @property
    def secure(self) -> bool:
        """Whether people come by https."""
        return self.url.startswith("https://")

    def serves(self, netloc: str) -> bool:
        """Whether people may call the door by this name. Without `url`, on loopback only this machine's own names: a foreign name that
        was made to point here must not be served."""
        if self.url:
            return netloc == urlsplit(self.url).netloc
        return not self.loopback or is_loopback(_hostname(netloc))


def from_environment(host: str, port: int, environ: Mapping[str, str]) -> Settings:
    """Raises InputError for a CHENGWEN_URL that is no address, and for hours that are none."""
    url = environ.get(URL, "").strip().rstrip("/").lower()
    if url:
        try:
            parts = urlsplit(url)
            usable = parts.scheme in ("http", "https") and parts.netloc and not (parts.path or parts.query)
        except ValueError:
            usable = False
        if not usable:
            raise InputError(f"环境变量 {URL} 应为浏览器里的地址，如 https://chengwen.example，现为“{url[:60]}”")
    return Settings(host, port, url, vouched=_hours(environ.get(LOGIN_HOURS, "").strip() or "8"))


def _hours(told: str) -> timedelta:
    most = Settings().lifetime / timedelta(hours=1)
    try:
        hours = float(told)
    except ValueError:
        hours = math.nan
    if not 0 < hours <= most:
        raise InputError(f"环境变量 {LOGIN_HOURS} 应为小时数，大于 0，至多 {most:g}")
    return timedelta(hours=hours)


def is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _hostname(netloc: str) -> str:
    try:
        return urlsplit(f"//{netloc}").hostname or ""
    except ValueError:
        return ""
