"""Trouble while the work runs shows in the queue before anybody has to decide."""

import pytest

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from tests.factories import cases
from tests.pages import Visitor

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize(("hours", "flag"), [(8, "No hours for 9 days"), (32, "–")])
def test_a_week_without_hours_is_flagged(
    client: Visitor, database: Database, hours: int, flag: str
) -> None:
    """Eight hours end on Mon 5 Oct, 32 on Tue 13 Oct; today is Wed 14 Oct."""
    with database.write() as session:
        of = cases.school_class(session)
        cases.open_case(
            session,
            cases.project(session, of, cases.student(session, of), minutes=hours * 60),
        )
    teacher = of.signed_in(client, database, of.instructor, CourseRole.INSTRUCTOR)

    (row,) = teacher.get(of.address(part="/queue?show=all")).rows()[1:]

    assert row[2] == flag
