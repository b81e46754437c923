"""The configuration document of a platform that registers by itself: fetched and read with
every doubt, since anybody with an invitation may name any address."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from careerlink.config import Settings
from lti import addresses, http
from lti.models import Family
from lti.products.canvas_cloud import environment_of
from lti.products.tool_metadata import Offer
from lti.reading import CONTROLS, LONGEST_URL, SURROGATES, loose_member, origin_of, text, texts
from lti.registration_reasons import RegistrationReason as Reason
from lti.registration_reasons import RegistrationRefused

PLATFORM = "https://purl.imsglobal.org/spec/lti-platform-configuration"
CANVAS = "https://canvas.instructure.com/lti/"
SECONDS = 5
MAX_BYTES = 256_000
LONGEST_TOKEN = 20_000
TOKEN = re.compile(r"[\x21-\x7e]+")
MOST_SCOPES = 100


@dataclass(frozen=True)
class Document:
    """What is kept of it; every address has been looked at."""

    issuer: str
    auth_url: str
    token_url: str
    jwks_url: str
    registration_url: str
    offer: Offer
    account_name: str = ""
    account_guid: str = ""

    @property
    def host(self) -> str:
        """The school's own host, for people: hosted Canvas's issuer is nobody's."""
        return urlsplit(self.registration_url).netloc

    @property
    def frame_origins(self) -> list[str]:
        """The page opens inside the school's host, which need not be the issuer."""
        found = map(origin_of, (self.registration_url, self.issuer, self.auth_url))
        return [*dict.fromkeys(origin for origin in found if origin)]


def fetch(settings: Settings, address: str, *, token: str) -> Document:
    """:raises RegistrationRefused:"""
    if len(address) > LONGEST_URL or not origin_of(address):
        raise RegistrationRefused(Reason.ADDRESS_REFUSED)
    answer = _get(settings, address, token=checked_token(token))
    if answer.status in (301, 302, 303, 307, 308):
        raise RegistrationRefused(Reason.ADDRESS_REFUSED)
    if answer.status >= 500:
        raise RegistrationRefused(Reason.CONFIGURATION_FAILED, str(answer.status))
    if not answer.ok:
        raise RegistrationRefused(Reason.CONFIGURATION_REFUSED, str(answer.status))
    try:
        told = answer.json()
    except http.NotJson as exc:
        raise RegistrationRefused(Reason.MALFORMED, "JSON") from exc
    if not isinstance(told, dict):
        raise RegistrationRefused(Reason.MALFORMED, "JSON object")
    return read(settings, told, came_from=address)


def checked_token(token: str) -> str:
    if token and (len(token) > LONGEST_TOKEN or not TOKEN.fullmatch(token)):
        raise RegistrationRefused(Reason.TOKEN_MALFORMED)
    return token


def _get(settings: Settings, address: str, *, token: str) -> http.Answer:
    headers = {"Accept": "application/json"}
    if token:
        # Canvas wants it here, too (fixtures/canvas, openid_configuration).
        headers["Authorization"] = f"Bearer {token}"
    try:
        with http.Platform(settings, MAX_BYTES, SECONDS, max_redirects=0) as platform:
            return platform.request("GET", address, headers=headers)
    except http.ForbiddenAddress as exc:
        raise RegistrationRefused(Reason.ADDRESS_REFUSED) from exc
    except http.TooLarge as exc:
        raise RegistrationRefused(Reason.TOO_LARGE) from exc
    except http.Unfinished as exc:
        raise RegistrationRefused(Reason.UNFINISHED) from exc
    except http.TimedOut as exc:
        raise RegistrationRefused(Reason.CONFIGURATION_LATE) from exc
    except http.PlatformFault as exc:
        raise RegistrationRefused(Reason.CONFIGURATION_FAILED) from exc


def read(settings: Settings, told: dict[str, Any], *, came_from: str) -> Document:
    """:raises RegistrationRefused:"""
    issuer = _address(settings, told, "issuer")
    _check_issuer(issuer, came_from)
    platform = loose_member(told, PLATFORM)
    return Document(
        issuer=issuer,
        auth_url=_address(settings, told, "authorization_endpoint"),
        token_url=_address(settings, told, "token_endpoint"),
        jwks_url=_address(settings, told, "jwks_uri"),
        registration_url=_address(settings, told, "registration_endpoint"),
        offer=_offer(told, platform),
        account_name=text(platform.get(f"{CANVAS}account_name"), longest=200),
        account_guid=text(platform.get(f"{CANVAS}account_lti_guid"), longest=255),
    )


def _address(settings: Settings, told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_URL:
        raise RegistrationRefused(Reason.MALFORMED, name)
    if not value.isascii() or CONTROLS.search(value) or SURROGATES.search(value):
        raise RegistrationRefused(Reason.MALFORMED, name)
    origin = origin_of(value)
    if not origin:
        raise RegistrationRefused(Reason.ENDPOINT_REFUSED, name)
    if settings.lti.allow_private_hosts:
        return value
    host = urlsplit(value).hostname or ""
    if not value.lower().startswith("https://") or _is_private(settings, host):
        raise RegistrationRefused(Reason.ENDPOINT_REFUSED, name)
    return value


def _is_private(settings: Settings, host: str) -> bool:
    """By the look of it; names are resolved when a connection is made."""
    if host in {known.lower() for known in settings.lti.private_hosts}:
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return not addresses.is_public(host)


def _check_issuer(issuer: str, came_from: str) -> None:
    """Nobody but the host itself may speak for an issuer; hosted Canvas has a few hosts."""
    parts = urlsplit(issuer)
    if parts.query or parts.fragment:
        raise RegistrationRefused(Reason.MALFORMED, "issuer")
    if origin_of(issuer) == origin_of(came_from):
        return
    there = urlsplit(came_from)
    environment = environment_of(issuer)
    is_canvas = environment is not None and environment.serves(there.hostname or "")
    if not is_canvas or origin_of(came_from) != f"https://{there.hostname}":
        raise RegistrationRefused(Reason.ISSUER_FOREIGN)


def _offer(told: dict[str, Any], platform: dict[str, Any]) -> Offer:
    family = text(platform.get("product_family_code"), longest=40).lower()
    known = family in (Family.CANVAS, Family.MOODLE)
    return Offer(
        family=Family(family) if known else Family.OTHER,
        scopes=texts(told.get("scopes_supported"))[:MOST_SCOPES],
        claims=texts(told.get("claims_supported"))[:MOST_SCOPES],
        has_notices=bool(texts(platform.get("notice_types_supported"))),
        placements=_placements(platform.get("messages_supported")),
    )


def _placements(messages: Any) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for message in messages if isinstance(messages, list) else []:
        if not isinstance(message, dict) or not isinstance(message.get("type"), str):
            continue
        if places := texts(message.get("placements")):
            found[message["type"]] = found.get(message["type"], ()) + places
    return found
