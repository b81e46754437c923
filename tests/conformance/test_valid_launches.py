"""Certification guide 6.1.2 and 6.1.3: launches of teachers and students that must work."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from careerlink.courses.models import CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.models import LoginSession, Person
from lti.models import LtiContext, LtiResourceLink
from tests.factories.lti import INSTRUCTOR, LEARNER, LIS, LTI, Platform, without
from tests.pages import Page, Visitor

Claims = dict[str, Any]
NAMES = ("name", "given_name", "family_name", "middle_name")
KEEP: Callable[[Claims], Claims] = lambda claims: claims  # noqa: E731 (a table entry)
STAFF = [f"{LIS}institution/person#Staff", f"{LIS}institution/person#Other"]
STUDENT = [f"{LIS}institution/person#Student", f"{LIS}membership#Mentor"]


def with_roles(*roles: str) -> Callable[[Claims], Claims]:
    return lambda claims: {**claims, f"{LTI}roles": list(roles)}


def dropped(*names: str) -> Callable[[Claims], Claims]:
    return lambda claims: without(claims, *names)


TEACHER_LAUNCHES = {
    "TCH-01 valid": (KEEP, CourseRole.INSTRUCTOR),
    "TCH-02 roles": (with_roles(INSTRUCTOR, *STAFF), CourseRole.INSTRUCTOR),
    "TCH-03 short role": (with_roles("Instructor"), CourseRole.INSTRUCTOR),
    "TCH-04 unknown role": (with_roles(f"{LIS}unknown/unknown#Helper"), CourseRole.NONE),
    "TCH-05 no role": (with_roles(""), CourseRole.NONE),
    "TCH-06 email only": (dropped(*NAMES), CourseRole.INSTRUCTOR),
    "TCH-07 names only": (dropped("email"), CourseRole.INSTRUCTOR),
    "TCH-08 no PII": (dropped("email", *NAMES), CourseRole.INSTRUCTOR),
}
STUDENT_LAUNCHES = {
    "STU-01 valid": (KEEP, CourseRole.STUDENT),
    "STU-02 roles": (with_roles(LEARNER, *STUDENT), CourseRole.STUDENT),
    "STU-03 short role": (with_roles("Learner"), CourseRole.STUDENT),
    "STU-04 unknown role": (
        with_roles(LEARNER, f"{LIS}uknownrole/unknown#Unknown"),
        CourseRole.STUDENT,
    ),
    "STU-05 no role": (with_roles(""), CourseRole.NONE),
    "STU-06 email only": (dropped(*NAMES), CourseRole.STUDENT),
    "STU-07 names only": (dropped("email"), CourseRole.STUDENT),
    "STU-08 no PII": (dropped("email", *NAMES), CourseRole.STUDENT),
}
LAUNCHES = {
    **{case: (INSTRUCTOR, *rest) for case, rest in TEACHER_LAUNCHES.items()},
    **{case: (LEARNER, *rest) for case, rest in STUDENT_LAUNCHES.items()},
}


@pytest.mark.parametrize("case", LAUNCHES)
def test_a_valid_launch_opens_its_course(
    case: str, client: Visitor, platform: Platform, database: Database
) -> None:
    role, change, expected = LAUNCHES[case]
    claims = change(platform.claims(role))

    page = platform.launch(client, claims)

    assert_lands_in_course(page, database)
    assert client.get(page.location).role == expected
    with database.read() as session:
        member = session.scalars(select(CourseMember)).one()
        person = session.scalars(select(Person)).one()
    assert member.launch_role == expected
    assert person.email == claims.get("email")
    assert person.label == claims.get("name", f"Learner {person.public_id[:4]}")


def assert_lands_in_course(page: Page, database: Database) -> None:
    assert page.status == 303, page.summary()
    with database.read() as session:
        course = session.scalars(select(LtiContext)).one().course_id
        context = session.scalars(select(LtiContext)).one()
        link = session.scalars(select(LtiResourceLink)).one()
        started = session.scalars(select(LoginSession)).one()
        assert page.location == f"/courses/{context.course.public_id}/"
    assert context.course_id == course
    assert (context.context_id, link.resource_link_id) == ("course-1", "link-1")
    assert started.person_id is not None


@pytest.mark.parametrize("role", [INSTRUCTOR, LEARNER], ids=["TCH-09", "STU-09"])
def test_a_launch_without_context_opens_the_start_page(
    role: str, client: Visitor, platform: Platform, database: Database
) -> None:
    claims = without(platform.claims(role), "context", *NAMES)

    page = platform.launch(client, claims)

    assert (page.status, page.location) == (303, "/home")
    assert client.get("/home").role == "none"
    with database.read() as session:
        assert session.scalars(select(CourseMember)).all() == []
        assert session.scalars(select(LoginSession)).one().person_id is not None


def test_a_new_resource_link_of_a_known_course_is_accepted(
    client: Visitor, platform: Platform, database: Database
) -> None:
    platform.launch(client)

    page = platform.launch(client, platform.claims(**{f"{LTI}resource_link": {"id": "link-2"}}))

    assert page.status == 303
    with database.read() as session:
        links = session.scalars(select(LtiResourceLink.resource_link_id)).all()
        assert sorted(links) == ["link-1", "link-2"]
        assert len(session.scalars(select(LtiContext)).all()) == 1
