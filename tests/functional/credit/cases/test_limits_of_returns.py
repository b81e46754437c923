"""How often a case goes back, until when, and what follows when it does not come again."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from time_machine import Traveller

from careerlink.courses.roles import CourseRole
from careerlink.institutions.models import Term
from credit.cases.models import CaseState, DecisionOutcome
from tests.factories import cases, gradebooks
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Page, Visitor


def packet(desk: Desk, teacher: Visitor) -> Page:
    return teacher.get(desk.of.address(desk.case))


def teacher_of(desk: Desk, visitors: Callable[[], Visitor]) -> Visitor:
    return desk.of.signed_in(
        visitors(), desk.database, desk.of.instructor, CourseRole.INSTRUCTOR
    )


@pytest.fixture
def strict(desk: Desk) -> Desk:
    """The same desk under a policy by which a case goes back once."""
    with desk.database.write() as session:
        of = cases.school_class(session, "westmoor", most_returns=1)
        case = cases.ready_case(session, of)
        gradebooks.gradebook(session, of)
        return Desk(desk.database, of, case.id)


def test_no_more_rounds_than_the_policy_allows(
    strict: Desk, visitors: Callable[[], Visitor]
) -> None:
    teacher = teacher_of(strict, visitors)
    strict.decide(DecisionOutcome.RETURNED, "Say more.")
    student = strict.of.signed_in(
        visitors(), strict.database, strict.of.students[0], CourseRole.STUDENT
    )
    student.get(strict.of.address(part="/credit")).submit("Send it back")

    page = packet(strict, teacher)

    assert "Return with comments" not in " ".join(page.buttons)
    assert "the most that the policy allows" in page.text
    data = {**page.form("Award 1 credit").data, "decision": "return", "comment": "Once more."}
    refused = teacher.post(page.path, data, status=409)
    assert "It went back 1 times" in refused.text
    assert "Once more." in refused.text
    assert len(strict.decisions) == 1


def test_the_day_is_no_later_than_grades_are_due(desk: Desk) -> None:
    with desk.database.write() as session:
        of = session.merge(desk.of.course)
        of.term = Term(
            institution_id=of.institution_id,
            code="2026F",
            name="Fall 2026",
            starts_on=date(2026, 8, 24),
            ends_on=date(2026, 12, 11),
            grades_due_on=date(2026, 10, 20),
        )

    desk.decide(DecisionOutcome.RETURNED, "Say more.")

    assert desk.case.resubmit_by == date(2026, 10, 20)


def test_when_the_day_has_passed_it_is_the_instructors_move_and_nothing_lapses(
    desk: Desk, visitors: Callable[[], Visitor], clock: Traveller
) -> None:
    desk.decide(DecisionOutcome.RETURNED, "Say more.")
    clock.move_to(datetime(2026, 10, 30, 15, tzinfo=UTC))
    student = desk.of.signed_in(
        visitors(), desk.database, desk.of.students[0], CourseRole.STUDENT
    )
    teacher = teacher_of(desk, visitors)

    own = student.get(desk.of.address(part="/credit"))
    assert "The last day to send it back has passed" in own.text
    assert not any(label.startswith("Send it back") for label in own.buttons)
    queue = teacher.get(desk.of.address(part="/queue?show=mine"))
    assert "Maya Okafor" in queue.text
    assert "It has not come back. Give more time, or decide on what is there" in queue.text

    page = packet(desk, teacher)
    assert "It has not come back" in page.text
    early = page.submit(
        "Set the new day", {"New last day": "2026-10-28", "Why": "Ill."}, status=422
    )
    assert early.errors == ["Choose a day later than the one that holds."]
    early.submit("Set the new day", {"New last day": "2026-11-06"})
    assert desk.case.resubmit_by == date(2026, 11, 6)
    assert any(
        label.startswith("Send it back")
        for label in student.get(desk.of.address(part="/credit")).buttons
    )


def test_a_case_that_never_came_back_is_decided_on_what_is_there(
    desk: Desk, visitors: Callable[[], Visitor], clock: Traveller
) -> None:
    desk.decide(DecisionOutcome.RETURNED, "Say more.")
    clock.move_to(datetime(2026, 10, 30, 15, tzinfo=UTC))
    teacher = teacher_of(desk, visitors)

    page = packet(desk, teacher).submit(
        "Take the case up", {"Why": "Nothing came, and grades are due."}
    )
    page.submit("Award 1 credit")

    assert desk.case.state == CaseState.APPROVED
