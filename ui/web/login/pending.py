"""A log-in that is under way at the provider: what its answer must fit, kept in a signed cookie of the browser that asked."""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from itsdangerous import BadData, URLSafeSerializer

from drafting.workspace.workspace import Clock

LASTING = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Pending:
    """`state` ties the answer to this browser, `nonce` the ID token to this log-in, `verifier` the code to this server (PKCE).

    `back` is the page that the log-in leads to.
    """

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    back: str
    begun: float


class Pendings:
    """Signs them and takes them back, each once."""

    def __init__(self, key: bytes, scope: str, clock: Clock) -> None:
        signing = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        self._serializer = URLSafeSerializer(key, salt=f"log-in {scope}", signer_kwargs=signing)
        self._clock = clock
        self._used: dict[str, float] = {}
        self._lock = threading.Lock()

    def begin(self, back: str) -> Pending:
        state, nonce = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        return Pending(state, nonce, secrets.token_urlsafe(48), back, self._clock().timestamp())

    def token(self, pending: Pending) -> str:
        """What the cookie holds."""
        return str(self._serializer.dumps(asdict(pending)))

    def take(self, token: str, state: str) -> Pending | None:
        """The log-in that an answer with this state belongs to; None for one of another browser, one too old, and the second time."""
        try:
            found = Pending(**self._serializer.loads(token))
        except (BadData, TypeError):
            return None
        now, lasting = self._clock().timestamp(), LASTING.total_seconds()
        if now - found.begun > lasting or not secrets.compare_digest(found.state.encode(), state.encode()):
            return None
        with self._lock:
            self._used = {used: begun for used, begun in self._used.items() if now - begun <= lasting}
            if found.state in self._used:
                return None
            self._used[found.state] = found.begun
        return found
