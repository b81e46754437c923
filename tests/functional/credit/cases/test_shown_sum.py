"""Once a case is decided, its pages show the sum and the figure that were decided."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from credit.cases.models import CreditCase, DecisionOutcome
from tests.factories import case_life, cases
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Visitor

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TO_CONFIRM = "One point cannot be checked here; your instructor confirms it by name."


@pytest.fixture
def asking(app: Flask, database: Database) -> Desk:
    """The day of enrollment is not known, so somebody confirms it by name."""
    with database.write() as session:
        of = cases.school_class(session, not_before_enrollment=True)
        return Desk(database, of, cases.ready_case(session, of).id)


def test_the_sum_stays_as_it_was_decided_whatever_becomes_known_later(
    asking: Desk, visitors: Callable[[], Visitor]
) -> None:
    of, database = asking.of, asking.database
    student = of.signed_in(visitors(), database, of.students[0], CourseRole.STUDENT)
    teacher = of.signed_in(visitors(), database, of.instructor, CourseRole.INSTRUCTOR)
    own = of.address(part="/credit")
    assert TO_CONFIRM in student.get(own).text

    asking.approve(confirmed_rules=("start",))
    with database.write() as session:
        case = session.get_one(CreditCase, asking.case_id)
        case_life.enrolled(session, case, added_on=date(2026, 12, 1))

    for page in (student.get(own), teacher.get(of.address(asking.case))):
        assert "→ 1 credit, 3 h unused" in page.text
        assert "Confirmed. No hours before the enrollment" in page.text
        assert "Not checkable" not in page.text and TO_CONFIRM not in page.text


def test_the_queue_says_what_was_awarded_and_not_what_the_policy_gives(
    desk: Desk, client: Visitor
) -> None:
    queue = desk.of.address(part="/queue?show=decided")
    teacher = desk.of.signed_in(
        client, desk.database, desk.of.instructor, CourseRole.INSTRUCTOR
    )
    desk.approve(credits_thousandths=500, override_reason="Half of it.")
    assert teacher.get(queue).rows()[1][3] == "0.5"

    desk.decide(DecisionOutcome.VOIDED, "Anew.")
    desk.decide(DecisionOutcome.DENIED, "Not of this field.")
    assert teacher.get(queue).rows()[1][3] == "0"
