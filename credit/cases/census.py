"""What leaving a course means for its case, by the term's census day and the policy."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.enrollments import terms_of_students
from careerlink.enrollments.models import Enrollment
from careerlink.institutions.models import Term
from credit.cases.models import CaseState, CreditCase
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters


class Leaving(StrEnum):
    CLOSED = "closed"
    """By the census day: the case is out of sight and leaves no mark."""
    KEPT = "kept"
    """By the census day, and the policy keeps such cases in sight."""
    WITHDRAWN = "withdrawn"
    """After it: the transcript shows a W."""
    UNKNOWN = "unknown"
    """The term has no census day, so nobody can say."""


def leaving(
    left_on: date, census_on: date | None, policy: Parameters, *, is_withdrawn: bool = False
) -> Leaving:
    """Who leaves on the census day itself has left by it."""
    if is_withdrawn:
        return Leaving.WITHDRAWN
    if census_on is None:
        return Leaving.UNKNOWN
    if left_on > census_on:
        return Leaving.WITHDRAWN
    return Leaving.CLOSED if policy.census_rule == "close" else Leaving.KEPT


def of_case(
    session: Session, case: CreditCase, *, is_withdrawn: bool = False
) -> Leaving | None:
    """Of a dropped case; its course and policy version are loaded."""
    if case.state != CaseState.DROPPED or case.dropped_on is None:
        return None
    term = terms_of_students.term_of(session, case.course, case.person_id)
    return leaving(
        case.dropped_on,
        term.census_on if term is not None else None,
        Parameters.model_validate(case.policy_version.parameters),
        is_withdrawn=is_withdrawn,
    )


def is_out_of_sight(course: Course) -> ColumnElement[bool]:
    """``CLOSED`` in the database's words, for lists of a course that leave such cases out."""
    rule = func.coalesce(CreditPolicyVersion.parameters["census_rule"].as_string(), "close")
    closing = (
        select(CreditPolicyVersion.id)
        .where(CreditPolicyVersion.id == CreditCase.policy_version_id, rule == "close")
        .correlate(CreditCase)
        .exists()
    )
    own = select(Course.term_id).where(Course.id == CreditCase.course_id)
    enrolled = terms_of_students.enrolled_term_id(CreditCase.course_id, CreditCase.person_id)
    term_id = func.coalesce(own.correlate(CreditCase).scalar_subquery(), enrolled)
    by_census = (
        select(Term.id)
        .where(Term.id == term_id, CreditCase.dropped_on <= Term.census_on)
        .correlate(CreditCase)
        .exists()
    )
    withdrawn = (
        select(Enrollment.id)
        .where(
            Enrollment.course_id == CreditCase.course_id,
            Enrollment.person_id == CreditCase.person_id,
            Enrollment.is_withdrawn,
        )
        .correlate(CreditCase)
        .exists()
    )
    is_dropped = CreditCase.state == CaseState.DROPPED
    # Found apart, for a list is planned as if it had to ask all this of every case.
    gone = select(CreditCase.id).where(
        CreditCase.course_id == course.id, is_dropped, by_census, closing, ~withdrawn
    )
    return CreditCase.id.in_(gone.correlate(None))


def words(session: Session, case: CreditCase, *, is_withdrawn: bool = False) -> str:
    """One sentence for the case's page; empty unless it is dropped."""
    how = of_case(session, case, is_withdrawn=is_withdrawn)
    return WORDS[how] if how is not None else ""


WORDS = {
    Leaving.CLOSED: "That is by the census day: the case is closed and leaves no mark.",
    Leaving.KEPT: "That is by the census day, so it leaves no mark on the transcript.",
    Leaving.WITHDRAWN: "That is after the census day: withdrawn, with a W.",
    Leaving.UNKNOWN: (
        "Whether that counts as withdrawn is not checkable: needs the term’s census day."
    ),
}
