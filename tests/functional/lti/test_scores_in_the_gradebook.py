"""A decision lands in the course gradebook, once, and the page says what is shown there."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from careerlink import clock as our_clock
from careerlink.outbox import DeliveryState, OutboxMessage
from lti.answers import Answer
from lti.models import LtiContext, LtiDeployment, LtiRegistration, LtiScore
from lti.products import PRODUCTS
from tests.factories.platforms import Gradebook


def test_a_score_reaches_the_credit_link_s_own_column(gradebook: Gradebook) -> None:
    gradebook.decide(given=100_000, comment="1.5 credits")
    assert gradebook.state().label == "Waiting to be sent"
    gradebook.work()
    cell = gradebook.cell()
    assert (cell["score"], cell["applied"], cell["comment"]) == (100, 1, "1.5 credits")
    assert len(gradebook.columns()) == 1
    state = gradebook.state()
    assert state.kind == "done"
    assert state.label.startswith("Sent: ")
    assert "100 of 100" in state.label


def test_zero_is_a_score(gradebook: Gradebook) -> None:
    gradebook.decide(given=0)
    gradebook.work()
    assert gradebook.cell()["score"] == 0
    assert "0 of 100" in gradebook.state().label


def test_a_correction_replaces_what_was_sent(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    gradebook.decide(given=100_000)
    gradebook.work()
    gradebook.decide(given=0, comment="Corrected")
    gradebook.work()
    cell = gradebook.cell()
    assert (cell["score"], cell["applied"]) == (0, 2)
    # The correction is no second piece of work.
    assert cell["submission"]["attempt"] <= 1
    assert "shows 0 of 100" in gradebook.state().label


def test_decisions_of_one_second_keep_their_order(gradebook: Gradebook) -> None:
    for given in (10_000, 20_000, 30_000):
        gradebook.decide(given=given)
        gradebook.work()
    assert gradebook.cell()["score"] == 30
    assert [m.state for m in gradebook.messages()] == [DeliveryState.DELIVERED] * 3


def test_a_newer_decision_replaces_one_that_still_waits(gradebook: Gradebook) -> None:
    gradebook.decide(given=100_000)
    gradebook.decide(given=50_000)
    gradebook.work()
    cell = gradebook.cell()
    assert (cell["score"], cell["attempts"]) == (50, 1)
    assert [m.state for m in gradebook.messages()] == [
        DeliveryState.SUPERSEDED,
        DeliveryState.DELIVERED,
    ]


def test_a_withdrawn_decision_empties_the_cell(gradebook: Gradebook) -> None:
    gradebook.decide(given=100_000)
    gradebook.work()
    gradebook.decide(given=None, comment="Withdrawn")
    gradebook.work()
    assert gradebook.cell()["score"] is None
    assert gradebook.state().label.startswith("Taken back: ")
    # And the next decision gets through all the same.
    gradebook.decide(given=80_000)
    gradebook.work()
    assert gradebook.cell()["score"] == 80


def test_nothing_is_sent_to_take_back_what_never_arrived(gradebook: Gradebook) -> None:
    assert gradebook.decide(given=None) is None
    gradebook.decide(given=100_000)
    gradebook.decide(given=None)
    gradebook.work()
    assert gradebook.cell()["score"] is None
    assert gradebook.state().kind == "done"


def test_each_student_gets_their_own(gradebook: Gradebook) -> None:
    gradebook.decide("student1", 90_000)
    gradebook.decide("student2", 40_000)
    gradebook.work()
    assert gradebook.cell("student1")["score"] == 90
    assert gradebook.cell("student2")["score"] == 40


def test_scores_are_shown_on_the_scale_they_were_given(gradebook: Gradebook) -> None:
    gradebook.decide(given=1_000, maximum=3_000)
    gradebook.work()
    assert abs(gradebook.cell()["score"] - 100 / 3) < 0.001
    assert "1 of 3" in gradebook.state().label


def test_an_account_that_cannot_be_graded_is_a_task_for_staff(gradebook: Gradebook) -> None:
    gradebook.lms.unenroll("student1")
    gradebook.decide()
    gradebook.work()
    state = gradebook.state()
    assert state.kind == "stop"
    assert state.can_retry
    assert "may not be a student" in state.label
    assert gradebook.cell()["applied"] == 0
    # Put right there, it goes through when somebody tries again.
    gradebook.lms.enroll("student1", "student")
    message = gradebook.messages()[0]
    with gradebook.database.write() as session:
        session.merge(message).state = DeliveryState.QUEUED
    gradebook.work()
    assert gradebook.cell()["score"] == 100


def test_a_platform_that_is_down_is_tried_again(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    gradebook.lms.failure.set("down")
    gradebook.decide(comment="1 credit")
    gradebook.work()
    state = gradebook.state()
    assert state.kind == "wait"
    assert "next try" in state.label
    gradebook.lms.failure.set("none")
    clock.shift(timedelta(minutes=2))
    gradebook.work()
    cell = gradebook.cell()
    # Nothing had arrived, so nothing of the first post is left out.
    assert (cell["score"], cell["comment"], cell["applied"]) == (100, "1 credit", 1)


def test_a_busy_platform_is_left_alone_by_all_scores(
    gradebook: Gradebook, clock: time_machine.Traveller
) -> None:
    for key in ("student1", "student2", "student3"):
        gradebook.decide(key)
    gradebook.lms.failure.set("throttle")
    gradebook.work()
    assert sorted(m.attempts for m in gradebook.messages()) == [0, 0, 1]
    assert "asks us to wait" in " ".join(
        gradebook.state(key).label for key in ("student1", "student2", "student3")
    )
    gradebook.lms.failure.set("none")
    clock.shift(timedelta(minutes=2))
    gradebook.work()
    assert all(
        gradebook.cell(key)["applied"] == 1 for key in ("student1", "student2", "student3")
    )


@pytest.mark.parametrize("shared", [True, False])
def test_a_pause_holds_for_every_school_of_one_client_and_cluster(
    gradebook: Gradebook, shared: bool
) -> None:
    """Canvas counts calls by client id and cluster, not by school."""
    gradebook.decide("student1")
    gradebook.decide("student2")
    with gradebook.database.write() as session:
        asked = session.scalars(select(LtiRegistration)).one()
        values = {
            name: getattr(asked, name)
            for name in ("institution_id", "name", "auth_url", "jwks_url", "family", "state")
        }
        other = LtiRegistration(
            issuer="https://canvas.instructure.com",
            client_id=asked.client_id if shared else "another-client",
            token_url=asked.token_url,
            **values,
        )
        session.add(other)
        session.flush()
        deployment = LtiDeployment(
            registration_id=other.id, institution_id=asked.institution_id, deployment_id="9"
        )
        session.add(deployment)
        session.flush()
        context = LtiContext(deployment_id=deployment.id, context_id="9", course_id=1)
        session.add(context)
        session.flush()
        waiting = session.scalars(select(LtiScore).order_by(LtiScore.id.desc()).limit(1)).one()
        waiting.context_id = context.id
        message = session.get_one(OutboxMessage, waiting.outbox_message_id)
        message.due_at = our_clock.now() + timedelta(seconds=5)
        held = message.id
    gradebook.lms.failure.set("throttle")
    gradebook.work()
    with gradebook.database.read() as session:
        due = session.get_one(OutboxMessage, held).due_at
    assert (due - our_clock.now() > timedelta(seconds=30)) == shared


def test_a_platform_says_itself_how_long_to_wait() -> None:
    for seconds, wait in (("120", 120), ("999999", 3600), ("soon", 60), ("", 60)):
        answer = Answer(429, {"Retry-After": seconds}, b"", "")
        for product in PRODUCTS.values():
            assert product.throttled_for(answer) == timedelta(seconds=wait)
