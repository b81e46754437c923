"""What the gradebook is told when a case waits for its decision."""

import pytest
from sqlalchemy import select

from careerlink.courses.roles import CourseRole
from careerlink.outbox import DeliveryState, OutboxMessage
from credit.cases import recording
from credit.cases.models import CaseState, CreditCase, DecisionOutcome
from lti.models import Family, LtiRegistration
from tests.factories import cases
from tests.functional.credit.cases.conftest import Desk


@pytest.fixture
def canvas(desk: Desk) -> Desk:
    with desk.database.write() as session:
        session.scalars(select(LtiRegistration)).one().family = Family.CANVAS
    return desk


def send_back(desk: Desk) -> None:
    desk.decide(DecisionOutcome.RETURNED, "Say more about the tickets.")
    with desk.database.write() as session:
        case = session.get_one(CreditCase, desk.case_id)
        student = desk.of.actor(desk.of.students[0], CourseRole.STUDENT)
        recording.resubmit(session, case, actor=student)


def words(desk: Desk) -> list[OutboxMessage]:
    return [one for one in desk.messages("score") if one.payload.get("is_progress")]


def test_a_case_sent_back_is_told_with_the_address_of_its_packet(canvas: Desk) -> None:
    send_back(canvas)
    (score,) = canvas.scores()
    course, case = canvas.of.course.public_id, canvas.case.public_id
    assert score.submission_path == f"/courses/{course}/submissions/{case}"
    assert score.has_new_work
    assert score.outbox_message_id is None
    assert [one.id for one in words(canvas)] == [score.progress_message_id]


def test_a_case_that_becomes_complete_is_told_once(canvas: Desk) -> None:
    with canvas.database.write() as session:
        case = cases.ready_case(session, canvas.of, "Noor Haddad")
        assert case.state == CaseState.READY
    # Nobody of that name is known to the platform, so nothing can be told of them.
    assert words(canvas) == []
    with canvas.database.write() as session:
        waiting = session.get_one(CreditCase, canvas.case_id)
        waiting.state = CaseState.OPEN
        recording.settle(session, waiting)
        recording.settle(session, waiting)
    (score,) = canvas.scores()
    assert score.submitted_at is not None
    assert len(words(canvas)) == 1


def test_the_decision_replaces_the_word_that_work_waits(canvas: Desk) -> None:
    send_back(canvas)
    canvas.approve()
    word, grade = canvas.messages("score")
    assert (word.state, grade.state) == (DeliveryState.SUPERSEDED, DeliveryState.QUEUED)
    (score,) = canvas.scores()
    assert score.given_thousandths == 100_000
    assert score.submission_path


def test_a_denied_case_handed_over_again_leaves_moodle_alone(desk: Desk) -> None:
    """Moodle would empty the cell: a grade was sent for this student before."""
    desk.decide(DecisionOutcome.DENIED, "Not theirs.")
    desk.decide(DecisionOutcome.VOIDED, "Looked at again.")
    send_back(desk)
    assert words(desk) == []
