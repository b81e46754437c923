"""When evidence may be handed in, and what a link may be."""

from datetime import date
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.read_only import why_read_only
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from careerlink.placements.models import Placement, PlacementState
from credit import decided

WRITING = (PlacementState.ACTIVE, PlacementState.WORK_COMPLETED)
LONGEST_URL = 2000
BAD_LINK = "Enter a web address that begins with https://, such as https://example.org/report."


def is_own(actor: Actor, placement: Placement) -> bool:
    return (
        actor.person_id is not None
        and actor.person_id == placement.person_id
        and actor.is_student(placement.course_id)
    )


def why_not_open(session: Session, actor: Actor, placement: Placement) -> str:
    """Why this person hands nothing in here now; empty when they may."""
    standing = actor.standing(placement.course_id)
    if standing.read_only:
        return why_read_only(standing)
    if not is_own(actor, placement):
        return "Only the student hands in evidence."
    if placement.state == PlacementState.PLANNED:
        return "You hand in evidence once the work has started."
    if placement.state not in WRITING:
        return "This placement is over, so nothing is added."
    return decided.why_closed(session, placement)


def require_open(session: Session, actor: Actor, placement: Placement) -> None:
    why = why_not_open(session, actor, placement)
    if not why:
        return
    standing = actor.standing(placement.course_id)
    if standing.read_only or not is_own(actor, placement):
        raise NotPermitted(why)
    raise NotPossible(why)


def is_late(placement: Placement, due_on: date | None = None) -> bool:
    """After its own day, else the placement's last, on campus. Marked, never blocked."""
    return clock.today(placement.institution.time_zone) > (due_on or placement.ends_on)


def checked_url(text: str, *, field: str = "url") -> str:
    """:raises InvalidInput: anything but a plain web address."""
    url = text.strip()
    if len(url) > LONGEST_URL or any(c.isspace() or not c.isprintable() for c in url):
        raise InvalidInput(BAD_LINK, field=field)
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as exc:
        raise InvalidInput(BAD_LINK, field=field) from exc
    if parts.scheme not in ("http", "https") or not host or "." not in host:
        raise InvalidInput(BAD_LINK, field=field)
    if parts.username is not None or "\\" in url:
        raise InvalidInput("Leave out the name and password in the address.", field=field)
    return url


def host_of(url: str) -> str:
    """Where a link leads, in letters that cannot be mistaken for others."""
    host = urlsplit(url).hostname or ""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host.encode("ascii", "backslashreplace").decode()
