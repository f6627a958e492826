"""The LDAP directory: whether a password is right, who the person is, and whether they are still there.

Referrals are not followed: a password goes to the servers that were named and to no other.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from drafting.errors import DirectoryUnreachable
from drafting.workspace.identities import Identity
from ui.web.login.ldap_settings import HOLE, LdapSettings
from ui.web.login.welcome import Person

if TYPE_CHECKING:
    from ldap3 import Connection

logger = logging.getLogger("chengwen.login")

_AWAY = "目录服务暂时连不上，请稍后再试；有本地账号的仍可登录"
_TIMEOUT = 4
"""Seconds to connect, and to wait for an answer."""

_SUCCESS, _TOO_MANY, _NOT_THERE = 0, 4, 32
_TRY_LATER = (3, 51, 52, 80)
"""timeLimitExceeded, busy, unavailable, other: nothing about the password."""

_IDS = ("entryUUID", "objectGUID", "nsUniqueId", "ipaUniqueID")
"""Attributes with an id that outlives a change of name, as OpenLDAP, Active Directory, 389 and FreeIPA have them."""

_LOCKS = ("userAccountControl", "nsAccountLock", "pwdAccountLockedTime")

_FOR_GOOD = b"000001010000Z"

Entry = dict[str, Any]
"""As ldap3 answers: `dn` and `raw_attributes`."""


class Directory:
    """One directory. Its methods wait for the network: they belong into a thread. All raise DirectoryUnreachable."""

    def __init__(self, settings: LdapSettings) -> None:
        self.settings = settings

    def authenticate(self, name: str, password: str) -> Person | None:
        """The person of that name and password; None where there is none, the password is wrong or the account locked.

        An empty password never goes to the directory, which would take it for an anonymous log-in and say yes.
        """
        if not name.isprintable() or not name or not password or "\0" in password:
            return None
        if self.settings.user_dn:
            dn = self._direct(name)
            if not dn:
                return None
            with self._connected(dn, password) as connection:
                return self._found(connection, name) if connection else None
        with self._service() as connection:
            entry = self._one(connection, self.settings.base, self._user_filter(_escaped(name)))
            if entry is None or _locked(entry):
                return None
            with self._connected(entry["dn"], password) as own:
                return self._person(connection, entry) if own else None

    def look_up(self, identity: Identity) -> Person | None:
        """The person as the directory has them now; None where they are gone, locked, or no longer what the filter finds."""
        kind, _, value = identity.subject.partition("=")
        anyone = self._user_filter("*")
        with self._service() as connection:
            if kind == "dn":
                entry = self._one(connection, value, anyone, itself=True)
            else:
                told = "".join(f"\\{value[at : at + 2]}" for at in range(0, len(value), 2))
                entry = self._one(connection, self.settings.base, f"(&({kind}={told}){anyone})")
            return self._person(connection, entry) if entry and not _locked(entry) else None

    # --- connections

    @contextmanager
    def _service(self) -> Iterator[Connection]:
        """A connection that may search."""
        with self._connected(self.settings.bind_dn, self.settings.bind_password, anonymous=True) as connection:
            if connection is None:
                logger.error("the directory does not let %r search", self.settings.bind_dn or "anonymous")
                raise DirectoryUnreachable(_AWAY)
            yield connection

    @contextmanager
    def _connected(self, dn: str, password: str, *, anonymous: bool = False) -> Iterator[Connection | None]:
        """A bound connection to the first server that answers; None where it does not take the password.

        Only with `anonymous` may name and password be missing.
        """
        from ldap3.core.exceptions import LDAPExceptionError

        if not anonymous and not (dn and password):
            yield None
            return
        connection, why = None, ""
        try:
            for url in self.settings.urls:
                try:
                    connection = self._opened(url, dn, password)
                    break
                except (LDAPExceptionError, OSError, ssl.CertificateError) as error:
                    why = str(error)[:200]
            if connection is None:
                raise DirectoryUnreachable(_AWAY)
            bound = connection.bind()
            if not bound and connection.result["result"] in _TRY_LATER:
                why = str(connection.result["description"])
                raise DirectoryUnreachable(_AWAY)
            yield connection if bound else None
        except (LDAPExceptionError, OSError) as error:
            logger.error("the directory cannot be reached: %s", str(error)[:200])
            raise DirectoryUnreachable(_AWAY) from error
        except DirectoryUnreachable:
            if why:
                logger.error("the directory cannot be reached: %s", why)
            raise
        finally:
            if connection is not None:
                _let_go(connection)

    def _opened(self, url: str, dn: str, password: str) -> Connection:
        import ldap3

        parts = urlsplit(url)
        secure = parts.scheme == "ldaps"
        tls = ldap3.Tls(
            validate=ssl.CERT_REQUIRED, ca_certs_file=self.settings.ca or None, sni=parts.hostname, version=None
        )
        server = ldap3.Server(
            parts.hostname or "",
            parts.port or (636 if secure else 389),
            use_ssl=secure,
            tls=tls,
            get_info=ldap3.NONE,
            connect_timeout=_TIMEOUT,
        )
        connection = ldap3.Connection(
            server,
            dn or None,
            password or None,
            authentication=ldap3.SIMPLE if dn else ldap3.ANONYMOUS,
            receive_timeout=_TIMEOUT,
            auto_referrals=False,
            raise_exceptions=False,
            read_only=True,
        )
        try:
            connection.open()
            if self.settings.starttls and not connection.start_tls():
                raise OSError("no StartTLS")
        except BaseException:
            _let_go(connection)
            raise
        return connection

    # --- entries

    def _found(self, connection: Connection, name: str) -> Person | None:
        """Of somebody who logged in directly, what they may read of themselves."""
        entry = self._one(connection, self.settings.base, self._user_filter(_escaped(name)))
        return self._person(connection, entry) if entry and not _locked(entry) else None

    def _one(self, connection: Connection, base: str, wanted: str, *, itself: bool = False) -> Entry | None:
        """The one entry; None for none, and for several, which is logged."""
        attributes = [self.settings.name_attribute, "memberOf", *_IDS, *_LOCKS]
        found = self._searched(connection, base, wanted, attributes, most=2, itself=itself)
        if len(found) > 1:
            logger.error("the directory has several entries for %r: nobody is let in", wanted[:200])
            return None
        return found[0] if found else None

    def _searched(
        self,
        connection: Connection,
        base: str,
        wanted: str,
        attributes: list[str],
        *,
        most: int = 0,
        itself: bool = False,
    ) -> list[Entry]:
        import ldap3

        scope = ldap3.BASE if itself else ldap3.SUBTREE
        connection.search(base, wanted, scope, attributes=attributes, size_limit=most, time_limit=_TIMEOUT)
        result = connection.result["result"]
        gone = itself and result == _NOT_THERE
        if result not in (_SUCCESS, _TOO_MANY) and not gone:
            logger.error("the directory refuses a search below %r: %s", base, connection.result["description"])
            raise DirectoryUnreachable(_AWAY)
        return [one for one in connection.response or () if one["type"] == "searchResEntry"]

    def _person(self, connection: Connection, entry: Entry) -> Person | None:
        names = _values(entry, self.settings.name_attribute)
        if not names:
            logger.error("the directory's entry %r has no %r", entry["dn"], self.settings.name_attribute)
            return None
        name = names[0].decode("utf-8", "replace")
        return Person(Identity("ldap", _subject(entry)), name, self._groups(connection, entry, name))

    def _groups(self, connection: Connection, entry: Entry, name: str) -> tuple[str, ...]:
        if not self.settings.group_base:
            return tuple(one.decode("utf-8", "replace") for one in _values(entry, "memberOf"))
        wanted = self.settings.group_filter.replace("{dn}", _escaped(entry["dn"])).replace("{name}", _escaped(name))
        found = self._searched(connection, self.settings.group_base, wanted, ["1.1"])
        return tuple(str(one["dn"]) for one in found)

    def _user_filter(self, name: str) -> str:
        return self.settings.user_filter.replace(HOLE, name)

    def _direct(self, name: str) -> str:
        """As whom to log in: the name's signs cannot leave their place in a distinguished name. Empty for one that names another domain."""
        from ldap3.utils.dn import escape_rdn

        if "=" not in self.settings.user_dn and any(sign in name for sign in "@\\"):
            return ""
        return self.settings.user_dn.replace(HOLE, escape_rdn(name))


def _subject(entry: Entry) -> str:
    """The directory's own id of the entry: an attribute and its bytes, else the distinguished name."""
    for kind in _IDS:
        if values := _values(entry, kind):
            return f"{kind}={values[0].hex()}"
    return f"dn={entry['dn']}"


def _locked(entry: Entry) -> bool:
    """Whether an administrator of the directory has put the account out of use: in Active Directory by a bit, in 389 and FreeIPA by a
    word, in OpenLDAP by the time 0. Another time is a lock after wrong guesses: it is for the log-in, and ends no session."""
    control = next((int(one) for one in _values(entry, "userAccountControl") if one.isdigit()), 0)
    word = b"".join(_values(entry, "nsAccountLock")).lower()
    return bool(control & 2) or word == b"true" or _FOR_GOOD in _values(entry, "pwdAccountLockedTime")


def _values(entry: Entry, name: str) -> list[bytes]:
    """The attribute's values; its name's case is the server's choice."""
    raw = entry["raw_attributes"]
    return next((list(raw[key]) for key in raw if key.lower() == name.lower()), [])


def _escaped(value: str) -> str:
    from ldap3.utils.conv import escape_filter_chars

    return str(escape_filter_chars(value))


def _let_go(connection: Connection) -> None:
    from ldap3.core.exceptions import LDAPExceptionError

    try:
        connection.unbind()
    except (LDAPExceptionError, OSError):
        logger.debug("a connection to the directory was gone before it was closed")
    finally:
        if (
            connection.socket is not None
        ):  # ldap3 leaves it open where it could not connect, or its certificate was wrong
            connection.socket.close()
