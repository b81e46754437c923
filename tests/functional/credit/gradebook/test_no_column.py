"""A course may keep its decisions here: then nothing is sent, and every page says so."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from careerlink.courses import copies
from careerlink.courses.models import Course
from careerlink.courses.roles import CourseRole
from careerlink.outbox import DeliveryState, OutboxMessage
from careerlink.people.actors import Actor
from careerlink.people.models import OfficeRole
from credit.cases.models import DecisionOutcome
from lti import score_records
from lti.models import LtiScore
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Page, Visitor

COLUMN = "To a column in the gradebook"
NONE = "To no column: they stay in CareerLink"
TAKE_BACK = "Take it back Maya Okafor"


@pytest.fixture
def teacher(desk: Desk, client: Visitor) -> Visitor:
    return desk.of.signed_in(client, desk.database, desk.of.instructor, CourseRole.INSTRUCTOR)


@pytest.fixture
def choice(desk: Desk, teacher: Visitor) -> Callable[[], Page]:
    return lambda: teacher.get(desk.of.address(None, "/gradebook/choice"))


def choose(page: Page, answer: str, **more: int) -> Page:
    return page.submit("Keep this choice", {"Where decisions go": answer}, **more)


def test_with_none_nothing_is_sent_until_somebody_looks_and_presses(
    desk: Desk, teacher: Visitor, choice: Callable[[], Page]
) -> None:
    found = teacher.get(desk.of.address(None, "/set-up"))
    choose(found.follow("Choose a column, or none"), NONE)
    packet = teacher.get(desk.of.address(None, f"/cases/{desk.case.public_id}"))
    assert "This course keeps its decisions here, so no grade is sent" in packet.text

    desk.approve()

    assert not desk.messages("score")
    page = teacher.get(desk.of.address(None, "/gradebook"))
    assert "No column: decisions stay in CareerLink" in page.text and "Kept here" in page.text
    assert "Send the grade" not in page.buttons and "Next:" not in page.text
    assert "No column" in teacher.get(desk.of.address(None, "/set-up")).text

    asking = page.follow("Send decisions to a column")
    assert asking.rows()[1][:3] == ["Maya Okafor", "1 credit", "100 of 100"]
    looked = choose(asking, COLUMN)
    assert looked.page_id == "gradebook.send" and not desk.messages("score")
    looked.submit("Send these grades")
    assert len(desk.messages("score")) == 1


def test_what_was_sent_before_stays_and_what_waits_is_held_back(
    desk: Desk, teacher: Visitor, choice: Callable[[], Page]
) -> None:
    desk.approve()
    choose(choice(), NONE)
    with desk.database.read() as session:
        assert score_records.why_not_sent(session.scalars(select(LtiScore)).one())

    desk.decide(DecisionOutcome.VOIDED, "The hours were wrong.")

    assert len(desk.messages("score")) == 1
    page = teacher.get(desk.of.address(None, "/gradebook"))
    assert "1 grade was sent before; it stays in the gradebook as it is" in page.text


def test_what_was_voided_meanwhile_is_taken_back_once_somebody_presses(
    desk: Desk, teacher: Visitor, choice: Callable[[], Page]
) -> None:
    """Refused or taken, the grade in the gradebook is of a decision that stands no more."""
    desk.approve()
    choose(choice(), NONE)
    desk.decide(DecisionOutcome.VOIDED, "The hours were wrong.")
    shown = teacher.get(desk.of.address(None, "/gradebook"))
    assert TAKE_BACK not in shown.buttons and "Next:" not in shown.text

    looked = choose(choice(), COLUMN)

    assert looked.rows()[1][1:3] == ["Decision voided", "No grade"]
    listed = teacher.get(desk.of.address(None, "/gradebook"))
    assert TAKE_BACK in listed.buttons and "0 of 1 grade sent" in listed.text
    looked.submit("Send these grades")
    assert [one.payload["given_thousandths"] for one in desk.messages("score")] == [
        100_000,
        None,
    ]
    assert TAKE_BACK not in teacher.get(desk.of.address(None, "/gradebook")).buttons


def test_what_was_refused_and_voided_since_is_never_sent_again(
    desk: Desk, teacher: Visitor, choice: Callable[[], Page]
) -> None:
    desk.approve()
    with desk.database.write() as session:
        session.scalars(
            select(OutboxMessage).where(OutboxMessage.kind == "score")
        ).one().state = DeliveryState.FAILED
    choose(choice(), NONE)
    desk.decide(DecisionOutcome.VOIDED, "The hours were wrong.")

    choose(choice(), COLUMN).submit("Send these grades")

    assert desk.messages("score")[-1].payload["given_thousandths"] is None


def test_a_copied_course_may_keep_its_decisions_here_as_well(
    desk: Desk, choice: Callable[[], Page]
) -> None:
    choose(choice(), NONE)
    office = frozenset([OfficeRole.STAFF])
    with desk.database.write() as session:
        course = session.get_one(Course, desk.of.course.id)
        school, person = course.institution_id, desk.of.instructor.id
        copy = Course(
            institution_id=school, label="BUS-310", title="Next", copied_from_id=course.id
        )
        session.add(copy)
        session.flush()
        actor = Actor(school, person_id=person, office=office)
        copies.answer(session, copy, actor=actor, keys=["no_column"])

        assert copy.keeps_grades_here
        assert "no_column" not in {
            one.part.key for one in copies.choices(session, copy, course)
        }


def test_the_second_of_two_tabs_sees_what_the_first_one_chose(
    desk: Desk, choice: Callable[[], Page]
) -> None:
    first, second = choice(), choice()
    choose(first, NONE)
    refused = choose(second, COLUMN, status=409)
    assert "Somebody chose the other way meanwhile" in refused.text
    assert "No column" in choose(refused, NONE).text
