"""Last term as the registrar was told of it, and what has changed since."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careerlink import clock
from careerlink.courses.models import Course
from careerlink.demo.last_term_cases import ALUMNI, COURSE
from careerlink.demo.loading import Loading
from careerlink.enrollments.models import Enrollment, EnrollmentLevel
from careerlink.institutions.models import Term
from careerlink.people.models import Person
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.registrar import operations
from credit.registrar.models import ExportScope

CRN = "20417"
GRADUATE = "Mei Tanaka"
WITHOUT_ID = "Amara Nwosu"
CHANGED, MORE = "Tomasz Zielinski", 1500
VOID = "Paulo Ribeiro"
NOTE = "Uploaded to the registrar’s folder for the transcripts of spring."


def load(loading: Loading) -> None:
    cases = _cases(loading)
    term = cases[CHANGED].course.term
    if term is None:
        raise RuntimeError("last term's course has its term")
    for name, case in cases.items():
        _enroll(loading, case, is_graduate=name == GRADUATE)
    cases[WITHOUT_ID].person.sis_id = None
    loading.session.flush()
    with clock.at(loading.moment(-95, 11)):
        _send(loading, term)
    with clock.at(loading.moment(-60, 15)):
        _decide_again(loading.session, cases[CHANGED], DecisionOutcome.APPROVED)
        _decide_again(loading.session, cases[VOID], DecisionOutcome.VOIDED)


def _cases(loading: Loading) -> dict[str, CreditCase]:
    rows = loading.session.scalars(
        select(CreditCase)
        .join(Course, Course.id == CreditCase.course_id)
        .join(Person, Person.id == CreditCase.person_id)
        .where(
            CreditCase.institution_id == loading.institution.id,
            Course.label == COURSE,
            Course.id != loading.courses[COURSE].id,
            Person.name.in_([one.name for one in ALUMNI]),
        )
    )
    return {case.person.label: case for case in rows}


def _enroll(loading: Loading, case: CreditCase, *, is_graduate: bool) -> None:
    level = EnrollmentLevel.GRADUATE if is_graduate else EnrollmentLevel.UNDERGRADUATE
    loading.session.add(
        Enrollment(
            course_id=case.course_id,
            person_id=case.person_id,
            term_id=case.course.term_id,
            crn=CRN,
            level=level,
            added_on=loading.day(-225),
        )
    )


def _send(loading: Loading, term: Term) -> None:
    actor = loading.staff()
    for level in EnrollmentLevel:
        export = operations.make(
            loading.session, term, level=level, scope=ExportScope.DELTA, actor=actor
        )
        operations.mark_sent(loading.session, export, note=NOTE, actor=actor)


def _decide_again(session: Session, case: CreditCase, outcome: DecisionOutcome) -> None:
    """As after an appeal, or after a mistake that somebody found."""
    first = session.scalars(select(Decision).where(Decision.credit_case_id == case.id)).one()
    is_void = outcome == DecisionOutcome.VOIDED
    session.add(
        Decision(
            credit_case_id=case.id,
            number=2,
            outcome=outcome,
            credits_thousandths=None if is_void else MORE,
            computed_thousandths=first.computed_thousandths,
            is_final=not is_void,
            decided_by_id=first.decided_by_id,
            decided_at=clock.now(),
            voids_id=first.id if is_void else None,
            replaces_id=None if is_void else first.id,
            policy_version_id=first.policy_version_id,
            inputs=first.inputs,
            inputs_hash=first.inputs_hash,
        )
    )
    case.state = CaseState.READY if is_void else CaseState.APPROVED
    case.state_since = clock.now()
    session.flush()
