"""Reading credit policy: everybody of the institution may read the rules that count."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from careerlink.courses.models import Course
from careerlink.errors import NotFound
from careerlink.people.actors import Actor
from credit.policy.models import CoursePolicy, CreditPolicyVersion
from credit.policy.parameters import Parameters


def visible_to(actor: Actor) -> Select[CreditPolicyVersion]:
    return select(CreditPolicyVersion).where(
        CreditPolicyVersion.institution_id == actor.institution_id
    )


def get(session: Session, public_id: str, *, actor: Actor) -> CreditPolicyVersion:
    version = session.scalar(
        visible_to(actor).where(CreditPolicyVersion.public_id == public_id)
    )
    if version is None:
        raise NotFound
    return version


def choice_for(session: Session, course: Course) -> CoursePolicy | None:
    return session.scalar(
        select(CoursePolicy).where(
            CoursePolicy.course_id == course.id, CoursePolicy.ended_at.is_(None)
        )
    )


def policy_for(session: Session, course: Course) -> CreditPolicyVersion | None:
    """What a new case in ``course`` opens under: its own choice, else the newest default."""
    chosen = session.scalar(
        select(CreditPolicyVersion)
        .join(CoursePolicy, CoursePolicy.policy_version_id == CreditPolicyVersion.id)
        .where(CoursePolicy.course_id == course.id, CoursePolicy.ended_at.is_(None))
    )
    return chosen or session.scalar(
        select(CreditPolicyVersion)
        .where(
            CreditPolicyVersion.institution_id == course.institution_id,
            CreditPolicyVersion.is_default,
        )
        .order_by(CreditPolicyVersion.id.desc())
        .limit(1)
    )


def latest_of_each(session: Session, actor: Actor) -> Sequence[CreditPolicyVersion]:
    """The newest version of every policy of the institution, by name."""
    newest = (
        select(func.max(CreditPolicyVersion.id))
        .where(CreditPolicyVersion.institution_id == actor.institution_id)
        .group_by(CreditPolicyVersion.name)
    )
    return session.scalars(
        visible_to(actor)
        .where(CreditPolicyVersion.id.in_(newest))
        .order_by(CreditPolicyVersion.name)
    ).all()


def parameters_of(version: CreditPolicyVersion) -> Parameters:
    return Parameters.model_validate(version.parameters)
