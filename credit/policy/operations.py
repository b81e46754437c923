"""Writing credit policy: a version is never changed, a course goes over to another one."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careerlink import audit, clock
from careerlink.courses.models import Course
from careerlink.errors import NotFound, NotPermitted
from careerlink.institutions.models import Institution, Term
from careerlink.people.actors import Actor
from credit.policy import queries
from credit.policy.models import CoursePolicy, CreditPolicyVersion, DefaultPolicy
from credit.policy.parameters import Parameters


def create_version(
    session: Session,
    *,
    institution_id: int,
    name: str,
    parameters: Parameters,
    source: str,
    actor: Actor,
    note: str = "",
    is_default: bool = False,
) -> CreditPolicyVersion:
    """The next version under ``name``; with ``is_default`` the institution's usual policy."""
    begin_writing(session, actor, institution_id)
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
        note=note,
        created_by_id=actor.person_id,
        created_at=clock.now(),
    )
    session.add(version)
    session.flush()
    audit.record(
        session, "credit_policy_version:create", version, actor=actor, number=version.number
    )
    if is_default:
        choose_default(session, version, actor=actor)
    return version


def choose_default(
    session: Session,
    version: CreditPolicyVersion,
    *,
    actor: Actor,
    term: Term | None = None,
) -> DefaultPolicy:
    """From now on new cases open under it where a course chose none: in ``term``, or in every
    term without a choice of its own."""
    begin_writing(session, actor, version.institution_id)
    if term is not None and term.institution_id != version.institution_id:
        raise NotFound
    current = queries.default_row(session, version.institution_id, term)
    if current is not None and current.policy_version_id == version.id:
        return current
    _end(session, current)
    choice = DefaultPolicy(
        institution_id=version.institution_id,
        term_id=term.id if term else None,
        policy_version_id=version.id,
        chosen_by_id=actor.person_id,
        chosen_at=clock.now(),
    )
    session.add(choice)
    session.flush()
    audit.record(
        session,
        "credit_policy_version:make_default",
        version,
        actor=actor,
        term=choice.term_id,
    )
    return choice


def drop_term_default(session: Session, term: Term, *, actor: Actor) -> None:
    """The term goes by the institution's usual policy again."""
    begin_writing(session, actor, term.institution_id)
    current = queries.default_row(session, term.institution_id, term)
    if current is None:
        return
    _end(session, current)
    version = session.get_one(CreditPolicyVersion, current.policy_version_id)
    audit.record(
        session, "credit_policy_version:end_default", version, actor=actor, term=term.id
    )


def _end(session: Session, choice: CoursePolicy | DefaultPolicy | None) -> None:
    if choice is not None:
        choice.ended_at = clock.now()
        session.flush()


def begin_writing(session: Session, actor: Actor, institution_id: int) -> None:
    if not (actor.is_staff or actor.is_system) or actor.institution_id != institution_id:
        raise NotPermitted("Only career staff write credit policy.")
    # Numbers follow each other, and one choice stands: writers of policy come one by one.
    session.scalar(
        select(Institution.id).where(Institution.id == institution_id).with_for_update()
    )


def may_choose(actor: Actor, course: Course) -> bool:
    inside = actor.institution_id == course.institution_id and course.concluded_at is None
    return inside and (actor.may_decide(course.id) or actor.is_staff or actor.is_system)


def choose_for_course(
    session: Session, course: Course, version: CreditPolicyVersion, *, actor: Actor
) -> CoursePolicy:
    """From now on new cases of the course open under ``version``; open ones keep theirs."""
    if not may_choose(actor, course) or version.institution_id != course.institution_id:
        raise NotPermitted("Only the instructor or career staff choose the policy of a course.")
    # One choice stands: of two at once the second ends what the first chose.
    session.scalar(select(Course.id).where(Course.id == course.id).with_for_update())
    current = queries.choice_for(session, course)
    if current is not None and current.policy_version_id == version.id:
        return current
    _end(session, current)
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
