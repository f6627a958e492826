"""Running sessions of a directory's people: whether the directory still has them, looked up every few minutes of use.

Where the directory is down, a session goes on to its end: nobody loses what they type because another machine is being mended.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta

from drafting.errors import DirectoryUnreachable, LogInRefused
from drafting.workspace import users
from drafting.workspace.identities import Identity
from drafting.workspace.users import User
from drafting.workspace.workspace import Clock, Workspace
from ui.web.login.ldap import Directory
from ui.web.login.mapping import RoleMapping
from ui.web.login.welcome import hand, welcome

logger = logging.getLogger("chengwen.login")

_PAUSE = timedelta(seconds=30)
"""How long a directory that did not answer is left alone."""

_AT_ONCE = 4
"""Look-ups at one time: a directory that hangs must not hold every thread."""


class Rechecks:
    """Remembers in this process when each account was last looked up."""

    def __init__(self, workspace: Workspace, directory: Directory, mapping: RoleMapping, clock: Clock) -> None:
        self._workspace, self._directory, self._mapping, self._clock = workspace, directory, mapping, clock
        self._every = directory.settings.recheck
        self._seen: dict[int, datetime] = {}
        self._down: datetime | None = None
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(_AT_ONCE)

    def seen(self, account: User) -> None:
        """The account was looked up just now, at log-in."""
        self._seen[account.id] = self._clock()

    def standing(self, account: User, identity: Identity) -> User | None:
        """The account with the roles that it has now; None where the directory no longer has the person, whose sessions end."""
        if not self._begin(account):
            return account
        try:
            person = self._directory.look_up(identity)
            if person is not None:
                return welcome(self._workspace, person, self._mapping)
            logger.warning("session ended: the directory no longer has %r", account.name)
        except DirectoryUnreachable:
            self._down = self._clock()
            return account
        except LogInRefused:
            logger.warning("session ended: %r may no longer come in", account.name)
        finally:
            self._slots.release()
        with self._workspace.writing(hand(identity.source)) as ledger:
            users.end_sessions(ledger, account.name)
        return None

    def _begin(self, account: User) -> bool:
        """Whether it is time, and this request the one to look."""
        if not self._every or not self._directory.settings.searches:
            return False
        with self._lock:
            now = self._clock()
            last = self._seen.get(account.id)
            early = last is not None and now - last < self._every
            down = self._down is not None and now - self._down < _PAUSE
            if early or down or not self._slots.acquire(blocking=False):
                return False
            self._seen[account.id] = now
            return True
