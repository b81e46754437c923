"""Server-side sessions behind Flask's ``session``: the cookie is a random value, no more.

In a frame on another site only ``Secure; SameSite=None; Partitioned`` survives when third-party
cookies are blocked (LTI.md 8). A supervisor's link has a cookie of its own, so that trying a
link never signs a member of staff out.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import Flask, Request, Response, g
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import CallbackDict

from careerlink import clock
from careerlink.courses.roles import CourseRole
from careerlink.people.models import LoginSession, LoginSessionCourse
from careerlink.web import close_request_session, services

COOKIE = "__Host-careerlink"
LIFETIME = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=10)
AT_ONCE = timedelta(minutes=1)
"""A page of the LMS with two of our frames launches both; the browser keeps either cookie."""
LINK_PREFIX = "/s/"
FORM_PROOF = "csrf_token"
"""Where Flask-WTF keeps what the tokens of all forms of a session are made from."""
NOBODY_S = ("/static/", "/lti/login", "/lti/jwks.json")
"""Addresses that answer everybody alike: the session is not even looked up."""


class LaunchedRole(NamedTuple):
    role: CourseRole
    at: datetime


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """``new_token`` is set when the cookie has to be sent."""

    def __init__(self, row: LoginSession | None) -> None:
        def changed(_session: Any) -> None:
            self.modified = True

        super().__init__(dict(row.data) if row is not None else None, changed)
        self.row = row
        self.modified = False
        self.accessed = True
        self.new = row is None
        self.new_token: str | None = None


class ServerSessions(SessionInterface):
    def open_session(self, app: Flask, request: Request) -> ServerSession:
        token = request.cookies.get(cookie_name(request.path))
        if not token or request.path.startswith(NOBODY_S):
            return ServerSession(None)
        with services().database.read() as db:
            row = db.scalar(
                select(LoginSession).where(
                    LoginSession.token_hash == digest(token),
                    LoginSession.expires_at > clock.now(),
                )
            )
        return ServerSession(row)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not isinstance(session, ServerSession):
            return
        # The page is made. What a refused POST left open would, on SQLite, keep the session's
        # own row from being written.
        close_request_session()
        if session.row is None:
            if session.modified and session:
                _start_anonymous(session)
        elif session.modified or clock.now() - session.row.seen_at > TOUCH_EVERY:
            _write_back(session, session.row.id)
        if session.new_token is not None:
            set_cookie(response, cookie_name(g.get("cookie_path", "/")), session.new_token)


def cookie_name(path: str) -> str:
    """Links have cookies of their own, named after the link's public part."""
    if path.startswith(LINK_PREFIX):
        return f"{COOKIE}-{path.removeprefix(LINK_PREFIX)[:12]}"
    return COOKIE


def set_cookie(response: Response, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(LIFETIME.total_seconds()),
        path="/",
        secure=True,
        httponly=True,
        samesite="None",
        partitioned=True,
    )


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def begin(
    db: Session,
    *,
    person_id: int | None = None,
    access_link_id: int | None = None,
    data: Mapping[str, Any] | None = None,
    previous: LoginSession | None = None,
    roles: Mapping[int, CourseRole] | None = None,
    browser: str = "",
) -> str:
    """Start a session in the caller's transaction and return the cookie's value.

    ``roles`` are those that this launch gave, by course id. Earlier sessions of the same person
    in this ``browser`` (any secret of its own) hand over their other courses and their form
    tokens, so that forms open in another tab still work; of anybody else it is ended. One
    begun a moment ago stays and learns this launch's roles: which cookie the browser keeps is
    a matter of which answer came last.
    """
    token = secrets.token_urlsafe(32)
    now = clock.now()
    before = _before(db, person_id, browser, previous) if person_id is not None else []
    handed_over: dict[int, LaunchedRole] = {}
    kept: dict[str, Any] = {}
    for earlier in before:
        handed_over |= _roles(db, earlier)
        kept |= earlier.data
    launched = {course_id: LaunchedRole(role, now) for course_id, role in (roles or {}).items()}
    row = LoginSession(
        token_hash=digest(token),
        person_id=person_id,
        access_link_id=access_link_id,
        browser_hash=digest(browser) if browser else None,
        # Made here, not by the first page: of two pages at once each would make its own, and
        # the forms of one of them would be refused.
        data={FORM_PROOF: secrets.token_hex(20), **kept, **(data or {})},
        created_at=now,
        seen_at=now,
        expires_at=now + LIFETIME,
    )
    db.add(row)
    db.flush()
    _add_roles(db, row.id, handed_over | launched)
    for earlier in before:
        if earlier.created_at > now - AT_ONCE:
            _replace_roles(db, earlier.id, launched)
        else:
            end(db, earlier.id)
    if previous is not None and previous.id not in {earlier.id for earlier in before}:
        end(db, previous.id)
    db.flush()
    return token


def _before(
    db: Session, person_id: int, browser: str, previous: LoginSession | None
) -> list[LoginSession]:
    """Live sessions of this person in this browser, the oldest first."""
    known = [LoginSession.browser_hash == digest(browser)] if browser else []
    if previous is not None:
        known.append(LoginSession.id == previous.id)
    if not known:
        return []
    return list(
        db.scalars(
            select(LoginSession)
            .where(
                LoginSession.person_id == person_id,
                LoginSession.expires_at > clock.now(),
                or_(*known),
            )
            .order_by(LoginSession.id)
        )
    )


def _replace_roles(db: Session, session_id: int, roles: Mapping[int, LaunchedRole]) -> None:
    db.execute(
        delete(LoginSessionCourse).where(
            LoginSessionCourse.login_session_id == session_id,
            LoginSessionCourse.course_id.in_(roles),
        )
    )
    _add_roles(db, session_id, roles)


def _add_roles(db: Session, session_id: int, roles: Mapping[int, LaunchedRole]) -> None:
    db.add_all(
        LoginSessionCourse(
            login_session_id=session_id,
            course_id=course_id,
            role=launched.role,
            launched_at=launched.at,
        )
        for course_id, launched in roles.items()
    )


def end(db: Session, session_id: int) -> None:
    db.execute(
        delete(LoginSessionCourse).where(LoginSessionCourse.login_session_id == session_id)
    )
    db.execute(delete(LoginSession).where(LoginSession.id == session_id))


def current_roles(session_id: int) -> Select[int, CourseRole, datetime]:
    """Course, role and the time of its launch, for those that the LMS vouched for lately.

    Every launch hands the other courses' roles over, so without an end of their own they would
    outlive a removal from the course for as long as somebody launches any course daily.
    """
    return select(
        LoginSessionCourse.course_id, LoginSessionCourse.role, LoginSessionCourse.launched_at
    ).where(
        LoginSessionCourse.login_session_id == session_id,
        LoginSessionCourse.launched_at > clock.now() - LIFETIME,
    )


def _roles(db: Session, row: LoginSession) -> dict[int, LaunchedRole]:
    found = db.execute(current_roles(row.id))
    return {course_id: LaunchedRole(role, at) for course_id, role, at in found}


def _start_anonymous(session: ServerSession) -> None:
    with services().database.write() as db:
        session.new_token = begin(db, data=dict(session))


def _write_back(session: ServerSession, row_id: int) -> None:
    """In a short unit of its own: the request's transaction is over by now."""
    with services().database.write() as db:
        row = db.get(LoginSession, row_id)
        if row is not None:
            row.seen_at = clock.now()
            if session.modified:
                row.data = dict(session)
