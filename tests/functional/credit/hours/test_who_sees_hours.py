"""Who opens the pages about hours, and what waits for the student."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
import time_machine

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.people.models import Person
from tests.factories import campus, hours
from tests.factories.hours import Work
from tests.pages import Visitor

PAGES = ("/hours", "/hours/ruling")


@pytest.fixture
def work(database: Database, clock: time_machine.Traveller) -> Work:
    with database.write() as session:
        made = hours.work(session)
        hours.entry(session, made.placement, date(2026, 10, 6), 90)
        return made


def somebody(database: Database, work: Work, name: str, role: CourseRole) -> Person:
    with database.write() as session:
        return hours.member(session, session.merge(work.course), name, role)


@pytest.mark.parametrize(
    ("role", "log", "ruling"),
    [
        (CourseRole.STUDENT, 404, 404),
        (CourseRole.OBSERVER, 404, 404),
        (CourseRole.ASSISTANT, 200, 404),
        (CourseRole.INSTRUCTOR, 200, 200),
    ],
)
def test_other_members_of_the_course(
    work: Work,
    client: Visitor,
    database: Database,
    role: CourseRole,
    log: int,
    ruling: int,
) -> None:
    other = somebody(database, work, "Theo Park", role)
    visitor = work.visitor(client, database, other, role)

    visitor.get(work.address("/hours"), status=log)
    visitor.get(work.address("/hours/ruling"), status=ruling)


@pytest.mark.parametrize("role", [CourseRole.STUDENT, CourseRole.INSTRUCTOR])
@pytest.mark.parametrize("slug", ["crestwood"])
def test_another_institution_and_another_course_see_nothing(
    work: Work, client: Visitor, database: Database, role: CourseRole, slug: str
) -> None:
    with database.write() as session:
        other = hours.work(session, slug)
    who = other.student if role == CourseRole.STUDENT else other.instructor
    visitor = other.visitor(client, database, who, role)

    for page in PAGES:
        visitor.get(work.address(page), status=404)
        # Their own course in the address, our placement.
        mixed = f"/courses/{other.course.public_id}/placements/{work.placement.public_id}"
        visitor.get(mixed + page, status=404)


def test_nobody_without_a_session(work: Work, client: Visitor) -> None:
    client.get(work.address("/hours"), status=401)


def test_an_entry_of_another_placement_is_not_there(
    work: Work, client: Visitor, database: Database
) -> None:
    with database.write() as session:
        course, student = session.merge(work.course), session.merge(work.student)
        other = hours.placed(session, course, student, session.merge(work.contact))
        theirs = hours.entry(session, other, date(2026, 10, 6), 60)
    visitor = work.visitor(client, database)

    visitor.get(work.address(f"/hours/{theirs.public_id}"), status=404)


@pytest.mark.parametrize("page", ["/hours", "/evidence", "/agreement", "/evaluation"])
def test_staff_who_read_a_students_work_leave_a_line(
    work: Work, client: Visitor, database: Database, page: str
) -> None:
    with database.write() as session:
        reader = campus.staff(session, work.placement.institution_id)
    visitor = work.visitor(client, database, reader, CourseRole.NONE)

    visitor.get(work.address(page))

    with database.read() as session:
        actions = session.scalars(sa.text("SELECT action FROM audit_entry")).all()
    assert "placement:read" in actions


def test_the_office_hears_of_work_well_beyond_the_plan(
    work: Work, visitors: Callable[[], Visitor], database: Database
) -> None:
    with database.write() as session:
        reader = campus.staff(session, work.placement.institution_id)
        hours.entry(session, session.merge(work.placement), date(2026, 10, 7), 19 * 60)
    office = work.visitor(visitors(), database, reader, CourseRole.NONE)
    student = work.visitor(visitors(), database)

    page = hours.log(student, work, Hours="1.5")
    assert "That makes" in page.text and "Up to 20 h can count" in page.text
    assert "22 h logged" not in office.get("/office/").text

    page = hours.log(student, work, Hours="0.5")
    assert "$21.33 per hour" in page.text
    page = office.get("/office/").follow("Look into it")
    assert page.heading == "Maya Okafor: 22.5 h logged, 20 h planned"
    page = page.submit("I am on it").submit("Settle it", {"What came of it": "It is amended."})
    assert "22.5 h logged" not in office.get("/office/").text


def test_a_week_without_hours_is_the_next_step(
    work: Work, client: Visitor, database: Database, clock: time_machine.Traveller
) -> None:
    visitor = work.visitor(client, database)

    page = visitor.get(f"/courses/{work.course.public_id}/")

    assert "log your hours for Wed 7 Oct to Wed 14 Oct" in page.text
    page = page.follow("Log hours")
    page.submit("Log hours", {"Hours": "1", "What you did": "Read"})
    page = visitor.get(f"/courses/{work.course.public_id}/")
    assert "log your hours for" not in page.text
    assert "og your hours as you work" in page.text


def test_the_page_takes_the_same_queries_for_one_entry_and_for_forty(
    work: Work, client: Visitor, database: Database
) -> None:
    visitor = work.visitor(client, database)
    visitor.get(work.address("/hours"))
    few = queries_of(visitor, database, work)
    with database.write() as session:
        placement = session.merge(work.placement)
        for number in range(40):
            hours.entry(
                session, placement, date(2026, 10, 5 + number % 9), 15, task=f"n {number}"
            )

    assert queries_of(visitor, database, work) == few


def queries_of(visitor: Visitor, database: Database, work: Work) -> int:
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    visitor.get(work.address("/hours"))
    sa.event.remove(database.engine, "before_cursor_execute", note)
    return len(statements)
