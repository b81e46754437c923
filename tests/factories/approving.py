"""A chair who is appointed, and an appeal that was withdrawn, in a case that is open again."""

from datetime import date

from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses.models import Course
from careerlink.people.models import Person
from credit.appeals.models import Appeal, AppealState
from credit.approvals.models import ApproverAppointment
from credit.approvals.roles import ApproverRole
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome


def chair(session: Session, institution_id: int) -> ApproverAppointment:
    person = Person(institution_id=institution_id, name="Carla Chairs")
    session.add(person)
    session.flush()
    row = ApproverAppointment(
        institution_id=institution_id,
        person_id=person.id,
        role=ApproverRole.CHAIR,
        starts_on=date(2026, 1, 1),
    )
    session.add(row)
    session.flush()
    return row


def withdrawn_appeal(session: Session, case: CreditCase, decided_by: int) -> Appeal:
    decision = Decision(
        credit_case_id=case.id,
        number=1,
        outcome=DecisionOutcome.RETURNED,
        is_final=False,
        reason_id=audit.erasable(session, "Add the method.").id,
        decided_by_id=decided_by,
        policy_version_id=case.policy_version_id,
        inputs={"placements": []},
        inputs_hash="0" * 64,
    )
    session.add(decision)
    session.flush()
    row = Appeal(
        credit_case_id=case.id,
        decision_id=decision.id,
        state=AppealState.WITHDRAWN,
        answered_at=clock.now(),
        answered_by_id=case.person_id,
    )
    session.add(row)
    session.flush()
    return row


def case_of_another_course(session: Session, case: CreditCase) -> CreditCase:
    """It waits for a chair, too, in a course of its own."""
    course = Course(institution_id=case.institution_id, label="ENV-220", title="Rivers")
    person = Person(institution_id=case.institution_id, name="Luca Ferri")
    session.add_all([course, person])
    session.flush()
    row = CreditCase(
        institution_id=case.institution_id,
        course_id=course.id,
        person_id=person.id,
        policy_version_id=case.policy_version_id,
        state=CaseState.IN_APPROVAL,
        step=2,
        awaits=ApproverRole.CHAIR,
    )
    session.add(row)
    session.flush()
    return row
