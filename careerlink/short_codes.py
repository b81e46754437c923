"""Codes that a mail carries and a person types; queue and database hold none of them."""

import hmac
from hashlib import sha256


def code_of(public_id: str, secret: str) -> str:
    """Six digits that only the server can make from what the database holds."""
    made = hmac.new(secret.encode(), f"address-code:{public_id}".encode(), sha256).digest()
    return f"{int.from_bytes(made[:8]) % 1_000_000:06d}"
