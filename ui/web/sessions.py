"""Sessions: what the cookie says, signed, with an end.

The cookie names the user and `User.sessions` as it was at log-in. The door compares that with the workspace at every request, so that a new
password, or an account put out of use, ends every session of it at once, in all processes.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from drafting.workspace.users import User
from drafting.workspace.workspace import Clock
from ui.web.settings import Settings

_REFRESH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Session:
    """`generation` is `User.sessions` at log-in; times are seconds since 1970. `source` vouched for the log-in; empty for a password of ours."""

    name: str
    generation: int
    id: str
    begun: float
    seen: float
    source: str = ""


class Sessions:
    """Signs sessions and reads them back. `scope` keeps the sessions of one workspace out of another that has the same key."""

    def __init__(self, key: bytes, scope: str, settings: Settings, clock: Clock) -> None:
        signing = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        self._serializer = URLSafeSerializer(key, salt=f"session {scope}", signer_kwargs=signing)
        self._settings = settings
        self._clock = clock
        self._ended: dict[str, float] = {}
        self._lock = threading.Lock()

    def begin(self, user: User, source: str = "") -> Session:
        now = self._clock().timestamp()
        return Session(user.name, user.sessions, secrets.token_urlsafe(12), now, now, source)

    def token(self, session: Session) -> str:
        """What the cookie holds."""
        return str(self._serializer.dumps(asdict(session)))

    def read(self, token: str) -> Session | None:
        """The session of a cookie; None for one that was not signed here, has run out or was ended."""
        try:
            session = _session(self._serializer.loads(token))
        except (BadData, AttributeError, TypeError, KeyError, ValueError):
            return None
        now = self._clock().timestamp()
        fresh = now - session.seen < self._settings.idle.total_seconds()
        longest = min(self._settings.vouched, self._settings.lifetime) if session.source else self._settings.lifetime
        young = now - session.begun < longest.total_seconds()
        return session if fresh and young and session.id not in self._ended else None

    def renewed(self, session: Session) -> Session | None:
        """The session as seen now; None where the last time is too near to write a new cookie."""
        now: datetime = self._clock()
        return (
            replace(session, seen=now.timestamp())
            if now.timestamp() - session.seen >= _REFRESH.total_seconds()
            else None
        )

    def end(self, session: Session) -> None:
        """Logged out: copies of the cookie count no more, as long as this process runs."""
        with self._lock:
            oldest = self._clock().timestamp() - self._settings.lifetime.total_seconds()
            self._ended = {id: begun for id, begun in self._ended.items() if begun > oldest}
            self._ended[session.id] = session.begun


def _session(told: Any) -> Session:
    name, id, source = (str(told.get(key, "")) for key in ("name", "id", "source"))
    return Session(name, int(told["generation"]), id, float(told["begun"]), float(told["seen"]), source)
