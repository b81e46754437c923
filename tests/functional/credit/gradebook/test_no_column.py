"""A course may keep its decisions here: then nothing is sent, and every page says so."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from careerlink.courses.roles import CourseRole
from credit.cases.models import DecisionOutcome
from lti import score_records
from lti.models import LtiScore
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Page, Visitor

COLUMN = "To a column in the gradebook"
NONE = "To no column: they stay in CareerLink"


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


def test_the_second_of_two_tabs_sees_what_the_first_one_chose(
    desk: Desk, choice: Callable[[], Page]
) -> None:
    first, second = choice(), choice()
    choose(first, NONE)
    refused = choose(second, COLUMN, status=409)
    assert "Somebody chose the other way meanwhile" in refused.text
    assert "No column" in choose(refused, NONE).text
