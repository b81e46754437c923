"""CareerLink's own addresses as an LMS is told them, also after a move to a new host name."""

from dataclasses import dataclass

from careerlink.config import Server
from lti.landing import LAUNCH_PATH

PATHS = (
    ("Login (initiate login) URL", "/lti/login"),
    ("Launch and redirect URL", LAUNCH_PATH),
    ("Key set (JWKS) URL", "/lti/jwks.json"),
)


@dataclass(frozen=True)
class Moved:
    """One value of an LMS's set-up that still names a host that CareerLink left."""

    name: str
    old: str
    new: str


def own(server: Server) -> list[tuple[str, str]]:
    return [(name, f"{server.public_url}{path}") for name, path in PATHS]


def moved(server: Server) -> list[Moved]:
    """What to change in the LMS; the newest of the former addresses stands for all."""
    if not server.former_urls:
        return []
    old = server.former_urls[-1]
    found = [Moved(name, f"{old}{path}", f"{server.public_url}{path}") for name, path in PATHS]
    return [*found, Moved("Domain", host(old), host(server.public_url))]


def host(url: str) -> str:
    return url.partition("://")[2]
