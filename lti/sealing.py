"""Secrets at rest, encrypted with keys derived from the server's secret, one per purpose."""

import base64
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12


def seal(text: str, *, secret: str, purpose: str) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_key(secret, purpose)).encrypt(nonce, text.encode(), purpose.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, secret: str, purpose: str) -> str | None:
    """``None``: the server's secret is another one than when this was sealed."""
    raw = base64.urlsafe_b64decode(sealed)
    nonce, body = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
    try:
        return AESGCM(_key(secret, purpose)).decrypt(nonce, body, purpose.encode()).decode()
    except InvalidTag:
        return None


@lru_cache(maxsize=8)
def _key(secret: str, purpose: str) -> bytes:
    derived = HKDF(
        algorithm=SHA256(), length=32, salt=None, info=f"careerlink {purpose}".encode()
    )
    return derived.derive(secret.encode())
