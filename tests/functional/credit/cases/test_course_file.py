"""The table of cases that an instructor keeps when the course closes."""

from collections.abc import Callable
from datetime import UTC, datetime

import time_machine

from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from credit.cases.models import DecisionOutcome
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Visitor


def test_days_are_those_of_the_campus_and_the_course_may_be_named_in_any_script(
    desk: Desk, visitors: Callable[[], Visitor]
) -> None:
    with desk.database.write() as session:
        course = session.get_one(Course, desk.of.course.id)
        course.label = "経営-310"
        course.institution.time_zone = "America/Chicago"
    late_in_the_evening = datetime(2026, 10, 15, 2, 30, tzinfo=UTC)
    with time_machine.travel(late_in_the_evening, tick=False):
        desk.decide(DecisionOutcome.DENIED, "Too little.")
        visitor = desk.of.signed_in(
            visitors(), desk.database, desk.of.instructor, CourseRole.INSTRUCTOR
        )
        answer = visitor.raw.get(f"/courses/{desk.of.course.public_id}/cases.csv")

    assert answer.status_code == 200
    assert 'filename="---310-cases.csv"' in answer.headers["Content-Disposition"]
    assert "2026-10-14" in answer.get_data(as_text=True)


def test_who_decided_for_whom_stands_in_it(desk: Desk, visitors: Callable[[], Visitor]) -> None:
    hana = desk.of.instructor
    with desk.database.write() as session:
        tom = desk.of.member(session, "Tom Reyes", CourseRole.ASSISTANT)
    away = {"may_decide": True, "acts_for_id": hana.id, "acts_for": hana.label}
    desk.approve(by=desk.of.actor(tom, CourseRole.ASSISTANT, **away))

    visitor = desk.of.signed_in(visitors(), desk.database, hana, CourseRole.INSTRUCTOR)
    answer = visitor.raw.get(f"/courses/{desk.of.course.public_id}/cases.csv")
    assert "Tom Reyes for Hana Novak" in answer.get_data(as_text=True)
