"""The OpenID Connect provider: its addresses and keys, the authorization code flow with PKCE, and who comes out of it.

Only the host of the issuer is asked, which an administrator named; what the provider says of other hosts is for the browser alone.
"""

from __future__ import annotations

import logging
import ssl
import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from drafting.errors import DirectoryUnreachable, LogInRefused
from drafting.workspace.identities import Identity
from drafting.workspace.workspace import Clock
from ui.web.login import id_token
from ui.web.login.oidc_settings import OidcSettings, is_safe
from ui.web.login.pending import Pending
from ui.web.login.welcome import Person

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import OAuth2Client

logger = logging.getLogger("chengwen.login")

_AWAY = "统一身份认证暂时连不上，请稍后再试；有本地账号的可用密码登录"
_WRONG = "统一身份认证的回答核对不上，没有登录，请重新登录"
_TIMEOUT = 5
_OLD = timedelta(hours=1)
_AGAIN = timedelta(seconds=30)
"""A token of an unknown key has the keys read again, this often at most."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the provider says of itself, and when it said so."""

    metadata: dict[str, Any]
    keys: dict[str, Any]
    at: datetime


class Provider:
    """One provider. Its methods wait for the network: they belong into a thread."""

    def __init__(self, settings: OidcSettings, clock: Clock) -> None:
        self.settings = settings
        self._clock = clock
        self._tls = ssl.create_default_context(cafile=settings.ca or None)
        self._lock = threading.Lock()
        self._known: _Known | None = None

    def ask(self, pending: Pending, callback: str) -> str:
        """Where the browser goes to log in. Raises DirectoryUnreachable."""
        metadata = self._current().metadata
        with self._client(metadata, callback) as client:
            url, _ = client.create_authorization_url(
                metadata["authorization_endpoint"],
                state=pending.state,
                nonce=pending.nonce,
                code_verifier=pending.verifier,
            )
        return str(url)

    def answer(self, pending: Pending, code: str, callback: str) -> tuple[Person, str]:
        """Who the code stands for, and the ID token. Raises LogInRefused for what does not hold, DirectoryUnreachable."""
        from authlib.common.errors import AuthlibBaseError
        from joserfc.errors import JoseError

        known = self._current()
        try:
            with self._client(known.metadata, callback) as client, _told():
                token = client.fetch_token(
                    known.metadata["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=pending.verifier,
                )
                raw = str(token["id_token"])
                claims = self._claims(known, raw, pending, str(token.get("access_token", "")))
                claims = self._completed(known, client, claims)
        except (AuthlibBaseError, JoseError, ValueError, TypeError, LookupError) as error:
            logger.warning("log-in refused: the provider's answer does not hold: %s", str(error)[:200])
            raise LogInRefused(_WRONG) from error
        return self._person(claims), raw

    def farewell(self, raw: str, back: str) -> str:
        """Where the browser ends the provider's own session; empty where the provider has no such address or cannot be asked."""
        try:
            end = str(self._current().metadata.get("end_session_endpoint", ""))
        except DirectoryUnreachable:
            return ""
        if not is_safe(end):
            return ""
        told = {"client_id": self.settings.client_id, "post_logout_redirect_uri": back}
        return f"{end}{'&' if '?' in end else '?'}{urlencode(told | ({'id_token_hint': raw} if raw else {}))}"

    def issued_by(self, named: str) -> bool:
        """Whether an answer that names its issuer (RFC 9207) names ours."""
        return named in ("", self.settings.issuer)

    def _claims(self, known: _Known, raw: str, pending: Pending, access_token: str) -> dict[str, Any]:
        """The verified claims; with keys that are read again where the provider has changed them."""
        from joserfc.errors import InvalidKeyIdError

        def verified(keys: dict[str, Any]) -> dict[str, Any]:
            return id_token.verified(
                raw,
                keys,
                issuer=self.settings.issuer,
                client_id=self.settings.client_id,
                nonce=pending.nonce,
                access_token=access_token,
                now=self._clock(),
            )

        try:
            return verified(known.keys)
        except InvalidKeyIdError:
            if self._clock() - known.at < _AGAIN:
                raise
            return verified(self._current(renewed=True).keys)

    def _completed(self, known: _Known, client: OAuth2Client, claims: dict[str, Any]) -> dict[str, Any]:
        """With what the provider tells of the person elsewhere, where the token does not name them or their groups."""
        place = str(known.metadata.get("userinfo_endpoint", ""))
        wanted = (self.settings.name_claim, self.settings.groups_claim)
        if all(name in claims for name in wanted) or not place or not self._is_ours(place):
            return claims
        told = client.get(place).raise_for_status().json()
        if not isinstance(told, dict) or told.get("sub") != claims["sub"]:
            raise ValueError("userinfo is of somebody else")
        return {**{name: told[name] for name in wanted if name in told}, **claims}

    def _person(self, claims: dict[str, Any]) -> Person:
        name, subject = claims.get(self.settings.name_claim), claims["sub"]
        if not isinstance(name, str) or not name.strip() or not isinstance(subject, str) or not subject:
            logger.warning("log-in refused: the provider tells no %r", self.settings.name_claim)
            raise LogInRefused("统一身份认证没有给出用户名，请管理员核对用户名用的声明")
        groups = claims.get(self.settings.groups_claim, ())
        listed = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
        identity = Identity("oidc", f"{self.settings.issuer} {subject}")
        return Person(identity, name.strip(), tuple(one for one in listed if isinstance(one, str)))

    def _current(self, *, renewed: bool = False) -> _Known:
        with self._lock:
            known = self._known
            if known is None or renewed or self._clock() - known.at > _OLD:
                try:
                    self._known = known = self._read()
                except DirectoryUnreachable:
                    if known is None or renewed:
                        raise
            return known

    def _read(self) -> _Known:
        issuer = self.settings.issuer
        with self._client({}, "") as client, _told():
            place = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
            metadata = client.request("GET", place, withhold_token=True).raise_for_status().json()
            try:
                asked = [str(metadata[name]) for name in ("token_endpoint", "jwks_uri")]
                wrong = metadata["issuer"] != issuer or not is_safe(str(metadata["authorization_endpoint"]))
                if wrong or not all(self._is_ours(one) for one in asked):
                    raise ValueError("another issuer, or addresses of another host")
                keys = client.request("GET", metadata["jwks_uri"], withhold_token=True).raise_for_status().json()
                if not isinstance(keys, dict):
                    raise ValueError("no set of keys")
            except (LookupError, TypeError, ValueError) as error:
                logger.error("the provider's discovery document cannot be used: %s", str(error)[:200])
                raise DirectoryUnreachable(_AWAY) from error
        return _Known(metadata, keys, self._clock())

    def _is_ours(self, url: str) -> bool:
        """Whether an address is of the issuer's own host."""
        try:
            told, issuer = urlsplit(url), urlsplit(self.settings.issuer)
            return (told.scheme, told.netloc) == (issuer.scheme, issuer.netloc)
        except ValueError:
            return False

    def _client(self, metadata: dict[str, Any], callback: str) -> OAuth2Client:
        from authlib.integrations.httpx_client import OAuth2Client

        return OAuth2Client(
            self.settings.client_id,
            self.settings.client_secret or None,
            token_endpoint_auth_method=self._authenticated(metadata),
            scope=self.settings.scopes,
            redirect_uri=callback,
            code_challenge_method="S256",
            verify=self._tls,
            timeout=_TIMEOUT,
            follow_redirects=False,
            trust_env=False,
        )

    def _authenticated(self, metadata: dict[str, Any]) -> str:
        """How the client proves itself at the token endpoint; `basic` is what a provider has that names nothing."""
        if not self.settings.client_secret:
            return "none"
        offered = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return "client_secret_basic" if "client_secret_basic" in offered else "client_secret_post"


class _told(AbstractContextManager[None]):  # noqa: N801
    """What the network does wrong, as one error."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        import httpx2

        if isinstance(error, httpx2.HTTPError | httpx2.InvalidURL):
            logger.error("the provider cannot be reached: %s", str(error)[:200] or type(error).__name__)
            raise DirectoryUnreachable(_AWAY) from error
