"""How the browser's door is set: where it listens, by which address people come, how long a session lasts."""

from __future__ import annotations

import ipaddress
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from drafting.errors import InputError

URL, IDLE, LIFETIME = "CHENGWEN_URL", "CHENGWEN_IDLE", "CHENGWEN_LIFETIME"
_LONGEST = 7 * 24 * 60
_PATH = re.compile(r"(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
LOGIN_HOURS = "CHENGWEN_LOGIN_HOURS"


@dataclass(frozen=True, slots=True)
class Settings:
    """`url` is the address that people type where a proxy stands before the door, such as https://office.example/reports; else empty.

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

    @property
    def origin(self) -> str:
        """Of `url`: scheme and host, as browsers write an Origin."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}" if self.url else ""

    @property
    def base(self) -> str:
        """The path under which the pages stand on the host of `url`: /reports, or nothing."""
        return urlsplit(self.url).path

    def serves(self, netloc: str) -> bool:
        """Whether people may call the door by this name. Without `url`, on loopback only this machine's own names: a foreign name that
        was made to point here must not be served."""
        if self.url:
            return netloc == urlsplit(self.url).netloc
        return not self.loopback or is_here(netloc)


def from_environment(host: str, port: int, environ: Mapping[str, str]) -> Settings:
    """Raises InputError for a CHENGWEN_URL that is no address, and for times that are none."""
    url = environ.get(URL, "").strip().rstrip("/")
    usual = Settings()
    idle, lifetime = _minutes(environ, IDLE, usual.idle), _minutes(environ, LIFETIME, usual.lifetime)
    vouched = _hours(environ.get(LOGIN_HOURS, "").strip(), lifetime) or min(usual.vouched, lifetime)
    return Settings(host, port, _address(url) if url else "", idle, lifetime, vouched)


def _minutes(environ: Mapping[str, str], name: str, usual: timedelta) -> timedelta:
    text = environ.get(name, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _LONGEST):
        raise InputError(f"环境变量 {name} 应为 1–{_LONGEST} 的整数（分钟），现为“{text[:20]}”")
    return timedelta(minutes=int(text))


def _address(url: str) -> str:
    """Scheme and host in small letters, the path as it stands."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.netloc and not parts.query and _PATH.fullmatch(parts.path)
    except ValueError:
        usable = False
    if not usable:
        raise InputError(
            f"环境变量 {URL} 应为浏览器里的地址，如 https://chengwen.example 或 https://oa.example/chengwen，现为“{url[:60]}”"
        )
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path}"


def _hours(told: str, most: timedelta) -> timedelta | None:
    """None where nothing is said."""
    if not told:
        return None
    try:
        hours = float(told)
    except ValueError:
        hours = math.nan
    if not 0 < hours <= most / timedelta(hours=1):
        raise InputError(f"环境变量 {LOGIN_HOURS} 应为小时数，大于 0，至多 {most / timedelta(hours=1):g}")
    return timedelta(hours=hours)


def is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_here(netloc: str) -> bool:
    """Whether a Host header names this machine alone."""
    return is_loopback(_hostname(netloc))


def _hostname(netloc: str) -> str:
    try:
        return urlsplit(f"//{netloc}").hostname or ""
    except ValueError:
        return ""
