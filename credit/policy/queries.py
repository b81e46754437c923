"""Reading credit policy: everybody of the institution may read the rules that count."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from careerlink.courses.models import Course
from careerlink.errors import NotFound
from careerlink.institutions.models import Term
from careerlink.people.actors import Actor
from credit.policy.models import CoursePolicy, CreditPolicyVersion, DefaultPolicy
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


def default_row(
    session: Session, institution_id: int, term: Term | None
) -> DefaultPolicy | None:
    """What stands for ``term``, or as the usual policy of the institution."""
    scope = DefaultPolicy.term_id == (term.id if term else None)
    return session.scalar(
        select(DefaultPolicy).where(
            DefaultPolicy.institution_id == institution_id,
            DefaultPolicy.ended_at.is_(None),
            scope,
        )
    )


def policy_for(session: Session, course: Course) -> CreditPolicyVersion | None:
    """What a new case in ``course`` opens under: its own choice, else its term's, else the
    institution's usual policy."""
    chosen = session.scalar(
        select(CreditPolicyVersion)
        .join(CoursePolicy, CoursePolicy.policy_version_id == CreditPolicyVersion.id)
        .where(CoursePolicy.course_id == course.id, CoursePolicy.ended_at.is_(None))
    )
    return chosen or _default_for(session, course)


def _default_for(session: Session, course: Course) -> CreditPolicyVersion | None:
    return session.scalar(
        select(CreditPolicyVersion)
        .join(DefaultPolicy, DefaultPolicy.policy_version_id == CreditPolicyVersion.id)
        .where(
            DefaultPolicy.institution_id == course.institution_id,
            DefaultPolicy.ended_at.is_(None),
            or_(DefaultPolicy.term_id.is_(None), DefaultPolicy.term_id == course.term_id),
        )
        .order_by(DefaultPolicy.term_id.is_(None))
        .limit(1)
    )


def has_policy(
    course_id: ColumnElement[int] | InstrumentedAttribute[int],
) -> ColumnElement[bool]:
    """Does anything say what a case in this course opens under?"""
    return or_(
        exists().where(CoursePolicy.course_id == course_id, CoursePolicy.ended_at.is_(None)),
        exists().where(
            Course.id == course_id,
            DefaultPolicy.institution_id == Course.institution_id,
            DefaultPolicy.ended_at.is_(None),
            or_(DefaultPolicy.term_id.is_(None), DefaultPolicy.term_id == Course.term_id),
        ),
    )


def newest_like(session: Session, version_id: int) -> CreditPolicyVersion:
    """The newest version of the policy that this one belongs to."""
    chosen = session.get_one(CreditPolicyVersion, version_id)
    return session.scalars(
        select(CreditPolicyVersion)
        .where(
            CreditPolicyVersion.institution_id == chosen.institution_id,
            CreditPolicyVersion.name == chosen.name,
        )
        .order_by(CreditPolicyVersion.number.desc())
        .limit(1)
    ).one()


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
