"""The LMS and the campus may each bring the same person in; they are one approver."""

from collections.abc import Callable

import pytest

from careerlink.courses.roles import CourseRole
from careerlink.errors import NotPermitted
from credit.appeals import answering, operations
from credit.appeals.outcomes import Answer, Reply
from credit.cases.models import CreditCase, DecisionOutcome
from tests.functional.credit.approvals.conftest import Chain

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def chain(make_chain: Callable[..., Chain]) -> Chain:
    """Hana Novak of the course has a second account, which is the chair."""
    made = make_chain()
    twin = made.name("Hana Novak at the campus")
    assert twin.email == made.of.instructor.email
    return made


def test_nobody_takes_two_steps_with_two_accounts(chain: Chain) -> None:
    chain.approve()
    with pytest.raises(NotPermitted, match="decided at another step"):
        chain.approve("Hana Novak at the campus")


def test_nobody_reads_the_appeal_against_their_own_decision_with_another_account(
    chain: Chain,
) -> None:
    chain.decide(DecisionOutcome.DENIED, comment="Too little of it is yours.")
    with chain.database.write() as session:
        case = session.get_one(CreditCase, chain.case_id)
        maya = chain.of.actor(chain.of.students[0], CourseRole.STUDENT)
        operations.file(session, case, actor=maya, statement="Week 6 was overlooked.")
    actor = chain.actor("Hana Novak at the campus")
    with chain.database.write() as session, pytest.raises(NotPermitted, match="You decided"):
        case = session.get_one(CreditCase, chain.case_id)
        answering.answer(session, case, Reply(Answer.UPHOLD, "It holds."), actor=actor)


def test_a_student_does_not_approve_their_own_case_with_another_account(chain: Chain) -> None:
    chain.name("Maya Okafor at the campus")
    chain.approve()
    with pytest.raises(NotPermitted, match="your own case"):
        chain.approve("Maya Okafor at the campus")


def test_what_a_chair_sends_back_is_the_approval_not_the_return_before(chain: Chain) -> None:
    chain.name("Carla Chairs")
    carla = chain.actor("Carla Chairs")
    chain.approve()
    chain.decide(DecisionOutcome.RETURNED, by=carla, comment="Add the method.")
    chain.student.get(chain.of.address(part="/credit")).submit("Send it back")
    chain.decide(DecisionOutcome.VOIDED, by=carla, comment="Look again.", to_instructor=True)

    assert chain.decisions[-1].voids_id == chain.decisions[0].id
