"""What keeps a decision out of the registrar's file, and who can put it right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from careerlink import clock
from careerlink.courses.models import Course, CourseMember
from careerlink.enrollments.models import Enrollment
from careerlink.institutions.models import Term
from careerlink.people.models import Person
from careerlink.reminders.hours import midnight
from credit.cases.acceptance_models import CreditAcceptance
from credit.cases.models import CaseState, CreditCase, Decision, DecisionOutcome
from credit.policy.models import CreditPolicyVersion

DECIDED = (
    CaseState.APPROVED,
    CaseState.DENIED,
    CaseState.INCOMPLETE,
    # What is appealed holds until the second reader has answered.
    CaseState.APPEALED,
)


class Kind(StrEnum):
    NO_STUDENT_ID = "no_student_id"
    NO_DECIDER_ID = "no_decider_id"
    NO_SECTION = "no_section"
    NO_TERM = "no_term"
    FEWER_CREDITS = "fewer_credits"
    NOT_ACCEPTED = "not_accepted"
    DROPPED = "dropped"


WHO = {
    Kind.NO_STUDENT_ID: "Career staff, with the registrar’s list of enrollments; or the LMS "
    "admin, who can let the LMS send SIS IDs.",
    Kind.NO_DECIDER_ID: "The LMS admin, who can let the LMS send SIS IDs of teachers, too.",
    Kind.NO_SECTION: "Career staff, with the registrar’s list of enrollments.",
    Kind.NO_TERM: "Career staff, by giving the course its term.",
    Kind.FEWER_CREDITS: "The registrar, by changing the enrollment; or the instructor, by "
    "voiding the decision.",
    Kind.NOT_ACCEPTED: "The student, by accepting the award.",
    Kind.DROPPED: "The instructor, by voiding the decision; or the registrar, if the drop is "
    "a mistake.",
}


@dataclass(frozen=True)
class Problem:
    kind: Kind
    text: str

    @property
    def who(self) -> str:
        return WHO[self.kind]


def newest_decision() -> Select[int]:
    """Of a decided case: the one that stands."""
    return (
        select(func.max(Decision.id))
        .where(
            Decision.credit_case_id == CreditCase.id,
            Decision.is_final.is_(True),
            Decision.outcome != DecisionOutcome.VOIDED,
        )
        .correlate(CreditCase)
    )


def end_of(term: Term) -> datetime:
    """What is over then lies behind its last day, by the campus's calendar."""
    return midnight(term.ends_on + timedelta(days=1), term.institution.time_zone)


def has_any(term: Term) -> ColumnElement[bool]:
    """In SQL what ``reading`` finds out in words of cases of this term, so that a page need
    not read all of them."""
    return and_(CreditCase.state.in_(DECIDED), or_(*_conditions(term)))


def _conditions(term: Term) -> Sequence[ColumnElement[bool]]:
    today = clock.today(term.institution.time_zone)
    known = [
        Enrollment.course_id == CreditCase.course_id,
        Enrollment.person_id == CreditCase.person_id,
    ]
    stays = Enrollment.dropped_on.is_(None) & Enrollment.is_withdrawn.is_(False)
    active = [*known, stays | (Enrollment.dropped_on > today)]
    placed = (Enrollment.crn != "") | Enrollment.section_id.is_not(None)
    student, decider, decision = aliased(Person), aliased(Person), aliased(Decision)
    course = aliased(Course)
    stands = newest_decision().scalar_subquery()
    enough = Enrollment.credits_thousandths.is_(None) | (
        Enrollment.credits_thousandths >= func.coalesce(decision.credits_thousandths, 0)
    )
    in_full = exists().where(*active, enough).correlate(CreditCase, decision)
    return (
        exists().where(
            student.id == CreditCase.person_id, func.coalesce(student.sis_id, "") == ""
        ),
        exists().where(
            decision.id == stands,
            decider.id == decision.decided_by_id,
            func.coalesce(decider.sis_id, "") == "",
        ),
        ~exists().where(*known, placed),
        exists().where(
            course.id == CreditCase.course_id,
            course.term_id.is_(None),
            ~exists().where(*known, Enrollment.term_id.is_not(None)).correlate(CreditCase),
        ),
        exists().where(*active) & exists().where(decision.id == stands, ~in_full),
        exists().where(*known) & ~exists().where(*active),
        exists().where(
            CourseMember.course_id == CreditCase.course_id,
            CourseMember.person_id == CreditCase.person_id,
            CourseMember.dropped_at < end_of(term),
        ),
        exists().where(
            decision.id == stands,
            decision.outcome == DecisionOutcome.APPROVED,
            CreditPolicyVersion.id == decision.policy_version_id,
            CreditPolicyVersion.parameters["final_acceptance_required"].as_boolean(),
            ~exists().where(CreditAcceptance.decision_id == decision.id).correlate(decision),
        ),
    )
