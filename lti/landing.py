"""The page that a launch opens. Its address names the course, so two tabs never mix."""

import re
from urllib.parse import parse_qs, urlsplit

from careerlink.courses.models import Course
from careerlink.registry import registry
from lti.claim_values import Launch

LAUNCH_PATH = "/lti/launch"
CONTENT = re.compile(r"([a-z]+)(?:[:?](.*))?", re.DOTALL)
PATH = re.compile(r"/[A-Za-z0-9_-][A-Za-z0-9_./-]*")
LONGEST_CONTENT = 2000


def path(launch: Launch, course: Course | None) -> str:
    """What the link's own ``content`` names, else the target on our site, else the course."""
    home = f"/courses/{course.public_id}/" if course is not None else "/home"
    if course is not None and (named := page_of(_content(launch))):
        return f"{home}{named}"
    return _target(launch.target_link_uri) or home


def page_of(content: str) -> str:
    """The page below a course that the content of a link names; empty if it names none."""
    found = CONTENT.fullmatch(content) if len(content) <= LONGEST_CONTENT else None
    read = registry.link_pages.get(found.group(1)) if found else None
    return read(found.group(2) or "") if found and read else ""


def _content(launch: Launch) -> str:
    """From ``custom``; links inside a text have no parameters of their own, so their target
    names it."""
    parts = urlsplit(launch.target_link_uri)
    named = parse_qs(parts.query).get("content", []) if parts.path == LAUNCH_PATH else []
    return launch.custom.get("content", "") or "".join(named[:1])


def _target(target_link_uri: str) -> str:
    """A page of ours named by the signed target, its origin having been checked.

    The launch address itself is every course's home (query parameters of other placements
    included), and an address of two slashes would leave our site.
    """
    parts = urlsplit(target_link_uri)
    if parts.path.rstrip("/").startswith(("/lti", "/auth", "/static")) or parts.path in (
        "",
        "/",
    ):
        return ""
    if not PATH.fullmatch(parts.path) or ".." in parts.path:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
