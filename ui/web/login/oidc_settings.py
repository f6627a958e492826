"""How the OpenID Connect provider is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ui.web.login.variables import Variables
from ui.web.settings import is_loopback

PREFIX = "CHENGWEN_OIDC_"
KNOWN = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "SCOPES", "NAME", "NAME_CLAIM", "GROUPS_CLAIM", "CA")


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """`name` is what the button calls the provider, empty for our own words; `ca` a file of certificates, empty for the system's."""

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scopes: str = "openid profile"
    name: str = ""
    name_claim: str = "preferred_username"
    groups_claim: str = "groups"
    ca: str = ""


def from_environment(environ: Mapping[str, str]) -> OidcSettings | None:
    """None where nothing is set. Raises InputError for what cannot be, an issuer without https beyond loopback included."""
    told = Variables(environ, PREFIX, KNOWN)
    if not told:
        return None
    issuer = told.required("ISSUER")
    if not is_safe(issuer) or urlsplit(issuer).query or urlsplit(issuer).fragment:
        raise told.wrong("ISSUER", "应为 https:// 开头的地址（只有本机可用 http://）")
    scopes = told.text("SCOPES", "openid profile")
    if "openid" not in scopes.split():
        raise told.wrong("SCOPES", "须含 openid")
    for name in ("CLIENT_ID", "CLIENT_SECRET"):
        if not (told.text(name).isascii() and told.text(name, "-").isprintable()):
            raise told.wrong(name, "只能是 ASCII 字符")
    return OidcSettings(
        issuer,
        told.required("CLIENT_ID"),
        told.text("CLIENT_SECRET"),
        scopes,
        told.text("NAME")[:40],
        told.text("NAME_CLAIM", "preferred_username"),
        told.text("GROUPS_CLAIM", "groups"),
        told.certificates("CA"),
    )


def is_safe(url: str) -> bool:
    """Whether nobody on the way can read or change what is asked there."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))
