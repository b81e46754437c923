"""The page of people: who is here, and how it is known."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy import select

from careerlink.courses import people
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.people import Group
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole, Person
from lti.models import Family, LtiContext
from tests.factories.course_desk import CourseDesk, row
from tests.factories.course_lists import add_class, person, read
from tests.factories.platforms import Gradebook

pytestmark = pytest.mark.parametrize("family", [Family.MOODLE], indirect=True)


def test_members_with_what_is_known_of_them(
    desk: CourseDesk, clock: time_machine.Traveller
) -> None:
    gradebook = desk.gradebook
    read(gradebook)
    clock.shift(timedelta(days=3))
    gradebook.lms.unenroll("student1")
    gradebook.lms.add_person("late", "Late", "Comer", role="student")
    with gradebook.database.write() as session:
        context = session.get_one(LtiContext, gradebook.context_id)
        gradebook.add_student(session, context, "staff", CourseRole.INSTRUCTOR)
    read(gradebook)
    page = desk.instructor().get(desk.path)
    assert (page.page_id, page.heading) == ("roster.people", "People in BUS-310")
    assert "DROP Sat 17 Oct" in row(page, person(gradebook, "student1").label)
    assert "Added late Sat 17 Oct" in row(page, "Late Comer")
    assert "Not in the list" in row(page, "staff")
    assert "Added late" not in row(page, person(gradebook, "student2").label)
    assert "may look, not decide" not in row(page, person(gradebook, "student2").label)
    assert "4 students, 2 teaching, 1 dropped." in page.text
    assert "Moodle: read Sat 17 Oct" in page.text
    dropped = page.follow("Dropped 1")
    assert [cells[0] for cells in dropped.rows()[1:]] == [_cell(gradebook, "student1")]


def _cell(gradebook: Gradebook, key: str) -> str:
    found = person(gradebook, key)
    return f"{found.name} {found.email}"


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    made: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        made.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield made
    sa.event.remove(database.engine, "before_cursor_execute", note)


def test_a_large_class_comes_in_pages_and_costs_no_more_queries(
    desk: CourseDesk, statements: list[str]
) -> None:
    read(desk.gradebook)
    teacher = desk.instructor()
    statements.clear()
    teacher.get(desk.path)
    few = len(statements)
    add_class(desk.gradebook, 60)
    read(desk.gradebook)
    statements.clear()
    page = teacher.get(desk.path)
    assert len(statements) == few
    seen = [cells[0] for cells in page.rows()[1:]]
    while "Next 25" in page.links:
        page = page.follow("Next 25")
        seen += [cells[0] for cells in page.rows()[1:]]
    assert len(seen) == len(set(seen)) == 65
    found = teacher.get(f"{desk.path}?show=students&q=no.+17")
    assert [cells[0].split("@")[0] for cells in found.rows()[1:]] == ["Person No. 17"]


def test_the_groups_are_those_of_the_roles_that_are_shown(desk: CourseDesk) -> None:
    """The database's words for the role and ours."""
    gradebook = desk.gradebook
    read(gradebook)
    roles = [None, *CourseRole]
    with gradebook.database.write() as session:
        course = session.get_one(Course, gradebook.course_id)
        for launched_as in roles:
            for listed_as in roles:
                who = Person(institution_id=course.institution_id)
                session.add(who)
                session.flush()
                session.add(
                    CourseMember(
                        course_id=course.id,
                        person_id=who.id,
                        launch_role=launched_as,
                        roster_role=listed_as,
                    )
                )
    with gradebook.database.read() as session:
        course = session.get_one(Course, gradebook.course_id)
        office = Actor(course.institution_id, office=frozenset({OfficeRole.AUDITOR}))
        members = session.scalars(select(CourseMember)).all()
        counted = people.counts(session, office, course)
        ours = [people.role_of(one) for one in members]
    assert counted[Group.STUDENTS] == ours.count(CourseRole.STUDENT)
    assert counted[Group.TEACHING] == sum(1 for role in ours if role in people.TEACHING)
