"""Decisions: what they freeze, what they send, and what they refuse."""

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from careerlink.audit import AuditEntry
from careerlink.courses.roles import CourseRole
from careerlink.enrollments.models import Enrollment
from careerlink.errors import InvalidInput, NotPermitted, NotPossible
from credit.cases import recording, replay
from credit.cases.models import CaseState, CreditCase, DecisionOutcome, GradeDelivery
from credit.evaluations.models import EvaluationSubmission, SubmissionSource
from credit.hours.models import HoursEntry
from tests.factories import cases
from tests.functional.credit.cases.conftest import Desk

APPROVED, RETURNED, DENIED, INCOMPLETE, VOIDED = (
    DecisionOutcome.APPROVED,
    DecisionOutcome.RETURNED,
    DecisionOutcome.DENIED,
    DecisionOutcome.INCOMPLETE,
    DecisionOutcome.VOIDED,
)


def test_an_award_freezes_what_it_rests_on_and_tells_student_and_gradebook(desk: Desk) -> None:
    desk.approve()

    (decision,) = desk.decisions
    assert (decision.credits_thousandths, decision.computed_thousandths) == (1000, 1000)
    assert desk.case.state == CaseState.APPROVED
    (mail,) = desk.messages("mail")
    assert mail.payload["to"] == "maya@eastmoor.example"
    (score,) = desk.scores()
    assert (score.given_thousandths, score.maximum_thousandths) == (100_000, 100_000)
    with desk.database.read() as session:
        assert session.scalars(select(GradeDelivery)).one().decision_id == decision.id


def test_a_decision_replays_to_the_same_sum_whatever_changes_later(desk: Desk) -> None:
    desk.approve()
    with desk.database.write() as session:
        session.execute(sa.update(HoursEntry).values(minutes=15))

    explained = replay.explain(desk.decisions[0])

    assert explained.sum.credits_thousandths == 1000
    assert explained.is_untouched
    assert explained.agrees


def test_a_decision_is_never_changed(desk: Desk) -> None:
    desk.approve()

    with pytest.raises(sa.exc.DBAPIError), desk.database.write() as session:
        session.execute(sa.text("UPDATE decision SET credits_thousandths = 3000"))


@pytest.mark.parametrize("outcome", [RETURNED, DENIED, INCOMPLETE])
def test_what_is_not_an_award_needs_words_for_the_student(
    desk: Desk, outcome: DecisionOutcome
) -> None:
    with pytest.raises(InvalidInput) as refused:
        desk.decide(outcome, " ")

    assert refused.value.field == "comment"
    assert desk.decisions == []


def test_denied_credit_shows_as_zero(desk: Desk) -> None:
    desk.decide(DENIED, "The dashboard was not yours.")

    assert desk.case.state == CaseState.DENIED
    assert [score.given_thousandths for score in desk.scores()] == [0]


@pytest.mark.parametrize("outcome", [RETURNED, INCOMPLETE])
def test_a_case_that_is_not_over_sends_no_grade(desk: Desk, outcome: DecisionOutcome) -> None:
    desk.decide(outcome, "Say more about the tickets.")

    assert desk.scores() == []
    assert len(desk.messages("mail")) == 1


def test_a_voided_award_is_taken_back_and_can_be_decided_anew(desk: Desk) -> None:
    desk.approve()

    desk.decide(VOIDED, "The hours of another student.")

    assert desk.case.state == CaseState.READY
    assert [score.given_thousandths for score in desk.scores()] == [None]
    assert [d.outcome for d in desk.decisions] == [APPROVED, VOIDED]
    assert desk.decisions[1].voids_id == desk.decisions[0].id
    desk.decide(DENIED, "The work was not theirs.")
    assert [score.given_thousandths for score in desk.scores()] == [0]


def test_only_a_decision_can_be_voided(desk: Desk) -> None:
    with pytest.raises(NotPossible, match="no decision"):
        desk.decide(VOIDED, "A slip.")


def test_another_figure_than_the_policys_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as refused:
        desk.approve(credits_thousandths=1500)
    assert refused.value.field == "override_reason"

    desk.approve(credits_thousandths=1500, override_reason="A prize for the work.")

    (decision,) = desk.decisions
    assert (decision.credits_thousandths, decision.computed_thousandths) == (1500, 1000)
    assert decision.reason is not None
    assert decision.reason.text == "A prize for the work."


def test_an_award_is_in_steps_of_the_policy(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match=r"0\.5 credits"):
        desk.approve(credits_thousandths=1250, override_reason="Nearly more.")


def test_zero_credits_are_no_award_of_credit(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="earns no credit"):
        desk.approve(credits_thousandths=0, override_reason="Asked for it.")


def test_no_award_above_the_enrollment(desk: Desk) -> None:
    with desk.database.write() as session:
        case = session.get_one(CreditCase, desk.case_id)
        session.add(
            Enrollment(
                course_id=case.course_id, person_id=case.person_id, credits_thousandths=500
            )
        )

    with pytest.raises(InvalidInput, match="enrolled for"):
        desk.approve()

    with desk.database.write() as session:
        case = session.get_one(CreditCase, desk.case_id)
        row = {"course_id": case.course_id, "person_id": case.person_id, "crn": "10423"}
        session.add(Enrollment(**row, credits_thousandths=1000))
    desk.approve()


def test_who_wrote_down_the_evaluation_does_not_decide(desk: Desk) -> None:
    with desk.database.write() as session:
        submission = session.scalars(select(EvaluationSubmission)).one()
        session.add(
            EvaluationSubmission(
                evaluation_id=submission.evaluation_id,
                number=2,
                source=SubmissionSource.TRANSCRIBED,
                person_id=desk.of.instructor.id,
            )
        )

    with pytest.raises(NotPermitted, match="wrote down"):
        desk.approve()


@pytest.mark.parametrize(
    "role", [CourseRole.ASSISTANT, CourseRole.STUDENT, CourseRole.OBSERVER]
)
def test_only_instructors_decide(desk: Desk, role: CourseRole) -> None:
    with pytest.raises(NotPermitted):
        desk.approve(by=desk.of.actor(desk.of.instructor, role))


def test_deciding_waits_for_the_roster(desk: Desk) -> None:
    waiting = desk.of.actor(
        desk.of.instructor, CourseRole.INSTRUCTOR, may_decide=False, why_not="Deciding waits."
    )

    with pytest.raises(NotPermitted, match=r"Deciding waits\."):
        desk.approve(by=waiting)


def test_nobody_decides_their_own_case(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        desk.approve(by=desk.of.actor(desk.of.students[0], CourseRole.INSTRUCTOR))


def test_a_case_that_lacks_evidence_is_not_decided(desk: Desk) -> None:
    with desk.database.write() as session:
        who = cases.student(session, desk.of, "Noor Haddad")
        desk.case_id = cases.open_case(session, cases.project(session, desk.of, who)).id

    with pytest.raises(NotPossible, match="not complete"):
        desk.approve()


def test_a_returned_case_comes_back_from_the_student_alone(desk: Desk) -> None:
    desk.decide(RETURNED, "Say more about the tickets.")
    with pytest.raises(NotPossible, match="has it back"):
        desk.approve()
    student = desk.of.actor(desk.of.students[0], CourseRole.STUDENT)

    with desk.database.write() as session:
        case = session.get_one(CreditCase, desk.case_id)
        recording.resubmit(session, case, actor=student, note="I wrote a page on them.")

    assert desk.case.state == CaseState.READY
    desk.approve()
    assert [d.outcome for d in desk.decisions] == [RETURNED, APPROVED]


def test_a_clause_that_cannot_be_checked_is_confirmed_by_name(desk: Desk) -> None:
    with desk.database.write() as session:
        of = cases.school_class(
            session, "westmoor", min_span_weeks=8, span_from_enrollment=True
        )
        desk.of, desk.case_id = of, cases.ready_case(session, of).id
    with pytest.raises(InvalidInput) as refused:
        desk.approve()
    assert refused.value.field == "confirmed_rules"
    # A figure that is typed in does not take the place of the name.
    with pytest.raises(InvalidInput, match="Confirm by name"):
        desk.approve(credits_thousandths=1000)

    desk.approve(confirmed_rules=("span",))

    (decision,) = desk.decisions
    assert decision.credits_thousandths == 1000
    assert decision.inputs["confirmed_rules"] == ["span"]
    assert replay.explain(decision).agrees


def test_every_decision_is_in_the_audit_trail(desk: Desk) -> None:
    desk.approve()

    with desk.database.read() as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "credit_case:approve")
        ).one()
    assert entry.actor_id == desk.of.instructor.id
    assert entry.detail == {"decision": 1, "credits_thousandths": 1000, "step": 1}
