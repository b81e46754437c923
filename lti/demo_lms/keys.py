"""The platform's own keys: a set that can be rotated."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm


@dataclass
class PlatformKey:
    kid: str
    pem: str

    @property
    def private(self) -> rsa.RSAPrivateKey:
        return _load(self.pem)


@cache
def _load(pem: str) -> rsa.RSAPrivateKey:
    # Checking the primes takes 50 ms, and only make_key writes these.
    key = serialization.load_pem_private_key(
        pem.encode(), password=None, unsafe_skip_rsa_key_validation=True
    )
    assert isinstance(key, rsa.RSAPrivateKey)  # noqa: S101
    return key


def make_key(kid: str) -> PlatformKey:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return PlatformKey(kid, pem.decode())


def dated_kid(made_at: datetime, unique: str) -> str:
    """The form of Canvas's key ids: colons and an underscore that tools must bear."""
    return f"{made_at:%Y-%m-%dT%H:%M:%SZ}_{unique}"


def key_set(keys: list[PlatformKey]) -> dict[str, Any]:
    return {"keys": [_public(key) for key in keys]}


def _public(key: PlatformKey) -> dict[str, Any]:
    jwk = RSAAlgorithm.to_jwk(key.private.public_key(), as_dict=True)
    return {
        "kty": "RSA",
        "alg": "RS256",
        "kid": key.kid,
        "e": jwk["e"],
        "n": jwk["n"],
        "use": "sig",
    }


def sign(key: PlatformKey, claims: dict[str, Any]) -> str:
    return jwt.encode(claims, key.private, algorithm="RS256", headers={"kid": key.kid})
