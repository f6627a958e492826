"""How the LDAP directory is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from ui.web.login.variables import Variables
from ui.web.settings import is_loopback

PREFIX = "CHENGWEN_LDAP_"
KNOWN = (
    *("URL", "BASE", "BIND_DN", "BIND_PASSWORD", "USER_FILTER", "USER_DN", "NAME_ATTRIBUTE"),
    *("GROUP_BASE", "GROUP_FILTER", "CA", "STARTTLS", "PLAIN", "RECHECK"),
)
HOLE = "{}"
"""Where the name stands that somebody typed."""


@dataclass(frozen=True, slots=True)
class LdapSettings:
    """`urls` are asked in their order until one answers.

    A person is found with `user_filter` below `base`, by the account `bind_dn` (anonymously where that is empty), or logs in directly as
    `user_dn`. Groups are in `memberOf`; with a `group_base`, what `group_filter` finds below it. `recheck` is how long a running session goes
    without a look at the directory; zero for never.
    """

    urls: tuple[str, ...]
    base: str
    bind_dn: str = ""
    bind_password: str = field(default="", repr=False)
    user_filter: str = "(uid={})"
    user_dn: str = ""
    name_attribute: str = "uid"
    group_base: str = ""
    group_filter: str = "(|(member={dn})(uniqueMember={dn})(memberUid={name}))"
    ca: str = ""
    starttls: bool = False
    recheck: timedelta = timedelta(minutes=5)

    @property
    def searches(self) -> bool:
        """Whether the directory can be asked about a person without their password."""
        return bool(self.bind_dn) or not self.user_dn


def from_environment(environ: Mapping[str, str]) -> LdapSettings | None:
    """None where nothing is set. Raises InputError for what cannot be, passwords on an open wire included."""
    told = Variables(environ, PREFIX, KNOWN)
    if not told:
        return None
    urls = tuple(told.required("URL").split())
    starttls = told.yes("STARTTLS")
    for url in urls:
        _require_safe(told, url, starttls=starttls)
    if bool(told.text("BIND_DN")) != bool(told.text("BIND_PASSWORD")):
        raise told.wrong("BIND_DN", f"须与 {PREFIX}BIND_PASSWORD 一起设")
    return LdapSettings(
        urls,
        told.required("BASE"),
        told.text("BIND_DN"),
        told.text("BIND_PASSWORD"),
        _filter(told, "USER_FILTER", "(uid={})", HOLE),
        _template(told),
        told.text("NAME_ATTRIBUTE", "uid"),
        told.text("GROUP_BASE"),
        _filter(told, "GROUP_FILTER", "(|(member={dn})(uniqueMember={dn})(memberUid={name}))", "{dn}", "{name}"),
        told.certificates("CA"),
        starttls,
        timedelta(minutes=told.number("RECHECK", 5, 0, 720)),
    )


def _require_safe(told: Variables, url: str, *, starttls: bool) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("ldap", "ldaps") or parts.path.strip("/") or parts.query:
        raise told.wrong("URL", "应为 ldaps://主机 或 ldap://主机，多台用空格隔开")
    if starttls and parts.scheme == "ldaps":
        raise told.wrong("STARTTLS", "只用于 ldap://，ldaps:// 已经加密")
    if parts.scheme == "ldap" and not (starttls or is_loopback(host) or told.yes("PLAIN")):
        raise told.wrong(
            "URL",
            f"是 ldap://，密码会明文经过网络：请用 ldaps://，或设 {PREFIX}STARTTLS=1；确实要明文则设 {PREFIX}PLAIN=1",
        )


def _filter(told: Variables, name: str, default: str, *holes: str) -> str:
    value = told.text(name, default)
    whole = value.startswith("(") and value.endswith(")") and value.count("(") == value.count(")")
    if not whole or not any(hole in value for hole in holes):
        raise told.wrong(name, f"应为带括号的过滤式，含 {' 或 '.join(holes)}，如 {default}")
    return value


def _template(told: Variables) -> str:
    value = told.text("USER_DN")
    if value and value.count(HOLE) != 1:
        raise told.wrong("USER_DN", "应含一个 {}，如 uid={},ou=people,dc=example")
    return value
