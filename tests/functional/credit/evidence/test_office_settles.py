"""Where the rounds are used up or the supervisor stays silent, the career office answers."""

import time_machine

from credit.evidence import ladder
from credit.evidence.models import DeliverableState
from credit.evidence.review_models import ReviewOutcome
from tests.factories import answering as made
from tests.factories.answering import Answering

WORDS, REASON = "What you want to say", "Your reason"


def test_beyond_the_agreed_rounds_the_office_helps(answering: Answering) -> None:
    with answering.database.write() as session:
        work = answering.work
        session.merge(work.placement)
        deliverable = made.handed_in(session, work)
        for number in (1, 2):
            made.answer(session, work, deliverable, ReviewOutcome.REWORK, number=number)
            made.handed_in(session, work, url=f"https://charts.example.org/{number}")

    page = answering.look()
    assert "The agreed rounds of rework are used up." in page.text
    page.submit("Ask the career office", {WORDS: "Still no legend."})
    assert answering.deliverable.state == DeliverableState.WITH_OFFICE

    staff = answering.staff
    page = staff.get("/office/").follow("Settle it")
    page = page.submit("Allow one more round", status=422)
    assert page.errors == ["Say what the last round is for; both sides read it."]
    page.submit("Allow one more round", {REASON: "Only the legend."})

    assert "Only the legend." in answering.student.get(work.address("/evidence")).text
    deliverable = answering.deliverable
    assert (deliverable.state, deliverable.rounds) == (DeliverableState.REWORK_ASKED, 3)


def test_a_silent_supervisors_work_is_accepted_on_the_evidence(
    answering: Answering, clock: time_machine.Traveller
) -> None:
    answering.hand_in()
    path = answering.work.address(f"/evidence/{answering.deliverable.public_id}/settle")

    clock.move_to("2026-10-27T15:30:00+00:00")
    page = answering.staff.get(path).submit(
        "Accept on the evidence", {REASON: "Seen at work."}, status=409
    )
    assert "The supervisor has 14 days to answer first." in page.text
    with answering.database.read() as session:
        assert [row.subject_id for row in session.execute(ladder.LADDER.open_subjects())]

    clock.move_to("2026-10-28T16:00:00+00:00")
    page = answering.staff.get(path).submit("Accept on the evidence", status=422)
    assert page.errors == ["Say on what evidence you accept it; it stays with the work."]
    page.submit("Accept on the evidence", {REASON: "Seen at work."})

    assert answering.deliverable.state == DeliverableState.ACCEPTED_ON_EVIDENCE
    assert answering.placement.state == "work_completed"
    with answering.database.read() as session:
        assert session.execute(ladder.LADDER.open_subjects()).all() == []
