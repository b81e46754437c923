"""The packet: evidence, sum and decision on one page, and the page that asks back."""

from datetime import UTC, datetime

import pytest

from careerlink.courses.roles import CourseRole
from careerlink.db import Database
from careerlink.placements.models import PlacementState
from credit.cases import inputs
from credit.cases.models import CaseState, CreditCase, DecisionOutcome
from credit.evidence.models import DeliverableVersion, EvidenceKind
from tests.factories import cases, evaluated
from tests.functional.credit.cases.conftest import Desk
from tests.pages import Page, Visitor


@pytest.fixture
def teacher(desk: Desk, client: Visitor, database: Database) -> Visitor:
    return desk.of.signed_in(client, database, desk.of.instructor, CourseRole.INSTRUCTOR)


def packet(desk: Desk, teacher: Visitor) -> Page:
    return teacher.get(desk.of.address(desk.case))


def test_it_shows_evidence_in_reading_order_and_the_sum_with_its_clauses(
    desk: Desk, teacher: Visitor
) -> None:
    page = packet(desk, teacher)

    order = [
        "Frame a business question that data can answer",
        "Rang two customers first.",
        "Waiting-time dashboard",
        "The median wait was six days.",
        "All 6 entries",
    ]
    assert sorted(order, key=page.text.index) == order
    assert "÷ 45 h per credit § 2 Hours" in page.text
    assert "Every project has the supervisor’s evaluation" in page.text
    assert "Moodle will show 100 of 100" in page.text


def test_an_award_is_one_press(desk: Desk, teacher: Visitor) -> None:
    page = packet(desk, teacher).submit("Award 1 credit", {"Comment": "Well done."})

    assert page.heading == "Maya Okafor: approved, 1 credit"
    assert "Well done." in page.text
    assert "Gradebook: Waiting to be sent" in page.text
    assert desk.case.state == CaseState.APPROVED


def test_a_return_without_a_comment_comes_back_as_typed(desk: Desk, teacher: Visitor) -> None:
    page = packet(desk, teacher).submit("Return with comments", status=422)

    assert page.errors == ["Say what the student should change."]
    page.submit("Return with comments", {"Comment": "Say more about the tickets."})
    assert desk.case.state == CaseState.RETURNED


def test_denying_asks_back_and_the_comment_comes_along(desk: Desk, teacher: Visitor) -> None:
    asking = packet(desk, teacher).submit("Deny", {"Comment": "The work was not theirs."})

    assert asking.heading == "Deny credit to Maya Okafor?"
    assert "Moodle shows 0 of 100" in asking.text
    assert desk.decisions == []
    done = asking.submit("Deny credit")
    assert "The work was not theirs." in done.text
    assert desk.case.state == CaseState.DENIED


def test_a_denial_needs_its_reason(desk: Desk, teacher: Visitor) -> None:
    asking = teacher.get(desk.of.address(desk.case, "/deny"))

    page = asking.submit("Deny credit", status=422)

    assert page.errors == ["Say why credit is denied; the student reads it."]


def test_voiding_asks_back_and_opens_the_case_again(desk: Desk, teacher: Visitor) -> None:
    desk.approve()

    asking = packet(desk, teacher).follow("Void this decision")
    assert "the grade that CareerLink sent is taken back" in asking.text
    asking.submit("Void the decision", {"Reason": "Hours of another student."})

    assert desk.case.state == CaseState.READY
    assert [score.given_thousandths for score in desk.scores()] == [None]


def test_another_figure_is_asked_for_its_reason(desk: Desk, teacher: Visitor) -> None:
    page = packet(desk, teacher).submit("Award 1 credit", {"Credits": "1.5"}, status=422)
    assert page.errors == ["The policy gives 1 credit. Say why you award another figure."]

    page.submit("Award 1 credit", {"Why it differs from the policy": "A prize."})

    assert desk.decisions[0].credits_thousandths == 1500
    shown = packet(desk, teacher).text
    assert "Approved, 1.5 credits, where the policy gives 1 credit" in shown
    assert "where the policy gives 1 credit, because: A prize." in shown
    gradebook = teacher.get(desk.of.address(None, "/gradebook")).text
    assert "1.5 credits The policy gives 1 credit. Hana Novak: A prize." in gradebook


def test_credits_that_are_no_number_are_refused(desk: Desk, teacher: Visitor) -> None:
    page = packet(desk, teacher).submit("Award 1 credit", {"Credits": "lots"}, status=422)

    assert page.errors == ["Enter the credits as a number, such as 1 or 0.5."]


def test_academic_work_is_recorded_and_counts(desk: Desk, teacher: Visitor) -> None:
    page = packet(desk, teacher).submit("Save the hours", {"Hours of academic work": "20"})

    assert "Award 1.5 credits" in page.text
    assert desk.case.academic_minutes == 1200


def test_academic_work_in_odd_figures_is_refused(desk: Desk, teacher: Visitor) -> None:
    page = packet(desk, teacher).submit(
        "Save the hours", {"Hours of academic work": "some"}, status=422
    )

    assert page.errors[0].startswith("Enter hours in quarters")


def test_neighbors_lead_through_the_queue(desk: Desk, teacher: Visitor) -> None:
    with desk.database.write() as session:
        cases.ready_case(session, desk.of, "Noor Haddad")

    page = packet(desk, teacher)

    assert "case 1 of 2 waiting for you" in page.text
    following = page.follow("Next case")
    assert following.heading.startswith("Noor Haddad")
    assert following.follow("Previous").heading.startswith("Maya Okafor")


def silent_case(desk: Desk, *, confirmed: bool = True) -> None:
    with desk.database.write() as session:
        placement = cases.project(
            session, desk.of, cases.student(session, desk.of, "Luca Ferri")
        )
        desk.case_id = cases.open_case(session, placement).id
        if confirmed:
            cases.complete(session, placement)
        placement.state = PlacementState.WORK_COMPLETED
        evaluated.ask(session, placement, due_at=datetime(2026, 10, 1, tzinfo=UTC))


def test_a_silent_supervisor_can_be_waited_for(desk: Desk, teacher: Visitor) -> None:
    silent_case(desk)
    page = packet(desk, teacher)
    assert "The evaluation has not come" in page.text

    page.submit("Wait", {"Wait until": "2026-10-30"})

    queue = teacher.get(desk.of.address(part="/queue?show=supervisor"))
    assert "Luca Ferri" in queue.text


def test_nobody_waits_for_a_day_that_is_over(desk: Desk, teacher: Visitor) -> None:
    silent_case(desk)

    page = packet(desk, teacher).submit("Wait", {"Wait until": "2026-10-01"}, status=422)

    assert page.errors == ["Choose a day that is still to come."]


def test_other_evidence_takes_the_place_of_the_evaluation(desk: Desk, teacher: Visitor) -> None:
    silent_case(desk, confirmed=False)
    page = packet(desk, teacher).submit(
        "Go on without it", {"On what evidence": "The work, and a call."}, status=422
    )
    assert page.errors == ["The supervisor confirmed no hours either: say how many count."]

    page = page.submit("Go on without it", {"Hours that count": "46"})

    assert "Award 1 credit" in page.buttons[0] or "Award 1 credit" in page.text
    page.submit("Award 1 credit")
    assert desk.decisions[0].inputs["placements"][0]["attested"] is True
    assert desk.decisions[0].inputs["placements"][0]["ruled_minutes"] == 46 * 60


def test_a_silent_supervisors_case_can_be_left_incomplete(desk: Desk, teacher: Visitor) -> None:
    silent_case(desk)

    packet(desk, teacher).submit("Mark incomplete", {"Why": "No evaluation by the deadline."})

    page = packet(desk, teacher)
    assert "The student: completes the evidence. Missing: " in page.text
    assert desk.case.state == CaseState.INCOMPLETE
    assert desk.decisions[0].outcome == DecisionOutcome.INCOMPLETE


def test_what_came_after_the_return_is_marked(desk: Desk, teacher: Visitor) -> None:
    desk.decide(DecisionOutcome.RETURNED, "Say more.")
    with desk.database.write() as session:
        case = session.get_one(CreditCase, desk.case_id)
        placement = inputs.load_one(session, case).parts[0].placement
        session.add(
            DeliverableVersion(
                placement_id=placement.id,
                piece="reflection",
                number=2,
                kind=EvidenceKind.REFLECTION,
                title="Reflection",
                text="I checked thirty by hand.",
            )
        )

    page = packet(desk, teacher)

    assert "Reflection New" in page.text
    assert "I checked thirty by hand." in page.text
    assert "Waiting-time dashboard New" not in page.text


def test_the_packet_costs_the_same_whatever_is_in_it(desk: Desk, teacher: Visitor) -> None:
    page = packet(desk, teacher)

    history = page.text.index("History of this case")
    assert page.text.index("Case opened", history) > history
