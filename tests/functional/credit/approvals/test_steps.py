"""Instructor, chair, registrar: each in turn, nobody twice, and final with the last of them."""

from collections.abc import Callable

import pytest

from careerlink.errors import InvalidInput, NotPermitted
from credit.approvals.roles import ApproverRole
from credit.cases import standing
from credit.cases.models import CaseState, CreditCase, DecisionOutcome
from tests.factories import cases
from tests.functional.credit.approvals.conftest import Chain

on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

APPROVED, RETURNED, DENIED, VOIDED = (
    DecisionOutcome.APPROVED,
    DecisionOutcome.RETURNED,
    DecisionOutcome.DENIED,
    DecisionOutcome.VOIDED,
)


def test_a_case_goes_through_every_step_and_is_final_with_the_last(chain: Chain) -> None:
    chain.instructor.get(chain.packet).submit("Award 1 credit", {"Comment": "Solid work."})

    assert (chain.case.state, chain.case.step) == (CaseState.IN_APPROVAL, 2)
    assert chain.mails() == [("approval_waits", "carla@eastmoor.example")]
    assert chain.scores() == 0
    mine = chain.student.get(chain.of.address(part="/credit")).text
    assert "Approved at step 1, 1 credit" in mine and "Waits for Carla Chairs" in mine

    desk = chain.visitor("Carla Chairs").get("/home").follow("Open the packet")
    assert "Hana Novak" in desk.text and "Solid work." in desk.text
    desk.submit("Approve 1 credit")
    assert (chain.case.state, chain.case.awaits) == (
        CaseState.IN_APPROVAL,
        ApproverRole.REGISTRAR,
    )
    assert chain.scores() == 0

    last = chain.visitor("Remy Books").get(chain.url)
    assert "This is the last step: Maya Okafor gets one mail" in last.text
    last.submit("Approve 1 credit")

    assert chain.case.state == CaseState.APPROVED
    assert [(one.step, one.is_final) for one in chain.decisions] == [
        (1, False),
        (2, False),
        (3, True),
    ]
    assert [template for template, _to in chain.mails()] == [
        "approval_waits",
        "approval_waits",
        "decision_made",
    ]
    assert chain.scores() == 1
    with chain.database.read() as session:
        stands = standing.standing_decisions(session, [chain.case_id])
    assert stands[chain.case_id].number == 3


@on_one_database
def test_another_figure_at_a_later_step_needs_a_reason_and_stands_beside_the_first(
    chain: Chain,
) -> None:
    chain.approve()
    page = chain.visitor("Carla Chairs").get(chain.url)

    refused = page.submit("Approve 1 credit", {"Credits": "0.5"}, status=422)
    assert "Hana Novak awarded 1 credit. Say why" in refused.text
    refused.submit("Approve 1 credit", {"Credits": "0.5", "Why it differs": "Half of it."})

    first, second = chain.decisions
    assert (first.credits_thousandths, second.credits_thousandths) == (1000, 500)
    assert second.reason is not None and second.reason.text == "Half of it."
    said = "where the policy gives 1 credit"
    last = chain.visitor("Remy Books").get(chain.url)
    assert said in last.text and "Half of it." in last.text
    last.submit("Approve 0.5 credits")

    mine = chain.student.get(chain.of.address(part="/credit")).text
    assert f"Approved, 0.5 credits, {said} by Remy Books" in mine
    assert "The policy gives 1 credit. Carla Chairs: Half of it." in mine


@on_one_database
def test_nobody_acts_at_two_steps_of_one_case(chain: Chain) -> None:
    chain.people["Hana Novak"] = chain.of.instructor
    chain.name("Hana Novak")
    chain.approve()

    with pytest.raises(NotPermitted, match="You decided at another step"):
        chain.approve("Hana Novak")
    chain.approve("Carla Chairs")
    chain.name("Carla Chairs", ApproverRole.REGISTRAR)
    with pytest.raises(NotPermitted, match="You decided at another step"):
        chain.approve("Carla Chairs")
    assert len(chain.decisions) == 2


@on_one_database
def test_a_step_is_for_its_own_role_only(chain: Chain) -> None:
    with pytest.raises(NotPermitted):
        chain.approve("Carla Chairs")
    chain.approve()

    with pytest.raises(NotPermitted, match="waits for a chair"):
        chain.approve("Remy Books")
    with pytest.raises(NotPermitted, match="waits for a chair"):
        chain.approve()
    chain.visitor("Remy Books").get(chain.url, status=404)


@on_one_database
def test_a_chair_sends_it_back_and_the_instructor_decides_anew(chain: Chain) -> None:
    chain.approve()
    page = chain.visitor("Carla Chairs").get(chain.url)

    assert (
        "Say what the instructor should look at"
        in page.submit("Send back to the instructor", status=422).text
    )
    page.submit("Send back to the instructor", {"Comment": "Where is the method?"})

    assert (chain.case.state, chain.case.step) == (CaseState.READY, 1)
    assert chain.mails()[-1] == ("approval_sent_back", "hana@eastmoor.example")
    packet = chain.instructor.get(chain.packet)
    assert "Sent back to the instructor" in packet.text
    packet.submit("Award 1 credit")
    chain.approve("Carla Chairs")
    assert chain.case.awaits == ApproverRole.REGISTRAR


@on_one_database
def test_what_a_chair_returns_to_the_student_comes_back_to_the_chair(chain: Chain) -> None:
    chain.approve()
    chain.visitor("Carla Chairs").get(chain.url).submit(
        "Return to the student", {"Comment": "Add the method."}
    )
    assert chain.case.state == CaseState.RETURNED
    assert chain.mails()[-1] == ("decision_made", "maya@eastmoor.example")

    chain.student.get(chain.of.address(part="/credit")).submit("Send it back")

    assert (chain.case.state, chain.case.step) == (CaseState.IN_APPROVAL, 2)
    chain.approve("Carla Chairs")
    assert chain.case.awaits == ApproverRole.REGISTRAR


@on_one_database
def test_a_denial_at_a_step_is_final_and_told(chain: Chain) -> None:
    chain.approve()
    page = chain.visitor("Carla Chairs").get(chain.url).submit("Deny")
    page.submit("Deny credit", {"Reason": "The work is not the student’s own."})

    assert chain.case.state == CaseState.DENIED
    assert chain.decisions[-1].is_final and chain.scores() == 1
    assert chain.mails()[-1] == ("decision_made", "maya@eastmoor.example")
    chain.visitor("Carla Chairs").get(chain.url)
    chain.visitor("Remy Books").get(chain.url, status=404)


def test_the_instructor_takes_the_approval_back_and_nobody_is_told(chain: Chain) -> None:
    chain.approve()
    page = chain.instructor.get(chain.packet).follow("Take the approval back, with a reason")
    page.submit("Void the decision", {"Reason": "I overlooked a flag."})

    assert (chain.case.state, chain.case.awaits) == (CaseState.READY, None)
    assert chain.scores() == 0
    assert [template for template, _to in chain.mails()] == ["approval_waits"]
    chain.visitor("Carla Chairs").get(chain.url)
    chain.visitor("Remy Books").get(chain.url, status=404)


def test_a_void_of_the_final_decision_withdraws_the_score_and_starts_anew(
    make_chain: Callable[..., Chain],
) -> None:
    chain = make_chain(("instructor", "chair"))
    chain.name("Carla Chairs")
    chain.approve()
    chain.approve("Carla Chairs")

    page = chain.visitor("Carla Chairs").get(chain.url)
    page.follow("Void this decision, with a reason").submit(
        "Void the decision", {"Reason": "The wrong student."}
    )

    assert (chain.case.state, chain.case.step) == (CaseState.READY, 1)
    assert chain.scores() == 2
    with chain.database.read() as session:
        assert standing.standing_decisions(session, [chain.case_id]) == {}
    packet = chain.instructor.get(chain.packet).text
    assert "Decision voided" in packet and "Sent back to the instructor" not in packet


@on_one_database
def test_changed_evidence_is_looked_at_again_first_at_every_step(chain: Chain) -> None:
    chain.approve()
    page = chain.visitor("Carla Chairs").get(chain.url)
    assert "Waits for you" in page.text and "Waits for Carla" not in page.text
    with chain.database.write() as session:
        session.get_one(CreditCase, chain.case_id).academic_minutes = 600

    late = page.submit("Approve 1 credit", {"Comment": "Fine."}, status=409)

    assert "The evidence changed since you opened this page." in late.text
    assert "The evidence changed since Hana Novak decided" in late.text
    assert len(chain.decisions) == 1


@on_one_database
def test_a_comment_is_needed_for_everything_but_an_approval(chain: Chain) -> None:
    chain.approve()
    for outcome in (RETURNED, DENIED):
        with pytest.raises(InvalidInput):
            chain.decide(outcome, by=chain.actor("Carla Chairs"))
    chain.decide(DENIED, by=chain.actor("Carla Chairs"), comment="Not enough.")


@on_one_database
def test_the_next_packet_says_that_a_case_went_on_to_the_next_step(chain: Chain) -> None:
    with chain.database.write() as session:
        cases.ready_case(session, chain.of, "Luca Ferri")
    packet = chain.instructor.get(chain.packet)
    assert "Awarded, it goes on to the next step." in packet.text
    assert (
        "goes on to the next step"
        in chain.instructor.get(chain.of.address(part="/queue/approve")).text
    )
    page = packet.submit("Award 1 credit")

    assert page.heading == "Luca Ferri asks for 1 credit"
    assert "It goes on to the next step." in page.text and "They get a mail" not in page.text
    page.follow("Undo: void it").submit("Void the decision", {"Reason": "The wrong one."})
    assert chain.case.state == CaseState.READY
