"""The page of people: who is here and how it is known, and what can be done about the list."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock as our_clock
from careerlink.audit import AuditEntry
from careerlink.courses import people
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.people import Group
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole, Person, PersonRole
from lti.models import Family, LtiContext
from tests.factories.course_lists import add_class, member, person, read
from tests.factories.platforms import Gradebook
from tests.factories.sessions import launched, signed_in
from tests.pages import Page, Visitor

pytestmark = pytest.mark.parametrize("family", [Family.MOODLE], indirect=True)

STAFF = "Stella Office"


class Desk:
    """People of the course at their browsers."""

    def __init__(
        self, gradebook: Gradebook, visitors: Callable[[], Visitor], database: Database
    ) -> None:
        self.gradebook, self._visitors, self.database = gradebook, visitors, database
        with database.read() as session:
            self.course: str = session.get_one(Course, gradebook.course_id).public_id

    @property
    def path(self) -> str:
        return f"/courses/{self.course}/roster"

    def sits(self, key: str, role: CourseRole) -> Visitor:
        who = person(self.gradebook, key).id
        return launched(self._visitors(), self.database, who, self.gradebook.course_id, role)

    def instructor(self) -> Visitor:
        return self.sits("instructor", CourseRole.INSTRUCTOR)

    def staff(self) -> Visitor:
        with self.database.write() as session:
            course = session.get_one(Course, self.gradebook.course_id)
            found = session.scalar(select(Person).where(Person.name == STAFF))
            found = found or _add_staff(session, course.institution_id)
            number = found.id
        return signed_in(self._visitors(), self.database, number)


def _add_staff(session: Session, institution_id: int) -> Person:
    made = Person(institution_id=institution_id, name=STAFF)
    session.add(made)
    session.flush()
    session.add(
        PersonRole(
            institution_id=institution_id,
            email="stella@eastmoor.example",
            person_id=made.id,
            role=OfficeRole.STAFF,
        )
    )
    return made


@pytest.fixture
def desk(
    app: Flask, gradebook: Gradebook, visitors: Callable[[], Visitor], database: Database
) -> Desk:
    return Desk(gradebook, visitors, database)


def row(page: Page, name: str) -> str:
    (found,) = [" | ".join(cells) for cells in page.rows() if cells[0].startswith(name)]
    return found


def shrink(gradebook: Gradebook, count: int) -> None:
    for number in range(count):
        gradebook.lms.unenroll(f"more{number}")
    read(gradebook)


def test_members_with_what_is_known_of_them(desk: Desk, clock: time_machine.Traveller) -> None:
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


def test_an_answer_held_back_is_settled_by_the_people_it_names(desk: Desk) -> None:
    gradebook = desk.gradebook
    add_class(gradebook, 4)
    read(gradebook)
    shrink(gradebook, 4)
    teacher = desk.instructor()
    home = teacher.get(f"/courses/{desk.course}/")
    assert "Next: say whether 4 people really left the course" in home.text
    page = teacher.get(desk.path)
    assert "Person No. 0, Person No. 1, Person No. 2, Person No. 3." in page.text
    asking = page.follow("Say whether they really left")
    assert asking.heading == "Did these 4 people really leave?"
    assert "Nothing is deleted." in asking.text
    page = asking.submit("Yes, these 4 really left")
    assert "The list is read once more" in page.text
    assert "It is being read again now." in page.text
    assert "really left" not in teacher.get(f"/courses/{desk.course}/").text
    assert member(gradebook, "more0").dropped_at is None
    gradebook.work()
    assert member(gradebook, "more0").dropped_at is not None
    assert "missing" not in teacher.get(desk.path).text
    with gradebook.database.read() as session:
        (entry,) = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "course_roster:confirm")
        )
    assert entry.actor_id == person(gradebook, "instructor").id
    assert len(entry.detail["missing"]) == 4


def test_a_list_that_changed_since_the_page_was_opened_is_shown_anew(desk: Desk) -> None:
    """As many are missing as before, and they are not the same people."""
    gradebook = desk.gradebook
    add_class(gradebook, 6)
    read(gradebook)
    shrink(gradebook, 5)
    asking = desk.instructor().get(desk.path).follow("Say whether")
    gradebook.lms.enroll("more0", "student")
    gradebook.lms.unenroll("more5")
    read(gradebook)
    again = asking.submit("Yes, these 5 really left", status=409)
    assert "Nothing was done" in again.text
    assert "Person No. 5" in again.text
    assert "Person No. 0" not in again.text
    gradebook.work()
    assert member(gradebook, "more1").dropped_at is None


def test_why_deciding_waits_and_staff_name_an_approver(desk: Desk) -> None:
    gradebook = desk.gradebook
    with gradebook.database.write() as session:
        context = session.get_one(LtiContext, gradebook.context_id)
        gradebook.add_student(session, context, "instructor", CourseRole.INSTRUCTOR)
        context.memberships_url = f"{gradebook.lms.url}/nothing/here"
    read(gradebook)
    teacher, staff = desk.instructor(), desk.staff()
    shown = teacher.get(desk.path)
    assert "You cannot decide now" in shown.text
    assert "Moodle answered 404: the course may be gone there." in shown.text
    assert "It is tried again at the latest Wed 14 Oct" in shown.text
    assert not [label for label in shown.links if "approver" in label]
    asking = staff.get(desk.path).follow("Name as approver")
    asking.submit("Name as approver", status=422)
    page = asking.submit("Name as approver", {"Reason": "The list never comes."})
    assert "Approver Named Wed 14 Oct by Stella Office" in row(page, "instructor")
    assert "You cannot decide now" not in teacher.get(desk.path).text
    asking = page.follow("Take back")
    asking.submit("Take it back", {"Reason": "It comes now."})
    assert "You cannot decide now" in teacher.get(desk.path).text
    with gradebook.database.read() as session:
        actions = session.scalars(
            select(AuditEntry.action).where(AuditEntry.reason_id.is_not(None))
        ).all()
    assert actions == ["course_member:name_approver", "course_member:unname_approver"]


def test_a_student_cannot_be_named(desk: Desk) -> None:
    gradebook = desk.gradebook
    read(gradebook)
    number = member(gradebook, "student1").id
    page = desk.staff().get(f"{desk.path}/{number}/approver")
    assert "This member cannot be named" in page.text
    assert "Name as approver" not in page.buttons


def test_one_reading_at_a_time_can_be_asked_for(
    desk: Desk, clock: time_machine.Traveller
) -> None:
    read(desk.gradebook)
    teacher = desk.instructor()
    opened = teacher.get(desk.path)
    assert "It was read a moment ago" in opened.submit("Read the list now").text
    clock.shift(timedelta(minutes=2))
    page = opened.submit("Read the list now")
    assert "The list is being read." in page.text
    assert "Read the list now" not in page.buttons
    opened.submit("Read the list now")
    assert len(desk.gradebook.messages()) == 2


def test_the_list_of_a_concluded_course_is_not_read_any_more(desk: Desk) -> None:
    read(desk.gradebook)
    teacher = desk.instructor()
    page = teacher.get(desk.path)
    desk.gradebook.lms.unenroll("student1")
    with desk.database.write() as session:
        session.get_one(Course, desk.gradebook.course_id).concluded_at = our_clock.now()
    assert "Read the list now" not in teacher.get(desk.path).buttons
    assert "concluded" in page.submit("Read the list now", status=409).text
    read(desk.gradebook)
    assert member(desk.gradebook, "student1").dropped_at is None


def test_the_office_is_told_of_lists_that_are_stuck(
    desk: Desk, clock: time_machine.Traveller
) -> None:
    """At once where somebody has to speak, after two days where the list may still come."""
    gradebook = desk.gradebook
    read(gradebook)
    gradebook.lms.failure.set("down")
    read(gradebook)
    assert "Members of BUS-310" not in desk.staff().get("/office/").text
    clock.shift(timedelta(days=2, minutes=1))
    office = desk.staff().get("/office/")
    assert "Members of BUS-310 Analytics Moodle answered 503." in office.text
    gradebook.lms.failure.set("none")
    gradebook.lms.school.enrollments.clear()
    read(gradebook)
    office = desk.staff().get("/office/")
    assert office.links["See who is missing Members of BUS-310 Analytics"] == desk.path
    assert "“List of members”" not in office.text


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    made: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        made.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield made
    sa.event.remove(database.engine, "before_cursor_execute", note)


def test_a_large_class_comes_in_pages_and_costs_no_more_queries(
    desk: Desk, statements: list[str]
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


def test_the_groups_are_those_of_the_roles_that_are_shown(desk: Desk) -> None:
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
