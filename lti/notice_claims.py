"""Reads the claims of a notice into one frozen value."""

from dataclasses import dataclass
from typing import Any

from lti import claim_names as names
from lti.claims import LTI_VERSION
from lti.reading import identifier, member, required, texts
from lti.reasons import Reason
from lti.refusals import LaunchRefused

HELLO = "LtiHelloWorldNotice"
COPY = "LtiContextCopyNotice"
KNOWN = (COPY, HELLO)
"""In the order in which they are asked for: the greeting comes at once and tells that all is
set."""
MOST_ORIGINS = 20


@dataclass(frozen=True)
class Notice:
    id: str
    kind: str
    deployment_id: str
    context_id: str = ""
    origins: tuple[str, ...] = ()


def read(claims: dict[str, Any]) -> Notice:
    """:raises LaunchRefused: a claim is missing or malformed, or it is no notice."""
    _require_no_launch(claims)
    if required(claims, names.VERSION) != LTI_VERSION:
        raise LaunchRefused(Reason.VERSION_REFUSED)
    told = required({"notice": member(claims, names.NOTICE)}, "notice")
    kind = identifier(required(told, "type"), "notice.type")
    return Notice(
        id=identifier(required(told, "id"), "notice.id"),
        kind=kind,
        deployment_id=deployment(claims),
        context_id=_context(claims) if kind == COPY else "",
        origins=_origins(claims) if kind == COPY else (),
    )


def deployment(claims: dict[str, Any]) -> str:
    return identifier(required(claims, names.DEPLOYMENT), names.DEPLOYMENT, ascii_only=True)


def _require_no_launch(claims: dict[str, Any]) -> None:
    """A notice is about nobody: a token that somebody caught on a launch is none."""
    for name in ("sub", names.ROLES, names.MESSAGE_TYPE):
        if claims.get(name) is not None:
            raise LaunchRefused(Reason.NOTICE_IS_LAUNCH, name.rpartition("/")[2])


def _context(claims: dict[str, Any]) -> str:
    found = required({"context": member(claims, names.CONTEXT)}, "context")
    return identifier(required(found, "id"), "context.id")


def _origins(claims: dict[str, Any]) -> tuple[str, ...]:
    """Absent where the platform does not know the source (an imported file)."""
    if names.ORIGIN_CONTEXTS not in claims:
        return ()
    if not isinstance(claims[names.ORIGIN_CONTEXTS], list):
        raise LaunchRefused(Reason.CLAIM_MALFORMED, "origin_contexts")
    found = texts(claims[names.ORIGIN_CONTEXTS])[:MOST_ORIGINS]
    return tuple(identifier(one, "origin_contexts") for one in found)
