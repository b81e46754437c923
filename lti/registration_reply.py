"""What a platform answers to the registration request: an id for us, or its reason."""

import re
from dataclasses import dataclass
from typing import Any

from lti.answers import Answer, NotJson
from lti.products.tool_metadata import TOOL
from lti.reading import CONTROLS, LONGEST_ID, SURROGATES, loose_member
from lti.registration_reasons import RegistrationReason as Reason
from lti.registration_reasons import RegistrationRefused

USED = re.compile(r"already[ _]been[ _]used|already_used", re.IGNORECASE)
TAGS = re.compile(r"<[^>]*>")
LONGEST_SAYING = 160
MOST_SCOPES = 50


@dataclass(frozen=True)
class Reply:
    client_id: str
    deployment_id: str = ""
    """Older versions of Canvas name none: it comes with the first launch."""
    scopes: tuple[str, ...] = ()


def read(answer: Answer, *, asked_scope: str) -> Reply:
    """:raises RegistrationRefused:"""
    _check_status(answer)
    try:
        told = answer.json()
    except NotJson as exc:
        raise RegistrationRefused(Reason.REPLY_UNUSABLE, "JSON") from exc
    if not isinstance(told, dict):
        raise RegistrationRefused(Reason.REPLY_UNUSABLE, "JSON object")
    # Moodle names the deployment inside, Canvas outside.
    deployment = loose_member(told, TOOL).get("deployment_id", told.get("deployment_id"))
    return Reply(
        _identifier(told.get("client_id"), "client_id"),
        "" if deployment in (None, "") else _identifier(deployment, "deployment_id"),
        _scopes(told.get("scope", asked_scope)),
    )


def _check_status(answer: Answer) -> None:
    if answer.ok:
        return
    said = answer.text()[:20_000]
    if answer.status in (400, 401, 403) and USED.search(said):
        raise RegistrationRefused(Reason.TOKEN_USED)
    # Moodle answers 404 with a page of its own where the token is not its own.
    if answer.status in (401, 403, 404):
        raise RegistrationRefused(Reason.TOKEN_REFUSED, str(answer.status))
    if 400 <= answer.status < 500 and answer.status != 429:
        raise RegistrationRefused(Reason.PLATFORM_REFUSED, _saying(said))
    raise RegistrationRefused(Reason.PLATFORM_FAILED, str(answer.status))


def _saying(said: str) -> str:
    """The platform's own words in one short line: Moodle's are plain, Canvas's are JSON."""
    plain = TAGS.sub(" ", SURROGATES.sub("", CONTROLS.sub(" ", said)))
    return " ".join(plain.split())[:LONGEST_SAYING]


def _identifier(value: Any, name: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    is_fine = (
        isinstance(value, str)
        and 0 < len(value) <= LONGEST_ID
        and value.isascii()
        and not CONTROLS.search(value)
    )
    if not is_fine:
        raise RegistrationRefused(Reason.REPLY_UNUSABLE, name)
    return str(value)


def _scopes(value: Any) -> tuple[str, ...]:
    words = value.split() if isinstance(value, str) else []
    kept = [w for w in words if w.isascii() and len(w) <= LONGEST_ID and w != "openid"]
    return tuple(dict.fromkeys(kept))[:MOST_SCOPES]
