"""Setting a platform up by hand: its addresses from as little as a person has to type."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from careerlink.errors import InvalidInput
from lti.models import Family
from lti.products.canvas_cloud import ENVIRONMENTS
from lti.reading import origin_of

MOODLE_PATHS = ("mod/lti/auth.php", "mod/lti/token.php", "mod/lti/certs.php")
CANVAS_PATHS = ("api/lti/authorize_redirect", "login/oauth2/token", "api/lti/security/jwks")
OWN_SERVER = "own"


@dataclass(frozen=True)
class Addresses:
    issuer: str
    auth_url: str
    token_url: str
    jwks_url: str
    family: Family
    frame_origins: tuple[str, ...] = ()


def moodle(site: str, *, private: bool) -> Addresses:
    """From the site address, to the letter what ``$CFG->wwwroot`` says."""
    root = site_address(site, private=private)
    auth, token, jwks = (f"{root}/{path}" for path in MOODLE_PATHS)
    return Addresses(root, auth, token, jwks, Family.MOODLE)


def canvas(environment: str, school: str, *, private: bool) -> Addresses:
    """Hosted, with one of its three issuers for all schools, or a server of one's own."""
    root = site_address(school, private=private)
    origin = (origin_of(root),)
    for hosted in ENVIRONMENTS:
        if hosted.key == environment:
            return Addresses(
                hosted.issuer,
                hosted.auth_url,
                hosted.token_url,
                hosted.jwks_url,
                Family.CANVAS,
                # Pages are framed by the school's host, which is not the issuer's.
                origin,
            )
    auth, token, jwks = (f"{root}/{path}" for path in CANVAS_PATHS)
    return Addresses(root, auth, token, jwks, Family.CANVAS, origin)


def site_address(given: str, *, private: bool, field: str = "site") -> str:
    """With https where nothing else was typed, and without a final slash.

    :raises InvalidInput:
    """
    address = given.strip().rstrip("/")
    if address and "://" not in address:
        address = f"https://{address}"
    address = address.removesuffix("/index.php").rstrip("/")
    parts = urlsplit(address) if origin_of(address) else None
    if parts is None or parts.query or parts.fragment:
        raise InvalidInput(
            "Enter the address of the site, such as https://moodle.example.edu", field=field
        )
    if parts.scheme != "https" and not private:
        raise InvalidInput("Enter an address that begins with https://", field=field)
    return address


def endpoint(given: str, *, private: bool, field: str) -> str:
    """:raises InvalidInput:"""
    address = given.strip()
    if not origin_of(address):
        raise InvalidInput("Enter a whole address that begins with https://", field=field)
    if not address.startswith("https://") and not private:
        raise InvalidInput("Enter an address that begins with https://", field=field)
    return address
