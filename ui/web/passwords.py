"""Passwords: Argon2id hashes, and one-time passwords that must be changed at the first log-in."""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

SHORTEST, LONGEST = 10, 200
_ONCE = "once:"
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without l, o, 0 and 1, which are taken for one another."""

_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """The hash that the workspace keeps."""
    return _hasher.hash(password)


def hashed_once(password: str) -> str:
    """The hash of a password that lets in only to be changed."""
    return _ONCE + hashed(password)


def is_once(hash: str) -> bool:
    return hash.startswith(_ONCE)


def matches(hash: str, password: str) -> bool:
    """Whether the password is the hash's. Takes the same time where there is no hash: who asks must not learn which names exist."""
    try:
        _hasher.verify(hash.removeprefix(_ONCE) or _nobodys(), password)
    except (VerificationError, ValueError):  # text that is no Argon2 hash, or that UTF-8 cannot hold
        return False
    return bool(hash)


def generated() -> str:
    """A one-time password of 80 bits, to be read off a terminal."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


@cache
def _nobodys() -> str:
    return hashed(secrets.token_hex(16))
