"""Whether a project may go on to another case, by the policy of the one that receives it."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import states
from careerlink.courses.models import Course, CourseMember
from careerlink.courses.roles import CourseRole
from careerlink.enrollments.terms_of_students import term_of
from careerlink.errors import NotFound, NotPossible
from careerlink.institutions.models import Term
from careerlink.placements.models import Placement
from credit.cases.models import CaseState, CreditCase
from credit.cases.workflow import DECIDED as DONE
from credit.cases.workflow import UNDECIDED
from credit.policy import queries as policies
from credit.policy.models import CreditPolicyVersion
from credit.policy.parameters import Parameters

DECIDED = "The case is {state}: only undecided projects go on. Void the decision first."
HALFWAY = (
    "Somebody approved this case already, and the next step has it. Have it sent back to the "
    "instructor first."
)
CONCLUDED = "{course} is concluded. Open it again first."
NOT_ENROLLED = "The student is not in {course}."
NO_POLICY = "{course} has no credit policy yet."
NO_TERM = "Which term {course} belongs to is not known; the policy cannot be checked without."
ANOTHER_TERM = (
    "By {policy}, version {number}, work counts {reach}; {course} is {distance} after it began."
)
EARLIER = "{course} is in an earlier term than the project."
SAME = "The project counts in {course} already."


def require(session: Session, sending: CreditCase, placement: Placement, to: Course) -> None:
    """:raises NotPossible: why the move cannot be, in words."""
    if to.institution_id != sending.institution_id:
        raise NotFound
    if why := why_not(session, sending, placement, to):
        raise NotPossible(why)


def why_not(session: Session, sending: CreditCase, placement: Placement, to: Course) -> str:
    if why := why_decided(sending):
        return why
    if to.id == placement.course_id:
        return SAME.format(course=to.name)
    if to.concluded_at is not None or to.joined_id is not None:
        return CONCLUDED.format(course=to.name)
    if not _studies_there(session, placement, to):
        return NOT_ENROLLED.format(course=to.name)
    receiving = session.scalar(
        select(CreditCase).where(
            CreditCase.course_id == to.id, CreditCase.person_id == placement.person_id
        )
    )
    if receiving is not None and receiving.state not in UNDECIDED:
        state = states.words(receiving.state)
        return f"The student’s case in {to.name} is {state} already."
    version = receiving.policy_version if receiving else policies.policy_for(session, to)
    if version is None:
        return NO_POLICY.format(course=to.name)
    return _other_term(session, placement, sending.course, to, version)


def is_undecided(case: CreditCase) -> bool:
    """Nobody of the chain has approved anything yet that would no longer be so."""
    state = case.dropped_from if case.state == CaseState.DROPPED else case.state
    return case.step == 1 and (state is None or state in UNDECIDED)


def why_decided(case: CreditCase) -> str:
    if is_undecided(case):
        return ""
    is_halfway = case.step > 1 and case.state not in DONE
    return HALFWAY if is_halfway else DECIDED.format(state=states.words(case.state))


def _studies_there(session: Session, placement: Placement, to: Course) -> bool:
    member = session.scalar(
        select(CourseMember).where(
            CourseMember.course_id == to.id, CourseMember.person_id == placement.person_id
        )
    )
    if member is None or member.dropped_at is not None or member.is_test:
        return False
    return (member.roster_role or member.launch_role) == CourseRole.STUDENT


def _other_term(
    session: Session,
    placement: Placement,
    began_in: Course,
    to: Course,
    version: CreditPolicyVersion,
) -> str:
    """A policy that binds no work to its term lets it go on anywhere."""
    policy = Parameters.model_validate(version.parameters)
    if not policy.within_term:
        return ""
    began, receiving = (
        term_of(session, course, placement.person_id) for course in (began_in, to)
    )
    if began is None or receiving is None:
        return NO_TERM.format(course=(began_in if began is None else to).name)
    if began.id == receiving.id:
        return ""
    distance = _terms_between(session, began, receiving)
    if distance < 0:
        return EARLIER.format(course=to.name)
    most = policy.carry_terms
    if distance <= most:
        return ""
    return ANOTHER_TERM.format(
        policy=version.name,
        number=version.number,
        reach=_reach(most),
        course=to.name,
        distance="one term" if distance == 1 else f"{distance} terms",
    )


def _reach(terms: int) -> str:
    if terms == 0:
        return "in its own term only"
    return "in the next term, too" if terms == 1 else f"up to {terms} terms later"


def _terms_between(session: Session, began: Term, to: Term) -> int:
    """How many terms later; parts of a term that begin on one day are one."""
    early, late = sorted((began.starts_on, to.starts_on))
    number = session.scalar(
        select(func.count(func.distinct(Term.starts_on))).where(
            Term.institution_id == began.institution_id,
            Term.starts_on > early,
            Term.starts_on <= late,
        )
    )
    return (number or 0) * (1 if began.starts_on <= to.starts_on else -1)
