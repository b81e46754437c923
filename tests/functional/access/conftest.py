"""Two institutions with one record of each kind, and a browser for every kind of visitor."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest
from flask import Flask

from careerlink.config import Settings
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.models import Person
from careerlink.web.session import COOKIE, begin
from tests.factories.one_of_each import OneOfEach, one_of_each
from tests.functional.access.who_may import SEEN_BY_QUERIES
from tests.pages import Visitor

ROLES = {
    "student": CourseRole.STUDENT,
    "other student": CourseRole.STUDENT,
    "assistant": CourseRole.ASSISTANT,
    "instructor": CourseRole.INSTRUCTOR,
    "observer": CourseRole.OBSERVER,
}


@dataclass
class World:
    here: OneOfEach
    elsewhere: OneOfEach
    other_course: str = ""
    """Of the same institution as ``here``; none of its records belongs there."""
    browsers: dict[str, Visitor] = field(default_factory=dict)


on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what no query decides: escaping, tokens of forms, standings in which nobody writes."""


@pytest.fixture
def world(
    app: Flask, database: Database, settings: Settings, visitors: Callable[[], Visitor]
) -> World:
    with database.write() as session:
        made = World(one_of_each(session, settings), one_of_each(session, settings, "westmoor"))
        course = made.here.cast.course
        other_course = Course(
            institution_id=course.institution_id, label="ENV-220", title="Rivers"
        )
        idris = Person(institution_id=course.institution_id, name="Idris Bello")
        session.add_all([other_course, idris])
        session.flush()
        session.add(
            CourseMember(
                course_id=other_course.id,
                person_id=idris.id,
                launch_role=CourseRole.INSTRUCTOR,
            )
        )
        made.other_course = other_course.public_id
    made.browsers["nobody"] = visitors()
    for name, person in made.here.people.items():
        roles = {course.id: ROLES[name]} if name in ROLES else {}
        made.browsers[name] = _signed_in(visitors(), database, person, roles)
    made.browsers["instructor elsewhere"] = _signed_in(
        visitors(), database, idris.id, {other_course.id: CourseRole.INSTRUCTOR}
    )
    for name in ("staff", "instructor"):
        made.browsers[f"{name} of another institution"] = _signed_in(
            visitors(),
            database,
            made.elsewhere.people[name],
            {made.elsewhere.cast.course.id: ROLES[name]} if name in ROLES else {},
        )
    made.browsers["supervisor"] = _by_link(visitors(), made.here)
    made.browsers["supervisor by another link"] = _by_link(visitors(), made.elsewhere)
    return made


@pytest.fixture
def browsers(world: World, database: Database) -> dict[str, Visitor]:
    """Everybody; on the second database those whom its queries tell apart."""
    if database.engine.dialect.name == "sqlite":
        return world.browsers
    return {name: one for name, one in world.browsers.items() if name in SEEN_BY_QUERIES}


def _signed_in(
    visitor: Visitor, database: Database, person: int, roles: Mapping[int, CourseRole]
) -> Visitor:
    with database.write() as session:
        token = begin(session, person_id=person, roles=dict(roles))
    visitor.raw.set_cookie(COOKIE, token, domain="careerlink.example.edu", secure=True)
    return visitor


def _by_link(visitor: Visitor, of: OneOfEach) -> Visitor:
    visitor.raw.post(f"/s/{of.addresses['token']}/continue")
    return visitor
