"""My credit: what the student reads, and how a returned case goes back."""

from collections.abc import Callable

import pytest

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from credit.cases.models import CaseState, DecisionOutcome
from tests.factories import cases
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Visitor


@pytest.fixture
def student(desk: Desk, client: Visitor, database: Database) -> Visitor:
    return desk.of.signed_in(client, database, desk.of.students[0], CourseRole.STUDENT)


def test_the_student_sees_the_sum_with_its_clauses(desk: Desk, student: Visitor) -> None:
    page = student.get(desk.of.address(part="/credit"))

    assert page.page_id == "credit.show"
    assert "1 credit 48 h, 3 h unused" in page.text
    assert "÷ 45 h per credit § 2 Hours" in page.text
    assert "Your instructor: decides" in page.text
    assert page.follow("The rules in words").heading == "How credit is earned"


def test_what_is_missing_and_whose_move_it_is(
    desk: Desk, visitors: Callable[[], Visitor]
) -> None:
    with desk.database.write() as session:
        who = cases.student(session, desk.of, "Noor Haddad")
        cases.open_case(session, cases.project(session, desk.of, who))
    visitor = desk.of.signed_in(visitors(), desk.database, who, CourseRole.STUDENT)

    page = visitor.get(desk.of.address(part="/credit"))

    assert "Your move: complete the evidence" in page.text
    assert "Missing: the end of the work on “Where do repair customers wait?”" in page.text


def test_before_there_is_a_case_the_page_says_when_it_comes(
    desk: Desk, visitors: Callable[[], Visitor]
) -> None:
    with desk.database.write() as session:
        who = cases.student(session, desk.of, "Noor Haddad")
    visitor = desk.of.signed_in(visitors(), desk.database, who, CourseRole.STUDENT)

    assert "No credit case yet" in visitor.get(desk.of.address(part="/credit")).text


def test_a_returned_case_is_answered_and_goes_back(desk: Desk, student: Visitor) -> None:
    desk.decide(DecisionOutcome.RETURNED, "Say more about the tickets.")
    home = student.get(desk.of.address(part="/"))
    assert "answer the comments of Hana Novak" in home.text

    page = home.follow("Read the comments")
    assert "Say more about the tickets." in page.text
    page.submit("Send it back", {"What you changed": "I added a page."})

    assert desk.case.state == CaseState.READY


def test_the_decision_is_shown_with_its_reason_and_grade(desk: Desk, student: Visitor) -> None:
    desk.approve(credits_thousandths=1500, override_reason="A prize.", comment="Well done.")

    page = student.get(desk.of.address(part="/credit"))

    # Printed, it says whose it is.
    assert "Maya Okafor, BUS-310 Applied Analytics." in page.text
    assert "Approved, 1.5 credits, where the policy gives 1 credit by Hana Novak" in page.text
    assert "Well done. A prize." in page.text
    assert "Gradebook: Waiting to be sent" in page.text


def test_a_student_who_only_looks_cannot_send_back(
    desk: Desk, visitors: Callable[[], Visitor]
) -> None:
    desk.decide(DecisionOutcome.RETURNED, "Say more.")
    with desk.database.write() as session:
        cases.drop(session, desk.of, desk.of.students[0])
    visitor = desk.of.signed_in(
        visitors(), desk.database, desk.of.students[0], CourseRole.STUDENT
    )

    page = visitor.get(desk.of.address(part="/credit"))

    assert not any(label.startswith("Send it back") for label in page.buttons)
    assert "You are no longer enrolled in this course." in page.text
    assert desk.case.state == CaseState.DROPPED


def test_the_credit_link_leads_instructors_to_their_queue(
    desk: Desk, visitors: Callable[[], Visitor]
) -> None:
    visitor = desk.of.signed_in(
        visitors(), desk.database, desk.of.instructor, CourseRole.INSTRUCTOR
    )

    assert visitor.get(desk.of.address(part="/credit")).page_id == "cases.queue"


def test_the_instructors_home_begins_with_the_longest_wait(
    desk: Desk, visitors: Callable[[], Visitor]
) -> None:
    visitor = desk.of.signed_in(
        visitors(), desk.database, desk.of.instructor, CourseRole.INSTRUCTOR
    )

    home = visitor.get(desk.of.address(part="/"))

    assert "decide on the credit of Maya Okafor" in home.text
    assert home.follow("Open the packet").page_id == "cases.packet"


def test_the_placement_and_the_home_say_when_credit_is_decided(
    desk: Desk, student: Visitor
) -> None:
    home = student.get(desk.of.address(part="/"))
    waiting = home.follow("Where do repair customers wait?")
    desk.decide(DecisionOutcome.APPROVED, "Well done.")
    decided = student.get(waiting.path)

    assert "1 credit so far" in home.text
    assert "Your instructor’s move." in home.text
    assert "The instructor’s move: decide on the credit" in waiting.text
    assert "Nobody’s move: the credit is decided (approved, 1 credit)" in decided.text
    assert "Credit decided" in decided.text
    assert "Approved, 1 credit" in student.get(home.path).text
