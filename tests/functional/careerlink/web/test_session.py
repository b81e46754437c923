"""What a session is worth, when, and to whom."""

from collections.abc import Callable
from http.cookies import SimpleCookie

import pytest
from flask import Flask

from careerlink.db import Database
from careerlink.people import grants
from careerlink.people.actors import system
from careerlink.people.models import LoginSession, OfficeRole, Person
from careerlink.web.session import COOKIE
from tests.factories.school import Campus, campus, sign_in
from tests.pages import Visitor


@pytest.fixture
def school(database: Database, app: Flask) -> Campus:
    with database.write() as session:
        return campus(session)


@pytest.fixture
def priya(database: Database, school: Campus) -> Person:
    with database.write() as session:
        session.add(school.institution)
        return school.person(session, "Priya Raman", OfficeRole.STAFF)


@pytest.fixture
def staff(visitors: Callable[[], Visitor], database: Database, priya: Person) -> Visitor:
    return sign_in(visitors(), database, priya)


def cookie_of(visitor: Visitor) -> str:
    found = visitor.raw.get_cookie(COOKIE, domain="careerlink.example.edu")
    return found.value if found else ""


def test_two_pages_at_once_have_forms_that_both_work(
    staff: Visitor, database: Database
) -> None:
    with database.read() as session:
        before = dict(session.query(LoginSession).one().data)
    first = staff.get("/auth/logout")
    with database.write() as session:
        # What the first page kept is lost, as when the second one wrote last.
        session.query(LoginSession).one().data = before

    assert first.submit(first.buttons[-1]).status == 200


def test_a_revoked_role_ends_at_once(
    staff: Visitor, school: Campus, priya: Person, database: Database
) -> None:
    staff.get("/office/partners")
    with database.write() as session:
        grants.revoke(
            session,
            session.merge(school.institution),
            email=priya.email or "",
            actor=system(priya.institution_id),
        )

    staff.get("/office/partners", status=404)


def test_a_session_ends_with_signing_out(
    staff: Visitor, visitors: Callable[[], Visitor]
) -> None:
    stolen = cookie_of(staff)
    page = staff.get("/auth/logout")
    page.submit(page.buttons[-1])

    thief = visitors()
    thief.raw.set_cookie(COOKIE, stolen, domain="careerlink.example.edu", secure=True)
    thief.get("/home", status=401)


def test_signing_in_takes_no_session_that_was_there_before(
    visitors: Callable[[], Visitor], database: Database, priya: Person
) -> None:
    visitor = visitors()
    visitor.get("/auth/logout")
    planted = cookie_of(visitor)
    assert planted

    sign_in(visitor, database, priya)

    assert cookie_of(visitor) != planted
    other = visitors()
    other.raw.set_cookie(COOKIE, planted, domain="careerlink.example.edu", secure=True)
    other.get("/home", status=401)


def test_the_cookie_is_kept_in_frames_and_from_scripts(visitors: Callable[[], Visitor]) -> None:
    response = visitors().raw.get("/auth/logout")

    (cookie,) = SimpleCookie(response.headers["Set-Cookie"].replace("Partitioned", "")).values()
    flags = response.headers["Set-Cookie"]
    assert cookie.key.startswith("__Host-")
    for flag in ("Secure", "HttpOnly", "SameSite=None", "Partitioned", "Path=/"):
        assert flag in flags
    assert "Domain" not in flags
