"""The page that a launch opens. Its address names the course, so two tabs never mix."""

import re
from urllib.parse import urlsplit

from careerlink.courses.models import Course
from lti.claim_values import Launch

LAUNCH_PATH = "/lti/launch"
PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{6,16}")
PATH = re.compile(r"/[A-Za-z0-9_-][A-Za-z0-9_./-]*")


def path(launch: Launch, course: Course | None) -> str:
    """What the link's own ``content`` names, else the target on our site, else the course."""
    home = f"/courses/{course.public_id}/" if course is not None else "/home"
    if course is not None and (named := _content(launch.custom.get("content", ""))):
        return f"{home}{named}"
    return _target(launch.target_link_uri) or home


def _content(content: str) -> str:
    kind, _, public_id = content.partition(":")
    if kind in ("board", "credit") and not public_id:
        return kind
    if kind == "listing" and PUBLIC_ID.fullmatch(public_id):
        return f"listings/{public_id}"
    return ""


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
