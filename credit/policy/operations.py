"""Writing credit policy: a version is never changed, a course goes over to another one."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses.models import Course
from careerlink.errors import NotPermitted
from careerlink.people.actors import Actor
from credit.policy import queries
from credit.policy.models import CoursePolicy, CreditPolicyVersion
from credit.policy.parameters import Parameters


def create_version(
    session: Session,
    *,
    institution_id: int,
    name: str,
    parameters: Parameters,
    source: str,
    actor: Actor,
    is_default: bool = False,
) -> CreditPolicyVersion:
    """The next version under ``name``. The newest default is the institution's usual policy."""
    if not (actor.is_staff or actor.is_system) or actor.institution_id != institution_id:
        raise NotPermitted("Only career staff write credit policy.")
    last = session.scalar(
        select(func.max(CreditPolicyVersion.number)).where(
            CreditPolicyVersion.institution_id == institution_id,
            CreditPolicyVersion.name == name,
        )
    )
    version = CreditPolicyVersion(
        institution_id=institution_id,
        name=name,
        number=(last or 0) + 1,
        parameters=parameters.stored(),
        source=source,
        is_default=is_default,
        created_by_id=actor.person_id,
        created_at=clock.now(),
    )
    session.add(version)
    session.flush()
    audit.record(
        session, "credit_policy_version:create", version, actor=actor, number=version.number
    )
    return version


def may_choose(actor: Actor, course: Course) -> bool:
    inside = actor.institution_id == course.institution_id and course.concluded_at is None
    return inside and (actor.may_decide(course.id) or actor.is_staff or actor.is_system)


def choose_for_course(
    session: Session, course: Course, version: CreditPolicyVersion, *, actor: Actor
) -> CoursePolicy:
    """From now on new cases of the course open under ``version``; open ones keep theirs."""
    if not may_choose(actor, course) or version.institution_id != course.institution_id:
        raise NotPermitted("Only the instructor or career staff choose the policy of a course.")
    current = queries.choice_for(session, course)
    if current is not None and current.policy_version_id == version.id:
        return current
    if current is not None:
        current.ended_at = clock.now()
        session.flush()
    choice = CoursePolicy(
        course_id=course.id,
        policy_version_id=version.id,
        chosen_by_id=actor.person_id,
        chosen_at=clock.now(),
    )
    session.add(choice)
    session.flush()
    audit.record(
        session, "course:choose_policy", course, actor=actor, policy_version=version.id
    )
    return choice
