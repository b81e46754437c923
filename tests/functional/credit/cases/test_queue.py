"""The queue: whose move each case is, for those who teach and nobody else."""

import pytest

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from tests.factories import cases
from tests.pages import Visitor

pytestmark = pytest.mark.usefixtures("app")


def test_a_ready_case_is_the_instructors_move(client: Visitor, database: Database) -> None:
    with database.write() as session:
        of = cases.school_class(session)
        cases.ready_case(session, of)
    teacher = of.signed_in(client, database, of.instructor, CourseRole.INSTRUCTOR)

    page = teacher.get(of.address(part="/queue"))

    assert page.page_id == "cases.queue"
    assert "Your move 1" in page.text
    assert "Nothing is missing" in page.text
    packet = page.follow("Maya Okafor")
    assert packet.heading == "Maya Okafor asks for 1 credit"
