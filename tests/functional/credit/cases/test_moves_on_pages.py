"""A move from the office's question to the signature, and where old addresses lead then."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.outbox import OutboxMessage
from credit.cases.models import CreditCase
from credit.cases.move_models import CreditCaseMove
from tests.factories import cases
from tests.factories.school import sign_in
from tests.functional.credit.cases.two_courses import WHY, current, two_courses
from tests.pages import Visitor


def test_from_the_office_to_the_signature(
    app: Flask, database: Database, visitors: Callable[[], Visitor]
) -> None:
    with database.write() as session:
        two = two_courses(session)
    staff = sign_in(visitors(), database, two.staff, {})
    here, there = two.here, two.there
    other = there.signed_in(visitors(), database, there.instructor, CourseRole.INSTRUCTOR)

    page = staff.get(here.address(two.case, "/projects"))
    assert "2 projects in this case" in page.text
    asking = staff.get(here.address(two.case, f"/projects/{two.projects[1].public_id}/move"))
    asked = asking.submit("Ask for the signature", {"Why": WHY})
    assert "Nothing changes until the other instructor signs" in asked.text

    home = other.get(there.address(part="/"))
    signing = home.follow("Look at the move")
    assert WHY in signing.text
    assert "With the project" in signing.text
    packet = signing.submit("Sign and take it up")
    assert packet.page_id == "cases.packet"
    with database.read() as session:
        receiving = session.scalars(
            select(CreditCase).where(CreditCase.course_id == there.course.id)
        ).one()
        assert current(session, two.projects[1]) == [receiving.id]
        assert session.scalar(select(func.count()).select_from(CreditCaseMove)) == 1
    teacher = here.signed_in(visitors(), database, here.instructor, CourseRole.INSTRUCTOR)
    left = teacher.get(here.address(two.case))
    assert "counts in ECON-391 Field Work since" in left.text
    both = {one.course.id: CourseRole.STUDENT for one in (here, there)}
    student = sign_in(visitors(), database, here.students[0], both)
    assert "counts in ECON-391" in student.get(here.address(part="/credit")).text
    bookmark = here.address(part=f"/placements/{two.projects[1].public_id}/hours")
    assert student.get(bookmark).path == there.address(
        part=f"/placements/{two.projects[1].public_id}/hours"
    )
    teacher.get(bookmark, status=404)
    at_old = here.signed_in(visitors(), database, here.students[0], CourseRole.STUDENT)
    lost = at_old.get(bookmark, status=403)
    assert "belongs to ECON-391 Field Work now" in lost.text
    with database.write() as session:
        stranger = cases.student(session, here, "Jonas Lind")
    other_one = here.signed_in(visitors(), database, stranger, CourseRole.STUDENT)
    assert "ECON-391" not in other_one.get(bookmark, status=404).text
    with database.read() as session:
        told = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "mail"))
        assert [(one.payload["template"], one.payload["to"]) for one in told] == [
            ("project_moved", here.students[0].email)
        ]
