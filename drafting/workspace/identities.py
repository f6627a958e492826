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


@dataclass(frozen=True, slots=True)
class Identity:
    """`source` is one of SOURCES; `subject` is its id of the person, which nobody else gets, whatever people are called."""

    source: str
    subject: str = field(repr=False)


def of_user(connection: Connection, user_id: int) -> Identity | None:
    """Who vouches for an account; None for a local one."""
    row = connection.execute(select(identities).where(identities.c.user_id == user_id)).first()
    return Identity(row.source, row.subject) if row else None


def holder(connection: Connection, identity: Identity) -> int | None:
    """The id of the person's account; None where they never came."""
    same = (identities.c.source == identity.source) & (identities.c.subject == identity.subject)
    return connection.execute(select(identities.c.user_id).where(same)).scalar_one_or_none()


def sources(connection: Connection) -> dict[int, str]:
    """The source of every account that has one, by the account's id."""
    return {row.user_id: row.source for row in connection.execute(select(identities.c.user_id, identities.c.source))}


def keep(ledger: Ledger, user_id: int, identity: Identity) -> None:
    """Ties an account to the person for good."""
    told = {"user_id": user_id, "source": identity.source, "subject": identity.subject}
    ledger.add(identities, "user-source", **told, at=ledger.at)
