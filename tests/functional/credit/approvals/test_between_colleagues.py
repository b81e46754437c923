"""What one step writes to another is not for the student's eyes."""

from collections import Counter

import pytest

from careerlink.courses.roles import CourseRole
from credit.appeals import operations
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


def test_who_was_away_hears_what_becomes_of_a_decision_in_their_place(chain: Chain) -> None:
    """By then nobody may act for them any more."""
    hana = chain.of.instructor
    with chain.database.write() as session:
        tom = chain.of.member(session, "Tom Reyes", CourseRole.ASSISTANT)
    away = {"may_decide": True, "acts_for_id": hana.id, "acts_for": hana.label}
    for_her = chain.of.actor(tom, CourseRole.ASSISTANT, **away)
    both = [(1, "tom@eastmoor.example"), (1, "hana@eastmoor.example")]

    chain.decide(DecisionOutcome.APPROVED, by=for_her)
    carla = chain.actor("Carla Chairs")
    chain.decide(DecisionOutcome.VOIDED, by=carla, comment="Method?", to_instructor=True)
    assert _told(chain, "approval_sent_back") == both

    chain.decide(DecisionOutcome.DENIED, by=for_her, comment="No method.")
    with chain.database.write() as session:
        case = session.get_one(CreditCase, chain.case_id)
        maya = chain.of.actor(chain.of.students[0], CourseRole.STUDENT)
        operations.file(session, case, actor=maya, statement="It is in the appendix.")
    assert _told(chain, "appeal_filed") == both


def _told(chain: Chain, template: str) -> list[tuple[int, str]]:
    sent = Counter(to for name, to in chain.mails() if name == template)
    return [(number, to) for to, number in sent.items()]
