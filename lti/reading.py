"""Reading untrusted JSON: the type and length that a claim must have, or a refusal."""

import re
from typing import Any
from urllib.parse import urlsplit

from lti.reasons import Reason
from lti.refusals import LaunchRefused

LONGEST_ID = 255
LONGEST_TEXT = 1000
LONGEST_URL = 4000
CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
SURROGATES = re.compile("[\ud800-\udfff]")
UNKEPT = re.compile("[\\x00\ud800-\udfff]")
"""Signs that no database keeps."""
UNSUBSTITUTED = re.compile(r"\$[A-Za-z][\w.]*")


def required(claims: dict[str, Any], name: str) -> Any:
    value = claims.get(name)
    if value is None:
        raise LaunchRefused(Reason.CLAIM_MISSING, short(name))
    return value


def identifier(value: Any, name: str, *, ascii_only: bool = False) -> str:
    """An id that the platform never changes: compared and stored as it is, or not at all."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID:
        raise LaunchRefused(Reason.CLAIM_MALFORMED, short(name))
    if CONTROLS.search(value) or SURROGATES.search(value):
        raise LaunchRefused(Reason.CLAIM_MALFORMED, short(name))
    if ascii_only and not value.isascii():
        raise LaunchRefused(Reason.CLAIM_MALFORMED, short(name))
    return value


def member(claims: dict[str, Any], name: str) -> dict[str, Any] | None:
    """A claim that must be an object where it is present."""
    value = claims.get(name)
    if value is not None and not isinstance(value, dict):
        raise LaunchRefused(Reason.CLAIM_MALFORMED, short(name))
    return value


def loose_member(claims: dict[str, Any], name: str) -> dict[str, Any]:
    """A claim that nothing depends on: empty where it is absent or of another type."""
    value = claims.get(name)
    return value if isinstance(value, dict) else {}


def text(value: Any, *, longest: int = LONGEST_TEXT) -> str:
    """Words for the screen; what is no text, or an unsubstituted variable, is empty."""
    if not isinstance(value, str) or UNSUBSTITUTED.fullmatch(value):
        return ""
    return SURROGATES.sub("", CONTROLS.sub(" ", value)).strip()[:longest]


def texts(value: Any) -> tuple[str, ...]:
    """The texts of a list; anything else has none."""
    found = value if isinstance(value, list) else []
    return tuple(item for item in found if isinstance(item, str) and item)


def url(value: Any) -> str:
    """An absolute web address, or nothing."""
    if not isinstance(value, str) or len(value) > LONGEST_URL:
        return ""
    return value if origin_of(value) else ""


def origin_of(address: str) -> str:
    """Scheme, host and port of a web address, such as ``https://lms.example.edu``."""
    if CONTROLS.search(address) or set(address) & set(" \\\"'<>;,") or not address.isascii():
        return ""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("https", "http") or not parts.hostname or "@" in parts.netloc:
        return ""
    # A policy would read a star as every host; with a final dot one host has two names.
    if "*" in parts.hostname or parts.hostname.endswith("."):
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = {"https": 443, "http": 80}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, usual) else "")


def short(name: str) -> str:
    """The claim's name as people say it: ``roles``."""
    return name.rpartition("/")[2]
