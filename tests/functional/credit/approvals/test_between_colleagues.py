"""What one step writes to another is not for the student's eyes."""

import pytest

from careerlink.courses.roles import CourseRole
from credit.cases import inputs
from credit.cases.models import CreditCase, DecisionOutcome
from credit.policy.inputs import EDITION
from credit.routing import assigning
from tests.functional.credit.approvals.conftest import Chain

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_student_does_not_read_what_a_chair_writes_to_the_instructor(chain: Chain) -> None:
    chain.approve()
    chain.decide(
        DecisionOutcome.VOIDED,
        by=chain.actor("Carla Chairs"),
        comment="Did you see how thin week 3 is?",
        to_instructor=True,
    )

    mine = chain.student.get(chain.of.address(part="/credit")).text
    assert "Sent back to the instructor" in mine and "thin week 3" not in mine
    assert "thin week 3" in chain.instructor.get(chain.packet).text


def test_a_student_does_not_read_why_a_case_was_handed_over(chain: Chain) -> None:
    with chain.database.write() as session:
        idris = chain.of.member(session, "Idris Bello", CourseRole.INSTRUCTOR)
        case = session.get_one(CreditCase, chain.case_id)
        assigning.hand_over(
            session,
            case,
            idris,
            actor=chain.of.as_instructor,
            reason="We quarreled.",
            seen=None,
        )

    mine = chain.student.get(chain.of.address(part="/credit")).text
    assert "Idris Bello" in mine and "quarreled" not in mine
    assert "quarreled" in chain.instructor.get(chain.packet).text


def test_an_update_of_the_arithmetic_between_two_steps_is_no_new_evidence(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain.approve()
    newer = EDITION + 1
    monkeypatch.setattr(inputs, "EDITION", newer)

    page = chain.visitor("Carla Chairs").get(chain.url)
    assert "The evidence changed since" not in page.text
    page.submit("Approve 1 credit")
    assert chain.decisions[-1].inputs["edition"] == newer
