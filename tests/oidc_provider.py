"""An OpenID Connect provider of the tests' own, on loopback: it does what a provider does, and wrong what it is told to do wrong."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

CLIENT, SECRET = "chengwen", "a-secret-of-the-client-0123456789"
Claims = dict[str, Any]


@dataclass
class Provider:
    """Whoever comes is `person`, or sent back with an `error`. `bend` changes the claims of ID tokens; `sign` signs them."""

    issuer: str
    now: Callable[[], float] = time.time
    person: Claims = field(default_factory=dict)
    error: str = ""
    bend: Callable[[Claims], None] = lambda claims: None
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "一"}))
    sign: Callable[[Claims], str] | None = None
    told_elsewhere: Claims = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    ended: list[dict[str, str]] = field(default_factory=list)

    def straight(self) -> None:
        """Does everything right again."""
        self.error, self.sign, self.told_elsewhere = "", None, {}
        self.bend = lambda claims: None

    def discovery(self) -> dict[str, Any]:
        names = ("authorization", "token", "userinfo", "end_session")
        return {
            "issuer": self.issuer,
            "jwks_uri": f"{self.issuer}/jwks",
            **{f"{name}_endpoint": f"{self.issuer}/{name}" for name in names},
            **self.metadata,
        }

    def authorized(self, asked: dict[str, str]) -> str:
        """Where the browser goes on."""
        self.asked.append(asked)
        told = {"state": asked["state"], "iss": self.issuer}
        if self.error:
            return f"{asked['redirect_uri']}?{urlencode({**told, 'error': self.error})}"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({**told, 'code': code})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, Claims]:
        """A code is good once, for the client, address and verifier that it was asked with."""
        proved = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self.codes.pop(form.get("code", ""), None)
        good = asked is not None and authorization == f"Basic {proved}"
        if asked is None or not good or form.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if create_s256_code_challenge(form["code_verifier"]) != asked["code_challenge"]:
            return 400, {"error": "invalid_grant", "error_description": "code_verifier"}
        access = secrets.token_urlsafe(16)
        half = hashlib.sha256(access.encode()).digest()[:16]
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": int(self.now()),
            "exp": int(self.now()) + 300,
            "nonce": asked["nonce"],
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
            **self.person,
        }
        self.bend(claims)
        signed = (self.sign or self.signed)(claims)
        return 200, {"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def published(self) -> list[Any]:
        """The public key; and the client's secret, as if somebody had managed to put it there."""
        shared = OctKey.import_key(SECRET, {"kid": "共"})
        return [{**self.key.as_dict(private=False), "use": "sig"}, shared.as_dict(private=True)]

    def signed(self, claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)


def other_key(claims: Claims) -> str:
    """Signed by somebody else, under a key of the provider's name."""
    return jwt.encode({"alg": "RS256", "kid": "一"}, claims, RSAKey.generate_key(2048))


def unknown_key(claims: Claims) -> str:
    return jwt.encode({"alg": "ES256", "kid": "没有"}, claims, ECKey.generate_key("P-256"))


def clients_secret(claims: Claims) -> str:
    """Signed with what the client and whoever stole it know."""
    return jwt.encode({"alg": "HS256", "kid": "共"}, claims, OctKey.import_key(SECRET), algorithms=["HS256"])


def unsigned(claims: Claims) -> str:
    parts = ({"alg": "none"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts) + "."


@contextmanager
def provider() -> Iterator[Provider]:
    """A running provider. Its issuer is `localhost`, so that it is another site than a server on 127.0.0.1."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.told = Provider(f"http://localhost:{server.server_address[1]}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.told  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    timeout = 5

    @property
    def told(self) -> Provider:
        found: Provider = self.server.told  # type: ignore[attr-defined]
        return found

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = dict(parse_qsl(parts.query))
        match parts.path:
            case "/.well-known/openid-configuration":
                self._json(200, self.told.discovery())
            case "/jwks":
                self._json(200, {"keys": [*self.told.published(), {"kty": "怪"}]})
            case "/authorization":
                self._away(self.told.authorized(asked))
            case "/userinfo":
                self._json(200, self.told.told_elsewhere)
            case "/end_session":
                self.told.ended.append(asked)
                self._away(asked["post_logout_redirect_uri"])
            case _:
                self._json(404, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._json(*self.told.token(form, self.headers.get("authorization", "")))

    def _json(self, status: int, told: Claims) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _away(self, where: str) -> None:
        self.send_response(302)
        self.send_header("location", where)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass
