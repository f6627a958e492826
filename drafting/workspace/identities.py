"""Where accounts come from: those that a directory vouches for, and its own id of the person.

A table of its own and no columns of `users`: audit entries hold the digest of a user's row as it stood, which a new column would change.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from drafting.workspace.ledger import Ledger
from drafting.workspace.tables import identities

SOURCES = {"oidc": "统一身份认证（OIDC）", "ldap": "目录服务（LDAP）"}
"""What may vouch for an account in the place of a password."""

LOCAL = "local"
"""The source of an account that a directory vouched for once, and that has a password here again."""

_AWAITED = "await "
"""What the subject of an account begins with that was handed over and waits for its person. No directory's id begins so: an LDAP one does with the
name of an attribute, an OpenID Connect one with the issuer's address.
"""


@dataclass(frozen=True, slots=True)
class Identity:
    """`source` is one of SOURCES; `subject` is its id of the person, which nobody else gets, whatever people are called."""

    source: str
    subject: str = field(repr=False)


def of_user(connection: Connection, user_id: int) -> Identity | None:
    """Who vouches for an account; None for a local one."""
    row = connection.execute(select(identities).where(identities.c.user_id == user_id)).first()
    return Identity(row.source, row.subject) if row and row.source != LOCAL else None


def holder(connection: Connection, identity: Identity) -> int | None:
    """The id of the person's account; None where they never came."""
    same = (identities.c.source == identity.source) & (identities.c.subject == identity.subject)
    return connection.execute(select(identities.c.user_id).where(same)).scalar_one_or_none()


def sources(connection: Connection) -> dict[int, str]:
    """The source of every account that has one, by the account's id."""
    told = select(identities.c.user_id, identities.c.source).where(identities.c.source != LOCAL)
    return {row.user_id: row.source for row in connection.execute(told)}


def awaited(connection: Connection) -> frozenset[int]:
    """The ids of the accounts that wait for their person's first log-in by the source that they were handed to."""
    waiting = identities.c.subject.startswith(_AWAITED) & (identities.c.source != LOCAL)
    return frozenset(connection.execute(select(identities.c.user_id).where(waiting)).scalars())


def keep(ledger: Ledger, user_id: int, identity: Identity) -> None:
    """Ties an account to the person, until it is handed to another source."""
    told = {"source": identity.source, "subject": identity.subject, "at": ledger.at}
    same = select(identities.c.id).where(identities.c.user_id == user_id)
    there = ledger.connection.execute(same).scalar_one_or_none()
    if there is None:
        ledger.add(identities, "user-source", user_id=user_id, **told)
    else:
        ledger.change(identities, there, "user-source", **told)


def hand_over(ledger: Ledger, user_id: int, source: str) -> None:
    """The account is the source's from now on: LOCAL, or one of SOURCES, whose next person of its name gets it."""
    keep(ledger, user_id, Identity(source, f"{_AWAITED}{user_id}"))
