"""The packet at a later step holds what the instructor found and wrote, to be read there."""

from collections.abc import Callable

import pytest

from credit.academic_work import operations as academic_work
from credit.cases.models import CreditCase
from credit.midpoint import operations as midpoint
from credit.policy.parameters import RubricLine
from tests.functional.credit.approvals.conftest import CHAIN, Chain

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ESSAY = RubricLine(key="essay", title="The essay", levels=("Thin", "Sound", "Strong"))


def test_a_chair_reads_the_levels_of_the_academic_work_and_gives_none(
    make_chain: Callable[..., Chain],
) -> None:
    chain = make_chain(CHAIN, rubric=(ESSAY,))
    chain.name("Carla Chairs")
    who = {"actor": chain.of.as_instructor}
    with chain.database.write() as session:
        case = session.get_one(CreditCase, chain.case_id)
        academic_work.assess(session, case, levels={"essay": 1}, comment="Well read.", **who)
        midpoint.write(session, case, text="Ring three more customers.", **who)
    chain.approve()

    page = chain.visitor("Carla Chairs").get(chain.url)

    for said in ("The essay", "Sound", "Well read.", "Ring three more customers."):
        assert said in page.text
    assert "Save the levels" not in page.text and "Send the comment" not in page.text


def test_what_the_step_before_confirmed_by_name_is_not_asked_again(
    make_chain: Callable[..., Chain],
) -> None:
    chain = make_chain(CHAIN, not_before_enrollment=True)
    chain.name("Carla Chairs")
    chain.approve(confirmed_rules=("start",))

    for page in (
        chain.visitor("Carla Chairs").get(chain.url),
        chain.student.get(chain.of.address(part="/credit")),
    ):
        assert "→ 1 credit, 3 h unused" in page.text
        assert "Confirmed. No hours before the enrollment" in page.text
        assert "Not checkable" not in page.text
