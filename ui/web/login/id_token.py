"""The ID token: what the provider signed about a person, held against who asked, when, and for what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

_ALGORITHMS = [*(f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512)), "EdDSA", "Ed25519"]
"""No `none`, and no HS…: with those, whoever knows the client's secret could sign."""

_LEEWAY = 60
"""Seconds by which two clocks may differ."""


def verified(
    token: str, keys: dict[str, Any], *, issuer: str, client_id: str, nonce: str, access_token: str, now: datetime
) -> dict[str, Any]:
    """The claims of a token that is the provider's answer to this very log-in.

    Raises joserfc's JoseError, or ValueError, for every other.
    """
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.jws import JWSRegistry

    registry = JWSRegistry(algorithms=_ALGORITHMS, strict_check_header=False)
    found = jwt.decode(token, _key_set(keys), registry=registry)
    options = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client_id}}
    params = {"nonce": nonce, "client_id": client_id, "access_token": access_token}
    claims = CodeIDToken(found.claims, found.header, options, params)
    claims.validate(now=int(now.timestamp()), leeway=_LEEWAY)
    return dict(claims)


def _key_set(keys: dict[str, Any]) -> Any:
    """The provider's public keys for signing. One that this program cannot read is none that could have signed for it."""
    from joserfc.errors import JoseError
    from joserfc.jwk import JWKRegistry, KeySet

    usable = []
    for told in keys.get("keys", ()):
        if not isinstance(told, dict) or told.get("kty") == "oct" or told.get("use", "sig") != "sig":
            continue
        try:
            usable.append(JWKRegistry.import_key(told))
        except (JoseError, ValueError, TypeError, KeyError):
            continue
    if not usable:
        raise ValueError("no key to verify with")
    return KeySet(usable)
