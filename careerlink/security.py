"""Access rules, named on every route; the headers of every answer."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Response, current_app, g, request, session, url_for
from sqlalchemy import select
from werkzeug.routing import RequestRedirect

from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.errors import NotFound, NotPossible, NotSignedIn
from careerlink.people.actors import Actor
from careerlink.web import SAFE_METHODS, frames, request_session

Rule = Callable[[], None]
View = TypeVar("View", bound=Callable[..., Any])


def access(rule: Rule) -> Callable[[View], View]:
    """State who may open a route; it runs before the view, and a test finds routes without."""

    def mark(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]
        return view

    return mark


def begins_session(view: View) -> View:
    """This route signs somebody in; who was signed in before is not loaded for it."""
    view.signs_in = True  # type: ignore[attr-defined]
    return view


def limit_body() -> None:
    """Only uploads may be as large as files: Werkzeug reads other forms whole, whatever
    MAX_FORM_MEMORY_SIZE says."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def enforce() -> None:
    """Before every request: the rule of the route, and nothing without one."""
    if request.endpoint is None:
        return
    view = current_app.view_functions[request.endpoint]
    rule: Rule | None = getattr(view, "access", None)
    if rule is None:
        if request.endpoint.split(".")[-1] == "static":
            return
        raise NotFound
    rule()


def anyone() -> None:
    """No sign-in: launches, key sets, health. Written down so that it is a decision."""


def signed_in() -> None:
    if _actor().person_id is None:
        raise NotSignedIn("Your session has ended. Everything that was saved is still there.")


def in_course() -> None:
    """A member of the course that the address names, or career staff."""
    signed_in()
    actor = _actor()
    course = request_session().scalar(
        select(Course).where(
            Course.public_id == (request.view_args or {}).get("course_id", ""),
            Course.institution_id == actor.institution_id,
        )
    )
    if course is None:
        raise NotFound
    if course.joined_id is not None:
        _follow(course.joined_id)
    if course.id not in actor.courses and not actor.reads_office:
        raise NotFound
    g.course = course


class Moved(RequestRedirect):
    code = 303


def _follow(joined_id: int) -> None:
    """The address of a course that was linked with another leads its members there."""
    actor = _actor()
    target = request_session().get_one(Course, joined_id)
    if target.id not in actor.courses and not actor.reads_office:
        raise NotFound
    if request.method not in SAFE_METHODS:
        raise NotPossible(f"This course is linked with {target.name}. Open it there.")
    values = {**(request.view_args or {}), "course_id": target.public_id}
    raise Moved(url_for(request.endpoint or "", **values))


def studies() -> None:
    """A student of the course, also one who has dropped or only looks as a test student."""
    in_course()
    if not _actor().is_student(g.course.id):
        raise NotFound


def looks_after() -> None:
    """Instructors and assistants of the course."""
    in_course()
    if not _actor().may_look(g.course.id):
        raise NotFound


def teaches() -> None:
    in_course()
    if not _actor().is_instructor(g.course.id):
        raise NotFound


def sets_up() -> None:
    """Instructors of the course and career staff: what concerns the course as a whole."""
    in_course()
    actor = _actor()
    if not actor.teaches(g.course.id) and not actor.is_staff:
        raise NotFound


def teaches_or_office() -> None:
    """Who acts as an instructor today, for themselves or for another, and the career office."""
    in_course()
    actor = _actor()
    if not actor.is_instructor(g.course.id) and not actor.reads_office:
        raise NotFound


def office() -> None:
    """Anybody with an office role; auditors look, and every operation checks who writes."""
    signed_in()
    if not _actor().reads_office:
        raise NotFound


def office_staff() -> None:
    signed_in()
    if not _actor().is_staff:
        raise NotFound


def admin_desk() -> None:
    signed_in()
    if not _actor().is_admin:
        raise NotFound


def _actor() -> Actor:
    actor: Actor | None = g.get("actor")
    if actor is None:
        raise NotSignedIn("Your session has ended. Everything that was saved is still there.")
    return actor


def role_on_page() -> str:
    """The value of ``data-role``: what this session is, on this page."""
    actor: Actor | None = g.get("actor")
    if actor is None:
        return "none"
    if actor.contact_id is not None:
        return "supervisor"
    course: Course | None = g.get("course")
    if course is not None and actor.role_in(course.id) != CourseRole.NONE:
        return str(actor.role_in(course.id).value)
    for role in ("admin", "staff", "auditor"):
        if role in {r.value for r in actor.office}:
            return role
    return "none"


def security_headers(response: Response) -> Response:
    """One policy for every page. No X-Frame-Options: it knows no list of origins."""
    # Before anybody is signed in, a launch's own pages say whose frame they are in.
    known = session.get("frame_origins", [])
    if known and response.mimetype == "text/html":
        frames.remember(request, response, known)
    elif not known and response.status_code >= HTTPStatus.BAD_REQUEST:
        known = frames.remembered(request)
    ancestors = " ".join(dict.fromkeys([*known, *g.get("frame_origins", [])]))
    headers = response.headers
    headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; font-src 'self'; base-uri 'none'; "
        f"form-action 'self'{_form_targets()}; frame-ancestors 'self' {ancestors}".rstrip(),
    )
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    return response


def _form_targets() -> str:
    """Other origins that a form of this very page posts to (a platform's return address)."""
    targets: list[str] = g.get("form_targets", [])
    return "".join(f" {target}" for target in targets)
