"""The LMS and the campus may each bring the same person in; they are one approver."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from careerlink import audit
from careerlink.courses.roles import CourseRole
from careerlink.errors import NotPermitted
from careerlink.people.actors import Actor
from credit.appeals import answering, operations
from credit.appeals.outcomes import Answer, Reply
from credit.approvals.models import ApproverAppointment
from credit.cases.models import CreditCase, DecisionOutcome
from credit.hours.models import HoursConfirmation
from tests.functional.credit.approvals.conftest import Chain, in_days

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


def test_nobody_decides_in_the_place_of_the_student(chain: Chain) -> None:
    maya = chain.name("Maya Okafor at the campus")
    with chain.database.read() as session:
        absent = session.scalars(
            select(ApproverAppointment.id).where(ApproverAppointment.person_id == maya.id)
        ).one()
    chain.name("Bo Stand", stands_in_for_id=absent, ends_on=in_days(3))
    chain.approve()

    with pytest.raises(NotPermitted, match="your own case"):
        chain.approve("Bo Stand")


@pytest.mark.parametrize("deed", ["wrote down", "waived a rule"])
def test_what_the_one_account_did_keeps_the_other_from_deciding(
    chain: Chain, deed: str
) -> None:
    """Hana Novak is an instructor by the LMS, and career staff by the campus."""
    twin = chain.people["Hana Novak at the campus"]
    with chain.database.write() as session:
        case = session.get_one(CreditCase, chain.case_id)
        if deed == "waived a rule":
            staff = Actor(institution_id=case.institution_id, person_id=twin.id)
            audit.record(session, "credit_case:waive", case, actor=staff)
        else:
            theirs = session.scalars(select(HoursConfirmation)).one()
            said = HoursConfirmation(
                placement_id=theirs.placement_id,
                person_id=twin.id,
                reported_minutes=theirs.reported_minutes,
                confirmed_minutes=theirs.confirmed_minutes,
            )
            session.add(said)

    with pytest.raises(NotPermitted, match=f"You {deed}"):
        chain.approve()
    assert f"You {deed}" in chain.instructor.get(chain.packet).text


def test_what_a_chair_sends_back_is_the_approval_not_the_return_before(chain: Chain) -> None:
    chain.name("Carla Chairs")
    carla = chain.actor("Carla Chairs")
    chain.approve()
    chain.decide(DecisionOutcome.RETURNED, by=carla, comment="Add the method.")
    chain.student.get(chain.of.address(part="/credit")).submit("Send it back")
    chain.decide(DecisionOutcome.VOIDED, by=carla, comment="Look again.", to_instructor=True)

    assert chain.decisions[-1].voids_id == chain.decisions[0].id
