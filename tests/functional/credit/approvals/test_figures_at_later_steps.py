"""What a later step awards holds by the sum as it is then, not as it was a step before."""

import pytest

from careerlink.errors import InvalidInput
from credit.approvals.roles import ApproverRole
from credit.cases import inputs
from credit.cases.models import CaseState, CreditCase
from credit.hours import operations as hours
from tests.functional.credit.approvals.conftest import Chain

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def rule(chain: Chain, minutes: int) -> None:
    """As if hours had been found wrong while the case was with the student again."""
    with chain.database.write() as session:
        case = session.get_one(CreditCase, chain.case_id)
        case.state, case.awaits = CaseState.RETURNED, None
        session.flush()
        (part,) = inputs.load_one(session, case).parts
        hours.rule(
            session,
            part.placement,
            actor=chain.of.as_instructor,
            minutes=minutes,
            reason="Counted again.",
        )
        case.state, case.awaits = CaseState.IN_APPROVAL, chain_role(chain)


def chain_role(chain: Chain) -> ApproverRole:
    return ApproverRole(chain.actor("Carla Chairs").approves[0].role)


def test_an_award_that_the_sum_no_longer_gives_needs_a_reason_of_its_own(chain: Chain) -> None:
    chain.approve()
    rule(chain, 24 * 60)

    with pytest.raises(InvalidInput, match="The policy gives 0.5 credits"):
        chain.approve("Carla Chairs")
    assert len(chain.decisions) == 1

    chain.approve("Carla Chairs", credits_thousandths=500, override_reason="24 hours now.")
    assert chain.decisions[-1].credits_thousandths == 500


def test_a_figure_with_a_reason_stands_while_the_sum_is_the_same(chain: Chain) -> None:
    chain.approve(credits_thousandths=1500, override_reason="By the dean’s leave.")
    chain.approve("Carla Chairs")
    chain.approve("Remy Books")

    assert [one.credits_thousandths for one in chain.decisions] == [1500, 1500, 1500]
