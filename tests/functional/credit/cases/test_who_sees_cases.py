"""Who reads a case and who may press: assistants, students, other courses, the office."""

from collections.abc import Callable

import pytest

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from credit.cases import queries
from tests.factories import cases
from tests.factories.cases import Class
from tests.factories.school import sign_in
from tests.pages import Visitor

pytestmark = pytest.mark.usefixtures("app")


def teacher(of: Class, visitor: Visitor, database: Database) -> Visitor:
    return of.signed_in(visitor, database, of.instructor, CourseRole.INSTRUCTOR)


def test_an_assistant_may_look_and_is_told_why_not_more(
    client: Visitor, database: Database
) -> None:
    with database.write() as session:
        of = cases.school_class(session)
        case = cases.ready_case(session, of)
        helper = of.member(session, "Kofi Mensah", CourseRole.ASSISTANT)
    visitor = of.signed_in(client, database, helper, CourseRole.ASSISTANT)

    page = visitor.get(of.address(part="/queue"))
    packet = page.follow("Maya Okafor")

    assert "Assistants may look, not decide." in page.text
    assert not any(label.startswith(("Award", "Return", "Deny")) for label in packet.buttons)
    assert "Assistants may look, not decide." in packet.text
    token = packet.soup.select_one('meta[name="csrf-token"]')
    assert token is not None
    press = {"decision": "approve", "csrf_token": token["content"]}
    refused = visitor.post(of.address(case), press, status=403)
    assert refused.reason == "not-permitted"


@pytest.mark.parametrize("page", ["/queue", "/cases/{case}", "/cases/{case}/deny"])
def test_students_other_courses_and_other_institutions_find_nothing(
    visitors: Callable[[], Visitor], database: Database, page: str
) -> None:
    with database.write() as session:
        of = cases.school_class(session)
        case = cases.ready_case(session, of)
        other = cases.school_class(session, "westmoor")
    address = of.address(part=page.format(case=case.public_id))
    student = of.signed_in(visitors(), database, of.students[0], CourseRole.STUDENT)
    stranger = teacher(other, visitors(), database)

    student.get(address, status=404)
    stranger.get(address, status=404)
    teacher(of, visitors(), database).get(
        address.replace(of.course.public_id, other.course.public_id), status=404
    )


def test_staff_read_a_packet_and_leave_a_line_in_its_history(
    client: Visitor, database: Database
) -> None:
    with database.write() as session:
        of = cases.school_class(session)
        case = cases.ready_case(session, of)
        person = cases.staff(session, of)
    visitor = sign_in(client, database, person)

    packet = visitor.get(of.address(case))

    assert "Award 1 credit" not in packet.buttons
    with database.read() as session:
        actions = [e.action for e in queries.trail(session, case)]
    assert "credit_case:read" in actions
