"""A project that comes to a case in the middle of its chain passes by nobody."""

from datetime import timedelta

import pytest
import time_machine

from careerlink.placements.models import Placement
from credit.approvals.roles import ApproverRole
from credit.cases import keeping, opening
from credit.cases.models import CaseState, CreditCase, DecisionOutcome
from credit.returning import operations
from tests.factories import cases
from tests.factories.evaluated import evaluate
from tests.functional.credit.approvals.conftest import Chain

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def another(chain: Chain) -> int:
    """A second project of the student, finished; its id."""
    with chain.database.write() as session:
        placement = cases.project(session, chain.of, chain.of.students[0], minutes=24 * 60)
        opening.open_for(session, placement, actor=chain.of.as_instructor)
        cases.complete(session, placement)
        evaluate(session, placement)
        return placement.id


def test_a_new_project_in_a_returned_case_goes_to_the_instructor_first(chain: Chain) -> None:
    chain.approve()
    carla = chain.actor("Carla Chairs")
    chain.decide(DecisionOutcome.RETURNED, by=carla, comment="One project is too little.")
    another(chain)

    chain.student.get(chain.of.address(part="/credit")).submit("Send it back")

    assert (chain.case.state, chain.case.step) == (CaseState.READY, 1)
    chain.approve()
    assert chain.case.awaits == ApproverRole.CHAIR


def test_no_project_joins_a_case_that_is_in_approval_until_it_comes_back(chain: Chain) -> None:
    chain.approve()
    number = another(chain)
    with chain.database.write() as session:
        assert opening.case_of(session, session.get_one(Placement, number)) is None
        assert opening.open_missing(session) == 0

    chain.decide(DecisionOutcome.VOIDED, comment="There is another project.")
    with chain.database.write() as session:
        assert opening.open_missing(session) == 1
        keeping.settle_case(session, session.get_one(CreditCase, chain.case_id))
    assert chain.case.state == CaseState.READY


def test_what_is_taken_up_without_the_student_begins_with_the_instructor(
    chain: Chain, clock: time_machine.Traveller
) -> None:
    chain.approve()
    carla = chain.actor("Carla Chairs")
    chain.decide(DecisionOutcome.RETURNED, by=carla, comment="Add the method.")
    clock.shift(timedelta(days=30))
    with chain.database.write() as session:
        case = session.get_one(CreditCase, chain.case_id)
        operations.take_up(session, case, actor=chain.of.as_instructor, reason="Nothing came.")

    assert (chain.case.state, chain.case.step) == (CaseState.READY, 1)
