"""One applied effect for each decision, whatever happens to it later."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careerlink import clock
from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.outbox import (
    AttemptOutcome,
    DeliveryState,
    OutboxAttempt,
    OutboxMessage,
)
from careerlink.people.actors import system
from credit import delivery
from credit.cases import deciding
from credit.cases.choice import Choice
from credit.cases.models import CreditCase, DecisionOutcome
from lti.models import LtiContext, LtiMembership, LtiScore, LtiUser
from tests.factories import cases, gradebooks
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Page, Visitor

Make = Callable[..., Desk]


@pytest.fixture
def make(app: Flask, database: Database) -> Make:
    """The desk under a policy with these parameters."""

    def made(**parameters: Any) -> Desk:
        with database.write() as session:
            of = cases.school_class(session, **parameters)
            case = cases.ready_case(session, of)
            gradebooks.gradebook(session, of)
            return Desk(database, of, case.id)

    return made


@pytest.fixture
def page(client: Visitor) -> Callable[[Desk], Page]:
    def shown(desk: Desk) -> Page:
        who = desk.of.instructor
        seen = desk.of.signed_in(client, desk.database, who, CourseRole.INSTRUCTOR)
        return seen.get(desk.of.address(None, "/gradebook"))

    return shown


def told(desk: Desk) -> list[tuple[int | None, int]]:
    return [
        (one.payload["given_thousandths"], one.payload["maximum_thousandths"])
        for one in desk.messages("score")
    ]


def deliver(desk: Desk, *, error: str = "", status: int = 200) -> None:
    """What the worker writes down of the newest message."""
    with desk.database.write() as session:
        newest = select(OutboxMessage).where(OutboxMessage.kind == "score")
        message = session.scalars(newest.order_by(OutboxMessage.id.desc()).limit(1)).one()
        message.state = DeliveryState.FAILED if error else DeliveryState.DELIVERED
        message.last_error = error
        score = session.scalars(
            select(LtiScore).where(LtiScore.outbox_message_id == message.id)
        ).one()
        score.applied_at = None if error else clock.now()
        score.answer = "" if error else "Moodle took it."
        session.add(
            OutboxAttempt(
                message_id=message.id,
                number=1,
                outcome=AttemptOutcome.FAILED if error else AttemptOutcome.DELIVERED,
                error=error or "Moodle took it.",
                status=status,
                ended_at=clock.now(),
            )
        )


def test_approved_voided_and_approved_with_other_credits(make: Make) -> None:
    desk = make(score_kind="credits")
    desk.approve()
    desk.decide(DecisionOutcome.VOIDED, "The hours were wrong.")
    desk.approve(credits_thousandths=500, override_reason="Half of it was not ours.")
    assert told(desk) == [(1000, 3000), (None, 3000), (500, 3000)]
    (score,) = desk.scores()
    assert (score.given_thousandths, score.comment) == (
        500,
        "Approved in CareerLink: 0.5 credits.",
    )
    states = [one.state for one in desk.messages("score")]
    assert states == [DeliveryState.SUPERSEDED, DeliveryState.SUPERSEDED, DeliveryState.QUEUED]


def test_denied_voided_and_returned_leaves_no_grade(make: Make) -> None:
    desk = make(score_kind="pass_fail")
    desk.decide(DecisionOutcome.DENIED, "Nothing was handed in.")
    desk.decide(DecisionOutcome.VOIDED, "It was handed in.")
    desk.decide(DecisionOutcome.RETURNED, "Name the clinic.")
    assert told(desk) == [(0, 1000), (None, 1000)]


@pytest.mark.parametrize("sends", [True, False])
def test_that_work_waits_is_told_where_the_policy_says_so(make: Make, sends: bool) -> None:
    desk = make(sends_progress=sends)
    with desk.database.write() as session:
        case = session.get_one(CreditCase, desk.case_id)
        actor = system(case.institution_id)
        delivery.tell_of_work(session, case, is_again=False, actor=actor)
    assert len(desk.messages("score")) == sends


def test_the_very_value_is_shown_before_anything_is_sent(
    make: Make, page: Callable[[Desk], Page]
) -> None:
    desk = make(score_kind="pass_fail")
    found = page(desk)
    assert "If awarded: 1 of 1" in found.text
    packet = found.follow("Maya Okafor")
    words = "Moodle will show 1 of 1 with the comment “Pass. Approved in CareerLink: 1 credit.”"
    assert words in packet.text
    address = desk.of.address(None, f"/gradebook/{desk.case.public_id}")
    before = found.visitor.get(address)
    assert "Nothing was sent for this case." in before.text
    assert "No pass. Not approved in CareerLink." in before.text


def test_every_answer_is_shown(desk: Desk, page: Callable[[Desk], Page]) -> None:
    desk.approve()
    deliver(desk, error="Moodle refused it (400)", status=400)
    page(desk).submit("Send again")
    deliver(desk)
    seen = page(desk).follow("All answers of Maya Okafor")
    first, second = seen.rows()[1:]
    assert first[1:] == [
        "100 of 100",
        first[2],
        "Replaced by a newer one",
    ]
    assert "Moodle refused it (400) (400)" in first[2]
    assert "Moodle took it. (200)" in second[2]
    assert second[3] == "Delivered"


def more_students(desk: Desk, names: list[str]) -> None:
    """Decided before the gradebook knew their accounts."""
    with desk.database.write() as session:
        for name in names:
            case = cases.ready_case(session, desk.of, name)
            deciding.decide(
                session, case, Choice(DecisionOutcome.APPROVED), actor=desk.of.as_instructor
            )


def accounts(desk: Desk, number: int) -> None:
    with desk.database.write() as session:
        context = session.scalars(select(LtiContext)).one()
        for person in desk.of.students[1 : number + 1]:
            user = LtiUser(
                registration_id=context.deployment.registration_id,
                institution_id=person.institution_id,
                sub=f"late-{person.id}",
                person_id=person.id,
            )
            session.add_all([user, LtiMembership(context=context, lti_user=user)])


def test_unsent_and_refused_grades_go_together_after_a_look(
    desk: Desk, page: Callable[[Desk], Page]
) -> None:
    desk.approve()
    deliver(desk, error="Moodle refused it (400)", status=400)
    more_students(desk, ["Noor Haddad", "Omar Diaz"])
    accounts(desk, 1)
    found = page(desk)
    assert "0 of 3 grades sent · 1 refused or changed by a teacher · 2 not sent yet" in (
        " ".join(found.text.split())
    )
    ends = found.visitor.get(desk.of.address(None, "/conclusion"))
    assert "2 decisions never sent to the gradebook" in ends.text
    queued = ends.follow("Go there and finish 1 grade not in the gradebook yet")
    assert queued.page_id == "gradebook.show"
    asking = found.follow("Send 3 grades together")
    assert [cells[2] for cells in asking.rows()[1:]] == ["100 of 100"] * 3
    assert {cells[4] for cells in asking.rows()[1:]} == {
        "Never sent",
        "Not sent: Moodle refused it (400)",
    }
    sent = asking.submit("Send these grades")
    assert "2 grades are on the way. Not sent: 1. This student has no account" in sent.text
    assert "0 of 3 grades sent · 2 on the way · 1 not sent yet" in " ".join(sent.text.split())
    again = asking.submit("Send these grades")
    assert "Nothing had to be sent" not in again.text
    assert len(desk.messages("score")) == 3


def test_whoever_chooses_nobody_sends_nothing(desk: Desk, page: Callable[[Desk], Page]) -> None:
    desk.approve()
    deliver(desk, error="Moodle refused it (400)", status=400)
    address = desk.of.address(None, "/gradebook/send")
    asking = page(desk).visitor.get(address)
    refused = asking.visitor.post(
        address,
        {"csrf_token": asking.form("Send these grades").data["csrf_token"][0]},
        status=422,
    )
    assert refused.errors == ["Choose at least one student."]
    assert len(desk.messages("score")) == 1
