"""What instructors and staff do about grades in the LMS."""

from sqlalchemy.orm import Session

from careerlink.courses.conclusion import require_open
from careerlink.courses.models import Course
from careerlink.errors import NotFound, NotPermitted, NotPossible
from careerlink.people.actors import Actor
from credit import delivery
from credit.cases.models import CreditCase
from credit.gradebook import worth
from credit.policy import queries as policy
from credit.policy.parameters import Parameters
from lti import columns, grade_choices, gradebooks, grades, line_items
from lti.column_choices import Source
from lti.columns import Deed
from lti.grades import GradeState
from lti.models import LtiContext, LtiScore


def may_act(actor: Actor, course: Course) -> bool:
    standing = actor.standing(course.id)
    return (actor.may_decide(course.id) or actor.is_staff) and not standing.read_only


def grade_of(session: Session, case: CreditCase) -> GradeState | None:
    """``None`` where no grade of this case was ever queued."""
    return grades.states_for(session, case.course_id, [case.person_id]).get(case.person_id)


def keep(session: Session, case: CreditCase, *, actor: Actor) -> None:
    require(actor, case.course)
    grade_choices.keep(session, _score(session, case), actor=actor)


def replace(session: Session, case: CreditCase, *, seen_thousandths: int, actor: Actor) -> None:
    require(actor, case.course)
    grade_choices.replace(
        session,
        _score(session, case),
        seen_thousandths=seen_thousandths,
        institution_id=case.institution_id,
        actor=actor,
    )


def ask(
    session: Session,
    course: Course,
    *,
    context_id: int,
    deed: Deed,
    actor: Actor,
    url: str = "",
) -> None:
    """Queue what is wanted of the column: to read it, to make it anew, to use another."""
    require(actor, course)
    version = policy.policy_for(session, course)
    rules = Parameters() if version is None else policy.parameters_of(version)
    columns.queue(
        session,
        context_of(session, course, context_id),
        deed=deed,
        resource_id=delivery.COLUMN,
        label=delivery.LABEL,
        maximum_thousandths=worth.maximum(rules),
        actor=actor,
        url=url,
    )


def context_of(session: Session, course: Course, context_id: int) -> LtiContext:
    """:raises NotFound: not a gradebook of this course."""
    for context in gradebooks.serving(session, course):
        if context.id == context_id:
            return context
    raise NotFound


def source_of(session: Session, course: Course, context_id: int) -> Source:
    """Where the platform's columns are listed; one in use is not offered again."""
    context = context_of(session, course, context_id)
    item = line_items.known(
        session, columns.column_of(context, delivery.COLUMN, delivery.LABEL)
    )
    return Source.of(context, item.url if item is not None else "")


def _score(session: Session, case: CreditCase) -> LtiScore:
    grade = grade_of(session, case)
    if grade is None:
        raise NotPossible("No grade of this case was sent to the gradebook.")
    return session.get_one(LtiScore, grade.score_id, with_for_update=True)


def require(actor: Actor, course: Course) -> None:
    if not may_act(actor, course):
        raise NotPermitted(
            actor.why_not_decide(course.id)
            or "Only the instructor or career staff change what the gradebook shows."
        )
    require_open(actor, course)
